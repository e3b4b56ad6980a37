"""Pages at addresses that papers have left: one that leads on, and one that says no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product

from ..model import Site
from ..prose import to_plain
from ..routes import Routes, in_blocks
from .page import Page, Planned


def former_pages(site: Site, routes: Routes) -> Iterator[Planned]:
    """A page for each former key of a paper, each key of a hidden one, each former slug of a topic
    that has papers."""
    for key, standing in site.library.aliases.items():
        claimant = f"the former address of the paper {standing}"
        yield Planned(routes.paper(key), claimant, partial(_paper_moved, site, routes, key))
    for key in site.library.hidden:
        make = partial(_hidden, site, routes, key)
        yield Planned(routes.paper(key), f"the hidden paper {key}", make)
    for tag in site.taxonomy.tags:
        tagged = site.tagged[tag.slug]
        for slug, (block, _, _) in product(tag.former, in_blocks(tagged) if tagged else ()):
            newest = site.library.cards[tagged[0]].seen_on[0]
            places = routes.tag(slug, block), routes.tag(tag.slug, block)
            make = partial(_leading_on, routes, *places, tag.name, newest)
            yield Planned(places[0], f"the former address of the topic {tag.slug}", make)


def _paper_moved(site: Site, routes: Routes, key: str) -> Page:
    standing = site.library.aliases[key]
    title = to_plain(site.library.papers[standing].title)
    last = site.library.cards[standing].seen_on[-1]
    return _leading_on(routes, routes.paper(key), routes.paper(standing), title, last)


def _leading_on(routes: Routes, address: str, to: str, title: str, day: date) -> Page:
    return Page(
        kind="redirect",
        address=address,
        title=title,
        description="This page has moved.",
        date=day,
        redirect=routes.relative(address, to),
        view={"title": title, "address": to},
    )


def _hidden(site: Site, routes: Routes, key: str) -> Page:
    """A line where a hidden paper was; nothing of it is left to say."""
    return Page(
        kind="hidden",
        address=routes.paper(key),
        title="No longer listed",
        description="This paper is no longer listed here.",
        # Any day of the paper's own would say more than the page does.
        date=site.library.days[-1].date,
        hidden=True,
        view={},
    )
