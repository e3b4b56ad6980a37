"""Markdown as headings, items of lists, rows of tables and paragraphs that know their lines.

Not a source itself. What digests are written in is read, and no more: fences, quotes and the tags
of GitHub's pages give way to what they hold, as a digest in a fence is a digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .labels import read_label
from .paragraphs import abstractness

Kind = Literal["heading", "item", "text", "row", "rule"]


class Block(NamedTuple):
    """Lines that belong together."""

    kind: Kind
    line: int
    """That of its first line, from 1."""
    level: int
    """That of a heading; of anything else, by how many columns it is indented."""
    text: str


@dataclass(slots=True)
class Page:
    """What a text holds."""

    blocks: list[Block] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Where the names of links lead."""
    front: dict[str, str] = field(default_factory=dict)
    """Fields above the page, between lines of three dashes."""


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,4}[.)])[ \t]+(\S.*)")
_RULE = re.compile(r"[ \t]*(?:-[ \t]*){3,}|[ \t]*(?:\*[ \t]*){3,}|[ \t]*(?:_[ \t]*){3,}")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)[\w.+-]*[ \t]*")
_QUOTE = re.compile(r"(?: {0,3}>){1,20}[ ]?")
_REFERENCE = re.compile(
    r" {0,3}\[([^\[\]]{1,100})\]:[ \t]*<?(https?://[^\s<>]{1,2000})>?(?:[ \t].*)?"
)
_FIELD = re.compile(r"(\w[\w -]{0,30}):[ \t]+[\"']?(.*?)[\"']?[ \t]*")
_SUMMARY = re.compile(
    r"<summary>[ \t]*(?:<(?:b|strong)>)?([^<>\n]{1,100})(?:</(?:b|strong)>)?[ \t]*</summary>"
)
_FOLD = re.compile(
    r"</?(?:details|aside|div|center|p|ol|ul)(?:[ \t][^<>]{0,500})?>"
    r"|<a[ \t]+(?:id|name)=[^<>]{0,200}></a>"
)
_MOST_FRONT = 100
"""Lines among which the end of the fields above a page is looked for."""


def is_marked(text: str) -> bool:
    """Whether a text has a line that only Markdown has; a quick look, before any is read."""
    return _MARKED.search(text) is not None


_MARKED = re.compile(
    r"^(?:[ ]{0,3}\#{1,6}[ \t]|[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+\S|[ ]*\|"
    r"|[^\w\n]{0,6}(?:\*\*|__|\[)\S"
    r"|(?:={3,}|-{3,})[ \t]*$|[*_][^*_\n]{3,300}[*_][ \t]*$)",
    re.MULTILINE,
)


def read_page(text: str) -> Page:
    """The blocks of a text, each line in one of them."""
    page = Page()
    lines = _without_comments(text).split("\n")
    start = _read_front(page, lines)
    open_text: list[str] = []
    begun: tuple[Kind, int, int] = ("text", 0, 0)

    def close() -> None:
        if open_text:
            kind, line, level = begun
            page.blocks.append(Block(kind, line, level, "\n".join(open_text)))
            open_text.clear()

    for number, raw in enumerate(lines[start:], start + 1):
        line = _bare(raw)
        if not line.strip() or _FENCE.fullmatch(line):
            close()
        elif heading := _HEADING.fullmatch(line):
            close()
            page.blocks.append(Block("heading", number, len(heading[1]), heading[2]))
        elif _is_underlined(open_text, begun[0], line):
            level = 1 if "=" in line else 2
            page.blocks.append(Block("heading", begun[1], level, open_text.pop()))
        elif _RULE.fullmatch(line):
            close()
            page.blocks.append(Block("rule", number, 0, ""))
        elif reference := _REFERENCE.fullmatch(line):
            close()
            page.references.setdefault(reference[1].lower(), reference[2])
        elif line.lstrip().startswith("|"):
            close()
            page.blocks.append(Block("row", number, 0, line.strip()))
        elif item := _ITEM.fullmatch(line):
            close()
            begun = ("item", number, len(item[1].expandtabs(4)))
            open_text.append(item[2])
        else:
            if not open_text:
                begun = ("text", number, _indent(line))
            open_text.append(line.strip(" \t"))
    close()
    return page


def _is_underlined(above: list[str], kind: Kind, line: str) -> bool:
    """Whether a line makes a heading of the one above it; below a text dashes part papers."""
    return (
        _UNDERLINE.fullmatch(line) is not None
        and len(above) == 1
        and kind == "text"
        and ("=" in line or not (read_label(above[0]) or abstractness(above[0]) > 0))
    )


def _bare(line: str) -> str:
    """A line without marks of quotes, and without tags that fold or place what they hold; what a
    fold is called becomes a label."""
    if quote := _QUOTE.match(line):
        line = line[quote.end() :]
    if "<" in line:
        line = _FOLD.sub("", _SUMMARY.sub(r"**\1:** ", line))
    return line


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


def _read_front(page: Page, lines: list[str]) -> int:
    """Read the fields above a page; the index of the line behind them."""
    start = next((at for at, line in enumerate(lines[:_MOST_FRONT]) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        return 0
    for at, line in enumerate(lines[start + 1 : start + _MOST_FRONT], start + 1):
        if line.rstrip() in ("---", "..."):
            return at + 1
        if named := _FIELD.fullmatch(line):
            page.front[named[1].lower()] = named[2]
    page.front.clear()
    return 0


def _without_comments(text: str) -> str:
    """The text without comments, its lines where they were; one that nothing closes is text."""
    if "<!--" not in text:
        return text
    return "".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        yield text[at:start]
        yield "\n" * text.count("\n", start, end)
        at = end + 3
    yield text[at:]
