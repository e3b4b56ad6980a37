"""What a feed itself holds, and what the documents of its archive hold.

The archive has a document a month, RFC 5005, section 4. Together they hold every event once, the
newest ones too, so that a document changes only with its own month; the first of them grows until
its month is over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ...config import Settings
from ...model import Library
from .specs import Event, FeedSpec, since


@dataclass(frozen=True, slots=True)
class Month:
    """What one document of an archive holds."""

    first: date
    """The first of the month."""
    events: tuple[Event, ...]
    older: date | None
    """The month before it in the same archive: not every month has an event."""
    newer: date | None


def newest(spec: FeedSpec, library: Library, settings: Settings) -> tuple[Event, ...]:
    """The events a feed itself holds, newest first.

    Everything of the site's newest `feed_days` digest days (one such day can list more papers than
    any fixed number), and at least `feed_items` events if there are that many.
    """
    days = [day.date for day in library.days if day.entries][: settings.feed_days]
    recent = since(spec.events, days[-1]) if days else 0
    return spec.events[: max(recent, settings.feed_items)]


def months(events: Sequence[Event]) -> Iterator[Month]:
    """The documents of the archive of these events, newest first."""
    held: list[tuple[date, Sequence[Event]]] = []
    while events:
        first = month_of(events[0])
        ends = since(events, first)
        held.append((first, events[:ends]))
        events = events[ends:]
    names: list[date | None] = [None, *(first for first, _ in held), None]
    for index, (first, events_of_month) in enumerate(held):
        yield Month(first, tuple(events_of_month), older=names[index + 2], newer=names[index])


def month_of(event: Event) -> date:
    """The first of the month of an event."""
    return event.day.replace(day=1)
