"""`Site` to files of citations: for every day, month and topic, one in each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ...config import Settings
from ...model import Artifact, Site
from ...routes import Routes, in_blocks
from ..citation import bibtex
from .cited import Cited
from .ris import ris


class CitationFormat(NamedTuple):
    """A format of files of citations."""

    name: str
    suffix: str
    mime: str
    line_end: str
    write: Callable[[Site, Routes, str], str]
    """One paper, by its key."""


def _bibtex(site: Site, routes: Routes, key: str) -> str:
    return bibtex(site.library.papers[key], routes.absolute(routes.paper(key))) + "\n"


def _ris(site: Site, routes: Routes, key: str) -> str:
    return ris(Cited.of(site.library.papers[key], routes.absolute(routes.paper(key))))


CITATION_FORMATS = (
    CitationFormat("BibTeX", "bib", "application/x-bibtex", "\n", _bibtex),
    CitationFormat("RIS", "ris", "application/x-research-info-systems", "\r\n", _ris),
)

_BETWEEN = "\0"
"""Stands in no citation."""


def citations(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every file of citations; none where the settings say so."""
    if not settings.citations:
        return
    for name, keys in _lists(site):
        made_of = site.stamp_of_listed(keys)
        for number, fmt in enumerate(CITATION_FORMATS):
            make = partial(_joined, number, site, routes, keys)
            path = routes.citations(name, fmt.suffix)
            yield Artifact(path, make, f"the citations of {name}", made_of)


def _joined(number: int, site: Site, routes: Routes, keys: Sequence[str]) -> bytes:
    """The papers in one of the formats, by its number."""
    site.fetch("cited", keys)
    parts = (site.part("cited", key, partial(_cited, site, routes, key)) for key in keys)
    line_end = CITATION_FORMATS[number].line_end
    return line_end.join(part.split(_BETWEEN)[number] for part in parts).encode()


def _cited(site: Site, routes: Routes, key: str) -> str:
    """A paper in every format: to keep each by itself took twice as long."""
    return _BETWEEN.join(fmt.write(site, routes, key) for fmt in CITATION_FORMATS)


def _lists(site: Site) -> Iterator[tuple[str, Sequence[str]]]:
    """Whatever has a file of citations, and its papers as its page lists them.

    Of a topic these are the newest: with all, its files would be as large as all others together,
    and every paper is in those of its month.
    """
    months: dict[str, dict[str, None]] = {}
    for day in site.library.days:
        keys = [entry.paper for entry in day.entries]
        yield f"days/{day.date.isoformat()}", keys
        months.setdefault(day.date.isoformat()[:7], {}).update(dict.fromkeys(keys))
    for month, found in months.items():
        yield f"months/{month}", list(found)
    for slug, tagged in site.tagged.items():
        _, newest, _ = next(in_blocks(tagged))
        if newest:
            yield f"tags/{slug}", newest
