"""The page of the search: a form with its filters; all else is script."""

from __future__ import annotations

from ..model import Site, Tag
from ..routes import Routes
from .page import Page
from .words import count


def search_page(site: Site, routes: Routes) -> Page:
    """The page; its topics are those that some paper has."""
    library = site.library
    tagged = site.tagged
    facets: list[tuple[str, list[Tag]]] = []
    for facet in site.taxonomy.facets:
        tags = [tag for tag in site.taxonomy.tags if tag.facet == facet.slug and tagged[tag.slug]]
        if tags:
            facets.append((facet.name, tags))
    return Page(
        kind="search",
        address=routes.search,
        title="Search",
        description=f"{count(len(library.papers), 'paper')} to search by words of title, names "
        "and abstract.",
        date=site.as_of,
        view={
            "papers": count(len(library.papers), "paper"),
            "facets": facets,
            "first": library.days[-1].date,
            "last": library.as_of,
            "archive": routes.archive,
            "tags": routes.tags,
        },
        assets="search",
    )
