"""What a browser searches: the index of every period, and the list of periods.

The pieces are an interface between `generator/search/` and `docs/assets/search/` alone; they are
not for others to read, and their format changes as the two need it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from ..config import Settings
from ..model import Artifact, Paper, Site
from ..prose import to_plain
from ..routes import Routes
from ..search import Document, Pieces, index_period, part

TOPIC = "#"
"""What stands before the slug of a topic in the mark of its papers."""

CODE = "+code"
"""The mark of papers with code."""


def search(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every piece, period by period, then the list of them; nothing where the settings say so."""
    if not settings.search:
        return
    told: list[dict[str, object]] = []
    for name, papers in periods(site):
        pieces = index_papers(papers, site)
        for file in pieces.files:
            path = routes.search_piece(f"{name}/{file.name}")
            yield Artifact(path, file.content, f"the search from {name} on")
        days = Counter(paper.seen_on[0].isoformat() for paper in papers)
        told.append(
            {
                "name": name,
                "stamp": pieces.stamp,
                "days": list(days.items()),
                "titles": pieces.titles,
                "terms": pieces.terms,
                "words": pieces.words,
                "keys": pieces.keys,
            }
        )
    index = {
        "pages_from": settings.paper_pages_from,
        "marks": {"topic": TOPIC, "code": CODE},
        "periods": told,
    }
    content = json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"
    yield Artifact(routes.search_piece("index.json"), content.encode(), "the search")


def periods(site: Site) -> Iterator[tuple[str, list[Paper]]]:
    """The name and the papers of each period, both oldest first."""
    newest_first = site.library.papers.values()
    days = [list(held) for _, held in groupby(newest_first, lambda paper: paper.seen_on[0])]
    months: dict[str, list[Paper]] = defaultdict(list)
    for held in reversed(days):
        months[held[0].seen_on[0].isoformat()[:7]] += held
    for period in part((month, len(held)) for month, held in months.items()):
        yield period[0], [paper for month in period for paper in months[month]]


def index_papers(papers: Iterable[Paper], site: Site) -> Pieces:
    """The pieces of one period."""
    return index_period([_document(paper, site) for paper in papers])


def _document(paper: Paper, site: Site) -> Document:
    topics = [f"{TOPIC}{hit.tag}" for hit in site.tags[paper.key]]
    names = " ".join([*(author.name for author in paper.authors), paper.arxiv_id or ""])
    return Document(
        key=paper.key,
        title=to_plain(paper.title),
        names=names,
        text=to_plain(paper.abstract),
        marks=(*topics, *([CODE] if paper.code else [])),
    )
