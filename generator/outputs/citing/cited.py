"""What is cited of a paper, said once for every format."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from ...arxiv import abstract_page, month_of, pdf_of
from ...model import Paper
from ...prose import to_plain

_ARXIV_DOI = "10.48550/arXiv."
"""arXiv has registered a DOI for every paper of its own since 2022, older ones included:
https://info.arxiv.org/help/doi.html"""


@dataclass(frozen=True, slots=True)
class Cited:
    """The facts of a citation, plain Unicode; what no source knows is empty, never made up."""

    key: str
    title: str
    authors: tuple[str, ...]
    issued: tuple[str, ...]
    """Year, month and day of the first submission, as far as known: the day of a digest is not that
    of a paper, but an arXiv id has its month."""
    arxiv_id: str
    doi: str
    """As it is registered: neither an address, nor written as in one."""
    url: str
    """Where the paper is; our page where nothing better is known."""
    pdf: str
    page: str
    """Our page, absolute."""
    note: str
    """What is known where the paper's own address is not."""

    @classmethod
    def of(cls, paper: Paper, page: str) -> Cited:
        """What is known of a paper; `page` is our page of it, absolute."""
        arxiv = paper.arxiv_id or ""
        links = {link.kind: link.url for link in reversed(paper.links)}  # the first of a kind
        doi = as_registered(links.get("doi", "").partition("doi.org/")[2])
        return cls(
            key=paper.key,
            title=to_plain(paper.title),
            authors=tuple(author.name for author in paper.authors),
            issued=_issued(paper),
            arxiv_id=arxiv,
            doi=doi or (_ARXIV_DOI + arxiv if arxiv else ""),
            url=abstract_page(arxiv) if arxiv else page,
            pdf=pdf_of(arxiv) if arxiv else links.get("pdf", ""),
            page=page,
            note="" if arxiv else f"Listed on {paper.seen_on[0].isoformat()}",
        )


def is_of_arxiv(doi: str) -> bool:
    """Whether a DOI is one that arXiv gave."""
    return doi.lower().startswith(_ARXIV_DOI.lower())


def as_registered(doi: str) -> str:
    """A DOI that an address holds, unless that hides what no line of a file may hold.

    >>> as_registered("10.1002/8%3C693::AID%3E3.0"), as_registered("10.1002/8%0A")
    ('10.1002/8<693::AID>3.0', '10.1002/8%0A')
    """
    plain = unquote(doi)
    return plain if plain.isprintable() and not {" ", "\ufffd"} & {*plain} else doi


def _issued(paper: Paper) -> tuple[str, ...]:
    if paper.published:
        return tuple(paper.published.date().isoformat().split("-"))
    return month_of(paper.arxiv_id) if paper.arxiv_id else ()
