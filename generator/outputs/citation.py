"""How to cite a paper."""

from __future__ import annotations

import re

from ..arxiv import month_of
from ..model import Paper
from ..prose import to_plain

# BibTeX's own characters, as LaTeX prints them.
_ESCAPES = str.maketrans(
    {c: f"\\{c}" for c in "{}%&$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


# What stands between names, and for those left out: in a name of its own it stands in braces.
_BETWEEN = re.compile(r"\sand\s|^others$", re.IGNORECASE)


def bibtex(paper: Paper, url: str) -> str:
    """A BibTeX entry; `url` is our page of the paper.

    The year is that of the submission, which an arXiv id has, too, and left out where no source
    knows it: the day of a digest is not the year of a paper.
    """
    fields = {"title": "{" + to_plain(paper.title).translate(_ESCAPES) + "}"}
    if paper.authors:
        fields["author"] = " and ".join(_name(author.name) for author in paper.authors)
    if paper.published:
        fields["year"] = str(paper.published.year)
    elif paper.arxiv_id:
        fields["year"], _ = month_of(paper.arxiv_id)
    if paper.arxiv_id:
        fields |= {"eprint": paper.arxiv_id, "archiveprefix": "arXiv"}
        fields["url"] = f"https://arxiv.org/abs/{paper.arxiv_id}"
    else:
        fields["url"] = url
        fields["note"] = f"Listed on {paper.seen_on[0].isoformat()}"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{paper.key},\n{lines}}}"


def _name(name: str) -> str:
    escaped = name.translate(_ESCAPES)
    return f"{{{escaped}}}" if _BETWEEN.search(name) else escaped
