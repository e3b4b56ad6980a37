"""`llms.txt`: what is where, for programs that read text (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Settings
from ..header import MARK_OF_LIST
from ..model import Artifact, Site
from ..routes import Routes
from .feeds import FORMATS
from .plain_markdown import link, text
from .words import count, plain_date

DAYS = 14
"""The newest days; the rest is behind the archive."""


def llms(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """The one file."""
    content = "\n".join(_lines(site, routes, settings)) + "\n"
    yield Artifact(routes.llms, content.encode(), "llms.txt")


def _lines(site: Site, routes: Routes, settings: Settings) -> Iterator[str]:
    library = site.library

    def read(address: str) -> str:
        """Where a program best reads a page."""
        return routes.markdown(address) if settings.markdown else routes.absolute(address)

    yield f"# {text(site.title)}"
    if site.description:
        yield from ("", f"> {text(site.description)}")
    papers, days = count(len(library.papers), "paper"), count(len(library.days), "day")
    newest = plain_date(library.as_of)
    yield from ("", f"{papers} on {days} up to {newest}{MARK_OF_LIST}")
    yield from ("", "## Days", "")
    for day in library.days[:DAYS]:
        listed = count(len(day.entries), "paper")
        yield link(plain_date(day.date), read(routes.day(day.date)), listed)
    yield link("Archive", routes.absolute(routes.archive), "all days")
    yield from ("", "## Topics", "")
    tagged = site.tagged
    for tag in site.taxonomy.tags:
        if tagged[tag.slug]:
            yield link(tag.name, read(routes.tag(tag.slug)), tag.told)
    if settings.data:
        yield from ("", "## Data", "")
        index = routes.absolute(routes.data("index.json"))
        yield link("index.json", index, "files of all papers, days and topics, with a schema")
    yield from ("", "## Optional", "")
    for fmt in FORMATS:
        feed = routes.absolute(routes.feed("all", fmt.file))
        yield link(f"Feed, {fmt.name}", feed, "the newest papers with their abstracts")
