"""What the pages say of authors, decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ..authors import author_slug
from ..config import Settings
from ..model import Byline, Paper, Site
from ..routes import Routes, in_blocks
from ..stamps import stamp
from .page import FeedLink, Page, Planned
from .words import count, period

SHOWN = 30
"""Authors that a paper's page names before it folds the rest: more fill a phone."""

Feeds = Callable[[str, str], tuple[FeedLink, ...]]
"""The feeds of a folder below `feeds/`, under a title."""


class AuthorViews:
    """The pages of names that several papers bear, and a paper's own list of authors."""

    def __init__(self, site: Site, routes: Routes, settings: Settings, feeds: Feeds) -> None:
        self.site = site
        self.routes = routes
        self.settings = settings
        self._feeds = feeds
        self._addresses: dict[str, str] = {}

    def of_paper(self, paper: Paper) -> dict[str, Any]:
        """A paper's authors, each with the address of the name's page or an empty one."""
        authors = [(author.name, self._address(author.name)) for author in paper.authors]
        # To fold away one name would take as much space as the name.
        shown = SHOWN if len(authors) > SHOWN + 1 else len(authors)
        return {"authors": authors[:shown], "more_authors": authors[shown:]}

    def addresses(self, names: Iterable[str]) -> str:
        """Of these names, one after the other."""
        return " ".join(map(self._address, names))

    def pages(self) -> Iterator[Planned]:
        """The pages of every name: its newest papers, and older ones in blocks like a topic's."""
        for byline in self.site.bylines.values():
            total = len(byline.papers)
            for block, keys, older in in_blocks(byline.papers):
                yield Planned(
                    self.routes.author(byline.slug, block),
                    f"the author {byline.name!r}" + (f", older block {block}" if block else ""),
                    partial(self._page, byline, keys, block, older),
                    stamp(self.site.stamp_of_listed(keys), byline.name, older, block or total),
                )

    def _page(self, byline: Byline, keys: Sequence[str], block: int, older: int) -> Page:
        cards = self.site.library.cards
        newest, oldest = cards[keys[0]].seen_on[0], cards[keys[-1]].seen_on[0]
        days = period(oldest, newest)
        feeds: tuple[FeedLink, ...] = ()
        if self.settings.author_feeds:
            feeds = self._feeds(f"authors/{byline.slug}", byline.name)
        return Page(
            kind="author",
            address=self.routes.author(byline.slug, block),
            title=byline.name + (f", {days}" if block else ""),
            description=f"Papers under the name {byline.name}.",
            date=newest,
            feeds=feeds,
            view={
                "name": byline.name,
                # The total belongs on the newest page alone: older ones never change again.
                "summary": days if block else count(len(byline.papers), "paper"),
                "papers": keys,
                "older": self.routes.author(byline.slug, older) if older else "",
                "newest": self.routes.author(byline.slug) if block else "",
                "feeds": feeds,
            },
        )

    def _address(self, name: str) -> str:
        if name not in self._addresses:
            slug = author_slug(name)
            self._addresses[name] = self.routes.author(slug) if slug in self.site.bylines else ""
        return self._addresses[name]
