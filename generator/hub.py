"""Tells a WebSub hub, https://www.w3.org/TR/websub/, which feeds have news, so that it pushes them.

How a publisher tells it, WebSub leaves open. Hubs take the form of PubSubHubbub 0.3, section 7.1;
that a request may name several feeds, not all of them know, so each feed has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from .config import Settings
from .errors import HubError
from .model import Site
from .outputs.feeds import FORMATS, feed_specs
from .routes import Routes

PATIENCE = 20
"""Seconds in which a hub must answer: it only notes what it is told."""


def feeds_with_news(site: Site, routes: Routes, settings: Settings) -> Iterator[str]:
    """Addresses of the feeds that have an item of the newest day, in every format.

    What came late or was corrected changes others too: readers find it when they ask by themselves.
    """
    for spec in feed_specs(site, routes, settings):
        if spec.events and spec.events[0].day == site.as_of:
            for fmt in FORMATS:
                yield routes.absolute(routes.feed(spec.name, fmt.file))


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
