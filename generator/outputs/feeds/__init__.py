"""`Site` to feeds: each described once, and written in every format of `FORMATS`.

specs      which feeds exist, and what each of them tells
items      what one item says
history    what a feed itself holds
document   what a document of a feed is, and what a format has to do
rss, atom  one writer a format; `xml` is what they share
"""

from __future__ import annotations

from collections.abc import Iterator

from ...config import Settings
from ...model import Artifact, Site
from ...routes import Routes
from .atom import ATOM
from .document import FeedFormat, Head
from .history import newest
from .items import Items
from .rss import RSS
from .specs import FeedSpec, feed_specs, papers_by_tag

__all__ = ["FORMATS", "FeedSpec", "feed_specs", "feeds", "papers_by_tag"]

FORMATS = (
    FeedFormat("RSS", "rss.xml", RSS.mime, RSS),
    FeedFormat("Atom", "atom.xml", ATOM.mime, ATOM),
)


def feeds(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every feed in every format."""
    specs = list(feed_specs(site, routes, settings))
    held = {spec.name: newest(spec, site.library, settings) for spec in specs}
    events = list(dict.fromkeys(event for events in held.values() for event in events))
    make = Items(site, routes, settings)
    items = {event: make.of(event) for event in events}
    for fmt in FORMATS:
        written = dict(zip(events, fmt.writer.items(list(items.values())), strict=True))
        for spec in specs:
            address = routes.feed(spec.name, fmt.file)
            oldest = make.moment(site.library.days[-1].date)
            head = Head(
                id=routes.feed_id(spec.name),
                title=spec.title,
                description=spec.description,
                author=site.title,
                home=routes.absolute(spec.home),
                address=routes.absolute(address),
                updated=max((items[event].updated for event in held[spec.name]), default=oldest),
            )
            yield Artifact(
                path=address,
                content=fmt.writer.document(head, [written[event] for event in held[spec.name]]),
                claimant=f"the {fmt.name} feed of {spec.title}",
            )
