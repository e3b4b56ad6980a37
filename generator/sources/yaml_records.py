"""Reads YAML as records that know their line: every scalar as it is written, no value as `None`.

A text is read as a whole if it can be. Where it cannot, each of its documents is read by itself,
and of a list of records each record: a mistake in one costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ..yamltext import Fields, Items, Node, UnreadableError, read_nodes, spoilt_texts
from .documents import LISTS, MOST_PROBLEMS, Document, list_name, unfolded

LARGEST_YAML = 4 * 2**20
"""Characters of the longest YAML text: PyYAML without libyaml reads 0.1 MB a second.
JSON has no such limit."""

DEEPEST = 50
"""Levels of YAML that are read; a record has three."""

_AT_ONCE = 100

_Block = tuple[int, str]
"""Its first line and its text."""
_Mend = Callable[[Document, int, str, UnreadableError], None]

_DOCUMENT = re.compile(r"^---(?=\s)", re.MULTILINE)
# Directives and ends of documents mean nothing to records.
_MARKS = re.compile(r"^(?:\.\.\.[ \t]*|%.*)$", re.MULTILINE)
_LIST = re.compile(rf"^(?:{'|'.join(LISTS)})[ ]*:[ \t]*(?:#.*)?\n", re.MULTILINE)
_FIELD = re.compile(r"^[^\s#-][^\n]*?:(?=\s)", re.MULTILINE)
_DASH = re.compile(r"(?:---[^\n]*\n)?(?:[ \t]*(?:#[^\n]*)?\n)*([ ]*)-(?=\s)")


def read_yaml(content: str) -> Document:
    """The document in a YAML text."""
    document = Document()
    if len(content) > LARGEST_YAML:
        document.complain(0, f"over {LARGEST_YAML // 2**20} MiB of YAML; save it as JSON Lines")
        return document
    if _read(document, 1, content):
        _read_each(document, list(_blocks(_MARKS.sub("", content), _DOCUMENT)), _mend_document)
    document.problems += document.remarks
    return unfolded(document)


def _read(document: Document, line: int, text: str) -> UnreadableError | None:
    """Keep the records of a text if all of it can be read; else why not."""
    try:
        nodes = list(read_nodes(text, DEEPEST, line))
    except UnreadableError as error:
        return error
    for node in nodes:
        _keep_node(document, node)
    return None


def _read_each(document: Document, blocks: list[_Block], mend: _Mend) -> None:
    """Every block by itself; `mend` sees to those that cannot be read."""
    # Many at once as long as they can be: a parser for each takes ten times as long.
    for start in range(0, len(blocks), _AT_ONCE):
        group = blocks[start : start + _AT_ONCE]
        if len(document.problems) > MOST_PROBLEMS:
            what = "too much is broken; left out from here on: mend what is named first"
            document.complain(group[0][0], what)
            return
        if _read(document, group[0][0], "".join(text for _, text in group)):
            for line, text in group:
                if error := _read(document, line, text):
                    mend(document, line, text, error)


def _mend_document(document: Document, line: int, text: str, error: UnreadableError) -> None:
    """Read the records of a document one by one."""
    named = _LIST.search(text)
    start = named.end() if named else 0
    dash = _DASH.match(text, start)
    if dash is None:
        _leave_out(document, line, text, error)
        return
    # An item that is indented with a tab is broken, but it is one.
    item = re.compile(rf"^(?:{dash[1]}|\t+)-(?=\s)", re.MULTILINE)
    end = len(text)
    if named:
        _read_head(document, line, text[: named.start()])
        last = max(found.start() for found in item.finditer(text, start))
        behind = _FIELD.search(text, last)
        end = behind.start() if behind else end
    line += text.count("\n", 0, start)
    _read_each(document, list(_blocks(text[start:end], item, line)), _leave_out)
    _read_head(document, line + text.count("\n", start, end), text[end:])


def _leave_out(document: Document, _line: int, _text: str, error: UnreadableError) -> None:
    document.complain(error.line, f"{error.reason}; record left out")


def _read_head(document: Document, line: int, text: str) -> None:
    """The fields before a list, or those behind it."""
    try:
        for node in read_nodes(text, DEEPEST, line):
            value = _value(node)
            document.head |= value if isinstance(value, dict) else {}
    except UnreadableError as error:
        document.complain(error.line, f"{error.reason}; left out")


def _blocks(text: str, beginning: re.Pattern[str], line: int = 1) -> Iterator[tuple[int, str]]:
    """The first line of each block and the block; what stands before the first one is one, too."""
    starts = sorted({0, *(found.start() for found in beginning.finditer(text))})
    place = 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", place, start)
        place = start
        yield line, text[start:end]


def _keep_node(document: Document, node: Node) -> None:
    """The records of one YAML document; the lines are theirs, also where a batch holds them."""
    document.remarks += spoilt_texts(node)
    value = _value(node)
    name = list_name(value) if isinstance(value, dict) else None
    if isinstance(value, dict) and name is not None and isinstance(node, Fields):
        document.head |= {key: other for key, other in value.items() if key != name}
        node = [held for key, held in node.pairs if key.text == name][-1]  # as in a dict
        value = value[name]
    if isinstance(value, list) and isinstance(node, Items):
        for element, child in zip(node.items, value, strict=True):
            document.keep(element.line, child)
    elif value is not None:
        document.keep(node.line, value)


def _value(node: Node) -> object:
    if isinstance(node, Fields):
        return {name.text: _value(value) for name, value in node.pairs}
    if isinstance(node, Items):
        return [_value(item) for item in node.items]
    return None if node.is_null else node.text
