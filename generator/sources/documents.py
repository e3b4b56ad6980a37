"""Reads JSON and JSON Lines as records that know their line; what is whole is kept.

Three shapes hold records: a list, an object with a list among its fields (what else it says is the
head of all its records), and one record after the other. No number is made: digits stay the text
they are, so an id keeps its zeros, and no count is too long to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from ..dates import read_label
from ..escapes import advice, restore_commands

LISTS = ("papers", "dailyPapers", "items", "entries", "records", "articles", "results", "data")
"""Names under which an object may keep its records."""

MOST_PROBLEMS = 100
"""Broken places after which the rest of a file is left: it is no file of records."""

MOST_IN_VAIN = 10**6
"""Characters that may be read in vain, for records that turn out not to be whole; in a long text
ten times its length. Each may reach to the end of the text, and all of them together are to cost no
more than so much."""

DEEPEST_TEXT = 8
"""Levels of a record in which TeX is looked for: those that are kept."""

DEEPEST_BATCH = 4
"""Levels of batches in batches: days, sections."""

_ESCAPE = re.compile(r"\\[bfnrtu]|[\a\b\v\f\x1b]")
_SPACE = re.compile("[ \n\ufeff]*")
_BETWEEN = re.compile("[ \n,\ufeff]*")
# Somebody who types a text may break a line in it.
_DECODER = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=lambda _: None, strict=False
)
_RECORD_ON_A_LINE = re.compile(
    r"""^([ \ufeff]*+)(?:\}[ ]*+(?:,[ ]*+)?)?   # indented, maybe behind the end of the one before
    \{[ ]*+("[^"\n]*")?                        # and with the name of its first field""",
    re.MULTILINE | re.VERBOSE,
)
_FIRST_NAME = re.compile(r'\{[ ]*+("[^"\n]*")')
# Behind the end of the one before, on the same line.
_RECORD_WITHIN_A_LINE = re.compile(r'\}[ ]*+(?:,[ ]*+)?(\{[ ]*+"[^"\n]*")')
_COLON = re.compile("[ ]*+:[ ]*+")
_NEXT_NAME = re.compile(r'[ ]*+,[ ]*+("[^"\n]*")[ ]*+:')


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

    remarks: list[tuple[int, str]] = field(default_factory=list)
    """What was read all the same: it does not count as broken, and goes to the problems last."""

    def complain(self, line: int, what: str) -> None:
        self.problems.append((line, what))

    def keep(self, line: int, value: object) -> None:
        """Take a value for a record, if it has fields."""
        if isinstance(value, dict):
            self.records.append(Record(line, value))
        else:
            self.complain(line, "no record with named fields; left out")


class _Text:
    """A text and a place in it that only moves on."""

    def __init__(self, content: str) -> None:
        # A tab may stand raw in a string that somebody typed; JSON would refuse it.
        self.content = content.replace("\t", " ")
        self.at = 0
        self._counted, self._line = 0, 1
        self._broken, self._in_vain = 0, 0
        self._patience = max(MOST_IN_VAIN, 10 * len(content))

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
        except json.JSONDecodeError as error:
            self._in_vain += error.pos - self.at
            raise
        except RecursionError:
            self._in_vain += len(self.content) - self.at
            raise ValueError from None
        return found

    def name(self) -> str:
        """The name of a field, and move behind its colon; `ValueError` where there is none."""
        found = self.value()
        if not isinstance(found, str) or self.skip() != ":":
            raise ValueError
        self.at += 1
        return found

    def again_from(self, at: int) -> _Text:
        """The same text at an earlier place."""
        again = _Text(self.content)
        again.at = at
        return again

    def is_on_one_line(self, end: int) -> bool:
        """Whether no line ends from here to a place further on."""
        return self.content.find("\n", self.at, end) < 0

    def to_next_record(self) -> bool:
        """Move from a broken record to the next one, if any: one that begins on a line of its own,
        or behind the end of another with the same field.

        One that is further indented than the broken one may be a value in it, unless it begins
        with the same field and in no list.
        """
        self._broken += 1
        if self.is_hopeless:
            return False
        if self._to_next_within_the_line():
            return True
        indent = self.at - self.content.rfind("\n", 0, self.at) - 1
        inner = len(self.content)
        own = _FIRST_NAME.match(self.content, self.at)
        for found in _RECORD_ON_A_LINE.finditer(self.content, self.at + 1):
            depth = found[1].count(" ")
            if depth > indent and self.content[found.start() - 2] == "[":
                inner = min(inner, depth)
            if depth <= indent or (depth < inner and own and own[1] == found[2]):
                self.at = self.content.index("{", found.start())
                return True
        return False

    def _to_next_within_the_line(self) -> bool:
        """Move to the next record of a line that holds several; it begins with the same field."""
        start = self.at
        own = self._opening(start)
        end = self.content.find("\n", start)
        end = len(self.content) if end < 0 else end
        depth, counted = 0, start
        for found in _RECORD_WITHIN_A_LINE.finditer(self.content, start, end) if own else ():
            at = found.start(1)
            depth += self.content.count("[", counted, at) - self.content.count("]", counted, at)
            counted = at
            # What stands in a list of the broken record, such as an author, may begin so, too.
            names = self._opening(at)
            if names[0] == own[0] and (depth <= 0 or (names == own and len(own) > 1)):
                self.at = at
                return True
        self._in_vain += end - start
        return False

    def _opening(self, at: int) -> list[str]:
        """The names of the first two fields of the record at a place, as far as it is whole."""
        names = []
        if first := _FIRST_NAME.match(self.content, at):
            names.append(first[1])
            with suppress(ValueError, RecursionError):
                value = _COLON.match(self.content, first.end())
                _, end = _DECODER.raw_decode(self.content, value.end() if value else first.end())
                if second := _NEXT_NAME.match(self.content, end):
                    names.append(second[1])
        return names

    @property
    def is_hopeless(self) -> bool:
        """Whether so much is broken that nothing behind is read."""
        return self._broken > MOST_PROBLEMS or self._in_vain > self._patience

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
    return _with_commands(unfolded(document), content)


def _with_commands(document: Document, content: str) -> Document:
    """The document with the TeX that JSON took for escapes."""
    if _ESCAPE.search(content):
        for number, record in enumerate(document.records):
            taken: list[str] = []
            fields = _restored(record.fields, taken, DEEPEST_TEXT)
            if taken and isinstance(fields, dict):
                document.records[number] = Record(record.line, fields, record.head)
                document.complain(record.line, advice(taken, "JSON", "write two of them"))
    return document


def _restored(value: object, taken: list[str], depth: int) -> object:
    """A value with the commands in its texts, which are added to those taken."""
    if isinstance(value, str):
        text, commands = restore_commands(value)
        taken += commands
        return text
    if depth and isinstance(value, dict):
        return {name: _restored(inner, taken, depth - 1) for name, inner in value.items()}
    if depth and isinstance(value, list):
        return [_restored(inner, taken, depth - 1) for inner in value]
    return value


def _read_list(text: _Text, document: Document) -> bool:
    """Every whole record up to the end of the list, or to where it is broken; whether it ended."""
    while (first := text.skip(_BETWEEN)) != "]":
        line = text.line
        try:
            document.keep(line, text.value())
        except ValueError as error:
            what, remedy = _what_is_broken(text, error)
            if not text.to_next_record():
                _broken_off(document, line, what if first else "the list is not closed", remedy)
                return False
            which = _which(document, line, next_line=text.line)
            document.complain(line, f"{which}{what}; left out: {remedy}")
    text.at += 1
    return True


def _read_objects(text: _Text, document: Document) -> None:
    """One object after the other; a single one may hold a list of records."""
    start = text.at
    while text.skip(_BETWEEN):
        line = text.line
        try:
            document.keep(line, text.value())
        except ValueError as error:
            if text.at == start and (batch := _batch(text)):
                document.head, document.records = batch.head, batch.records
                document.problems += batch.problems
                continue
            what, remedy = _what_is_broken(text, error)
            goes_on = text.to_next_record()
            which = _which(document, line, next_line=text.line if goes_on else 0)
            document.complain(line, f"{which}{what}; left out: {remedy}")
            if not goes_on:
                break
    if text.is_hopeless:
        document.complain(text.line, "too much is broken; left out from here on: save it again")
    if len(document.records) == 1 and list_name(document.records[0].fields):
        document.records.clear()
        document.problems.clear()
        _read_members(text.again_from(start), document)


def _which(document: Document, line: int, *, next_line: int) -> str:
    """The number of the broken record that began in a line, if others stand there, too."""
    beside = {record.line for record in document.records[-1:]}
    beside |= {noted for noted, _ in document.problems[-1:]} | {next_line}
    number = len(document.records) + len(document.problems) + 1
    return f"record {number}: " if line in beside else ""


def _batch(text: _Text) -> Document | None:
    """What is whole of an object that is not, if it has a list of records; moves behind it."""
    again, batch = text.again_from(text.at), Document()
    if not _read_members(again, batch):
        return None
    text.at = again.at
    return batch


def _read_members(text: _Text, document: Document) -> bool:
    """The fields of one object, to the head; the elements of its list, to the records; whether
    there is a list of records, whole or not."""
    listed = False
    text.at += 1
    while text.skip(_BETWEEN) not in ("}", ""):
        line = text.line
        try:
            name = text.name()
            if name in LISTS and text.skip() == "[" and not document.records:
                text.at += 1
                ended = _read_list(text, document)
                listed = bool(document.records) or not ended
                if not ended:
                    text.at = len(text.content)
                    return listed
            else:
                text.skip()
                document.head[name] = text.value()
        except ValueError:
            _broken_off(document, line, "a field that is not whole")
            if not text.to_next_record():
                text.at = len(text.content)
            return listed
    if text.skip() != "}":
        _broken_off(document, text.line, "the object is not closed")
    text.at = min(text.at + 1, len(text.content))
    return listed


def _what_is_broken(text: _Text, error: ValueError) -> tuple[str, str]:
    """What is wrong with the record that begins here, and the remedy."""
    if isinstance(error, json.JSONDecodeError):
        if error.msg.startswith("Invalid \\"):
            return "a record with a backslash that means nothing in JSON", "write two of them"
        if error.msg.startswith("Expecting ','") and text.is_on_one_line(error.pos):
            return "a record with a quote in a text, or without a comma", 'write \\" in texts'
    return "a record that is not whole", "save the file again"


def _broken_off(
    document: Document, line: int, what: str, remedy: str = "save the file again"
) -> None:
    kept = len(document.records)
    document.complain(line, f"broken off: {what}; kept the {kept} before: {remedy}")


def list_name(fields: Mapping[str, object]) -> str | None:
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


def unfolded(document: Document) -> Document:
    """A document in which a batch has given way to its records, each with the batch as head: also
    batches by day or by section, where nothing else has a title."""
    records: list[Record] = []
    for record in document.records:
        name = list_name(record.fields)
        head = {**document.head, **record.fields} if name else document.head
        children = record.fields[name] if name else [record.fields]
        for child in children if isinstance(children, list) else ():
            if isinstance(child, dict):
                records.append(Record(record.line, child, head))
            else:
                document.complain(record.line, "no record with named fields; left out")
    if not any("paper" in r.fields or _is_titled(r.fields) for r in records):
        inner = [
            Record(record.line, fields, head)
            for record in records
            for fields, head in _within(record.fields, dict(record.head), DEEPEST_BATCH)
        ]
        records = inner or records
    document.records = records
    return document


def _within(
    fields: Mapping[str, object], head: dict[str, object], depth: int
) -> Iterator[tuple[Mapping[str, object], dict[str, object]]]:
    """The records with a title in the lists and objects of another one, and what is said of them
    all; a name that is a day is theirs."""
    plain = {name: value for name, value in fields.items() if not isinstance(value, list | dict)}
    for name, value in fields.items():
        around = {**head, **plain}
        if read_label(str(name)):
            around["listed_on"] = str(name)
        parts = value if isinstance(value, list) else [value]
        children = [child for child in parts if isinstance(child, dict)]
        # Beside one that has a title, one that has none is a slip, and named as that.
        titled = any(map(_is_titled, children))
        for child in children:
            if titled:
                yield child, around
            elif depth:
                yield from _within(child, around, depth - 1)


def _is_titled(fields: Mapping[str, object]) -> bool:
    names = {str(name).lower() for name in fields}
    named = "name" in names and not names.isdisjoint(("abstract", "summary", "description"))
    return named or any(name.endswith("title") for name in names)
