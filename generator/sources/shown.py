"""A page of HTML as a browser shows it: its lines as plain text, and as Markdown.

Not a source itself. By hand and not by Python's parser, whose time some pages make grow with the
square of their length. A page lays text out in tables and boxes, so blocks part lines, and nothing
else of its looks counts. What a reader does not see (scripts, hidden boxes, menus) is no text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin

from ..arxiv import abstract_page, read_arxiv_id
from . import untrusted as ask
from .markdown_inline import literal

_PAGE = re.compile(
    r"\s{0,99}(?:<\?xml[^<>]{0,200}\?>\s{0,99})?(?:<!--[^<>]{0,500}-->\s{0,99}){0,5}"
    r"<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE,
)
_BREAKS = frozenset(
    "article aside blockquote body center details dl fieldset figcaption figure form h1 h2 h3 h4 h5"
    " h6 header hr main ol p pre section summary table tr ul".split()
)
"""What stands apart from what is above and below."""
_LINES = frozenset("address caption dd div dt li option tbody td tfoot th thead".split())
"""What begins a line."""
_INLINE = frozenset(
    "a abbr annotation b base bdi big br cite code data em font i img input ins kbd label link"
    " mark math meta nobr q s samp semantics small source span strike strong sub sup tt u var"
    " wbr".split()
)
_HIDDEN = frozenset(
    "button footer iframe nav noscript object script select style svg template textarea"
    " title".split()
)
"""What holds no text of a page, and what stands around it on every one."""
_CELLS = frozenset(("td", "th"))
_VOID = frozenset("base br hr img input link meta source wbr".split())
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("cite", "em", "i"))
_KNOWN = "|".join(sorted(_BREAKS | _LINES | _INLINE | _HIDDEN | {"head", "html"}))
_OPENING = re.compile(
    rf"<(?:(?P<remark>!--)|!doctype\b|(?P<end>/?)(?P<name>{_KNOWN})(?=[\s/>]))", re.IGNORECASE
)
# Quotes count behind `=` alone, and nothing but the end of the page stops a tag.
_ATTRIBUTES = re.compile(r"((?:[^>=]|=\s*(?:\"[^\"]*\"|'[^']*')?)*+)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d{1,6}\)(\S{1,2000})", re.IGNORECASE)
_RAISED = {"sup": "^", "sub": "_"}
_BEFORE_RAISED = re.compile(r"(?:\d|\)|(?:^|\W)[^\W\d_])$")
_LINE_START = "#|="
# Two names of columns at least, and nothing else: mails are laid out in cells of headers, too.
_HEADER = re.compile(
    r"<tr\b[^<>]{0,500}>\s*+(?:<th\b[^<>]{0,500}>\s*+(?:<(?:a|b|div|p|span|strong)\b[^<>]{0,300}>\s*+)?+"
    r"[^<]{1,60}+(?:</(?:a|b|div|p|span|strong)>\s*+)?+(?:</th>)?+\s*+){2,40}+</tr>",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_LONGEST_RAISED = 100
_DEEPEST_LIST = 10


class Shown(NamedTuple):
    """What a reader sees of a page, line for line."""

    plain: str
    marked: str
    """The same lines as Markdown: headings, items, links, bold and italic type."""
    lines: tuple[int, ...]
    """The line of the page on which each of them begins."""


class _Words(NamedTuple):
    """Text of one look."""

    text: str
    bold: bool
    italic: bool
    url: str


def is_page(text: str) -> bool:
    """Whether a text is a page of HTML from its beginning on.

    >>> is_page("<!doctype html><p>A"), is_page("<p align=center>"), is_page("<rss>")
    (True, False, False)
    """
    return _PAGE.match(text) is not None


def shown(text: str) -> Shown:
    """The lines that a reader of a page sees.

    >>> shown("<h2><a href='https://x.org/'>Nets</a></h2><p>We <b>do</b>&nbsp;it.").marked
    '## [Nets](https://x.org/)\\n\\nWe **do** it.\\n'
    """
    page = _Page()
    line, counted, at = 1, 0, 0
    headers = {found.start() for found in _HEADER.finditer(text)}
    for tag in _tags(text):
        page.write(text[at : tag.start], line)
        line, counted = line + text.count("\n", counted, tag.start), tag.start
        at = tag.stop
        if tag.is_end:
            page.close(tag.name, line)
        elif tag.name:
            if tag.start in headers:
                page.begin_table()
            page.open(tag.name, tag.attributes, line)
        else:
            page.take_remark(text[tag.start : tag.stop][:3_000])
    page.write(text[at:], line)
    page.end_line()
    return page.shown()


class _Tag(NamedTuple):
    """A tag, or a remark, which has no name."""

    name: str
    is_end: bool
    attributes: str
    start: int
    stop: int


def _tags(text: str) -> Iterator[_Tag]:
    """Tags and remarks of a page, those inside of remarks, scripts and styles not."""
    at = 0
    while found := _OPENING.search(text, at):
        start = found.start()
        if found["remark"]:
            end = text.find("-->", found.end())
            at = end + 3 if end >= 0 else len(text)
            yield _Tag("", False, "", start, at)
            continue
        attributes = _ATTRIBUTES.match(text, found.end())
        if not attributes:  # the page breaks off in a tag
            yield _Tag("", False, "", start, len(text))
            return
        at = attributes.end()
        name = (found["name"] or "").lower()
        yield _Tag(name, bool(found["end"]), attributes[1], start, at)
        if name in _RAW_END and not found["end"]:
            raw = _RAW_END[name].search(text, at)
            at = raw.start() if raw else len(text)


_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
"""Elements in which nothing is a tag but their own end."""


@dataclass(slots=True)
class _Page:
    """What has been read of a page."""

    rows: list[tuple[int, str, str]] = field(default_factory=list)
    base: str = ""
    words: list[_Words] = field(default_factory=list)
    line: int = 1
    """Where the open line begins."""
    bold: int = 0
    italic: int = 0
    url: str = ""
    lists: int = 0
    """Lists around the open line."""
    item: bool = False
    """Whether it is the first of an item."""
    heading: int = 0
    verbatim: int = 0
    hidden: str = ""
    """The element that hides what it holds."""
    depth: int = 0
    """How many of its name are open in it."""
    raised: str = ""
    is_table: bool = False
    """Whether the open rows are those of a table with a header, not of a page's layout."""
    cells: list[tuple[str, str]] = field(default_factory=list)
    """Those of the open row, plain and marked."""
    headed: bool = False
    """Whether its header has been kept."""
    in_cell: bool = False
    row: int = 1
    """Where the open row begins."""
    formula: list[str] | None = None
    tex: list[str] | None = None

    def take_remark(self, remark: str) -> None:
        """A remark; that at the head of a saved page may say where it is from."""
        if not self.base and (saved := _SAVED_FROM.search(remark)):
            self.base = ask.address(saved[1])

    def write(self, text: str, line: int) -> None:
        """Text between two tags, which begins on a line."""
        if self.hidden or not text:
            return
        text = html.unescape(text)
        if self.formula is not None:
            (self.formula if self.tex is None else self.tex).append(text)
            return
        rows = text.split("\n") if self.verbatim else [_SPACE.sub(" ", text)]
        for number, row in enumerate(rows):
            if number:
                self.end_line()
            if row.strip() and not any(words.text.strip() for words in self.words):
                skipped = len(text) - len(text.lstrip()) if not self.verbatim else 0
                self.line = line + number + text.count("\n", 0, skipped)
            self._add(row)

    def _add(self, text: str) -> None:
        before = self.words[-1].text[-2:] if self.words else ""
        if (
            self.raised
            and 0 < len(text.strip()) <= _LONGEST_RAISED
            and _BEFORE_RAISED.search(before)
        ):
            text = f"${self.raised}{{{text.strip()}}}$"
        if text:
            self.words.append(_Words(text, self.bold > 0, self.italic > 0, self.url))

    def open(self, name: str, attributes: str, line: int) -> None:
        """A tag that opens an element."""
        if self.hidden:
            self.depth += name == self.hidden
            return
        said = _said(attributes) if attributes.strip() else {}
        if name not in _VOID and not attributes.endswith("/") and _is_hidden(name, said):
            if name not in _INLINE:
                self.end_line()
            self.hidden, self.depth = name, 1
            return
        self._break(name, opens=True)
        self._count(name, 1)
        if name == "a":
            self.url = self._address(said.get("href", ""))
        elif name == "li":
            self.item = True
        elif name == "math":
            self.line = self.line if self.words else line
            self.formula, self.tex = [said.get("alttext", "")], None
        elif name == "annotation" and self.formula is not None:
            self.tex = []
        elif name == "base" or (name == "link" and said.get("rel") == "canonical"):
            self.base = self._address(said.get("href", "")) or self.base

    def close(self, name: str, line: int) -> None:
        """A tag that closes an element."""
        if self.hidden:
            self.depth -= name == self.hidden
            if not self.depth:
                self.hidden = ""
            return
        self._break(name, opens=False)
        self._count(name, -1)
        if name == "a":
            self.url = ""
        elif name == "math" and self.formula is not None:
            alternative, *signs = self.formula
            tex = ("".join(self.tex) if self.tex else "") or alternative
            self.formula = self.tex = None
            self._add(f"${tex.strip()}$" if tex.strip() else "".join(signs))

    def _count(self, name: str, step: int) -> None:
        """What is open of that which changes the look of all that it holds."""
        if name in _BOLD:
            self.bold = max(self.bold + step, 0)
        elif name in _ITALIC:
            self.italic = max(self.italic + step, 0)
        elif name in ("ul", "ol"):
            self.lists = max(self.lists + step, 0)
        elif name == "pre":
            self.verbatim = max(self.verbatim + step, 0)
        elif name in ("sup", "sub"):
            self.raised = _RAISED[name] if step > 0 else ""
        elif name[0] == "h" and name[1:].isdigit():
            self.heading = int(name[1]) if step > 0 else 0

    def _break(self, name: str, *, opens: bool) -> None:
        """End the line where an element begins or ends that stands apart."""
        if self.is_table:
            self._go_on_in_table(name, opens=opens)
        elif name in _CELLS and "".join(w.text for w in self.words[-3:]).rstrip().endswith(":"):
            self._add(" ")  # what a cell is a label of stands in the next
        elif name == "br" or name in _LINES:
            empty = not self._is_begun()
            self.end_line()
            if name == "br" and empty:
                self._blank()
        elif name in _BREAKS:
            self.end_line()
            self._blank()

    def begin_table(self) -> None:
        """A row of names of columns comes next."""
        self.end_line()
        self._blank()
        self.is_table, self.headed, self.in_cell = True, False, False
        self.cells = []

    def _go_on_in_table(self, name: str, *, opens: bool) -> None:
        """End a cell, a row or the table where one of them begins or ends; all else is a space."""
        if self.in_cell and name in (*_CELLS, "tr", "table", "tbody", "thead"):
            words, self.words, self.in_cell = self.words, [], False
            self.row = self.row if self.cells else self.line
            plain = " ".join("".join(word.text for word in words).split())
            self.cells.append((plain, _inline(words, bold=True).replace("|", r"\|")))
        if name in ("tr", "table") and self.cells:
            self._end_row()
        elif name in _CELLS:
            self.in_cell = opens
        elif name not in _INLINE or name == "br":
            self._add(" ")
        if name == "table":
            self.is_table = False
            self._blank()

    def _end_row(self) -> None:
        cells, self.cells = self.cells, []
        marked = f"| {' | '.join(text for _, text in cells)} |"
        self.rows.append((self.row, "\t".join(text for text, _ in cells), marked))
        if not self.headed:
            self.rows.append((self.row, "", f"|{'---|' * len(cells)}"))
            self.headed = True

    def _is_begun(self) -> bool:
        return any(words.text.strip() for words in self.words)

    def _blank(self) -> None:
        if self.rows and self.rows[-1][1]:
            self.rows.append((self.line, "", ""))

    def end_line(self) -> None:
        """Keep the open line, if anything stands in it."""
        words, self.words = self.words, []
        plain = " ".join("".join(word.text for word in words).split())
        if plain:
            self.rows.append((self.line, plain, self._marked(words)))
            self.item = False

    def _marked(self, words: list[_Words]) -> str:
        marked = _inline(words, bold=not self.heading)
        if self.heading:
            return f"{'#' * self.heading} {marked}"
        if marked[0] in _LINE_START:
            marked = f"\\{marked}"
        depth = min(self.lists, _DEEPEST_LIST)
        if self.item:
            return "  " * max(depth - 1, 0) + "- " + marked
        return "  " * depth + marked

    def _address(self, href: str) -> str:
        href = html.unescape(href).strip()
        if self.base and href[:1] not in ("", "#") and len(href) <= ask.LONGEST_ADDRESS:
            try:
                href = urljoin(self.base, href)
            except ValueError:
                return ""
        elif id_only := read_arxiv_id(href.lstrip("./")) if not href.startswith("http") else None:
            # Where it leads from an unknown place nobody knows, but which paper it is about.
            href = abstract_page(id_only.id)
        return ask.address(href).replace("(", "%28").replace(")", "%29")

    def shown(self) -> Shown:
        """All of it."""
        return Shown(
            "".join(f"{plain}\n" for _, plain, _ in self.rows),
            "".join(f"{marked}\n" for _, _, marked in self.rows),
            tuple(line for line, _, _ in self.rows),
        )


def _said(attributes: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(one or two or bare)
        for name, one, two, bare in _ATTRIBUTE.findall(attributes)
    }


def _is_hidden(name: str, said: dict[str, str]) -> bool:
    return (
        name in _HIDDEN
        or said.get("aria-hidden") == "true"
        or _UNSEEN_STYLE.search(said.get("style", "")) is not None
    )


def _inline(words: Sequence[_Words], *, bold: bool) -> str:
    """A line with the marks of links and faces."""
    parts = []
    for url, linked in groupby(words, key=lambda word: word.url):
        inner = _emphasised(linked, bold=bold, in_link=bool(url))
        parts.append(_around(inner, "[", f"]({url})") if url else inner)
    return " ".join("".join(parts).split())


def _emphasised(words: Iterable[_Words], *, bold: bool, in_link: bool) -> str:
    """Words with the marks of bold type around those of italic."""
    parts = []
    for is_bold, alike in groupby(words, key=lambda word: word.bold and bold):
        inner = []
        for is_italic, same in groupby(alike, key=lambda word: word.italic):
            text = literal("".join(word.text for word in same), in_link=in_link)
            inner.append(_around(text, "*" * is_italic))
        parts.append(_around("".join(inner), "**" * is_bold))
    return "".join(parts)


def _around(text: str, before: str, behind: str = "") -> str:
    """A text with marks around what is seen of it."""
    seen = text.strip()
    if not seen or not before:
        return text
    start = text.index(seen)
    return f"{text[:start]}{before}{seen}{behind or before}{text[start + len(seen) :]}"
