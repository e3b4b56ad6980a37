"""What the pages give a reader's browser so that she can keep papers: all else is script."""

from __future__ import annotations

from ..authors import MOST_AUTHORS
from ..jsontext import in_json
from ..model import Paper, Site
from ..routes import Routes
from .citing import Cited
from .page import Page


def saved_page(site: Site, routes: Routes) -> Page:
    """The page of kept papers: none of them is known here, but the names of all topics are."""
    return Page(
        kind="saved",
        address=routes.saved,
        title="Saved",
        description="Papers kept in this browser, with notes and labels, to take away as a file.",
        date=site.as_of,
        view={
            "topics": site.taxonomy.tags,
            "archive": routes.archive,
        },
    )


def record(paper: Paper, routes: Routes) -> str:
    """What of a paper its list does not show, as JSON; `docs/assets/kept.js` has the fields.

    The texts are plain, and those that the paper's citation has.
    """
    cited = Cited.of(paper, routes.absolute(routes.paper(paper.key)))
    known = {
        "title": cited.title,
        "authors": cited.authors,
        "year": int(cited.issued[0]) if cited.issued else None,
        "published": "-".join(cited.issued) if len(cited.issued) == 3 else "",
        "doi": cited.doi,
        "arxiv_id": cited.arxiv_id,
        "primary": paper.primary,
        "url": cited.page,
    }
    told = {name: value for name, value in known.items() if value}
    return in_json(told)


def listed_authors(paper: Paper) -> str:
    """Names by which a script may find a paper in a list; none of a list that earns none a page."""
    if len(paper.authors) > MOST_AUTHORS:
        return ""
    return "; ".join(author.name for author in paper.authors)
