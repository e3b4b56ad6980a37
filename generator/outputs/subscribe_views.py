"""What the page of feeds says, decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..config import Settings
from ..model import Site
from ..routes import Routes
from .feeds import FORMATS, FeedSpec, feed_specs
from .page import FeedLink, Page
from .recent import Recent

_BRINGS = {
    "all": "every paper once, with its whole abstract",
    "days": "one item each day: the list of its papers",
    "code": "only papers whose code is known",
    "again": "papers that are listed again on a later day",
}
"""What the general feeds bring, by kind."""


def subscribe_page(site: Site, routes: Routes, settings: Settings) -> Page:
    """The page that says what a feed is and lists all of them, but those of authors: their pages
    announce them."""
    specs = feed_specs(site, routes, settings)
    recent = Recent.of(site.library)

    def rows(chosen: Sequence[FeedSpec]) -> list[dict[str, Any]]:
        return [
            {
                "kind": spec.kind,
                "label": spec.label,
                "slug": spec.name.rpartition("/")[2],
                "page": spec.home,
                "brings": _BRINGS.get(spec.kind, ""),
                "a_week": recent.a_week(spec),
                "formats": formats_of(spec, routes),
            }
            for spec in chosen
        ]

    facets = (
        (facet, [spec for spec in specs if spec.facet == facet.slug])
        for facet in site.taxonomy.facets
    )
    return Page(
        kind="subscribe",
        address=routes.subscribe,
        title="Subscribe",
        description="Feeds of all papers, of each day and by topic, for any feed reader.",
        date=site.as_of,
        assets="subscribe",
        view={
            "home": routes.absolute(routes.home),
            "general": rows([spec for spec in specs if spec.kind in _BRINGS]),
            "facets": [
                (facet, rows(among), routes.feed_list(f"facets/{facet.slug}"))
                for facet, among in facets
                if among
            ],
            "formats": [fmt.name for fmt in FORMATS],
            "all_feeds": routes.feed_list("all"),
            "recent": routes.recent,
            "author_feeds": settings.author_feeds,
            "feed_days": settings.feed_days,
            "feed_items": settings.feed_items,
        },
    )


def formats_of(spec: FeedSpec, routes: Routes) -> tuple[FeedLink, ...]:
    """A feed in each format."""
    return tuple(
        FeedLink(f"{spec.label} ({fmt.name})", fmt.name, fmt.mime, routes.feed(spec.name, fmt.file))
        for fmt in FORMATS
    )
