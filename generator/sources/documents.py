"""Reads JSON, JSON Lines and YAML as records that know their line; what is whole is kept.

Three shapes hold records: a list, an object with a list among its fields (what else it says is the
head of all its records), and one record after the other. No number is made: digits stay the text
they are, so an id keeps its zeros, and no count is too long to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ..yamltext import Fields, Items, Node, UnreadableError, read_nodes

LISTS = ("papers", "dailyPapers", "items", "entries", "records", "articles", "results", "data")
"""Names under which an object may keep its records."""

MOST_PROBLEMS = 100
"""Broken places after which the rest of a file is left: it is no file of records."""

LARGEST_YAML = 4 * 2**20
"""Characters of the longest YAML text: PyYAML without libyaml reads 0.1 MB a second.
JSON has no such limit."""

DEEPEST = 50
"""Levels of YAML that are read; a record has three."""

_SPACE = re.compile(r"[ \n]*")
_BETWEEN = re.compile(r"[ \n,]*")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None)
_RECORD_AT_LINE_START = re.compile(r"^\{", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a document."""

    line: int
    """Where it begins, from 1."""
    fields: Mapping[str, object]
    head: Mapping[str, object] = field(default_factory=dict)
    """What its list says of all its records."""


@dataclass(slots=True)
class Document:
    """What a file holds, as far as it can be read."""

    head: dict[str, object] = field(default_factory=dict)
    """What is said beside the records."""
    records: list[Record] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Line, and what was wrong there."""

    def complain(self, line: int, what: str) -> None:
        self.problems.append((line, what))


class _Text:
    """A text and a place in it that only moves on."""

    def __init__(self, content: str) -> None:
        # A tab may stand raw in a string that somebody typed; JSON would refuse it.
        self.content = content.replace("\t", " ")
        self.at = 0
        self._counted, self._line = 0, 1

    def skip(self, pattern: re.Pattern[str] = _SPACE) -> str:
        """The character after white space, and move there; empty at the end."""
        found = pattern.match(self.content, self.at)
        assert found
        self.at = found.end()
        return self.content[self.at : self.at + 1]

    def value(self) -> object:
        """The value that begins here, and move behind it; `ValueError` where it is broken."""
        try:
            found, self.at = _DECODER.raw_decode(self.content, self.at)
        except RecursionError:
            raise ValueError from None
        return found

    def name(self) -> str:
        """The name of a field, and move behind its colon; `ValueError` where there is none."""
        found = self.value()
        if not isinstance(found, str) or self.skip() != ":":
            raise ValueError
        self.at += 1
        return found

    @property
    def line(self) -> int:
        """The line of this place."""
        self._line += self.content.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


@lru_cache(maxsize=1)
def read_json(content: str) -> Document | None:
    """The document in a JSON or JSON Lines text; `None` where it is neither.

    Kept for the next caller, as one adapter after the other asks about the same text.
    """
    text, document = _Text(content), Document()
    opening = text.skip()
    if opening == "[":
        text.at += 1
        if _read_list(text, document) and text.skip():
            document.complain(text.line, "text behind the end of the list; left out")
    elif opening == "{":
        _read_objects(text, document)
    else:
        return None
    return _unfolded(document)


def _read_list(text: _Text, document: Document) -> bool:
    """Every whole record up to the end of the list, or to where it is broken; whether it ended."""
    while (first := text.skip(_BETWEEN)) != "]":
        line = text.line
        try:
            _keep(document, line, text.value())
        except ValueError:
            rest = "a record that is not whole" if first else "the list is not closed"
            _broken_off(document, line, rest)
            return False
    text.at += 1
    return True


def _read_objects(text: _Text, document: Document) -> None:
    """One object after the other; a single one may hold a list of records."""
    start = text.at
    while text.skip(_BETWEEN):
        line = text.line
        try:
            _keep(document, line, text.value())
        except ValueError:
            document.complain(line, "a record that is not whole; left out: save the file again")
            following = _RECORD_AT_LINE_START.search(text.content, text.at + 1)
            if not following or len(document.problems) > MOST_PROBLEMS:
                break
            text.at = following.start()
    if not document.records or (
        len(document.records) == 1 and _list_name(document.records[0].fields)
    ):
        again = _Text(text.content)
        again.at = start
        document.records.clear()
        document.problems.clear()
        _read_members(again, document)


def _read_members(text: _Text, document: Document) -> None:
    """The fields of one object, to the head; the elements of its list, to the records."""
    text.at += 1
    while text.skip(_BETWEEN) not in ("}", ""):
        line = text.line
        try:
            name = text.name()
            if name in LISTS and text.skip() == "[" and not document.records:
                text.at += 1
                if not _read_list(text, document):
                    return
            else:
                text.skip()
                document.head[name] = text.value()
        except ValueError:
            _broken_off(document, line, "a field that is not whole")
            return
    if text.skip() != "}":
        _broken_off(document, text.line, "the object is not closed")


def _broken_off(document: Document, line: int, what: str) -> None:
    kept = len(document.records)
    document.complain(line, f"broken off: {what}; kept the {kept} before: save the file again")


def _keep(document: Document, line: int, value: object) -> None:
    if isinstance(value, dict):
        document.records.append(Record(line, value))
    else:
        document.complain(line, "no record with named fields; left out")


def _list_name(fields: Mapping[str, object]) -> str | None:
    """The field that holds the records of a batch; `None` for a record.

    A batch may have a title of its own, as a feed has; then its children must have one, too.
    """
    for name in LISTS:
        children = fields.get(name)
        if isinstance(children, list) and (
            "title" not in fields
            or any(isinstance(child, dict) and "title" in child for child in children)
        ):
            return name
    return None


def _unfolded(document: Document) -> Document:
    """A document in which a batch has given way to its records, each with the batch as head."""
    records: list[Record] = []
    for record in document.records:
        name = _list_name(record.fields)
        head = {**document.head, **record.fields} if name else document.head
        children = record.fields[name] if name else [record.fields]
        for child in children if isinstance(children, list) else ():
            if isinstance(child, dict):
                records.append(Record(record.line, child, head))
            else:
                document.complain(record.line, "no record with named fields; left out")
    document.records = records
    return document


def read_yaml(content: str) -> Document:
    """The document in a YAML text: every scalar as it is written, no value as `None`."""
    document = Document()
    if len(content) > LARGEST_YAML:
        document.complain(0, f"over {LARGEST_YAML // 2**20} MiB of YAML; save it as JSON Lines")
        return document
    try:
        for node in read_nodes(content, DEEPEST):
            _keep_node(document, node)
    except UnreadableError as error:
        kept = len(document.records)
        document.complain(error.line, f"{error.reason}; kept the {kept} records before")
    return _unfolded(document)


def _keep_node(document: Document, node: Node) -> None:
    """The records of one YAML document; the lines are theirs, also where a batch holds them."""
    value = _value(node)
    name = _list_name(value) if isinstance(value, dict) else None
    if isinstance(value, dict) and name is not None and isinstance(node, Fields):
        document.head |= {key: other for key, other in value.items() if key != name}
        node = [held for key, held in node.pairs if key.text == name][-1]  # as in a dict
        value = value[name]
    if isinstance(value, list) and isinstance(node, Items):
        for element, child in zip(node.items, value, strict=True):
            _keep(document, element.line, child)
    elif value is not None:
        _keep(document, node.line, value)


def _value(node: Node) -> object:
    if isinstance(node, Fields):
        return {name.text: _value(value) for name, value in node.pairs}
    if isinstance(node, Items):
        return [_value(item) for item in node.items]
    return None if node.is_null else node.text
