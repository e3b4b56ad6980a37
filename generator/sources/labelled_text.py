"""Text in which labels name the fields: `Title: …`, `Authors: …`, `Abstract: …`, `URL: …`.

A paper begins with its title. Blank lines and rules may stand between papers and fields, or not; an
abstract may have several lines and paragraphs. What stands above the first paper may state the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..datelines import days_within, read_date_line
from ..dates import MonthDay
from ..errors import Report
from ..model import Capture
from . import labels, text_capture
from . import untrusted as ask
from .days import captures_of, listed_when_published
from .documents import Document, Record
from .files import SourceFile
from .frames import is_framing
from .markdown_inline import read_line
from .page_lines import is_address, is_names
from .paragraphs import abstractness
from .pasted import unescaped

NAME = "labelled_text"

MOST_PARAGRAPHS = 12
"""Paragraphs of a paper; a text that has more only happens to hold such a line."""

_NUMBER = re.compile(r"[ \t]*(?:\(?\[?#?\d{1,4}(?:[\].):]{1,2}[ \t]+|[、．][ \t]*))?")
_RULE = re.compile(r"[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,}|~{3,})[ \t]*")
_TEXTS = ("abstract", "summary")
_MOST_TITLE_LINES = 4
_FEWEST = 2
# In the first column: indented, it is a title that goes on.
_OTHER = re.compile(r"([A-Z][\w /-]{1,30}):(?:[ \t]+(.*))?")


@dataclass(slots=True)
class _Found:
    """What a text holds, as far as labels name it."""

    records: list[Record] = field(default_factory=list)
    label: str = ""
    """The day above the first paper, as it is written."""
    outside: int = 0
    """Paragraphs above it that read like abstracts."""
    inside: int = 0
    """Paragraphs without a label."""


def sniff(file: SourceFile) -> bool:
    """Whether most papers with a label before their title have one before their abstract, or before
    names and an address."""
    if not text_capture.sniff(file) or text_capture.has_header(file.text):
        return False
    found = _read(file.text)
    told = sum(
        "abstract" in record.fields or {"authors", "links"} <= set(record.fields)
        for record in found.records
    )
    return (
        2 * told > len(found.records)
        and found.outside <= 1
        and found.inside <= MOST_PARAGRAPHS * len(found.records)
    )


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a text, each under the day above them all, else under its own."""
    found = _read(file.text)
    day = ask.day(found.label)
    head = {"listed_on": day.isoformat()} if day else {}
    records = [Record(record.line, record.fields, head) for record in found.records]
    records = listed_when_published(file, found.label, records)
    return captures_of(NAME, file, Document(records=records), report, label=found.label)


@lru_cache(maxsize=1)
def _read(text: str) -> _Found:
    """The papers in a text; kept, as `sniff` and `parse` ask one after the other."""
    lines = unescaped(text).split("\n")
    unlabelled = _unlabelled(lines)
    found = _Found()
    fields: dict[str, list[str]] = {}
    line = 0
    open_field: str | None = None
    after_blank = True
    for number, raw in enumerate(lines, 1):
        row = raw[_end(raw) :]
        label = _label(row, unlabelled.get(number, ""))
        marked = not row[:1].isalnum()
        if label and label.field == "title":
            if line:
                found.records.append(Record(line, _fields(fields)))
            fields, line, open_field = (
                {"title": [_value(label.value, marked=marked)]},
                number,
                "title",
            )
        elif not row.strip():
            open_field = open_field if open_field in _TEXTS else None
        elif not line:
            found.outside += after_blank and abstractness(row) > 0
            stated = label.value if label and label.field == "published" else raw.strip()
            if not found.label and (day := _day(stated)):
                found.label = str(day)
        elif _RULE.fullmatch(row) or (after_blank and not label and is_framing(row)):
            open_field = None
        elif label and label.field and (open_field not in _TEXTS or _ends_text(label, row)):
            open_field = label.field
            value = _value(label.value, marked=marked and open_field not in labels.LINKS)
            fields.setdefault(open_field, []).append(value)
        elif open_field not in _TEXTS and (other := _OTHER.fullmatch(raw)):
            open_field = other[1]
            fields.setdefault(open_field, []).append(other[2] or "")
        elif not open_field and after_blank and _is_abstract(lines, number, fields):
            open_field = "abstract"
            fields["abstract"] = [raw.strip()]
        elif open_field:
            open_field = _going_on(open_field, row)
            fields.setdefault(open_field, []).append(raw.strip())
            found.inside += after_blank
        after_blank = not row.strip()
    if line:
        found.records.append(Record(line, _fields(fields)))
    return found


def _day(stated: str) -> MonthDay | None:
    """The day that a line above the papers states, alone or in a heading."""
    if known := read_date_line(stated):
        return known
    named = [] if abstractness(stated) > 0 else days_within(stated)
    return named[0] if len(named) == 1 and named[0].year else None


def _unlabelled(lines: Sequence[str]) -> dict[int, str]:
    """The lines that titles begin on in a text in which none has a label, but what is below them,
    and for most of them an abstract; and those of names, where these have none, either."""
    said = [_field(line) for line in lines]
    if "title" in said:
        return {}
    if "authors" not in said:
        return _above_labels(lines, said)
    found: dict[int, str] = {}
    last = 0
    for at, field_ in enumerate(said):
        if field_ != "authors":
            continue
        end = at
        while end > last and (said[end - 1] in labels.LINKS or not lines[end - 1].strip()):
            end -= 1
        start = end
        while (
            start > max(last, end - _MOST_TITLE_LINES)
            and lines[start - 1].strip()
            and not said[start - 1]
        ):
            start -= 1
        if start == end or abstractness(" ".join(lines[start:end])) > 0:
            return {}
        found[start + 1] = "title"
        last = at + 1
    return found if 2 * said.count("abstract") > len(found) else {}


def _above_labels(lines: Sequence[str], said: Sequence[str]) -> dict[int, str]:
    """Titles and names that stand right above what labels say of a paper, its abstract included."""
    found: dict[int, str] = {}
    below: list[int] = []
    start = 0
    for end in [at for at, line in enumerate(lines) if not line.strip()] + [len(lines)]:
        first = next((at for at in range(start, end) if said[at]), end)
        bare = lines[start:first]
        if "abstract" in said[first:end] and 0 < len(bare) <= _MOST_TITLE_LINES:
            if abstractness(" ".join(bare)) > 0:
                return {}
            found[start + 1] = "title"
            if len(bare) > 1:
                below.append(first)
        start = end + 1
    if len(found) < _FEWEST or 2 * len(found) <= said.count("abstract"):
        return {}
    # A name alone looks like the end of a title, but where most have names, all do.
    if 2 * sum(is_names(lines[line - 1].strip()) for line in below) > len(found):
        found |= dict.fromkeys(below, "authors")
    return found


def _label(row: str, unlabelled: str) -> labels.Label | None:
    """The label of a line, or the field that it is of without one; `Paper:` is that of a title
    where no address is behind it."""
    label = None if unlabelled else labels.read_label(row)
    if label and label.field == "url" and label.name.lower() == "paper" and " " in label.value:
        return label if "://" in label.value else label._replace(field="title")
    return labels.Label(unlabelled, "", row.strip()) if unlabelled else label


def _going_on(field_: str, row: str) -> str:
    """The field of a line below another one: an address goes on with no names or title."""
    apart = field_ not in (*_TEXTS, *labels.LINKS) and is_address(row)
    return "url" if apart else field_


def _field(line: str) -> str:
    """The field that a line begins; empty for a line without a label that we know."""
    label = _label(line[_end(line) :], "") if ":" in line or "：" in line else None
    return (label.field or "") if label else ""


def _is_abstract(lines: Sequence[str], number: int, fields: Mapping[str, object]) -> bool:
    """Whether a paragraph without a label, below a title and what labels say of it, is what else
    would be missing."""
    if len(fields) < 2 or not {"abstract", "summary"}.isdisjoint(fields):
        return False
    end = number
    while end < len(lines) and lines[end].strip() and not _field(lines[end]):
        end += 1
    return abstractness(" ".join(lines[number - 1 : end])) > 0


def _end(raw: str) -> int:
    number = _NUMBER.match(raw)
    return number.end() if number else 0


def _ends_text(label: labels.Label, row: str) -> bool:
    """Whether a label ends the abstract among whose lines it stands."""
    return not row[:1].islower() or "://" in label.value


def _value(value: str, *, marked: bool) -> str:
    return read_line(value).plain() if marked else value


def _fields(said: dict[str, list[str]]) -> dict[str, object]:
    """The fields of a paper, addresses among its links."""
    fields: dict[str, object] = {
        name: "\n".join(values).strip() for name, values in said.items() if name not in labels.LINKS
    }
    links = list(_links(said))
    if links:
        fields["links"] = links
    ids = [*said.get("arxiv", []), *(link["url"] for link in links)]
    fields["arxiv_id"] = next((value for value in ids if ask.arxiv_id(value)), None)
    return labels.tidied(fields)


def _links(said: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    for name, values in said.items():
        if name in labels.LINKS:
            for found in read_line("\n".join(values)).links():
                yield {"kind": labels.kind_of(found.url, found.words, name), "url": found.url}
