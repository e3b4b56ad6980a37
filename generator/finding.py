"""Finds topics and neighbours of those papers whose earlier findings do not hold any more.

The topics of a paper rest on its text alone, its neighbours on its text and on those of all papers
of its own day or earlier. So what was found before holds as long as these texts are the same.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Generic, TypeVar

from .kept import Kept
from .model import Library, Neighbour, Paper, PaperText, TagHit, Taxonomy
from .prose import to_plain
from .relate import Readings, Terms, read_papers, relate_papers, terms_table
from .stamps import SIZE, stamp, stamp_of
from .tagging import tag_papers, tagger_of

Found = TypeVar("Found")

_NEVER: tuple[bytes, tuple[str, ...]] = (b"", ())
"""For a paper that was not tagged before, whatever its text."""


class Findings(Mapping[str, Found], Generic[Found]):
    """Something of each paper, read when it is asked for."""

    def __init__(self, stamps: Mapping[str, bytes], read: Callable[[str], Found]) -> None:
        """`stamps` has that of each paper's finding; `read` gives what was found of one."""
        self.stamps = stamps
        self._read = read
        self._held: dict[str, Found] = {}

    def corrected(self, found: Mapping[str, Found]) -> Findings[Found]:
        """The same, but for what is given of some papers."""
        stamps = {**self.stamps, **{key: stamp(value) for key, value in found.items()}}
        return Findings(stamps, lambda key: found[key] if key in found else self[key])

    def __getitem__(self, key: str) -> Found:
        if key not in self._held:
            if key not in self.stamps:
                raise KeyError(key)
            self._held[key] = self._read(key)
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        return key in self.stamps

    def __iter__(self) -> Iterator[str]:
        return iter(self.stamps)

    def __len__(self) -> int:
        return len(self.stamps)


def text_of(paper: Paper) -> PaperText:
    """What tagging and relating read of a paper; `Card.text` is the stamp of it."""
    return PaperText(
        title=to_plain(paper.title),
        abstract=to_plain(paper.abstract),
        has_code=paper.code is not None,
        keywords=paper.keywords,
        categories=paper.categories,
    )


def find_tags(
    library: Library, taxonomy: Taxonomy, kept: Kept
) -> tuple[Findings[tuple[TagHit, ...]], dict[str, tuple[str, ...]]]:
    """The tags of every paper, and their slugs alone."""
    before: dict[str, tuple[bytes, tuple[str, ...]]] = {}
    for _, _, value in kept.every("slugs"):
        before = pickle.loads(value)  # noqa: S301  our own
    texts = {key: card.text for key, card in library.cards.items()}
    held = {key: before.get(key, _NEVER) for key in texts}
    new = {key: text_of(library.papers[key]) for key, was in held.items() if was[0] != texts[key]}
    hits: dict[str, tuple[TagHit, ...]] = {}
    if new:
        tagger = _ready(kept, "tagger", partial(tagger_of, taxonomy.tags))
        hits = dict(tag_papers(new, taxonomy, tagger))
    for key, found in hits.items():
        kept.keep("paper_tags", key, texts[key], pickle.dumps(found))
        held[key] = texts[key], tuple(hit.tag for hit in found)
    if new or len(before) != len(held):
        kept.keep("slugs", "all", b"", pickle.dumps(held))
    slugs = {key: its for key, (_, its) in held.items()}

    def read(key: str) -> tuple[TagHit, ...]:
        if key in hits:
            return hits[key]
        value = kept.read("paper_tags", key, texts[key])
        if value is not None:
            found: tuple[TagHit, ...] = pickle.loads(value)  # noqa: S301  our own
            return found
        return tag_papers({key: text_of(library.papers[key])}, taxonomy)[key]

    return Findings(texts, read), slugs


def _ready(kept: Kept, kind: str, make: Callable[[], Found]) -> Found:
    """What is made of the program and its settings alone, as what is quickest read."""
    packed = kept.made(kind, "all", b"", lambda: pickle.dumps(make()))
    found: Found = pickle.loads(packed)  # noqa: S301  our own
    return found


def find_related(
    library: Library, kept: Kept
) -> tuple[Findings[tuple[Neighbour, ...]], Mapping[str, tuple[str, ...]]]:
    """The neighbours of every paper, and their keys alone."""
    first_seen = {key: card.seen_on[0] for key, card in library.cards.items()}
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for key, day in first_seen.items():
        by_day[day].append(key)
    days = {name: _Day(stamp, value) for name, stamp, value in kept.every("day_related")}
    rests_on = b""
    wanted: list[str] = []
    now: dict[str, bytes] = {}
    for day in sorted(by_day):
        its = b"".join(key.encode() + library.cards[key].text for key in sorted(by_day[day]))
        now[day.isoformat()] = rests_on = stamp_of(rests_on + its)
        before = days.get(day.isoformat())
        if before is None or before.rests_on != rests_on:
            wanted += by_day[day]
    if wanted:
        texts = {key: text_of(library.papers[key]) for key in wanted}
        table = _ready(kept, "terms", terms_table)
        readings = _readings(library, kept, table)
        found = relate_papers(texts, first_seen, readings, texts, table)
        for day in dict.fromkeys(first_seen[key] for key in wanted):
            name = day.isoformat()
            days[name] = _Day.of(now[name], {key: found[key] for key in by_day[day]})
            kept.keep("day_related", name, now[name], days[name].packed)
    kept.forget("day", days.keys() - now.keys())
    stamps: dict[str, bytes] = {}
    near: dict[str, tuple[str, ...]] = {}
    for name in now:
        days[name].tell(stamps, near)
    related = Findings(
        {key: stamps[key] for key in first_seen},
        lambda key: days[first_seen[key].isoformat()].found[key],
    )
    return related, near


class _Day:
    """The neighbours of the papers first seen on a day."""

    def __init__(self, rests_on: bytes, packed: bytes) -> None:
        self.rests_on = rests_on
        """Stamp of all texts of that day and of those before it."""
        self.packed = packed

    @classmethod
    def of(cls, rests_on: bytes, found: Mapping[str, tuple[Neighbour, ...]]) -> _Day:
        near = {key: tuple(one.paper for one in held) for key, held in found.items()}
        stamps = b"".join(stamp(held) for held in found.values())
        return cls(rests_on, pickle.dumps((near, stamps, pickle.dumps(found))))

    def tell(self, stamps: dict[str, bytes], near: dict[str, tuple[str, ...]]) -> None:
        """Add each paper's stamp of what was found, and the keys of its neighbours."""
        keys, joined, _ = pickle.loads(self.packed)  # noqa: S301  our own
        near.update(keys)
        stamps.update((key, joined[n * SIZE : (n + 1) * SIZE]) for n, key in enumerate(keys))

    @cached_property
    def found(self) -> Mapping[str, tuple[Neighbour, ...]]:
        """By key of the paper."""
        found: Mapping[str, tuple[Neighbour, ...]] = pickle.loads(pickle.loads(self.packed)[2])  # noqa: S301
        return found


def _readings(library: Library, kept: Kept, table: Terms) -> Readings:
    """What relating reads of every paper; those whose text was read before are not read again."""
    texts = {key: card.text for key, card in library.cards.items()}
    before = read_papers({}, table)
    for _, _, value in kept.every("readings"):
        stamps, packed = pickle.loads(value)  # noqa: S301  our own
        before = Readings.from_bytes(packed)
        same = [row for row, key in enumerate(before.keys) if texts.get(key) == stamps[row]]
        if len(same) < len(before.keys):
            before = before.take(same)
    held = set(before.keys)
    new = {key: text_of(library.papers[key]) for key in texts if key not in held}
    if not new:
        return before
    every = before.join(read_papers(new, table))
    packed = pickle.dumps(([texts[key] for key in every.keys], every.to_bytes()))
    kept.keep("readings", "all", b"", packed)
    return every
