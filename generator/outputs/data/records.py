"""What the data say of a paper, a day and a topic.

`generator/data/api.schema.json` describes each; names and order of the fields do not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ...model import Day, Paper, Site, Tag
from ...prose import to_plain, to_tex
from ...routes import Routes


def paper_record(paper: Paper, site: Site, routes: Routes) -> dict[str, object]:
    """All that is known of a paper."""
    title, abstract = to_plain(paper.title), to_plain(paper.abstract)
    return {
        "key": paper.key,
        "url": routes.absolute(routes.paper(paper.key)),
        "title": title,
        "abstract": abstract,
        "title_tex": _other(to_tex(paper.title), title),
        "abstract_tex": _other(to_tex(paper.abstract), abstract),
        "tags": [hit.tag for hit in site.tags[paper.key]],
        "seen_on": [day.isoformat() for day in paper.seen_on],
        "arxiv_id": paper.arxiv_id,
        "authors": [{"name": author.name} for author in paper.authors],
        "links": [{"kind": link.kind, "url": link.url} for link in paper.links],
        "related": [neighbour.paper for neighbour in site.related[paper.key]],
        "updated": paper.corrected_on.isoformat() if paper.corrected_on else None,
        "published": paper.published.isoformat() if paper.published else None,
        "revised": paper.updated.isoformat() if paper.updated else None,
        "version": paper.version,
        "categories": paper.categories,
        "organisation": paper.organisation,
        "comment": paper.comment,
        "withdrawn": paper.withdrawn,
        "signals": _signals(paper),
    }


def _other(text: str, plain: str) -> str | None:
    """A text unless it is the plain one, as with most papers: saying both doubles the data."""
    return text if text != plain else None


def day_record(day: Day, routes: Routes) -> dict[str, object]:
    """What a day listed, in its order."""
    return {
        "date": day.date.isoformat(),
        "url": routes.absolute(routes.day(day.date)),
        "papers": [entry.paper for entry in day.entries],
        "again": [entry.paper for entry in day.entries if not entry.first_time],
    }


def tag_record(tag: Tag, papers: Sequence[str], routes: Routes) -> dict[str, object]:
    """A topic; which papers it has, they say themselves."""
    return {
        "slug": tag.slug,
        "name": tag.name,
        "facet": tag.facet,
        "definition": tag.definition,
        "url": routes.absolute(routes.tag(tag.slug)),
        "papers": len(papers),
    }


def _signals(paper: Paper) -> dict[str, object] | None:
    """Counts as somebody once saw them, with the day."""
    if paper.signals is None:
        return None
    found = asdict(paper.signals)
    return {**found, "seen_at": found["seen_at"] and found["seen_at"].isoformat()}
