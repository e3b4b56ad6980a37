"""Turns the records of a file into captures, one a listed day, and names what was odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from ..dates import resolve_day
from ..errors import Report, quote
from ..model import Capture, RawPaper
from . import untrusted as ask
from .documents import Document, Record
from .files import SourceFile
from .schema import read_record

_MANY = 4
"""Papers without abstracts that are named together."""
_ANY_YEAR = 2000
"""It has all days that a year can have."""


def captures_of(
    name: str,
    file: SourceFile,
    document: Document,
    report: Report,
    drift: timedelta = timedelta(0),
    label: str = "",
) -> tuple[Capture, ...]:
    """The captures of a file's records, each under the day it was listed on.

    `label` is what the file says of its day, for one capture whose records say nothing of theirs.

    A file of one day is dated by its name, then by its records, as a saved page is by its date
    line. The records of several days keep theirs; unless none is further than `drift` from the
    date in the name, where a source counts its days by other hours than ours. A record whose day
    cannot be read has that of the name, and else none.
    """
    found = _by_day(name, file, document, report, drift)
    if label and len(found) == 1 and not found[0].label:
        return (replace(found[0], label=label),)
    return found


def listed_when_published(file: SourceFile, label: str, records: Sequence[Record]) -> list[Record]:
    """The records of a file, each under the day its paper came out where nothing else dates it:
    neither the name of the file, nor its label, nor what stands above a record."""
    above = any(record.head.get("listed_on") for record in records)
    if above or resolve_day(file.origin, label, _ANY_YEAR).day is not None:
        return list(records)
    return [_listed_when_published(record) for record in records]


def _listed_when_published(record: Record) -> Record:
    day = ask.day(record.fields.get("published"))
    fields = {**record.fields, "listed_on": day.isoformat()} if day else record.fields
    return Record(record.line, fields, record.head)


def _by_day(
    name: str, file: SourceFile, document: Document, report: Report, drift: timedelta
) -> tuple[Capture, ...]:
    for line, what in document.problems:
        report.note(file.origin, line, what)
    named = resolve_day(file.origin, "").day
    listed, undated = _listed(file, document, report, dated=named is not None)
    days = sorted({day for day, _ in listed if day})
    # Theirs is another day than that of the records beside them, only nobody knows which.
    strays = [_capture(name, file, "", None, undated)] if undated else []
    if len(days) > 1 and named and all(abs(day - named) <= drift for day in days):
        return (_capture(name, file, "", None, [paper for _, paper in listed]),)
    if len(days) <= 1:
        label = days[0].isoformat() if days else ""
        papers = [paper for _, paper in listed]
        return (*([_capture(name, file, label, None, papers)] if papers else []), *strays)
    if named:
        report.note(
            file.origin,
            None,
            f"the name says {named}, its records are of {len(days)} days from {days[0]} to "
            f"{days[-1]}; theirs are taken: name the file without a day",
        )
    grouped: dict[date | None, list[RawPaper]] = {day: [] for day in days}
    for day, paper in listed:
        grouped.setdefault(day, []).append(paper)
    captures = (_capture(name, file, "", day, papers) for day, papers in grouped.items())
    return (*captures, *strays)


def _capture(
    name: str, file: SourceFile, label: str, day: date | None, papers: list[RawPaper]
) -> Capture:
    return Capture(name, file.origin, label, papers[0].line, day, tuple(papers))


def _listed(
    file: SourceFile, document: Document, report: Report, *, dated: bool
) -> tuple[list[tuple[date | None, RawPaper]], list[RawPaper]]:
    """Every paper with its day, and those whose day cannot be read, unless the file is `dated` by
    its name; what is odd about one is noted with its place."""
    listed: list[tuple[date | None, RawPaper]] = []
    undated: list[RawPaper] = []
    seen: dict[tuple[date | None, str], int] = {}
    repeats: list[int] = []
    bare: list[tuple[int, str]] = []
    papers = 0
    for number, record in enumerate(document.records, 1):
        paper, day, odd, unread = read_record(record)
        for what in odd:
            report.note(file.origin, record.line, f"record {number}: {what}")
        if paper is None:
            continue
        papers += 1
        if not paper.abstract:
            bare.append((record.line, quote(paper.title)))
        if unread and not dated:
            what = f"record {number}: {quote(unread)} is read as no day; write it as 2025-03-12"
            report.note(file.origin, record.line, what)
            undated.append(paper)
            continue
        if seen.setdefault((day, paper.arxiv_id or paper.title), number) != number:
            repeats.append(record.line)
        listed.append((day, paper))
    if len(bare) == papers >= _MANY:
        # A list of titles has none: one note, not one for each.
        what = f"{bare[0][1]} has no abstract, as all {papers} papers of this file; kept without"
        report.note(file.origin, bare[0][0], what)
    else:
        for line, title in bare:
            report.note(file.origin, line, f"{title} has no abstract; kept without one")
    if repeats:
        # Collections list a paper under each of its classes: one note, not hundreds.
        what = f"repeats a record before it ({len(repeats)} in this file do); kept once"
        report.note(file.origin, repeats[0], what)
    return listed, undated
