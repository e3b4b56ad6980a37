"""Which data files there are, and the index that lists them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...config import Settings
from ...model import Artifact, Paper, Site
from ...routes import Routes
from ..citing import Cited, csl
from ..feeds import papers_by_tag
from .records import day_record, paper_record, tag_record

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "api.schema.json"

Write = Callable[[Paper, Site, Routes], dict[str, object]]
"""A record of a paper, all of which rests on what is known of that paper."""

LARGEST = 20_000_000
"""Bytes of a file of papers; if all together have more, there is one a year."""


class Piece(NamedTuple):
    """One file and what the index says of it."""

    file: str
    """Relative to the index."""
    holds: str
    year: int | None
    """Of the day on which its papers were first listed; `None` where it has those of all years."""
    records: int
    content: bytes


def data(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every data file of the site; none where the settings say so."""
    if not settings.data:
        return
    schema = SCHEMA.read_bytes()
    files: list[dict[str, object]] = []
    for piece in _pieces(site, routes):
        files.append(
            {
                "file": piece.file,
                "holds": piece.holds,
                "year": piece.year,
                "records": piece.records,
                "bytes": len(piece.content),
                "sha256": hashlib.sha256(piece.content).hexdigest(),
            }
        )
        yield Artifact(routes.data(piece.file), piece.content, f"the data of {piece.holds}")
    index = {
        "version": json.loads(schema)["properties"]["version"]["const"],
        "schema": "schema.json",
        "site": {"name": site.title, "url": site.url},
        "as_of": site.as_of.isoformat(),
        "files": files,
    }
    content = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    yield Artifact(routes.data("index.json"), content.encode(), "the index of the data")
    yield Artifact(routes.data("schema.json"), schema, "the schema of the data")


def _pieces(site: Site, routes: Routes) -> Iterator[Piece]:
    for suffix, write in (("jsonl", paper_record), ("csl.json", _citation)):
        records = (
            (card.seen_on[0].year, _record(suffix, write, key, site, routes))
            for key, card in site.library.cards.items()
        )
        yield from _by_year("papers", suffix, records)
    days = [_json(day_record(day, routes)) for day in site.library.days]
    yield Piece("days.jsonl", "days", None, len(days), _lines(days))
    tagged = papers_by_tag(site)
    tags = [_json(tag_record(tag, tagged[tag.slug], routes)) for tag in site.taxonomy.tags]
    yield Piece("tags.jsonl", "tags", None, len(tags), _lines(tags))


def _record(suffix: str, write: Write, key: str, site: Site, routes: Routes) -> bytes:
    """What is said of a paper in one of the files, written once."""
    return site.kept.made(
        f"data_{suffix.partition('.')[0]}",
        key,
        site.stamps[key],
        lambda: _json(write(site.library.papers[key], site, routes)),
    )


def _citation(paper: Paper, site: Site, routes: Routes) -> dict[str, object]:
    return csl(Cited.of(paper, routes.absolute(routes.paper(paper.key))))


def _by_year(name: str, suffix: str, records: Iterable[tuple[int, bytes]]) -> Iterator[Piece]:
    """All records in one file, or in one a year; newest first, as they come."""
    years: dict[int, list[bytes]] = {}
    for year, record in records:
        years.setdefault(year, []).append(record)
    holds, join = (name, _lines) if suffix == "jsonl" else ("citations", _list)
    found = [record for year in years.values() for record in year]
    # Its line end or comma beside each.
    if sum(map(len, found)) + len(found) <= LARGEST:
        yield Piece(f"{name}.{suffix}", holds, None, len(found), join(found))
        return
    for year, held in years.items():
        yield Piece(f"{name}/{year}.{suffix}", holds, year, len(held), join(held))


def _json(record: dict[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(records: Iterable[bytes]) -> bytes:
    return b"".join(record + b"\n" for record in records)


def _list(records: Iterable[bytes]) -> bytes:
    return b"[\n" + b",\n".join(records) + b"\n]\n"
