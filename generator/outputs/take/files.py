"""Which days can be taken along, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...config import Settings
from ...kept import Kept
from ...model import Artifact, Day, Site
from ...policy import of_file
from ...prose import escape_html
from ...routes import Routes
from ...stamps import stamp
from ..compiled import Compiled
from .epub import pack
from .views import day_view

View = Mapping[str, Any]


class TakeFormat(NamedTuple):
    """A format as pages link it."""

    name: str
    suffix: str
    mime: str


HTML = TakeFormat("HTML", "html", "text/html")
EPUB = TakeFormat("EPUB", "epub", "application/epub+zip")
TAKE_FORMATS = (HTML, EPUB)

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

_PARTS = {
    "package.opf": "take.opf.j2",
    "nav.xhtml": "take.nav.xhtml.j2",
    "day.xhtml": "take.day.xhtml.j2",
    "style.css": "take.css.j2",
}


def has_files(site: Site, settings: Settings, day: Day) -> bool:
    """True for the newest days, as many as the settings say."""
    return day in site.library.days[: settings.take_days]


def take(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """The files of the newest days."""
    templates = _environment(site.kept)
    for day in site.library.days[: settings.take_days]:
        view = cache(partial(day_view, site, routes, day))
        claimant = f"the files of {day.date}"
        made_of = stamp(day, site.stamp_of(entry.paper for entry in day.entries))
        for fmt, make in ((HTML, _html), (EPUB, _epub)):
            path = routes.take(day.date, fmt.suffix)
            yield Artifact(path, partial(make, templates, day, view), claimant, made_of)


def _html(templates: Environment, day: Day, view: Callable[[], View]) -> bytes:
    style = Markup(templates.get_template("take.css.j2").render())
    alone = {"style": style, "policy": Markup(of_file(style))}
    return templates.get_template("take.html.j2").render({**view(), **alone}).encode()


def _epub(templates: Environment, day: Day, view: Callable[[], View]) -> bytes:
    parts = {path: templates.get_template(name).render(view()) for path, name in _PARTS.items()}
    return pack(day.date, parts)


def _environment(kept: Kept) -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=Compiled(kept),
        autoescape=True,
        # Jinja would let pass what XML forbids.
        finalize=_escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _escape(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(escape_html(str(value)))
