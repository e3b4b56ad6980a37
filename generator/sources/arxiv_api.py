"""Answers of arXiv's API (`export.arxiv.org/api/query`), Atom.

They say when a paper was submitted and revised, not when anybody listed it: the file's name dates
them. Texts are TeX, hard-wrapped, and no HTML. An error comes as an entry named `Error`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Report, quote
from ..model import Capture
from . import feeds
from .days import captures_of
from .files import SourceFile

NAME = "arxiv_api"


def sniff(file: SourceFile) -> bool:
    """Whether a feed is the answer to a query."""
    return feeds.is_feed(file.text) and "arxiv.org/api/" in file.text[:4096]


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of an answer."""
    document = feeds.read_feed(file.text, _fields)
    for record in list(document.records):
        if "/api/errors" in str(record.fields.get("id")):
            what = f"an error in place of papers: {quote(str(record.fields.get('summary')))}"
            document.complain(record.line, f"{what}; ask again")
            document.records.remove(record)
    return captures_of(NAME, file, document, report)


def _fields(entry: Mapping[str, Any]) -> Mapping[str, object]:
    fields = feeds.common(entry)
    primary = entry.get("arxiv_primary_category")
    return {
        **fields,
        "listed_on": None,
        "published": entry.get("published"),
        "updated": entry.get("updated"),
        "categories": fields.pop("keywords"),
        "primary": primary.get("term") if isinstance(primary, dict) else None,
        "comment": fields.pop("arxiv_comment", None),
        "doi": fields.pop("arxiv_doi", None),
    }
