"""The files of collected days, `digests/2026/2026-11-20-daily-papers.jsonl`: they only ever gain.

A day is fetched while it fills, and again when it is full: papers it did not have come behind those
it had, fields that were empty are filled, and nothing is taken back. Counts of votes change all the
time; they are renewed with what else is new, and alone they are no reason to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from ..dates import resolve_day
from ..errors import CollectError, Report
from ..keys import paper_key
from ..model import Capture, RawPaper, Signals
from ..sources import read_file, records
from ..writing import plain_errors, write_whole

RECENT = timedelta(days=14)
"""Days around one in which a service lists no paper twice: where it does, it serves an old batch
under a new date. Over Christmas arXiv announces nothing for up to a week."""

_COUNTED = ("line", "signals", "extra")


@dataclass(frozen=True, slots=True)
class Gain:
    """What a day gained; nothing where both counts are 0."""

    papers: int
    """New ones."""
    filled: int
    """Papers that were there and are better known now."""
    total: int


@dataclass(frozen=True, slots=True)
class Held:
    """The days that are held of one service."""

    digests: Path
    service: str

    def path(self, day: date) -> Path:
        return self.digests / str(day.year) / f"{day.isoformat()}-{self.service}.jsonl"

    def days(self) -> list[date]:
        """All of them, oldest first."""
        ending = re.compile(rf"\d{{4}}-\d\d-\d\d-{self.service}")
        return sorted(
            day
            for path in self.digests.glob(f"*/*-{self.service}.jsonl")
            if ending.fullmatch(path.stem) and (day := resolve_day(path.stem[:10], "").day)
        )

    def around(self, day: date) -> list[RawPaper]:
        """The papers of the days near one, without its own, as far as they can be read."""
        near = [other for other in self.days() if other != day and abs(other - day) <= RECENT]
        return [paper for other in near for paper in _read(self.path(other))[0]]

    def file(self, day: date, papers: Sequence[RawPaper], today: date) -> Gain:
        """Add to a day what it lacks."""
        return add_papers(self.path(day), papers, day, today)


def add_papers(path: Path, papers: Sequence[RawPaper], day: date | None, today: date) -> Gain:
    """Add to a file what it lacks: papers, and fields of those it has. Nothing of it is lost."""
    held = read_papers(path)
    known = Known(held)
    after, filled = list(held), set[int]()
    for paper in papers:
        place = known.find(paper)
        if place is None:
            known.add(paper)
            after.append(paper)
            continue
        better = _filled(after[place], paper)
        if place < len(held) and better != after[place]:
            filled.add(place)
        after[place] = replace(better, signals=_renewed(better.signals, paper.signals))
        known.learn(place, paper)
    new = len(after) - len(held)
    if new or filled:
        written = tuple(_dated(paper, today) for paper in after)
        content = records.to_lines(Capture("", "", "", None, day, written), day)
        with plain_errors(path):
            write_whole(path, content.encode())
    return Gain(new, len(filled), len(after))


def read_papers(path: Path) -> list[RawPaper]:
    """The papers of a file that was written here; none where there is no such file.

    `CollectError` where not every line can be read: writing the file again would lose it.
    """
    papers, whole = _read(path) if path.exists() else ([], True)
    if not whole:
        raise CollectError(
            f"{path} cannot be read as a whole, so nothing is added to it; mend or remove it"
        )
    return papers


def _read(path: Path) -> tuple[list[RawPaper], bool]:
    """The papers of a file, and whether each of its lines is one."""
    file = read_file(f"{path.parent.name}/{path.name}", path, Report())
    if file is None:
        return [], False
    captures = records.parse(file, Report())
    papers = [paper for capture in captures for paper in capture.items]
    return papers, len(papers) == sum(1 for line in file.text.split("\n") if line.strip())


class Known:
    """Finds a paper among others: by its arXiv id, else by its title."""

    def __init__(self, papers: Iterable[RawPaper] = ()) -> None:
        self._ids: dict[str, int] = {}
        self._keys: dict[str, tuple[int, str | None]] = {}
        self._count = 0
        for paper in papers:
            self.add(paper)

    def add(self, paper: RawPaper) -> None:
        if paper.arxiv_id:
            self._ids.setdefault(paper.arxiv_id, self._count)
        self._keys.setdefault(paper_key(paper.title), (self._count, paper.arxiv_id))
        self._count += 1

    def learn(self, place: int, paper: RawPaper) -> None:
        """Know a paper by the id that another reading of it gave."""
        if paper.arxiv_id:
            self._ids.setdefault(paper.arxiv_id, place)
            key = paper_key(paper.title)
            if self._keys.get(key) == (place, None):
                self._keys[key] = place, paper.arxiv_id

    def find(self, paper: RawPaper) -> int | None:
        """The place of a paper; two of one title are two where their ids say so."""
        if paper.arxiv_id in self._ids:
            return self._ids[paper.arxiv_id]
        place, arxiv_id = self._keys.get(paper_key(paper.title), (None, None))
        return None if arxiv_id and paper.arxiv_id else place


def _filled(paper: RawPaper, other: RawPaper) -> RawPaper:
    """A paper with what another reading of it knows more."""
    missing = {
        field.name: getattr(other, field.name)
        for field in fields(RawPaper)
        if field.name not in _COUNTED
        and not getattr(paper, field.name)
        and getattr(other, field.name)
    }
    return replace(paper, **missing)


def _renewed(old: Signals | None, new: Signals | None) -> Signals | None:
    """Counts as they were read last; one that was not read again stays."""
    if old is None or new is None:
        return new or old
    return Signals(
        upvotes=old.upvotes if new.upvotes is None else new.upvotes,
        comments=old.comments if new.comments is None else new.comments,
        stars=old.stars if new.stars is None else new.stars,
        seen_at=new.seen_at,
    )


def _dated(paper: RawPaper, today: date) -> RawPaper:
    """A paper whose counts say when they were read."""
    if not paper.signals or paper.signals.seen_at:
        return paper
    seen_at = datetime.combine(today, time(), UTC)
    return replace(paper, signals=replace(paper.signals, seen_at=seen_at))
