"""What a day says where there is no site around it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...model import Day, Paper, Site
from ...prose import to_html, to_plain
from ...routes import Routes, anchor
from ..citing import Cited
from ..words import count, long_date


def day_view(site: Site, routes: Routes, day: Day) -> dict[str, Any]:
    """A day with all its papers, for the templates `take.*`; every text in it suits XML, too."""
    names = {tag.slug: tag.name for tag in site.taxonomy.tags}
    papers = [_paper(site, routes, site.library.papers[e.paper], names) for e in day.entries]
    return {
        "site": site.title,
        "name": long_date(day.date),
        "date": day.date.isoformat(),
        "id": routes.day_id(day.date),
        "address": routes.absolute(routes.day(day.date)),
        "summary": count(len(papers), "paper"),
        "papers": papers,
    }


def _paper(site: Site, routes: Routes, paper: Paper, names: dict[str, str]) -> dict[str, Any]:
    cited = Cited.of(paper, routes.absolute(routes.paper(paper.key)))
    return {
        "anchor": anchor(paper.key),
        "plain": to_plain(paper.title),
        "title": Markup(to_html(paper.title)),
        "authors": ", ".join(cited.authors),
        "abstract": Markup(to_html(paper.abstract)),
        "topics": ", ".join(names[hit.tag] for hit in site.tags[paper.key]),
        "page": cited.page,
        "arxiv": cited.url if cited.arxiv_id else "",
    }
