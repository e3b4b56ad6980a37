"""Writes all feeds and their archives, each item once a format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from ...config import Settings
from ...model import Artifact, Site
from ...routes import Routes
from ...stamps import stamp
from ..words import plain_date
from .document import Archive, Head, Writer
from .formats import ARCHIVES, FORMATS
from .history import Month, month_of, months, newest
from .items import Item, Items, brief
from .specs import Event, FeedSpec, feed_specs, since

_WHOLE = ("all", "days")
"""Kinds of feeds whose archives hold whole items: each paper stands in one of them once."""

_DAILY = ("all", "days")
"""Kinds of feeds that change with each digest, and so may say how new it is; another one would
change for that alone, and be fetched in vain."""

_NOT_PAPERS = ("days", "again")
"""Kinds of feeds with other events than new papers."""

_paper_of = attrgetter("paper")

_BETWEEN = b"\0"
"""Stands in no format of text."""


def feeds(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every feed in every format, then the archives."""
    documents = _Documents(site, routes, settings)
    specs = feed_specs(site, routes, settings)
    yield from documents.feeds(specs)
    yield from documents.archives([spec for spec in specs if documents.keeps_all(spec)])


class _Told(NamedTuple):
    """Of the events of a document, whatever its format."""

    updated: datetime
    """When the newest of them happened or was corrected."""
    stamp: bytes
    """Of all that is said of them."""


class _Documents:
    """All documents of all feeds of a site, each made when it is asked for."""

    def __init__(self, site: Site, routes: Routes, settings: Settings) -> None:
        self.site = site
        self.routes = routes
        self.settings = settings
        self.items = Items(site, routes, settings)
        self.days = {day.date: day for day in site.library.days}
        self._newest = _Written(self, [fmt.writer for fmt in FORMATS], kind="feed")
        # As many as a busy month has; each stands in several documents and formats.
        self.item = lru_cache(maxsize=4096)(self.items.of)

    def keeps_all(self, spec: FeedSpec) -> bool:
        """Whether a feed has an archive."""
        kept = self.settings.feed_archives
        return kept == "all" or (kept == "papers" and spec.kind == "all")

    def feeds(self, specs: Sequence[FeedSpec]) -> Iterator[Artifact]:
        """What the feeds themselves hold."""
        held = {spec.name: newest(spec, self.site.library, self.settings) for spec in specs}
        told = {spec.name: self._told(spec, held[spec.name]) for spec in specs}
        for fmt in FORMATS:
            for spec in specs:
                events = held[spec.name]
                address = self.routes.feed(spec.name, fmt.file)
                head = self._head(spec, address, told[spec.name].updated)
                head = replace(head, hub=self.settings.websub_hub)
                if spec.kind in _DAILY and events:
                    day = next(day.date for day in self.site.library.days if day.entries)
                    newest_day = f"{head.description} (newest digest: {plain_date(day)})"
                    head = replace(head, description=newest_day)
                if events and self.keeps_all(spec):
                    month = month_of(events[0])
                    head = replace(head, older=self._growing(spec, month, fmt.archive))
                made = partial(self._newest.document, fmt.writer, head, events)
                made_of = stamp(repr(head), told[spec.name].stamp)
                claimant = f"the {fmt.name} feed of {spec.title}"
                # The same bytes: nobody who follows a feed is told that it moves but by the feed.
                for name in (spec.name, *spec.former):
                    yield Artifact(self.routes.feed(name, fmt.file), made, claimant, made_of)

    def archives(self, specs: Iterable[FeedSpec]) -> Iterator[Artifact]:
        """All that the feeds ever held, a month of all of them at a time: the items of many years
        would not fit into memory."""
        parts: dict[date, list[tuple[FeedSpec, Month]]] = defaultdict(list)
        for spec in specs:
            for month in months(spec.events):
                parts[month.first].append((spec, month))
        for first in sorted(parts, reverse=True):
            told = {spec.name: self._told(spec, month.events) for spec, month in parts[first]}
            grows = first == max(parts)
            writers = [archive.writer for archive in ARCHIVES]
            whole = self._newest if grows else _Written(self, writers)
            short = _Written(self, writers, brief, kind="brief" if grows else "")
            for archive in ARCHIVES:
                for spec, month in parts[first]:
                    head = self._archive_head(spec, month, archive, told[spec.name].updated)
                    written = whole if spec.kind in _WHOLE else short
                    made = partial(written.document, archive.writer, head, month.events)
                    made_of = stamp(repr(head), told[spec.name].stamp)
                    claimant = f"the {archive.name} archive of {spec.title}"
                    for name in (spec.name, *spec.former):
                        path = self.routes.feed_archive(name, month.first, archive.suffix)
                        yield Artifact(path, made, claimant, made_of)

    def stamp_of(self, event: Event) -> bytes:
        """Of all that an item says, but what its event says."""
        if event.kind == "day":
            return self.site.stamp_of_listed(e.paper for e in self.days[event.day].entries)
        return (self.site.listed if event.kind == "paper" else self.site.stamps)[event.paper]

    def _told(self, spec: FeedSpec, events: Sequence[Event]) -> _Told:
        """What a document with these events of a feed is made of, but its head."""
        if spec.kind in _NOT_PAPERS:
            of = stamp(b"".join(map(self.stamp_of, events)), [event[:2] for event in events])
        else:
            of = self.site.stamp_of_listed(map(_paper_of, events))
        return _Told(self.items.updated(events), of)

    def _head(self, spec: FeedSpec, address: str, updated: datetime) -> Head:
        return Head(
            id=self.routes.feed_id(spec.name),
            title=spec.title,
            description=spec.description,
            author=self.site.title,
            home=self.routes.absolute(spec.home),
            address=self.routes.absolute(address),
            style=self.routes.relative(address, self.routes.feed_style),
            updated=updated,
        )

    def _archive_head(
        self, spec: FeedSpec, month: Month, archive: Archive, updated: datetime
    ) -> Head:
        address = self.routes.feed_archive(spec.name, month.first, archive.suffix)
        return replace(
            self._head(spec, address, updated),
            current=self.routes.absolute(self.routes.feed(spec.name, archive.current)),
            older=self._archived(spec, month.older, archive),
            newer=self._archived(spec, month.newer, archive),
        )

    def _growing(self, spec: FeedSpec, month: date, archive: Archive) -> str:
        """The whole address of the newest month of a feed, with the number of its items so far.

        Who follows an archive need not fetch again what she has had from an address (RFC 5005,
        section 4), and so would never see what this document gains until its month is over, when
        the one after it links it without. A host of files passes over what is behind the question
        mark.
        """
        return f"{self._archived(spec, month, archive)}?items={since(spec.events, month)}"

    def _archived(self, spec: FeedSpec, month: date | None, archive: Archive) -> str:
        """The whole address of a month of a feed, empty where there is none."""
        if month is None:
            return ""
        return self.routes.absolute(self.routes.feed_archive(spec.name, month, archive.suffix))


class _Written:
    """The items of some documents, each written once, in every format that is asked for."""

    def __init__(
        self,
        documents: _Documents,
        writers: Sequence[Writer],
        shorten: Callable[[Item], Item] | None = None,
        *,
        kind: str = "",
    ) -> None:
        """`kind` is that under which items are kept for the next build; empty where they need not
        be."""
        self._documents = documents
        self._writers = writers
        self._shorten = shorten
        self._kind = kind
        self._written: dict[Event, Sequence[bytes]] = {}

    def document(self, writer: Writer, head: Head, events: Sequence[Event]) -> bytes:
        """The document with these items."""
        if self._kind:
            asked: dict[str, dict[str, bytes]] = {}
            for event in events:
                if event.kind != "again" and event not in self._written:
                    kind, name = self._kept_as(event)
                    asked.setdefault(kind, {})[name] = self._documents.stamp_of(event)
            for kind, stamps in asked.items():
                self._documents.site.kept.fetch(kind, stamps)
        number = self._writers.index(writer)
        return writer.document(head, [self._item(event)[number] for event in events])

    def _item(self, event: Event) -> Sequence[bytes]:
        """It in every format."""
        if event not in self._written:
            # A return shares the name of its paper, and few papers return.
            if self._kind and event.kind != "again":
                made_of, kept = self._documents.stamp_of(event), self._documents.site.kept
                write = partial(self._write, event)
                written = kept.made(*self._kept_as(event), made_of, write)
            else:
                written = self._write(event)
            self._written[event] = written.split(_BETWEEN)
        return self._written[event]

    def _write(self, event: Event) -> bytes:
        item = self._documents.item(event)
        said = self._shorten(item) if self._shorten else item
        return _BETWEEN.join(writer.written(said) for writer in self._writers)

    def _kept_as(self, event: Event) -> tuple[str, str]:
        """The kind and the name under which the item of an event is kept."""
        if event.paper:
            return f"paper_{self._kind}", event.paper
        return f"day_{self._kind}", event.day.isoformat()
