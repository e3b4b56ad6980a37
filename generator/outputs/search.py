"""What a browser searches: the index of every period, and the list of periods.

The pieces are an interface between `generator/search/` and `docs/assets/search/` alone; they are
not for others to read, and their format changes as the two need it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from ..config import Settings
from ..jsontext import in_json
from ..model import Artifact, Paper, Site
from ..prose import to_plain
from ..routes import Routes
from ..search import NOTHING, Document, Index, Piece, part, pieces_of
from ..stamps import stamp, stamp_of

TOPIC = "#"
"""What stands before the slug of a topic in the mark of its papers."""

CODE = "+code"
"""The mark of papers with code."""


@dataclass(frozen=True, slots=True)
class Period:
    """Papers that are indexed together."""

    name: str
    """Its first month, e.g. `2025-03`."""
    days: Mapping[date, list[str]]
    """Keys of the papers first seen on each day, both oldest first."""

    @property
    def papers(self) -> list[str]:
        """Keys of its papers, oldest first."""
        return [key for keys in self.days.values() for key in keys]


class Made(NamedTuple):
    """What is made of one period."""

    told: Mapping[str, object]
    """What a browser must know of it, as JSON."""
    files: list[Piece]


def search(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every piece, period by period, then the list of them; nothing where the settings say so."""
    if not settings.search:
        return
    told = []
    found = list(periods({key: card.seen_on[0] for key, card in site.library.cards.items()}))
    for period in found:
        made_of = _stamp_of(period, site)
        make = cache(partial(_made, period, site, newest=period is found[-1]))
        known = site.kept.made("search", period.name, made_of, partial(_summary, make))
        summary = json.loads(known)
        for name in summary["files"]:
            yield Artifact(
                routes.search_piece(f"{period.name}/{name}"),
                partial(_content, make, name),
                f"the search from {period.name} on",
                stamp(made_of, name),
            )
        told.append(summary["told"])
    index = {
        "pages_from": settings.paper_pages_from,
        "marks": {"topic": TOPIC, "code": CODE},
        "periods": told,
    }
    yield Artifact(routes.search_piece("index.json"), _json(index), "the search")


def _stamp_of(period: Period, site: Site) -> bytes:
    """Of all that the index of a period is made of."""
    cards, slugs = site.library.cards, site.slugs
    days = [(day, len(keys)) for day, keys in period.days.items()]
    papers = [b"%s%s\n" % (cards[k].found_by, " ".join(slugs[k]).encode()) for k in period.papers]
    return stamp(days, stamp_of(b"".join(papers)))


def _made(period: Period, site: Site, *, newest: bool) -> Made:
    """The files of a period. The newest goes on from what was made of it before."""
    stamps = {
        key: stamp(site.library.cards[key].found_by, site.slugs[key]) for key in period.papers
    }
    before = NOTHING
    if newest:
        for _, _, value in site.kept.every("index"):
            before = Index.from_bytes(value)
    index = index_of(period, site, stamps, before)
    if newest:
        site.kept.keep("index", "newest", b"", index.to_bytes())
    return files_of(period, index)


def _summary(make: Callable[[], Made]) -> bytes:
    """What is told of a period, and the names of its files, as JSON."""
    told, files = make()
    return _json({"told": told, "files": [file.name for file in files]})


def _content(make: Callable[[], Made], name: str) -> bytes:
    return next(file.content for file in make().files if file.name == name)


def periods(first_seen: Mapping[str, date]) -> Iterator[Period]:
    """The periods of some papers, oldest first; the papers come by key, newest first."""
    days: dict[date, list[str]] = defaultdict(list)
    for key, day in first_seen.items():
        days[day].append(key)
    months: dict[str, list[date]] = defaultdict(list)
    for day in reversed(days):
        months[day.isoformat()[:7]].append(day)
    sizes = ((month, sum(len(days[day]) for day in held)) for month, held in months.items())
    for period in part(sizes):
        yield Period(period[0], {day: days[day] for month in period for day in months[month]})


def index_of(period: Period, site: Site, stamps: Mapping[str, bytes], before: Index) -> Index:
    """The index of a period.

    Each paper has a stamp, another one where `document_of` would make another document of it.
    Papers are read from the first one on whose stamp is not at its place in the index made before.
    """
    keys = period.papers

    def read(place: int) -> Document:
        key = keys[place]
        return document_of(site.library.papers[key], site.slugs[key])

    return before.grown([stamps[key] for key in keys], read)


def document_of(paper: Paper, slugs: Iterable[str]) -> Document:
    """What is indexed of a paper that has these topics."""
    return Document(
        key=paper.key,
        title=to_plain(paper.title),
        names=" ".join([*(author.name for author in paper.authors), paper.arxiv_id or ""]),
        text=to_plain(paper.abstract),
        marks=(*(f"{TOPIC}{slug}" for slug in slugs), *([CODE] if paper.code else [])),
    )


def files_of(period: Period, index: Index) -> Made:
    """The files of a period, and what index.json tells of them."""
    pieces = pieces_of(index)
    told = {
        "name": period.name,
        "stamp": pieces.stamp,
        "days": [(day.isoformat(), len(keys)) for day, keys in period.days.items()],
        "titles": pieces.titles,
        "terms": pieces.terms,
        "words": pieces.words,
        "keys": pieces.keys,
    }
    return Made(told, pieces.files)


def _json(value: object) -> bytes:
    return (in_json(value) + "\n").encode()
