"""Writes all feeds and their archives, each item once a format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from ...config import Settings
from ...model import Artifact, Site
from ...routes import Routes
from ..words import plain_date
from .document import Archive, Head, Writer
from .formats import ARCHIVES, FORMATS
from .history import Month, month_of, months, newest
from .items import Item, Items, brief
from .specs import Event, FeedSpec, feed_specs

_WHOLE = ("all", "days")
"""Kinds of feeds whose archives hold whole items: each paper stands in one of them once."""

_DAILY = ("all", "days")
"""Kinds of feeds that change with each digest, and so may say how new it is; another one would
change for that alone, and be fetched in vain."""


def feeds(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every feed in every format, then the archives."""
    documents = _Documents(site, routes, settings)
    specs = list(feed_specs(site, routes, settings))
    yield from documents.feeds(specs)
    yield from documents.archives([spec for spec in specs if documents.keeps_all(spec)])


class _Documents:
    """All documents of all feeds of a site."""

    def __init__(self, site: Site, routes: Routes, settings: Settings) -> None:
        self.site = site
        self.routes = routes
        self.settings = settings
        self.items = Items(site, routes, settings)

    def keeps_all(self, spec: FeedSpec) -> bool:
        """Whether a feed has an archive."""
        kept = self.settings.feed_archives
        return kept == "all" or (kept == "papers" and spec.kind == "all")

    def feeds(self, specs: Sequence[FeedSpec]) -> Iterator[Artifact]:
        """What the feeds themselves hold."""
        held = {spec.name: newest(spec, self.site.library, self.settings) for spec in specs}
        items = self._items(chain.from_iterable(held.values()))
        for fmt in FORMATS:
            written = _write(items, fmt.writer)
            for spec in specs:
                events = held[spec.name]
                address = self.routes.feed(spec.name, fmt.file)
                head = self._head(spec, address, [items[event] for event in events])
                head = replace(head, hub=self.settings.websub_hub)
                if spec.kind in _DAILY and events:
                    day = next(day.date for day in self.site.library.days if day.entries)
                    told = f"{head.description} (newest digest: {plain_date(day)})"
                    head = replace(head, description=told)
                if events and self.keeps_all(spec):
                    month = month_of(events[0])
                    head = replace(head, older=self._archived(spec, month, fmt.archive))
                yield Artifact(
                    path=address,
                    content=fmt.writer.document(head, [written[event] for event in events]),
                    claimant=f"the {fmt.name} feed of {spec.title}",
                )

    def archives(self, specs: Iterable[FeedSpec]) -> Iterator[Artifact]:
        """All that the feeds ever held, a month of all of them at a time: the items of many years
        would not fit into memory."""
        parts: dict[date, list[tuple[FeedSpec, Month]]] = defaultdict(list)
        for spec in specs:
            for month in months(spec.events):
                parts[month.first].append((spec, month))
        for first in sorted(parts, reverse=True):
            yield from self._month(parts[first])

    def _month(self, parts: Sequence[tuple[FeedSpec, Month]]) -> Iterator[Artifact]:
        items = self._items(event for _, month in parts for event in month.events)
        of_whole = _events_of((spec, month) for spec, month in parts if spec.kind in _WHOLE)
        of_short = _events_of((spec, month) for spec, month in parts if spec.kind not in _WHOLE)
        whole = {event: items[event] for event in of_whole}
        short = {event: brief(items[event]) for event in of_short}
        for archive in ARCHIVES:
            wholes, shorts = _write(whole, archive.writer), _write(short, archive.writer)
            for spec, month in parts:
                texts = wholes if spec.kind in _WHOLE else shorts
                yield Artifact(
                    path=self.routes.feed_archive(spec.name, month.first, archive.suffix),
                    content=archive.writer.document(
                        self._archive_head(spec, month, archive, items),
                        [texts[event] for event in month.events],
                    ),
                    claimant=f"the {archive.name} archive of {spec.title}",
                )

    def _head(self, spec: FeedSpec, address: str, items: Sequence[Item]) -> Head:
        return Head(
            id=self.routes.feed_id(spec.name),
            title=spec.title,
            description=spec.description,
            author=self.site.title,
            home=self.routes.absolute(spec.home),
            address=self.routes.absolute(address),
            style=self.routes.relative(address, self.routes.feed_style),
            updated=max(
                (item.updated for item in items),
                default=self.items.moment(self.site.library.days[-1].date),
            ),
        )

    def _archive_head(
        self, spec: FeedSpec, month: Month, archive: Archive, items: Mapping[Event, Item]
    ) -> Head:
        address = self.routes.feed_archive(spec.name, month.first, archive.suffix)
        return replace(
            self._head(spec, address, [items[event] for event in month.events]),
            current=self.routes.absolute(self.routes.feed(spec.name, archive.current)),
            older=self._archived(spec, month.older, archive),
            newer=self._archived(spec, month.newer, archive),
        )

    def _archived(self, spec: FeedSpec, month: date | None, archive: Archive) -> str:
        """The whole address of a month of a feed, empty where there is none."""
        if month is None:
            return ""
        return self.routes.absolute(self.routes.feed_archive(spec.name, month, archive.suffix))

    def _items(self, events: Iterable[Event]) -> dict[Event, Item]:
        return {event: self.items.of(event) for event in dict.fromkeys(events)}


def _events_of(parts: Iterable[tuple[FeedSpec, Month]]) -> Iterable[Event]:
    """The events of some documents, each once."""
    return dict.fromkeys(event for _, month in parts for event in month.events)


def _write(items: Mapping[Event, Item], writer: Writer) -> dict[Event, bytes]:
    return dict(zip(items, writer.items(list(items.values())), strict=True))
