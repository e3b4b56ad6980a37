"""What each page says, decided; the templates only arrange it.

A view is a plain mapping for one template. Texts in it are strings, which the template
environment escapes, or `Markup` where they were rendered here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import chain
from typing import Any

from markupsafe import Markup

from ..config import Settings
from ..model import Day, Entry, Neighbour, Prose, Site, Tag, TagHit
from ..prose import plain_opening, split_opening, to_headline, to_markdown, to_plain
from ..routes import Routes, anchor, in_blocks
from ..stamps import stamp, stamp_of
from .author_views import AuthorViews
from .calendar import Shades, month_grid
from .citation_views import CitationViews
from .facts import facts, lookups
from .feeds import FORMATS, feed_specs
from .former_views import former_pages
from .page import Chip, FeedLink, Listed, Page, Planned, Sighting
from .saved_views import listed_authors, record, saved_page
from .search_views import search_page
from .subscribe_views import subscribe_page
from .take import TAKE_FORMATS, has_files
from .trend_views import TrendViews
from .words import count, long_date, month_name, period, plain_date, short_date

OPENING = 320
"""Characters of an abstract shown before it is unfolded: three lines on a wide screen."""

BRIEF = 650
"""Characters of a rest from which on it fills two rows of a list, as that of a lead does."""

WIDE = 30
"""Characters of a formula beyond which it may be wider than a column of a lead."""

RECENT_DAYS = 14
"""Days the home page lists behind the newest."""

MANY = 12
"""Topics shown for a day or month before they become noise."""

REASONS = 3
"""Pieces of evidence shown for a topic of a paper; `explain` has all."""


class Views:
    """The pages of one site; a paper is made ready for lists once."""

    def __init__(self, site: Site, routes: Routes, settings: Settings) -> None:
        self.site = site
        self.routes = routes
        self.settings = settings
        self.tags = {tag.slug: tag for tag in site.taxonomy.tags}
        self.trends = TrendViews(site, routes)
        self.citations = CitationViews(site, routes, settings)
        self.authors = AuthorViews(site, routes, settings, self._feeds)
        self._chips = {
            tag.slug: Chip(tag.slug, tag.name, tag.facet, routes.tag(tag.slug))
            for tag in site.taxonomy.tags
        }
        self._papers: dict[str, Listed] = {}

    def all(self) -> Iterator[Planned]:
        """Every generated page; it announces the feeds that belong to it."""
        announced = self._announced()
        for planned in self._pages():
            if feeds := announced.get(planned.address):
                yield planned._replace(make=partial(_announcing, planned.make, tuple(feeds)))
            else:
                yield planned

    def _pages(self) -> Iterator[Planned]:
        yield Planned(self.routes.home, "the home page", self.home_view)
        yield from self.day_views()
        yield from self.month_views()
        yield Planned(self.routes.archive, "the archive", self.archive_view)
        yield Planned(self.routes.tags, "the list of topics", self.tags_view)
        yield from self.tag_views()
        yield Planned(self.routes.trends, "the page of trends", self.trends.page)
        yield from self.authors.pages()
        subscribe = partial(subscribe_page, self.site, self.routes, self.settings)
        yield Planned(self.routes.subscribe, "the page of feeds", subscribe)
        saved = partial(saved_page, self.site, self.routes)
        yield Planned(self.routes.saved, "the page of what is saved", saved)
        if self.settings.search:
            search = partial(search_page, self.site, self.routes)
            yield Planned(self.routes.search, "the page of the search", search)
        yield from self.paper_views()
        yield from former_pages(self.site, self.routes)

    # Pages

    def home_view(self) -> Page:
        newest, *older = self.site.library.days
        topics = self._topics(self.site.library.papers, len(self.tags))
        return Page(
            kind="home",
            address=self.routes.home,
            title="",
            description=self.site.description,
            date=newest.date,
            view={
                "day": self._day_head(newest),
                "topics": self._topics((entry.paper for entry in newest.entries), MANY),
                "papers": [self._sighting(entry, newest.date) for entry in newest.entries],
                "days": [self._day_line(day) for day in older[:RECENT_DAYS]],
                "more_days": len(older) > RECENT_DAYS,
                "archive": self.routes.archive,
                "facets": self._by_facet(topics),
                "tags": self.routes.tags,
                "trends": self.routes.trends,
                "subscribe": self.routes.subscribe,
                "feeds": self._feeds("all", self.site.title),
            },
        )

    def day_views(self) -> Iterator[Planned]:
        days = self.site.library.days
        for index, day in enumerate(days):
            newer = self._day_line(days[index - 1]) if index else None
            older = self._day_line(days[index + 1]) if index + 1 < len(days) else None
            yield Planned(
                self.routes.day(day.date),
                f"the day {day.date}",
                partial(self._day_page, day, older, newer),
                stamp(self._stamp_of_day(day), older, newer, self._day_files(day)),
            )

    def _day_page(
        self, day: Day, older: dict[str, Any] | None, newer: dict[str, Any] | None
    ) -> Page:
        head = self._day_head(day)
        return Page(
            kind="day",
            address=self.routes.day(day.date),
            title=long_date(day.date),
            description=f"{head['count']} of {plain_date(day.date)}: "
            + self._first_titles(entry.paper for entry in day.entries),
            date=day.date,
            head=self.citations.head_of_day(day),
            previous=older["address"] if older else "",
            next=newer["address"] if newer else "",
            view={
                "day": head,
                "papers": [self._sighting(entry, day.date) for entry in day.entries],
                "topics": self._topics((e.paper for e in day.entries), MANY),
                "older": older,
                "newer": newer,
                "month": (month_name(day.date), self.routes.month(day.date)),
                "citations": self.citations.files(f"days/{day.date.isoformat()}"),
                "files": self._day_files(day),
            },
        )

    def month_views(self) -> Iterator[Planned]:
        months = list(self._months.items())
        for index, (month, days) in enumerate(months):
            newer = months[index - 1][0] if index else None
            older = months[index + 1][0] if index + 1 < len(months) else None
            yield Planned(
                self.routes.month(month),
                f"the month {month.isoformat()[:7]}",
                partial(self._month_page, month, days, older, newer),
                stamp(self._stamp_of_days(days), older, newer, self._shades.most),
            )

    def _month_page(
        self, month: date, days: Sequence[Day], older: date | None, newer: date | None
    ) -> Page:
        keys = list(dict.fromkeys(e.paper for day in days for e in day.entries))
        return Page(
            kind="month",
            address=self.routes.month(month),
            title=month_name(month),
            description=f"{count(len(keys), 'paper')} on {count(len(days), 'day')} of "
            f"{month_name(month)}.",
            date=days[0].date,
            previous=self.routes.month(older) if older else "",
            next=self.routes.month(newer) if newer else "",
            view={
                "name": month_name(month),
                "archive": self.routes.archive,
                "summary": f"{count(len(keys), 'paper')} on {count(len(days), 'day')}",
                "topics": self._topics(keys, MANY),
                "grid": month_grid(month, days, self._shades),
                "days": [
                    self._day_line(day) | {"papers": [e.paper for e in day.entries if e.first_time]}
                    for day in days
                ],
                "older": older and (month_name(older), self.routes.month(older)),
                "newer": newer and (month_name(newer), self.routes.month(newer)),
                "day_address": self.routes.day,
                "citations": self.citations.files(f"months/{month.isoformat()[:7]}"),
            },
        )

    def archive_view(self) -> Page:
        years: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for month, days in self._months.items():
            papers = {entry.paper for day in days for entry in day.entries}
            years[month.year].append(
                {
                    "name": month_name(month),
                    "address": self.routes.month(month),
                    "summary": f"{count(len(papers), 'paper')} on {count(len(days), 'day')}",
                    "grid": month_grid(month, days, self._shades),
                }
            )
        library = self.site.library
        return Page(
            kind="archive",
            address=self.routes.archive,
            title="Archive",
            description=f"All {count(len(library.papers), 'paper')} by day and month.",
            date=self.site.as_of,
            view={
                "summary": f"{count(len(library.papers), 'paper')} on "
                f"{count(len(library.days), 'day')}, "
                f"{period(library.days[-1].date, library.as_of)}",
                "shades": list(enumerate(self._shades.most, 1)),
                "years": list(years.items()),
                "trends": self.routes.trends,
                "day_address": self.routes.day,
            },
        )

    def tags_view(self) -> Page:
        topics = [
            self._chips[tag.slug]._replace(number=len(self.site.tagged[tag.slug]))
            for tag in self.site.taxonomy.tags
        ]
        return Page(
            kind="tags",
            address=self.routes.tags,
            title="Topics",
            description=f"{count(len(topics), 'topic')} to browse and to subscribe to.",
            date=self.site.as_of,
            view={
                "summary": f"{count(len(topics), 'topic')}, each with a page of its own, and "
                "with feeds from its first paper on",
                "facets": self._by_facet(topics),
                "definitions": {
                    self._chips[tag.slug].address: tag.told for tag in self.site.taxonomy.tags
                },
                "trends": self.routes.trends,
            },
        )

    def tag_views(self) -> Iterator[Planned]:
        for tag in self.site.taxonomy.tags:
            for block, keys, older in in_blocks(self.site.tagged[tag.slug]):
                yield Planned(
                    self.routes.tag(tag.slug, block),
                    f"the topic {tag.name!r}" + (f", older block {block}" if block else ""),
                    partial(self._tag_page, tag, keys, block, older),
                    # The newest page says how the topic moves, which every day may change.
                    stamp(self.site.stamp_of_listed(keys), older) if block else b"",
                )

    def _tag_page(self, tag: Tag, keys: Sequence[str], block: int, older: int) -> Page:
        cards = self.site.library.cards
        seen = [cards[key].seen_on[0] for key in keys]
        days = period(seen[-1], seen[0]) if seen else ""
        return Page(
            kind="tag",
            address=self.routes.tag(tag.slug, block),
            title=tag.name + (f", {days}" if block else ""),
            description=tag.told,
            date=seen[0] if seen else self.site.library.days[-1].date,
            feeds=self._tag_feeds(tag),
            view={
                "tag": tag,
                "facet": self._facet_names[tag.facet],
                "period": days,
                # The total belongs on the newest page alone: older ones never change again.
                "total": "" if block else count(len(self.site.tagged[tag.slug]), "paper"),
                "papers": keys,
                # Likewise.
                "trend": None if block else self.trends.of_tag(tag),
                "older": self.routes.tag(tag.slug, older) if older else "",
                "newest": self.routes.tag(tag.slug) if block else "",
                "all_topics": self.routes.tags,
                "feeds": self._tag_feeds(tag),
                "citations": self.citations.files(f"tags/{tag.slug}") if keys and not block else [],
            },
        )

    def paper_views(self) -> Iterator[Planned]:
        stamps, listed, near = self.site.stamps, self.site.listed, self.site.near
        # All at once: between the making of one page and the next it takes half as long again.
        made_of = {
            key: stamp_of(
                b"%s%s\n" % (stamps[key], self.authors.addresses(card.names).encode())
                + b"".join(map(listed.__getitem__, near[key]))
            )
            for key, card in self.site.library.cards.items()
            if key not in self.routes.on_days
        }
        for key, its in made_of.items():
            make = partial(self._paper_page, key)
            yield Planned(self.routes.paper(key), f"the paper {key}", make, its)

    def _paper_page(self, key: str) -> Page:
        paper = self.site.library.papers[key]
        listed = self.listed(key)
        plain_title = to_plain(paper.title)
        return Page(
            kind="paper",
            address=listed.address,
            title=plain_title,
            description=plain_opening(paper.abstract, 200) or plain_title,
            date=max(paper.seen_on[-1], paper.corrected_on or paper.seen_on[-1]),
            head=self.citations.head_of_paper(key, listed.topics),
            view={
                "listed": listed,
                **self.authors.of_paper(paper),
                "why": [self._why(hit) for hit in self.site.tags[key]],
                "links": [(self._link_name(link.kind), link.url) for link in paper.links],
                "lookups": lookups(paper, plain_title),
                **facts(paper, self.settings),
                "seen": [
                    (plain_date(day), self.routes.sighting(key, day)) for day in paper.seen_on
                ],
                "related": [self._related(n) for n in self.site.related[key]],
                "record": record(paper, self.routes),
                **self.citations.of_paper(key),
            },
        )

    # Stamps

    def _stamp_of_days(self, days: Sequence[Day]) -> bytes:
        """Of days and what lists say of their papers."""
        listed = self.site.stamp_of_listed(e.paper for day in days for e in day.entries)
        return stamp([self._told(day) for day in days], listed)

    def _stamp_of_day(self, day: Day) -> bytes:
        """Of a day and all that is known of its papers."""
        return stamp(self._told(day), self.site.stamp_of(entry.paper for entry in day.entries))

    @staticmethod
    def _told(day: Day) -> str:
        """All that is known of a day but its papers, whose keys it has: `repr` takes four times as
        long."""
        entries = [f"{e.paper} {e.position} {e.first_time}" for e in day.entries]
        return "\n".join((day.date.isoformat(), *day.captures, "", *entries))

    # Parts of pages

    def _announced(self) -> Mapping[str, list[FeedLink]]:
        """The feeds of a page, by its address; those of all papers are announced everywhere.

        The home page has no other: a reader that is given its address may take the first it finds.
        """
        announced: dict[str, list[FeedLink]] = defaultdict(list)
        for spec in feed_specs(self.site, self.routes, self.settings):
            if spec.home != self.routes.home:
                announced[spec.home] += self._feeds(spec.name, spec.label)
        return announced

    def _tag_feeds(self, tag: Tag) -> tuple[FeedLink, ...]:
        """A feed exists from its first paper on."""
        return self._feeds(f"tags/{tag.slug}", tag.name) if self.site.tagged[tag.slug] else ()

    def _feeds(self, name: str, title: str) -> tuple[FeedLink, ...]:
        return tuple(
            FeedLink(f"{title} ({f.name})", f.name, f.mime, self.routes.feed(name, f.file))
            for f in FORMATS
        )

    def _day_head(self, day: Day) -> dict[str, Any]:
        again = sum(not entry.first_time for entry in day.entries)
        summary = count(len(day.entries), "paper")
        return {
            "date": day.date,
            "name": long_date(day.date),
            "address": self.routes.day(day.date),
            "count": summary,
            "summary": summary + (f", {again:,} seen before" if again else ""),
        }

    def _day_files(self, day: Day) -> list[tuple[str, str, str]]:
        """Name, type and address of what can be taken along of a day."""
        if not has_files(self.site, self.settings, day):
            return []
        return [(f.name, f.mime, self.routes.take(day.date, f.suffix)) for f in TAKE_FORMATS]

    def _day_line(self, day: Day) -> dict[str, Any]:
        return self._day_head(day) | {"short": short_date(day.date)}

    def _sighting(self, entry: Entry, day: date) -> Sighting:
        seen_on = self.site.library.cards[entry.paper].seen_on
        others = [seen for seen in seen_on[1:] if seen != day]
        return Sighting(
            paper=self.listed(entry.paper),
            first_time=entry.first_time,
            others=tuple((short_date(seen), self.routes.day(seen)) for seen in others),
            coins=self.citations.in_list(entry.paper),
        )

    def listed(self, key: str) -> Listed:
        """A paper as lists show it."""
        if key not in self._papers:
            paper = self.site.library.papers[key]
            first = paper.seen_on[0]
            opening, rest = split_opening(paper.abstract, OPENING)
            topics = tuple(self._chips[slug] for slug in self.site.slugs[key])
            self._papers[key] = Listed(
                key=key,
                anchor=anchor(key),
                address=self.routes.paper(key),
                title=Markup(to_headline(paper.title)),
                opening=Markup(to_markdown(opening)),
                rest=Markup(to_markdown(rest)),
                shape=_shape_of(rest),
                topics=topics,
                slugs=" ".join(topic.slug for topic in topics),
                authors=listed_authors(paper),
                code=paper.code,
                first_day=first,
                first_seen=(short_date(first), self.routes.day(first)),
            )
        return self._papers[key]

    def _related(self, neighbour: Neighbour) -> tuple[Listed, str]:
        """A related paper, and the words both share."""
        return self.listed(neighbour.paper), ", ".join(neighbour.because)

    def _why(self, hit: TagHit) -> tuple[str, str]:
        """A topic of a paper and the strongest evidence for it."""
        return self.tags[hit.tag].name, "; ".join(hit.because[:REASONS])

    def _topics(self, keys: Iterable[str], most: int) -> list[Chip]:
        """The topics of some papers with counts, commonest first."""
        counts = Counter(chain.from_iterable(map(self.site.slugs.__getitem__, keys)))
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [self._chips[slug]._replace(number=n) for slug, n in ranked[:most]]

    def _by_facet(self, chips: Iterable[Chip]) -> list[tuple[str, list[Chip]]]:
        grouped: dict[str, list[Chip]] = {f.slug: [] for f in self.site.taxonomy.facets}
        for chip in chips:
            grouped[chip.facet].append(chip)
        return [(self._facet_names[slug], row) for slug, row in grouped.items() if row]

    def _first_titles(self, keys: Iterable[str]) -> str:
        titles = [to_plain(self.site.library.papers[key].title) for key in keys]
        return "; ".join(titles[:3] or ["nothing now"]) + ("…" if len(titles) > 3 else ".")

    def _link_name(self, kind: str) -> str:
        names = {"code": "Code", "abs": "arXiv", "pdf": "PDF", "project": "Project page"}
        names |= {"html": "HTML", "hf": "Hugging Face", "doi": "DOI"}
        return names.get(kind, "Link")

    @cached_property
    def _shades(self) -> Shades:
        return Shades.of(len(day.entries) for day in self.site.library.days)

    @cached_property
    def _months(self) -> dict[date, list[Day]]:
        """The days of every month, newest first; a month is named by its first day."""
        months: dict[date, list[Day]] = defaultdict(list)
        for day in self.site.library.days:
            months[day.date.replace(day=1)].append(day)
        return months

    @cached_property
    def _facet_names(self) -> dict[str, str]:
        return {facet.slug: facet.name for facet in self.site.taxonomy.facets}


def _shape_of(rest: Prose) -> str:
    brief = sum(len(span.text) for span in rest.spans) < BRIEF
    wide = any(span.kind == "math" and len(span.text) > WIDE for span in rest.spans)
    return " bs-brief" * brief + " bs-wide" * wide


def _announcing(make: Callable[[], Page], feeds: tuple[FeedLink, ...]) -> Page:
    return replace(make(), feeds=feeds)
