"""Which feeds exist, and what each of them tells, whatever the format and however it is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from ...config import Settings
from ...model import Site
from ...routes import Routes


class Event(NamedTuple):
    """What one item tells."""

    kind: Literal["paper", "again", "day"]
    """A new paper, a paper that returned, or a day with all its papers."""
    day: date
    """On which it happened; for a paper the day it was first seen."""
    paper: str = ""
    """Its key; empty for a day."""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed, whatever its format."""

    kind: Literal["all", "days", "code", "again", "facet", "tag", "author"]
    name: str
    """Its folder below `feeds/`, e.g. `all` or `tags/theory`."""
    label: str
    """What sets it apart from the other feeds of the site, e.g. `Theory`."""
    title: str
    """As a feed reader lists it among feeds of other sites."""
    description: str
    home: str
    """Address of the page it belongs to."""
    events: tuple[Event, ...]
    """All of them, newest first, and those of a day in the order of its digest."""
    facet: str = ""
    """Slug of the facet, for a facet and for its tags."""
    former: tuple[str, ...] = ()
    """Names that it had: who follows one of them gets this feed."""


@lru_cache(maxsize=1)  # several outputs tell of all feeds
def feed_specs(site: Site, routes: Routes, settings: Settings) -> Sequence[FeedSpec]:
    """Every feed of the site: the general ones, each facet and each tag in the order of the
    taxonomy, and, where the settings ask for them, each name with a page.

    A feed exists from its first event on, as readers take one without items for a broken one; that
    of all papers exists always, as every page announces it.
    """
    specs = _specs(site, routes, settings)
    return tuple(spec for spec in specs if spec.events or spec.kind == "all")


def _specs(site: Site, routes: Routes, settings: Settings) -> Iterator[FeedSpec]:
    papers = {key: Event("paper", card.seen_on[0], key) for key, card in site.library.cards.items()}
    yield from _general(site, routes, papers)
    yield from _topics(site, routes, papers)
    for byline in site.bylines.values() if settings.author_feeds else ():
        yield FeedSpec(
            kind="author",
            name=f"authors/{byline.slug}",
            label=byline.name,
            title=f"{byline.name} – {site.title}",
            description=f"Papers under the name {byline.name}.",
            home=routes.author(byline.slug),
            events=_of(papers, byline.papers),
        )


def _general(site: Site, routes: Routes, papers: Mapping[str, Event]) -> Iterator[FeedSpec]:
    days = site.library.days
    yield FeedSpec(
        kind="all",
        name="all",
        label="All papers",
        title=site.title,
        description=site.description or site.title,
        home=routes.home,
        events=tuple(papers.values()),
    )
    yield FeedSpec(
        kind="days",
        name="days",
        label="One item a day",
        title=f"Day by day – {site.title}",
        description="One item a day: its papers with their topics.",
        home=routes.archive,
        events=tuple(Event("day", day.date) for day in days if day.entries),
    )
    yield FeedSpec(
        kind="code",
        name="code",
        label="Papers with code",
        title=f"Papers with code – {site.title}",
        description="Papers whose code is known.",
        home=routes.home,
        events=_of(papers, [key for key, card in site.library.cards.items() if card.has_code]),
    )
    yield FeedSpec(
        kind="again",
        name="again",
        label="Seen again",
        title=f"Seen again – {site.title}",
        description="Papers that return: one item each time.",
        home=routes.trends,
        events=tuple(
            Event("again", day.date, entry.paper)
            for day in days
            for entry in day.entries
            if not entry.first_time
        ),
    )


def _topics(site: Site, routes: Routes, papers: Mapping[str, Event]) -> Iterator[FeedSpec]:
    """The feeds of facets and tags."""
    tagged = site.tagged
    facet_of = {tag.slug: tag.facet for tag in site.taxonomy.tags}
    among: dict[str, list[Event]] = defaultdict(list)
    for key, event in papers.items():
        for facet_slug in {facet_of[slug] for slug in site.slugs[key]}:
            among[facet_slug].append(event)
    for facet in site.taxonomy.facets:
        tags = [tag for tag in site.taxonomy.tags if tag.facet == facet.slug]
        if not tags:
            continue
        yield FeedSpec(
            kind="facet",
            name=f"facets/{facet.slug}",
            label=facet.name,
            title=f"{facet.name} – {site.title}",
            description=f"Papers on any of these: {' · '.join(tag.name for tag in tags)}.",
            home=routes.tags,
            events=tuple(among[facet.slug]),
            facet=facet.slug,
            former=tuple(f"facets/{slug}" for slug in facet.former),
        )
    for tag in site.taxonomy.tags:
        yield FeedSpec(
            kind="tag",
            name=f"tags/{tag.slug}",
            label=tag.name,
            title=f"{tag.name} – {site.title}",
            description=tag.told,
            home=routes.tag(tag.slug),
            events=_of(papers, tagged[tag.slug]),
            facet=tag.facet,
            former=tuple(f"tags/{slug}" for slug in tag.former),
        )


def _of(papers: Mapping[str, Event], keys: Iterable[str]) -> tuple[Event, ...]:
    return tuple(map(papers.__getitem__, keys))


def since(events: Sequence[Event], day: date) -> int:
    """How many of some events, newest first, happened on that day or later."""
    # Most feeds have thousands, of which a few are asked for.
    return bisect_right(events, -day.toordinal(), key=lambda event: -event.day.toordinal())
