"""Highwire's `citation_*`, which Zotero's "Embedded Metadata" and Google Scholar read in a head."""

from __future__ import annotations

from collections.abc import Iterator

from ...prose import escape_html
from .cited import Cited


def highwire(cited: Cited) -> str:
    """HTML for the head of a paper's page, in one line.

    An author a tag, in their order, as Google Scholar asks for. `DC.type` is for Zotero, which
    takes anything with a `citation_title` for an article in a journal unless told otherwise.
    """
    return "".join(
        f'<meta name="{name}" content="{escape_html(value)}">' for name, value in _tags(cited)
    )


def _tags(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "DC.type", "preprint"
    yield "citation_title", cited.title
    for name in cited.authors:
        yield "citation_author", name
    if cited.issued:
        yield "citation_publication_date", "/".join(cited.issued)
    if cited.doi:
        yield "citation_doi", cited.doi
    if cited.arxiv_id:
        yield "citation_arxiv_id", cited.arxiv_id
    if cited.pdf:
        yield "citation_pdf_url", cited.pdf
    yield "citation_public_url", cited.url
