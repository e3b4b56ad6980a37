"""Hugging Face's page of one paper, copied as text; several may stand in one file.

Below its arXiv id stand the title, when the paper came out and who listed it on which day, votes,
names, and the abstract, maybe with a machine's summary; then buttons, and what people say of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..arxiv import stated_arxiv_id
from ..datelines import read_date_line
from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "hf_paper"

_ID = re.compile(r"(?:papers\s+)?arxiv:\s?\S{7,20}", re.IGNORECASE)
_PUBLISHED = re.compile(r"published on (?P<day>\w{3,9}\.? \d{1,2}(?:, \d{4})?)", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|.*\s)on (?P<day>\w{3,9}\.? \d{1,2}(?:, \d{4})?)", re.IGNORECASE)
_HANDED_IN = re.compile(r"\W{0,3}submitted by\b.*", re.IGNORECASE)
_UPVOTE = re.compile(r"upvotes?", re.IGNORECASE)
_MACHINE = re.compile(r"AI-generated summary", re.IGNORECASE)
_END = re.compile(
    r"(?:view (?:arxiv page|pdf)|add to collection)\b.{0,100}|project page|github\b.{0,20}"
    r"|community",
    re.IGNORECASE,
)
_MOST_TITLE_LINES = 4
_LONGEST_ID = 60
_NEAR = 12
"""Lines below the id among which it is looked for when the paper came out."""
_NEAR_DAY = 4


def sniff(file: SourceFile) -> bool:
    """Whether a text has an arXiv id, a title, and when the paper was published, one below the
    other."""
    if "ublished on " not in file.text or "rxiv:" not in file.text.lower():
        return False
    return bool(_starts(file.text.split("\n")))


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of the pages, under the day they were listed on."""
    lines = [line.strip() for line in file.text.split("\n")]
    starts = _starts(lines)
    document = Document()
    labels = set()
    for start, end in pairwise([*starts, len(lines)]):
        fields, label = _fields(lines[start:end])
        day = ask.day(label)
        head = {"listed_on": day.isoformat()} if day else {}
        labels.add("" if day else label)
        document.records.append(Record(start + 1, fields, head))
    one = labels.pop() if len(labels) == 1 else ""
    return captures_of(NAME, file, document, report, label=one)


def _starts(lines: Sequence[str]) -> list[int]:
    """The lines of ids that a page's title and date stand below."""
    ids = [
        at
        for at, line in enumerate(lines)
        if len(line) < _LONGEST_ID and _ID.fullmatch(line.strip())
    ]
    return [
        at
        for at, following in pairwise([*ids, len(lines)])
        if any(
            _PUBLISHED.match(below.strip()) for below in lines[at + 2 : min(at + _NEAR, following)]
        )
    ]


def _fields(lines: Sequence[str]) -> tuple[dict[str, object], str]:
    """What a page says of its paper, and the day that it was listed on, as it stands there."""
    published = next(at for at, line in enumerate(lines) if at > 1 and _PUBLISHED.match(line))
    title = [line for line in lines[1:published] if line][:_MOST_TITLE_LINES]
    fields: dict[str, object] = {"title": " ".join(title)}
    if stated := stated_arxiv_id(lines[0].split()[-1]):
        fields["arxiv_id"] = stated.id.id
    if (out := _PUBLISHED.match(lines[published])) and (day := ask.day(out["day"])):
        fields["published"] = day.isoformat()
    end = next((at for at, line in enumerate(lines) if line.lower() == "abstract"), len(lines))
    names = next((at for at in range(published, end) if lines[at].lower() == "authors:"), end)
    people = " ".join(lines[names + 1 : end]).split(",")
    fields["authors"] = [name.strip() for name in people if any(map(str.isalpha, name))]
    votes = next((at for at in range(published, names) if _UPVOTE.fullmatch(lines[at])), names)
    fields["upvotes"] = next((line for line in lines[votes + 1 : names] if line), None)
    fields |= _texts(lines[end + 1 :])
    return fields, _listed(lines[published:names])


def _listed(lines: Sequence[str]) -> str:
    """The day in what says who handed a paper in."""
    for at, line in enumerate(lines):
        if _HANDED_IN.search(line):
            below = (_LISTED.fullmatch(row) for row in lines[at : at + _NEAR_DAY])
            day = next((found["day"] for found in below if found), "")
            return day if read_date_line(day) else ""
    return ""


def _texts(lines: Sequence[str]) -> dict[str, object]:
    """The abstract, and a machine's summary above the line that says so, or below it."""
    end = next((at for at, line in enumerate(lines) if _END.fullmatch(line)), len(lines))
    texts = [line for line in lines[:end] if line]
    said = next((at for at, line in enumerate(texts) if _MACHINE.fullmatch(line)), None)
    if said is None:
        return {"abstract": "\n".join(texts)}
    summary, abstract = texts[:said], texts[said + 1 :]
    if not summary and len(abstract) > 1:
        summary, abstract = abstract[:1], abstract[1:]
    return {"summary_ai": " ".join(summary), "abstract": "\n".join(abstract)}
