"""`Site` to data for machines: `data/papers.jsonl`, an interface that others lean on.

The README documents the fields; their names and order do not change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from ..config import Settings
from ..model import Artifact, Paper, Site
from ..prose import to_plain, to_tex
from ..routes import Routes


def data(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every data file of the site; none where the settings say so."""
    if not settings.data:
        return
    lines = (paper_line(paper, site, routes) for paper in site.library.papers.values())
    yield Artifact(routes.data("papers.jsonl"), "".join(lines).encode(), "the data of all papers")


def paper_line(paper: Paper, site: Site, routes: Routes) -> str:
    """One paper as a line of JSON, ending in a newline."""
    record = {
        "key": paper.key,
        "url": routes.absolute(routes.paper(paper.key)),
        "title": to_plain(paper.title),
        "abstract": to_plain(paper.abstract),
        "title_tex": to_tex(paper.title),
        "abstract_tex": to_tex(paper.abstract),
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
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _signals(paper: Paper) -> dict[str, object] | None:
    """Counts as somebody once saw them, with the day."""
    if paper.signals is None:
        return None
    found = asdict(paper.signals)
    return {**found, "seen_at": found["seen_at"] and found["seen_at"].isoformat()}
