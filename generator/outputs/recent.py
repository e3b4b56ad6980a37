"""What came in the last weeks: how many papers a week a feed brings, or a choice of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..config import Settings
from ..jsontext import in_json
from ..model import Artifact, Library, Site
from ..routes import Routes
from .feeds import FeedSpec, since

WEEKS = 4
"""Weeks looked back at, at most: as many as make one busy week not count for all."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest whole weeks of a site: each holds every weekday once."""

    since: date
    weeks: int

    @classmethod
    def of(cls, library: Library) -> Recent:
        """As many weeks as the library has, up to `WEEKS`; at least one."""
        covered = (library.as_of - library.days[-1].date).days + 1
        weeks = min(max(covered // 7, 1), WEEKS)
        return cls(library.as_of - timedelta(weeks * 7 - 1), weeks)

    def a_week(self, spec: FeedSpec) -> str:
        """How many items a feed had a week, halves rounded up: of one that ever had any not 0."""
        items = since(spec.events, self.since)
        rounded = (2 * items + self.weeks) // (2 * self.weeks)
        return f"{rounded:,}" if rounded or not spec.events else "<1"


def recent(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """The topics of each recent paper, by which the page of feeds counts those of a choice: a paper
    of two chosen topics is one paper.

    A topic is told by its place in the list of topics.
    """
    period = Recent.of(site.library)
    slugs = [tag.slug for tag in site.taxonomy.tags]
    place = {slug: number for number, slug in enumerate(slugs)}
    papers = [
        sorted(place[slug] for slug in site.slugs[key])
        for key, card in site.library.cards.items()
        if card.seen_on[0] >= period.since
    ]
    told = {"weeks": period.weeks, "topics": slugs, "papers": papers}
    content = in_json(told) + "\n"
    yield Artifact(routes.recent, content.encode(), "the recent papers by topic")
