"""Answers of Semantic Scholar's Graph API, of a search or a batch: the file's name dates them.

An id stands below `externalIds`, and `tldr` is a machine's. A batch has `null` for what it misses.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record, read_json
from .files import SourceFile

NAME = "semantic_scholar"


def sniff(file: SourceFile) -> bool:
    """Whether records have ids as Semantic Scholar gives them."""
    document = read_json(file.text)
    return document is not None and any(
        {"paperId", "title"} <= set(record.fields) for record in document.records
    )


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of an answer."""
    document = read_json(file.text) or Document()
    records = [Record(record.line, _fields(record.fields)) for record in document.records]
    return captures_of(NAME, file, Document({}, records, document.problems), report)


def _fields(paper: Mapping[str, object]) -> Mapping[str, object]:
    ids, summary = ask.mapping(paper.get("externalIds")), ask.mapping(paper.get("tldr"))
    read = {"paperId", "externalIds", "tldr", "openAccessPdf", "publicationDate"}
    return {
        **{name: value for name, value in paper.items() if name not in read},
        "arxiv_id": ids.get("ArXiv"),
        "doi": ids.get("DOI"),
        "pdf": ask.mapping(paper.get("openAccessPdf")).get("url"),
        "published": paper.get("publicationDate"),
        "summary_ai": summary.get("text"),
        "summary_ai_model": "Semantic Scholar",
    }
