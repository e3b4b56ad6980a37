"""Pages at addresses that papers have left: one that leads on, and one that says no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..model import Site
from ..prose import to_plain
from ..routes import Routes
from .page import Page, Planned


def former_pages(site: Site, routes: Routes) -> Iterator[Planned]:
    """A page for each former key of a paper, then for each key of a hidden one."""
    for key, standing in site.library.aliases.items():
        claimant = f"the former address of the paper {standing}"
        yield Planned(routes.paper(key), claimant, partial(_leading_on, site, routes, key))
    for key in site.library.hidden:
        make = partial(_hidden, site, routes, key)
        yield Planned(routes.paper(key), f"the hidden paper {key}", make)


def _leading_on(site: Site, routes: Routes, key: str) -> Page:
    standing = site.library.aliases[key]
    title = to_plain(site.library.papers[standing].title)
    address = routes.paper(key)
    return Page(
        kind="redirect",
        address=address,
        title=title,
        description="This page has moved.",
        date=site.library.cards[standing].seen_on[-1],
        redirect=routes.relative(address, routes.paper(standing)),
        view={"title": title, "address": routes.paper(standing)},
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
