"""RIS, as citation programs and publishers export it: a line a field, behind a tag of two signs.

An entry goes from its `TY` to its `ER`; a line without a tag goes on with the one above. No entry
knows a day: the file's name dates them.
"""

from __future__ import annotations

import re

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "ris"

_LINE = re.compile(r"[ ]{0,3}([A-Z][A-Z0-9])[ ]{1,2}-(?:[ \t]+(.*)|[ \t]*)")
_START = re.compile(r"\s{0,99}TY[ ]{1,2}-[ ]{1,9}[A-Z]{2,10}[ \t]*\n")
_FIELD = {
    "TI": "title", "T1": "title", "CT": "title", "AU": "authors", "A1": "authors",
    "AB": "abstract", "N2": "abstract", "UR": "url", "LK": "url", "L1": "pdf", "L2": "url",
    "DO": "doi", "KW": "keywords", "DA": "date", "N1": "comment",
}  # fmt: skip
_LISTS = ("authors", "keywords", "url")


def sniff(file: SourceFile) -> bool:
    """Whether a text begins with the kind of an entry.

    >>> sniff(SourceFile("x", "TY  - JOUR\\nTI  - A\\n")), sniff(SourceFile("x", "TY - A Title\\n"))
    (True, False)
    """
    return _START.match(file.text) is not None


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a list."""
    document = Document()
    said: dict[str, list[str]] = {}
    begun = 0
    tag = ""
    for number, row in enumerate(f"{file.text}\nER  - ".split("\n"), 1):
        named = _LINE.fullmatch(row)
        if named and named[1] in ("TY", "ER"):
            if begun and said:
                document.records.append(Record(begun, _record(said)))
            said, tag = {}, ""
            begun = number if named[1] == "TY" else 0
        elif named:
            tag = named[1]
            said.setdefault(tag, []).append(named[2] or "")
        elif tag and row.strip():
            said[tag][-1] += f"\n{row.strip()}"
    return captures_of(NAME, file, document, report)


def _record(said: dict[str, list[str]]) -> dict[str, object]:
    """The fields of a paper by the names of the schema; others by their tags."""
    fields: dict[str, object] = {name: [] for name in _LISTS}
    for tag, values in said.items():
        name = _FIELD.get(tag, tag)
        if name not in _LISTS:
            fields.setdefault(name, "\n".join(values))
    for name in _LISTS:
        tags = [tag for tag in said if _FIELD.get(tag) == name]
        fields[name] = [value for tag in tags for value in said[tag] if value.strip()]
    day = ask.day(str(fields.pop("date", "")).strip("/").replace("/", "-"))
    if day:
        fields["published"] = day.isoformat()
    ids = [value for tag in ("UR", "LK", "L1", "L2", "ID", "AN") for value in said.get(tag, ())]
    fields["arxiv_id"] = next((value for value in ids if ask.arxiv_id(value)), None)
    return fields
