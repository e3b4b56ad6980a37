"""What one item of a feed says, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from ...arxiv import abstract_page
from ...config import Settings
from ...model import Day, Entry, Paper, Site
from ...prose import escape_html, plain_opening, to_html, to_plain
from ...routes import Routes
from ..words import count, listed, long_date, plain_date
from .specs import Event

_OPENING = 200
"""Characters of an opening: as many as the description of a paper's page shows."""


@dataclass(frozen=True, slots=True)
class Related:
    """A page elsewhere about the same paper."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Category:
    """A topic."""

    term: str
    """Its slug."""
    label: str
    scheme: str
    """Address of the list of topics."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item; its id and its dates depend on the digests alone, never on the build."""

    id: str
    title: str
    """Plain."""
    link: str
    """Our page, absolute."""
    content: str
    """HTML, with absolute links; empty where the opening is all that is said."""
    opening: str
    """First sentences, plain."""
    published: datetime
    updated: datetime
    authors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    related: tuple[Related, ...] = ()


def brief(item: Item) -> Item:
    """Title, opening and link of an item: what an archive of a topic holds of a paper.

    Whole items would stand in the archives of each of a paper's topics, in two formats.
    """
    return replace(item, content="", authors=(), categories=(), related=())


class Items:
    """Makes the items of one site."""

    def __init__(self, site: Site, routes: Routes, settings: Settings) -> None:
        self.site = site
        self.routes = routes
        self.hour = time(settings.feed_hour)
        self.days = {day.date: day for day in site.library.days}
        self.corrected = {
            key: card.corrected_on for key, card in site.library.cards.items() if card.corrected_on
        }
        topics = routes.absolute(routes.tags)
        self.categories = {
            tag.slug: Category(tag.slug, tag.name, topics) for tag in site.taxonomy.tags
        }

    def of(self, event: Event) -> Item:
        """What is said of an event."""
        if event.kind == "day":
            return self._of_day(self.days[event.day])
        paper = self.site.library.papers[event.paper]
        return (
            self._of_return(paper, event) if event.kind == "again" else self._of_paper(paper, event)
        )

    def updated(self, events: Sequence[Event]) -> datetime:
        """When what is said of some events, newest first, was last corrected, else when the newest
        happened; where there is none, on the first day of all."""
        newest = events[0].day if events else self.site.library.days[-1].date
        # Hardly any paper was, and an archive asks this of all of them, topic by topic.
        corrected = self.corrected and [
            self.corrected[key] for _, _, key in events if key in self.corrected
        ]
        return self.moment(max([newest, *corrected]))

    def moment(self, day: date) -> datetime:
        """When what happened on a day counts as published: at a set hour."""
        return datetime.combine(day, self.hour, UTC)

    def _of_paper(self, paper: Paper, event: Event) -> Item:
        related = tuple(_related(paper))
        abstract = to_html(paper.abstract) or "No abstract was listed."
        return Item(
            id=self.routes.paper_id(paper.key),
            title=to_plain(paper.title),
            link=self.routes.absolute(self.routes.paper(paper.key)),
            content=f'<p dir="auto">{abstract}</p><p>{self._ways(paper, related)}</p>',
            opening=plain_opening(paper.abstract, _OPENING),
            published=self.moment(event.day),
            updated=self.updated([event]),
            authors=tuple(author.name for author in paper.authors),
            categories=self._categories(paper.key),
            related=related,
        )

    def _of_return(self, paper: Paper, event: Event) -> Item:
        """The paper with the days it was seen on before, at its place on the later day: a paper may
        return twice, and each return has an address of its own."""
        told = ", ".join(
            _link(self.routes.absolute(self.routes.sighting(paper.key, day)), plain_date(day))
            for day in paper.seen_on
            if day < event.day
        )
        item = self._of_paper(paper, event)
        return replace(
            item,
            id=self.routes.again_id(paper.key, event.day),
            link=self.routes.absolute(self.routes.sighting(paper.key, event.day)),
            content=f"<p>Seen before on {told}.</p>{item.content}",
        )

    def _ways(self, paper: Paper, related: Iterable[Related]) -> str:
        """Where to read on: here first."""
        here = Related(self.site.title, self.routes.absolute(self.routes.paper(paper.key)))
        return " · ".join(_link(way.url, way.name) for way in (here, *related))

    def _of_day(self, day: Day) -> Item:
        summary = listed(day.entries)
        lines = "".join(self._line(entry) for entry in day.entries)
        return Item(
            id=self.routes.day_id(day.date),
            title=f"{long_date(day.date)}: {count(len(day.entries), 'paper')}",
            link=self.routes.absolute(self.routes.day(day.date)),
            content=f"<p>{summary}.</p><ol>{lines}</ol>",
            opening=f"{summary}.",
            published=self.moment(day.date),
            updated=self.moment(day.date),
        )

    def _line(self, entry: Entry) -> str:
        """A paper in the contents of a day."""
        # Plain, as a title may hold an address: no link stands inside another.
        title = to_plain(self.site.library.papers[entry.paper].title)
        paper = _link(self.routes.absolute(self.routes.paper(entry.paper)), title)
        # Their names hold commas.
        topics = " · ".join(escape_html(topic.label) for topic in self._categories(entry.paper))
        again = "" if entry.first_time else " (seen before)"
        return f'<li dir="auto">{paper}{again}' + (f"<br>{topics}" if topics else "") + "</li>"

    def _categories(self, key: str) -> tuple[Category, ...]:
        return tuple(self.categories[hit.tag] for hit in self.site.tags[key])


def _related(paper: Paper) -> Iterator[Related]:
    """arXiv and code, where they are known."""
    abstract = next((link.url for link in paper.links if link.kind == "abs"), None)
    if paper.arxiv_id:
        abstract = abstract_page(paper.arxiv_id)
    if abstract:
        yield Related("arXiv", abstract)
    if paper.code:
        yield Related("Code", paper.code)


def _link(url: str, name: str) -> str:
    return f'<a href="{escape_html(url)}">{escape_html(name)}</a>'
