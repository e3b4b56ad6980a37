"""What the pages say of trends, decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from ..model import Change, Period, Site, Tag
from ..prose import to_headline
from ..routes import Routes
from ..trends import LEAST_EXPECTED, SIGNIFICANT
from .charts import draw
from .page import Chip, Page
from .words import count, percent, period, short_date


class TrendViews:
    """The page of trends, and the part of a topic's page that shows its own."""

    def __init__(self, site: Site, routes: Routes) -> None:
        self.site = site
        self.routes = routes
        self.trends = site.trends
        self.tags = {tag.slug: tag for tag in site.taxonomy.tags}
        opening = max(site.trends.weeks[0].monday, site.library.days[-1].date)
        self.first, self.last = short_date(opening), short_date(site.as_of)
        seen = "on" if opening == site.as_of else "from"
        self.seen = f"first seen {seen} {period(opening, site.as_of)}"
        # A week ends on Sunday; before that it may go on, as far as the digests know.
        self.running = site.as_of.weekday() < 6

    def page(self) -> Page:
        """The page of trends."""
        trends = self.trends
        papers = sum(week.papers for week in trends.weeks)
        return Page(
            kind="trends",
            address=self.routes.trends,
            title="Trends",
            description="How the topics move: papers by week, and what rises and falls.",
            date=self.site.as_of,
            view={
                "summary": f"{count(papers, 'paper')} {self.seen}",
                "significant": SIGNIFICANT,
                "least_expected": LEAST_EXPECTED,
                "now": _period(trends.now),
                "before": _period(trends.before),
                "comparable": trends.before.papers > 0,
                "days_before": period(trends.before.first, trends.before.last),
                # Where older digests lie beyond a gap, it is not that there are too few.
                "gap": self.site.library.days[-1].date < trends.now.first,
                "courses": [
                    (name, [self._row(change) for change in changes])
                    for name, changes in (("Rising", trends.rising), ("Falling", trends.falling))
                    if changes
                ],
                "facets": [
                    (facet.name, rows)
                    for facet in self.site.taxonomy.facets
                    if (rows := self._rows(facet.slug))
                ],
                "again": [self._again(key, days) for key, days in trends.again],
                "tags": self.routes.tags,
            },
        )

    def of_tag(self, tag: Tag) -> dict[str, Any]:
        """A topic's own trend, for its newest page."""
        trend = self.trends.tags[tag.slug]
        weeks = self.trends.weeks
        chart = draw(weeks, trend.weekly, running=self.running) if any(trend.weekly) else None
        return {
            "chart": chart,
            "label": "Papers a week, oldest first: " + self._numbers(tag.slug),
            "first": self.first,
            "last": self.last,
            "most": max(trend.weekly),
            "gaps": any(not week.digests for week in weeks),
            "running": chart and chart.newest,
            "share": self._share(trend.change),
            "companions": [self._chip(c.tag, f"{c.papers:,}") for c in trend.companions],
            "rising": [self._chip(c.tag, f"{c.now:,} of {c.of_now:,}") for c in trend.rising],
        }

    def _numbers(self, slug: str) -> str:
        said = [
            f"{papers:,}" if week.digests else "no digest"
            for week, papers in zip(self.trends.weeks, self.trends.tags[slug].weekly, strict=True)
        ]
        return ", ".join(said) + (" so far" if self.running else "")

    def _share(self, change: Change) -> str:
        """A topic's share of the two periods in a sentence; empty without a period before."""
        if not change.of_before or not change.of_now:
            return ""
        course = ": rising" if change.certainty > 0 else ": falling" if change.certainty < 0 else ""
        return (
            f"{percent(change.now, change.of_now)} of the papers of the newest four weeks "
            f"({change.now:,} of {change.of_now:,}), {percent(change.before, change.of_before)} of "
            f"the four before ({change.before:,} of {change.of_before:,}){course}."
        )

    def _rows(self, facet: str) -> Iterable[dict[str, Any]]:
        """The topics of a facet that have papers in the weeks shown, those with most first."""
        rows = [
            self._row(trend.change)
            for slug, trend in self.trends.tags.items()
            if self.tags[slug].facet == facet and any(trend.weekly)
        ]
        # Sorting is stable: the order of the vocabulary breaks ties.
        return sorted(rows, key=lambda row: -row["papers"])

    def _row(self, change: Change) -> dict[str, Any]:
        weekly = self.trends.tags[change.tag].weekly
        return {
            "tag": self.tags[change.tag],
            "address": self.routes.tag(change.tag),
            "chart": draw(self.trends.weeks, weekly, running=self.running),
            "papers": sum(weekly),
            "now": percent(change.now, change.of_now),
            "before": percent(change.before, change.of_before),
        }

    def _again(self, key: str, days: int) -> dict[str, Any]:
        paper = self.site.library.papers[key]
        return {
            "title": Markup(to_headline(paper.title)),
            "address": self.routes.paper(key),
            "days": count(days, "day"),
            "last": (short_date(paper.seen_on[-1]), self.routes.day(paper.seen_on[-1])),
        }

    def _chip(self, slug: str, number: str) -> Chip:
        tag = self.tags[slug]
        return Chip(slug, tag.name, tag.facet, self.routes.tag(slug), number)


def _period(compared: Period) -> str:
    return f"{period(compared.first, compared.last)}, {count(compared.papers, 'paper')}"
