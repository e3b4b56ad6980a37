"""What pages say of how to cite: to readers, and in their heads to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ..config import Settings
from ..model import Day, Site
from ..prose import escape_lines
from ..routes import Routes
from .citation import bibtex
from .citing import CITATION_FORMATS, Cited, article, coins, highwire, listing, ris
from .page import Chip
from .words import long_date


class CitationViews:
    """The citations of one site."""

    def __init__(self, site: Site, routes: Routes, settings: Settings) -> None:
        self.site = site
        self.routes = routes
        self.settings = settings
        self._cited: dict[str, Cited] = {}

    def cited(self, key: str) -> Cited:
        """What is cited of a paper."""
        if key not in self._cited:
            page = self.routes.absolute(self.routes.paper(key))
            self._cited[key] = Cited.of(self.site.library.papers[key], page)
        return self._cited[key]

    def of_paper(self, key: str) -> dict[str, Any]:
        """A paper's citation in each format, for its page."""
        cited = self.cited(key)
        entry = bibtex(self.site.library.papers[key], cited.page)
        return {"bibtex": _lines(entry), "ris": _lines(ris(cited))}

    def head_of_paper(self, key: str, topics: Sequence[Chip]) -> str:
        cited = self.cited(key)
        return highwire(cited) + article(cited, [topic.name for topic in topics])

    def head_of_day(self, day: Day) -> str:
        papers = [self.routes.absolute(self.routes.paper(e.paper)) for e in day.entries]
        address = self.routes.absolute(self.routes.day(day.date))
        return listing(address, long_date(day.date), day.date, papers)

    def in_list(self, key: str) -> str:
        """A paper's citation beside it in a list, for programs."""
        return coins(self.cited(key))

    def files(self, name: str) -> list[tuple[str, str, str]]:
        """Name, type and address of each file of citations of a day, month or topic."""
        if not self.settings.citations:
            return []
        return [(f.name, f.mime, self.routes.citations(name, f.suffix)) for f in CITATION_FORMATS]


def _lines(text: str) -> Markup:
    """Our own text of several lines.

    A space at the end of a line, which is a part of RIS, would not stay in the file as it is.
    """
    return Markup(f"{escape_lines(text)}\n".replace(" \n", "&#32;\n").removesuffix("\n"))
