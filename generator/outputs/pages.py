"""`Site` to Markdown pages, through the templates.

Every page is YAML front matter and one block of raw HTML without a blank line: the one construct
that Python-Markdown and every CommonMark parser pass on byte for byte, and inside which no
Markdown extension is active. Front-matter texts are HTML too, as Material prints them unescaped.

A page differs from others of its kind only in its Markdown and in the front-matter keys `title`,
`description`, `date`, `previous`, `next`, `feeds` and `redirect`; the theme reads nothing else but
`robots`, which every page of a hidden paper has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..config import Settings
from ..header import with_header
from ..model import Artifact, Site
from ..prose import escape_markdown
from ..routes import Routes
from .page import Page
from .views import Views

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def pages(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every generated page of the site."""
    renderer = _Renderer(routes)
    for page in Views(site, routes, settings).all():
        yield Artifact(
            path=routes.source(page.address),
            content=renderer.render(page),
            claimant=page.claimant,
        )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        # Every text a template prints goes out with the characters that Markdown knows as
        # entities; what a view has rendered already is Markup and passes.
        finalize=_escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _escape(value: object) -> object:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _escaped(value)


@lru_cache(maxsize=1 << 14)  # names of topics and addresses of days come again and again
def _escaped(text: str) -> Markup:
    return Markup(escape_markdown(text))


class _Renderer:
    """Renders pages; what lists of papers share is rendered once."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        self.environment = _environment()
        self._items: dict[tuple[str, str], Markup] = {}

    def render(self, page: Page) -> bytes:
        """The Markdown file of a page."""
        template = self.environment.get_template(f"{page.kind}.md.j2")
        link = partial(_link, self.routes, page.address)
        text = template.render(page.view, link=link, dated_item=partial(self._dated_item, link))
        # No blank line may end the block of HTML; lines of text hold no line end of their own.
        lines = (line.rstrip(" ") for line in text.split("\n"))
        body = "\n".join(line for line in lines if line)
        return with_header(_front_matter(page), body).encode()

    def _dated_item(self, link: Callable[[str], Markup], paper: Mapping[str, Any]) -> Markup:
        """A paper in the list of a topic: the same in those of all its topics.

        Links go by way of the home page, so it is one text for all pages of a depth.
        """
        key = (paper["address"], link(self.routes.home))
        if key not in self._items:
            parts = self.environment.get_template("_parts.md.j2").module
            self._items[key] = parts.item(paper, link, first_seen=True)  # type: ignore[attr-defined]
        return self._items[key]


def _front_matter(page: Page) -> Mapping[str, Any]:
    header: dict[str, Any] = {}
    if page.title:
        header["title"] = escape_markdown(page.title)
    header["description"] = escape_markdown(page.description)
    header["date"] = page.date
    if page.redirect:
        header["redirect"] = page.redirect
    if page.hidden:
        header["robots"] = "noindex"
    neighbours = {"previous": page.previous, "next": page.next}
    header |= {name: address for name, address in neighbours.items() if address}
    if page.feeds:
        header["feeds"] = [
            {"title": escape_markdown(feed.title), "type": feed.mime, "href": feed.address}
            for feed in page.feeds
        ]
    header["hide"] = ["navigation", "toc"]
    if not page.searchable:
        header["search"] = {"exclude": True}
    return header


def _link(routes: Routes, origin: str, target: str) -> Markup:
    # Addresses hold nothing but lower-case letters, digits, hyphens, dots and slashes.
    return Markup(routes.relative(origin, target))
