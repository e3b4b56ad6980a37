"""What EndNote, PubMed and the Web of Science export: a line a field, behind a tag.

They differ in how a tag is written, and what it is called; a line without one goes on with the one
above. No entry knows the day of a digest: the file's name dates them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "tagged"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one program writes an entry."""

    start: re.Pattern[str]
    """What a file begins with."""
    line: re.Pattern[str]
    """A tag and its value."""
    first: str
    """The tag that an entry begins with."""
    fields: Mapping[str, str]
    """What tags mean; of two with one meaning the first that an entry has counts."""
    keywords: str
    """The tag of keywords, each on a line or with semicolons between."""
    is_list_of_lines: bool = False
    """Whether each further line of names is one more."""


_ENDNOTE = _Dialect(
    re.compile(r"\s{0,99}%0[ \t]\S[^\n]{0,60}\n%[A-Z0-9@&!][ \t]"),
    re.compile(r"%([A-Z0-9@&!])[ \t]+(.*)"),
    "0",
    {
        "T": "title", "A": "authors", "X": "abstract", "U": "url", "R": "doi",
        "8": "published", "Z": "comment",
    },
    keywords="K",
)  # fmt: skip
_PUBMED = _Dialect(
    re.compile(r"\s{0,99}PMID-[ ]\d{1,9}[ \t]*\n[A-Z]{2,4}[ ]{0,2}-[ ]"),
    re.compile(r"([A-Z][A-Z0-9]{1,3})[ ]{0,2}-[ ](.*)"),
    "PMID",
    {
        "TI": "title", "FAU": "authors", "AU": "authors", "AB": "abstract",
        "DEP": "published", "DP": "published", "PMID": "pubmed",
    },
    keywords="OT",
)  # fmt: skip
_WEB_OF_SCIENCE = _Dialect(
    re.compile(r"\s{0,99}(?:FN[ ][^\n]{1,80}\nVR[ ]\S{1,9}\s{1,9})?PT[ ][A-Z]\n[A-Z][A-Z0-9][ ]"),
    re.compile(r"([A-Z][A-Z0-9])(?:[ ](.*))?"),
    "PT",
    {
        "TI": "title", "AF": "authors", "AU": "authors", "AB": "abstract",
        "DI": "doi",
    },
    keywords="DE",
    is_list_of_lines=True,
)  # fmt: skip
_DIALECTS = (_ENDNOTE, _PUBMED, _WEB_OF_SCIENCE)

_LISTS = ("authors", "url", "doi")
_ENDS = ("ER", "EF")
_DOI = re.compile(r"\s?\[doi\]")


def sniff(file: SourceFile) -> bool:
    """Whether a text begins with an entry of one of them.

    >>> texts = "%0 Journal Article\\n%T Nets\\n", "PMID- 1\\nOWN - NLM\\n", "PT J\\nAU Lee, A\\n"
    >>> [sniff(SourceFile("x", text)) for text in texts]
    [True, True, True]
    >>> sniff(SourceFile("x", "PT J\\n\\nA Title\\n")), sniff(SourceFile("x", "%0 is less\\n"))
    (False, False)
    """
    return _dialect(file.text) is not None


def _dialect(text: str) -> _Dialect | None:
    return next((dialect for dialect in _DIALECTS if dialect.start.match(text)), None)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a list."""
    document = Document()
    dialect = _dialect(file.text)
    assert dialect
    said: dict[str, list[str]] = {}
    begun = 0
    tag = ""
    for number, row in enumerate(f"{file.text}\n{_ENDS[0]} ".split("\n"), 1):
        named = dialect.line.fullmatch(row.rstrip())
        begins = named is not None and named[1] == dialect.first
        if begins or row.rstrip() in _ENDS:
            if begun and said:
                document.records.append(Record(begun, _record(said, dialect)))
            said, tag, begun = {}, "", number if begins else 0
        if named and begun:
            tag = named[1]
            said.setdefault(tag, []).append(named[2] or "")
        elif tag and row.strip():
            if dialect.is_list_of_lines and dialect.fields.get(tag) == "authors":
                said[tag].append(row.strip())
            else:
                said[tag][-1] += f"\n{row.strip()}"
    return captures_of(NAME, file, document, report)


def _record(said: Mapping[str, list[str]], dialect: _Dialect) -> dict[str, object]:
    """The fields of a paper by the names of the schema; others by their tags."""
    fields: dict[str, object] = {}
    known = {*dialect.fields, dialect.keywords}
    for tag, name in dialect.fields.items():
        values = [value for value in said.get(tag, ()) if value.strip()]
        if values and name not in fields:
            fields[name] = values if name in _LISTS else "\n".join(values)
    keywords = re.split(r"[;\n]", "\n".join(said.get(dialect.keywords, ())))
    fields["keywords"] = [word.strip() for word in keywords if word.strip()]
    fields |= {tag: "\n".join(said[tag]) for tag in said if tag not in known}
    if dialect is _PUBMED:
        # The full stop that PubMed puts behind a title is not the authors'.
        fields["title"] = re.sub(r"(?<!\.)\.\Z", "", str(fields.get("title", "")).strip())
        numbers = [value for tag in ("LID", "AID") for value in said.get(tag, ())]
        fields["doi"] = [_DOI.sub("", value) for value in numbers if _DOI.search(value)][:1]
        fields["links"] = [f"https://pubmed.ncbi.nlm.nih.gov/{fields.pop('pubmed', '')}/"]
    fields["published"] = _day(str(fields.get("published", "")))
    stated = [value for values in said.values() for value in values if ask.arxiv_id(value)]
    fields["arxiv_id"] = next(iter(stated), None)
    return fields


def _day(written: str) -> str | None:
    """A day as `2025 Mar 11`, `20250311` or people write it."""
    written = " ".join(written.split())
    if named := re.fullmatch(r"(\d{4}) ([A-Z][a-z]{2}) (\d{1,2})", written):
        written = f"{named[2]} {named[3]}, {named[1]}"
    elif plain := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", written):
        written = "-".join(plain.groups())
    day = ask.day(written)
    return day.isoformat() if day else None
