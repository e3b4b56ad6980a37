"""Reads YAML as text, with the line of everything in it: a whole file, or one entry by itself.

Nothing is guessed to be more than text: `2401.12340` is no number, `no` no truth value and
`2025-03-12` no date. Aliases are refused: a few lines of them can stand for billions of words, and
what an entry says should stand in it. In a file of entries each begins in the first column and is
parsed by itself, so a mistake in one costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from .errors import quote
from .escapes import advice, restore_commands

DEEPEST = 6
"""Levels of one entry; a correction has four."""

_NULLS = frozenset(["", "~", "null", "Null", "NULL"])

_BREAKS = re.compile("[\u2028\u2029]")
UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.1 does not allow in a file, but by an escape; \\x85 would be a line end to YAML
alone."""
# Marks of documents and directives mean nothing to entries.
_MARKS = re.compile(r"^(?:---|\.\.\.)[ \t]*$|^%.*$", re.MULTILINE)
# A closing bracket belongs to what it closes, wherever it stands.
_BEGINS_ENTRY = re.compile(r"^(?![\s#\]}])", re.MULTILINE)

_MAY_DROP = re.compile("[ \t]#(?![\\s#!-])")
_DROPPED = re.compile("[ \t]+(#(?![\\s#!-]).*)")
# Behind these nothing but a comment can stand.
_WHOLE = re.compile("yes|no|true|false|on|off|null|~?|[0-9.:T+-]+", re.IGNORECASE)

# libyaml where it is there, as for the vocabulary; both know nothing but text.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Placed:
    """For a loader that makes values: says where a text is that looks like a number or a day, and
    is none, `2025-02-30` say, or that holds by an escape what no path and no page can."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        """As PyYAML's, with a `YAMLError` in place of a `ValueError`."""
        try:
            return super().construct_object(node, deep)  # type: ignore[misc]
        except ValueError as error:
            what = f"{error}: put it in quotes if it is a text"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark) from None

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        """As PyYAML's, of texts alone that can be written somewhere."""
        text = super().construct_scalar(node)  # type: ignore[misc]
        quoted = isinstance(node, yaml.ScalarNode) and node.style == '"'  # only there are escapes
        if quoted and (found := _NO_TEXT.search(text)):
            what = f"found character {found[0]!a}, which no text can hold; remove it"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark)
        return text


class SafeLoader(Placed, yaml.SafeLoader):
    """Safe, and says where it fails."""


@dataclass(frozen=True, slots=True)
class Text:
    """One scalar, as written."""

    line: int
    text: str
    plain: bool = True
    """Written without quotes, and no block."""
    commands: tuple[str, ...] = ()
    """TeX that double quotes took for escapes, restored in the text: `\\beta`."""
    dropped: str = ""
    """What stands behind it from a `#` on that touches it: text, perhaps, and a comment to YAML."""

    @property
    def is_null(self) -> bool:
        """Whether YAML means no value by it."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines of `name: value`, in their order; a name may come twice."""

    line: int
    pairs: tuple[tuple[Text, Node], ...]


Node = Text | Items | Fields


class UnreadableError(Exception):
    """YAML, or nearly, that is not read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def read_nodes(text: str, deepest: int, first: int = 1) -> Iterator[Node]:
    """What each document of a text holds; its first line has the number `first`.

    `UnreadableError` where it is no YAML, has an alias or more than so many levels.
    """
    text = _printable(text)
    events = yaml.parse(text, _Loader)
    lines = text.split("\n") if _MAY_DROP.search(text) else None
    try:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                yield _node(event, events, first, deepest, lines)
    except yaml.YAMLError as error:
        raise _unreadable(error, text, first) from None


def read_entries(text: str, note: Callable[[int, str], None]) -> Iterator[tuple[Text, Node]]:
    """Every entry that can be read; `note` hears the line of what cannot, and the remedy.

    >>> list(read_entries("2401.12340:\\n  hide: yes\\n", print))[0][0]
    Text(line=1, text='2401.12340', plain=True, commands=(), dropped='')
    >>> [name.text for name, _ in read_entries("a: {hide: yes\\nb: {hide: no}\\n", print)]
    1 no readable YAML (did not find expected ',' or '}'); put texts in quotes; entry left out
    ['b']
    """
    for first, block in _blocks(_MARKS.sub("", _printable(text))):
        try:
            entries = _entries(block, first)
        except UnreadableError as error:
            note(error.line, f"{error.reason}; entry left out")
            continue
        for name, value in entries:
            for line, what in spoilt_texts(value):
                note(line, what)
            yield name, value


def reason_of(error: Exception) -> str:
    """Why a file of YAML cannot be read, in one line.

    >>> try: yaml.safe_load("a: b: c")
    ... except yaml.YAMLError as error: reason_of(error)
    'line 1, column 5: mapping values are not allowed here'
    """
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark, problem = error.problem_mark, error.problem or ""
        remedy = "; use spaces in its place" if "'\\t'" in problem else ""
        return f"line {mark.line + 1}, column {mark.column + 1}: {problem}{remedy}"
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"line {line} is not UTF-8: save the file as UTF-8"
    if isinstance(error, OSError) and error.strerror:  # without number and path, said elsewhere
        return error.strerror
    return " ".join(str(error).split())


def spoilt_texts(node: Node) -> Iterator[tuple[int, str]]:
    """The line of each text that YAML spoils, and what to say: where double quotes took TeX for
    escapes, or a `#` the rest for a comment."""
    if isinstance(node, Text):
        if node.commands:
            yield node.line, advice(node.commands, "YAML", "write two of them, or single quotes")
        if node.dropped:
            said = (
                f"YAML takes {quote(node.dropped)} for a comment, so {quote(node.text)} ends there"
            )
            yield node.line, f"{said}; put all of it in quotes, or a space behind # if it is one"
        return
    inner = node.items if isinstance(node, Items) else [value for _, value in node.pairs]
    for part in inner:
        yield from spoilt_texts(part)


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The line each entry begins on, from 1, and its lines."""
    starts = sorted({0, *(match.start() for match in _BEGINS_ENTRY.finditer(text))})
    line, place = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", place, start)
        place = start
        yield line, text[start:end]


def _entries(block: str, first: int) -> list[tuple[Text, Node]]:
    entries: list[tuple[Text, Node]] = []
    for node in read_nodes(block, DEEPEST, first):
        if not isinstance(node, Fields):
            raise UnreadableError(node.line, "no `name: …` lines; begin with a name and `:`")
        entries += node.pairs
    return entries


def _node(
    event: yaml.Event,
    events: Iterator[yaml.Event],
    first: int,
    depth: int,
    lines: Sequence[str] | None,
) -> Node:
    line = first + (event.start_mark.line if event.start_mark else 0)
    if isinstance(event, yaml.ScalarEvent):
        if event.style == '"':
            text, commands = restore_commands(event.value)
            return Text(line, text, False, commands)
        dropped = _dropped(event, lines) if lines and not event.style else ""
        return Text(line, event.value, event.implicit[0], (), dropped)
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableError(line, "an alias (`*name`) is not followed; write out what it means")
    if not depth:
        raise UnreadableError(line, "too many levels; see the README for fields")
    nodes: list[Node] = []
    while not isinstance(inner := next(events), yaml.CollectionEndEvent):
        nodes.append(_node(inner, events, first, depth - 1, lines))
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line, tuple(nodes))
    pairs: list[tuple[Text, Node]] = []
    for name, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(name, Text):
            raise UnreadableError(name.line, "brackets before a `:`; put the name in quotes")
        pairs.append((name, value))
    return Fields(line, tuple(pairs))


def _dropped(event: yaml.ScalarEvent, lines: Sequence[str]) -> str:
    """What may be the rest of a text without quotes, and is no part of it to YAML."""
    end = event.end_mark
    if end is None or end.line >= len(lines):
        return ""
    found = _DROPPED.match(lines[end.line], end.column)
    return found[1].rstrip() if found and not _WHOLE.fullmatch(event.value) else ""


def _unreadable(error: yaml.YAMLError, text: str, first: int) -> UnreadableError:
    mark = getattr(error, "problem_mark", None)
    lines = text.rstrip().split("\n")
    at = min(mark.line, len(lines) - 1) if mark else 0
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    remedy = "indent with spaces, not with a tab" if "\t" in indent else "put texts in quotes"
    problem = getattr(error, "problem", None) or "it cannot be parsed"
    return UnreadableError(first + at, f"no readable YAML ({problem}); {remedy}")
