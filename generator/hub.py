"""Tells a WebSub hub, https://www.w3.org/TR/websub/, which feeds have news, so that it pushes them.

How a publisher tells it, WebSub leaves open. Hubs take the form of PubSubHubbub 0.3, section 7.1;
that a request may name several feeds, not all of them know, so each feed has its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from .config import Settings
from .errors import HubError
from .model import Site
from .outputs.feeds import FORMATS, feed_specs
from .outputs.feeds.history import newest
from .outputs.feeds.specs import Event
from .routes import Routes
from .stamps import stamp
from .writing import plain_errors, write_whole

PATIENCE = 20
"""Seconds in which a hub must answer: it only notes what it is told."""

TOLD = Path(".cache", "told.json")
"""What the feeds held when the hub was told last, relative to the folder of `mkdocs.yml`."""

Held = Mapping[str, frozenset[str]]
"""By name of a feed, marks of all that it holds."""

_DIGITS = 10
"""Of a mark: two of the few hundred items of a feed have the same one in no site to come."""


def read_told(path: Path) -> Held | None:
    """What the feeds held when the hub was told last; nothing where that is not known."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: frozenset(marks.split()) for name, marks in found.items()}
    except (OSError, ValueError, RecursionError, AttributeError):
        return None


def note_told(path: Path, held: Held) -> None:
    """Note what the feeds hold; `PublishError` where the system refuses it."""
    lines = {name: " ".join(sorted(marks)) for name, marks in sorted(held.items())}
    with plain_errors(path):
        write_whole(path, (json.dumps(lines, indent=0) + "\n").encode())


class Followed(NamedTuple):
    """What a hub may be told of a feed."""

    name: str
    addresses: Sequence[str]
    """In every format, also under names that it had."""
    held: frozenset[str]
    """Marks of all that it holds."""
    has_news: bool


def feeds_followed(
    site: Site, routes: Routes, settings: Settings, told: Held | None
) -> Iterator[Followed]:
    """Every feed. It has news if it holds what it did not when the hub was `told` last; where that
    is not known, an item of the newest day.

    What was corrected changes others too: readers find it when they ask by themselves.
    """
    size = {day.date: len(day.entries) for day in site.library.days}
    for spec in feed_specs(site, routes, settings):
        held = frozenset(_mark(e, size) for e in newest(spec, site.library, settings))
        if told is None:
            has_news = bool(spec.events) and spec.events[0].day == site.as_of
        else:
            has_news = not held <= told.get(spec.name, frozenset())
        names = (spec.name, *spec.former)
        addresses = [routes.absolute(routes.feed(n, f.file)) for n in names for f in FORMATS]
        yield Followed(spec.name, addresses, held, has_news)


def _mark(event: Event, size: Mapping[date, int]) -> str:
    """That a paper was listed earlier than known is no news; that a day has more papers is."""
    of = {"paper": (), "again": (event.day,), "day": (event.day, size[event.day])}
    return stamp(event.kind, event.paper, *of[event.kind]).hex()[:_DIGITS]


def tell(hub: str, feed: str) -> None:
    """Say that a feed has news; `HubError` where the hub does not take it."""
    body = urlencode({"hub.mode": "publish", "hub.url": feed}).encode()
    try:
        with urlopen(Request(hub, body), timeout=PATIENCE):  # noqa: S310  settings allow HTTP alone
            pass
    except HTTPError as error:
        with error:
            raise HubError(f"{hub} refused {feed}: {error.code} {error.reason}") from None
    except (OSError, HTTPException) as error:
        cause = getattr(error, "reason", error)  # of what urllib wraps
        reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        raise HubError(f"{hub} does not answer ({reason}); run again later") from None
