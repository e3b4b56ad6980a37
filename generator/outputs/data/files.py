"""Which data files there are, and the index that lists them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ...config import Settings
from ...jsontext import in_json
from ...kept import Kept
from ...model import Artifact, Paper, Site
from ...routes import Routes
from ...stamps import stamp
from ..citing import Cited, csl
from .records import day_record, paper_record, tag_record

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "api.schema.json"

Write = Callable[[Paper, Site, Routes], dict[str, object]]
"""A record of a paper, all of which rests on what is known of that paper."""

LARGEST = 10_000_000
"""Bytes of a file of papers. If all together have more, there is one a year, and where a year has
more, one a month: what a day adds is then written anew, and fetched, with that month alone."""


class Records(NamedTuple):
    """What is said of the papers first seen on a day."""

    day: date
    number: int
    stamp: bytes
    size: int
    """Bytes of the content."""
    content: Callable[[], bytes]


class Piece(NamedTuple):
    """One file and what the index says of it."""

    file: str
    """Relative to the index."""
    holds: str
    year: int | None
    """Of the day on which its papers were first listed; `None` where it has those of all years."""
    records: int
    stamp: bytes
    """Of all that decides the content; empty where that is not known."""
    content: Callable[[], bytes]


def data(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every data file of the site; none where the settings say so."""
    if not settings.data:
        return
    schema = SCHEMA.read_bytes()
    files: list[dict[str, object]] = []
    for piece in _pieces(site, routes):
        known, content = _measured(piece, site.kept)
        about = {"holds": piece.holds, "year": piece.year, "records": piece.records}
        files.append({"file": piece.file, **about, **known})
        yield Artifact(routes.data(piece.file), content, f"the data of {piece.holds}", piece.stamp)
    index = {
        "version": json.loads(schema)["properties"]["version"]["const"],
        "schema": "schema.json",
        "site": {"name": site.title, "url": site.url},
        "as_of": site.as_of.isoformat(),
        "files": files,
    }
    text = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    yield Artifact(routes.data("index.json"), text.encode(), "the index of the data")
    yield Artifact(routes.data("schema.json"), schema, "the schema of the data")


def _measured(piece: Piece, kept: Kept) -> tuple[dict[str, object], bytes | Callable[[], bytes]]:
    """Size and digest of a file, and its content; one of a past year need not be made for that."""
    before = piece.stamp and kept.read("data_files", piece.file, piece.stamp)
    if before:
        return json.loads(before), piece.content
    content = piece.content()
    known = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if piece.stamp:
        kept.keep("data_files", piece.file, piece.stamp, json.dumps(known).encode())
    return known, content


def _pieces(site: Site, routes: Routes) -> Iterator[Piece]:
    by_day: dict[date, list[str]] = {}
    for key, card in site.library.cards.items():
        by_day.setdefault(card.seen_on[0], []).append(key)
    made_of = {day: site.stamp_of(keys) for day, keys in by_day.items()}
    for suffix, write in (("jsonl", paper_record), ("csl.json", _citation)):
        sizes = {day.isoformat(): of_day for day, of_day in made_of.items()}
        site.kept.fetch(f"{_kind(suffix)}_size", sizes)
        records = [
            _of_day(suffix, write, day, keys, made_of[day], site, routes)
            for day, keys in by_day.items()
        ]
        yield from _split("papers", suffix, records)
    days = [_json(day_record(day, routes)) for day in site.library.days]
    yield Piece("days.jsonl", "days", None, len(days), b"", partial(_lines, days))
    tagged = site.tagged
    tags = [_json(tag_record(tag, tagged[tag.slug], routes)) for tag in site.taxonomy.tags]
    yield Piece("tags.jsonl", "tags", None, len(tags), b"", partial(_lines, tags))


def _of_day(
    suffix: str,
    write: Write,
    day: date,
    keys: Sequence[str],
    made_of: bytes,
    site: Site,
    routes: Routes,
) -> Records:
    """What is said in one of the files of the papers first seen on a day."""
    join = _lines if suffix == "jsonl" else _items

    def make() -> bytes:
        return join(_json(write(site.library.papers[key], site, routes)) for key in keys)

    kind, name = _kind(suffix), day.isoformat()
    content = partial(site.kept.made, kind, name, made_of, make)
    size = site.kept.made(f"{kind}_size", name, made_of, lambda: b"%d" % len(content()))
    return Records(day, len(keys), made_of, int(size), content)


def _kind(suffix: str) -> str:
    """Under which what is said of a day in such a file is kept."""
    return f"day_data_{suffix.partition('.')[0]}"


def _citation(paper: Paper, site: Site, routes: Routes) -> dict[str, object]:
    return csl(Cited.of(paper, routes.absolute(routes.paper(paper.key))))


def _split(name: str, suffix: str, days: Sequence[Records]) -> Iterator[Piece]:
    """All records in one file, or in one a year or month; newest first, as they come."""
    holds, whole = (name, _joined) if suffix == "jsonl" else ("citations", _list)

    def piece(file: str, year: int | None, held: Sequence[Records]) -> Piece:
        number, made_of = sum(records.number for records in held), [r.stamp for r in held]
        return Piece(f"{file}.{suffix}", holds, year, number, stamp(made_of), partial(whole, held))

    if _fits(days):
        yield piece(name, None, days)
        return
    for year, its in groupby(days, lambda records: records.day.year):
        held = list(its)
        if _fits(held):
            yield piece(f"{name}/{year}", year, held)
            continue
        for month, part in groupby(held, lambda records: records.day.month):
            yield piece(f"{name}/{year}/{month:02}", year, list(part))


def _fits(days: Iterable[Records]) -> bool:
    """Whether all this goes into one file."""
    return sum(records.size for records in days) <= LARGEST


def _json(record: dict[str, object]) -> bytes:
    return in_json(record).encode()


def _lines(records: Iterable[bytes]) -> bytes:
    return b"".join(record + b"\n" for record in records)


def _items(records: Iterable[bytes]) -> bytes:
    """With what is between the items of a list behind each."""
    return b"".join(record + b",\n" for record in records)


def _joined(days: Iterable[Records]) -> bytes:
    return b"".join(records.content() for records in days)


def _list(days: Iterable[Records]) -> bytes:
    return b"[\n" + _joined(days).removesuffix(b",\n") + b"\n]\n"
