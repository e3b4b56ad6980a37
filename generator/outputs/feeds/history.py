"""What a feed itself holds: its newest events."""

from __future__ import annotations

from datetime import date

from ...config import Settings
from ...model import Library
from .specs import Event, FeedSpec


def newest(spec: FeedSpec, library: Library, settings: Settings) -> tuple[Event, ...]:
    """The events a feed itself holds, newest first.

    Everything of the site's newest `feed_days` digest days (one such day can list more papers than
    any fixed number), and at least `feed_items` events if there are that many.
    """
    since = oldest_kept(library, settings)
    recent = sum(event.day >= since for event in spec.events)
    return spec.events[: max(recent, settings.feed_items)]


def oldest_kept(library: Library, settings: Settings) -> date:
    """The oldest of the newest digest days; a day without papers counts for nothing."""
    days = [day.date for day in library.days if day.entries][: settings.feed_days]
    return days[-1] if days else library.as_of
