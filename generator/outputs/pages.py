"""`Site` to Markdown pages, through the templates.

Every page is YAML front matter and one block of raw HTML without a blank line: the one construct
that Python-Markdown and every CommonMark parser pass on byte for byte, and inside which no
Markdown extension is active. Front-matter texts are HTML too, as Material prints them unescaped.

A page differs from others of its kind only in its Markdown and in the front-matter keys `title`,
`description`, `date`, `head`, `previous`, `next`, `feeds` and `redirect`; the theme reads nothing
else but `robots`, which every page of a hidden paper has, and `assets`, which a kind of page has or
has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..config import Settings
from ..header import with_header
from ..kept import Kept
from ..model import Artifact, Site
from ..prose import escape_markdown
from ..routes import Routes
from .compiled import Compiled
from .page import Chip, Listed, Page
from .views import Views

_ROOT = "\1"
"""Stands for the way to the home page, in what is rendered once for pages of any depth; `prose`
leaves no such character in a text. Not NUL, which is half of every letter where Python takes two
bytes for each, so that looking for it takes twice as long."""

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def pages(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every generated page of the site."""
    views = Views(site, routes, settings)
    renderer = _Renderer(views)
    for planned in views.all():
        yield Artifact(
            routes.source(planned.address),
            partial(renderer.made, planned.make),
            planned.claimant,
            planned.stamp,
        )


def _environment(kept: Kept) -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=Compiled(kept),
        # Whatever a template prints is escaped by `_escape`, for Markdown and HTML at once; to let
        # Jinja escape too would take as long as all else together.
        autoescape=False,  # noqa: S701
        finalize=_escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class _Link(str):
    """An address as a page has it."""

    __slots__ = ()


def _escape(value: object) -> str:
    """What a view has rendered already passes; of all else, the text with its entities."""
    return value if isinstance(value, Markup | _Link) else _escaped(str(value))


@lru_cache(maxsize=1 << 14)  # names of topics and addresses of days come again and again
def _escaped(text: str) -> str:
    return escape_markdown(text)


class _Renderer:
    """Renders pages; what several pages show of a paper is rendered once."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.environment = _environment(views.site.kept)
        self.environment.filters |= {
            "link": _link,
            "topics_of": self._topics_of,
            "items_of": self._items_of,
            "lines_of": self._lines_of,
        }
        self._parts: Any = self.environment.get_template("_parts.md.j2").module
        self._topics: dict[tuple[Chip, ...], Markup] = {}

    def made(self, make: Callable[[], Page]) -> bytes:
        """The Markdown file of a page that is made now."""
        page = make()
        text = self.environment.get_template(f"{page.kind}.md.j2").render(page.view)
        body = _without_gaps(text).replace(_ROOT, self.views.routes.root(page.address))
        return with_header(_front_matter(page), body).encode()

    def _topics_of(self, paper: Listed) -> Markup:
        """A paper's row of topics."""
        if paper.topics not in self._topics:
            self._topics[paper.topics] = Markup(self._parts.chips(paper.topics))
        return self._topics[paper.topics]

    def _items_of(self, keys: Sequence[str]) -> list[Markup]:
        """Papers in the list of a topic or an author."""
        return self._parts_of("items", keys, self._parts.item)

    def _lines_of(self, keys: Sequence[str]) -> list[Markup]:
        """Papers in the list of a month."""
        return self._parts_of("lines", keys, self._parts.line)

    def _parts_of(
        self, kind: str, keys: Sequence[str], macro: Callable[[Listed], str]
    ) -> list[Markup]:
        """What several pages show of a paper, and what they will show when a day is added."""
        site = self.views.site
        site.fetch(kind, keys)
        return [Markup(site.part(kind, key, partial(self._part, macro, key))) for key in keys]

    def _part(self, macro: Callable[[Listed], str], key: str) -> str:
        return macro(self.views.listed(key))


def _without_gaps(text: str) -> str:
    """The lines without spaces at their ends, and no blank ones: such a line may end the block of
    HTML. Lines of text hold no line end of their own."""
    # A pattern that begins with spaces is tried at each of them: seven times as slow.
    return "\n".join([kept for line in text.split("\n") if (kept := line.rstrip(" "))])


def _front_matter(page: Page) -> Mapping[str, Any]:
    header: dict[str, Any] = {}
    if page.title:
        header["title"] = escape_markdown(page.title)
    header["description"] = escape_markdown(page.description)
    header["date"] = page.date
    if page.head:
        header["head"] = page.head
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
    if page.assets:
        header["assets"] = page.assets
    header["hide"] = ["navigation", "toc"]
    return header


def _link(target: str) -> _Link:
    # Addresses hold nothing but lower-case letters, digits, hyphens, dots and slashes.
    return _Link(_ROOT + target)
