"""What sources say of a paper beside its texts: whose it is, its number, what counts it had."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..arxiv import abstract_page, pdf_of
from ..config import Settings
from ..model import Paper, Signals
from .words import count, plain_date


def facts(paper: Paper, settings: Settings) -> dict[str, Any]:
    """The parts of a paper's page that few papers have; empty where no source knows."""
    told = (
        paper.organisation,
        f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else "",
        ", ".join(paper.categories),
        _version(paper),
        _counts(paper.signals),
        paper.comment if paper.comment != paper.withdrawn else "",
    )
    shows_summary = settings.ai_summaries and paper.summary_ai
    return {
        "withdrawn": paper.withdrawn,
        "facts": [words for words in told if words],
        "summary": paper.summary_ai if shows_summary else "",
        "summary_by": paper.summary_ai_model or "a model that was not named",
    }


def _version(paper: Paper) -> str:
    """Which version was listed and when it was revised; the first one needs no word."""
    if not paper.version or paper.version == 1:
        return ""
    revised = f", revised {plain_date(paper.updated)}" if paper.updated else ""
    return f"version {paper.version}{revised}"


def _counts(signals: Signals | None) -> str:
    """Counts with the day they were read on, as they have changed since."""
    if not signals or not signals.seen_at:
        return ""
    counts = ((signals.upvotes, "vote"), (signals.comments, "comment"), (signals.stars, "star"))
    told = ", ".join(count(number, noun) for number, noun in counts if number is not None)
    return f"{told} on {plain_date(signals.seen_at)}" if told else ""


def lookups(paper: Paper, title: str) -> list[tuple[str, str]]:
    """Where to find a paper elsewhere: direct where its arXiv id is known, else by its title. A PDF
    that a source names stands among the paper's links.

    >>> from generator.model import Prose
    >>> adam = Paper("adam", Prose(()), Prose(()), (), (), arxiv_id="1412.6980")
    >>> lookups(adam, "Adam")[:2]
    [('arXiv', 'https://arxiv.org/abs/1412.6980'), ('PDF', 'https://arxiv.org/pdf/1412.6980')]
    """
    words = quote(title, safe="")
    if paper.arxiv_id:
        named = any(link.kind == "pdf" for link in paper.links)
        return [
            ("arXiv", abstract_page(paper.arxiv_id)),
            *([] if named else [("PDF", pdf_of(paper.arxiv_id))]),
            ("Semantic Scholar", f"https://api.semanticscholar.org/arXiv:{paper.arxiv_id}"),
            ("Google Scholar", f"https://scholar.google.com/scholar?q={words}"),
        ]
    return [
        ("arXiv", f"https://arxiv.org/search/?query={words}&searchtype=title"),
        ("Semantic Scholar", f"https://www.semanticscholar.org/search?q={words}"),
        ("Google Scholar", f"https://scholar.google.com/scholar?q={words}"),
    ]
