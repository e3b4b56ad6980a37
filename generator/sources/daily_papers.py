"""Hugging Face's `GET /api/daily_papers` and `GET /api/papers/ID`, as JSON.

An item of the first wraps a paper, and its own `publishedAt` is when it was listed; the second is
the paper alone. A listing's day runs by other hours than ours, so items of a day's answer may carry
the date of its neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record, read_json
from .files import SourceFile

NAME = "daily_papers"

DRIFT = timedelta(days=1)
"""The API's own tests let a window begin a day before the calendar's."""


def sniff(file: SourceFile) -> bool:
    """Whether a record wraps a paper or knows when it came to the daily list."""
    document = read_json(file.text)
    return document is not None and is_daily(document)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of an answer, each under the day it was listed on."""
    document = read_json(file.text)
    return captures_of(NAME, file, flat(document), report, DRIFT) if document else ()


def is_daily(document: Document) -> bool:
    """Whether a document's records are items of the daily list."""
    return any(
        isinstance(record.fields.get("paper"), dict) or "submittedOnDailyAt" in record.fields
        for record in document.records
    )


def flat(document: Document, day: str = "") -> Document:
    """The document with papers in place of items; all are of `day`, where a page says so."""
    records = [Record(r.line, _flat(r.fields, day), r.head) for r in document.records]
    return Document(document.head, records, document.problems)


def _flat(item: Mapping[str, object], day: str) -> Mapping[str, object]:
    paper = ask.mapping(item.get("paper"))
    fields = {**item, **paper}
    listed = fields.pop("submittedOnDailyAt", None)
    if paper or "paper" in item:
        del fields["paper"]
        listed = listed or item.get("publishedAt")
        fields["publishedAt"] = paper.get("publishedAt")
    fields.pop("discussionId", None)
    return {**fields, "listed_on": day or listed}
