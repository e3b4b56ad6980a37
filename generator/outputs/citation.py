"""How to cite a paper."""

from __future__ import annotations

import re

from ..arxiv import month_of
from ..model import Paper
from ..prose import to_plain
from .citing.cited import as_registered
from .citing.names import split_name

# BibTeX's own characters, as LaTeX prints them.
_ESCAPES = {c: f"\\{c}" for c in "{}%&$#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_PAIRED = str.maketrans(_ESCAPES)
# BibTeX counts braces behind a backslash, too: one too many takes the rest of the file along. So
# where one stands alone, each has an unseen one beside it, as Zotero writes them.
_SINGLE = str.maketrans(_ESCAPES | {"{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"})
_BRACE = re.compile("[{}]")
# What stands between names, and for those left out.
_BETWEEN = re.compile(r"\sand\s|^others$", re.IGNORECASE)


def bibtex(paper: Paper, url: str) -> str:
    """A BibTeX entry; `url` is our page of the paper.

    The year is that of the submission, which an arXiv id has, too, and left out where no source
    knows it: the day of a digest is not the year of a paper.
    """
    fields = {"title": "{" + _escaped(to_plain(paper.title)) + "}"}
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
    if doi := _doi(paper):
        fields["doi"] = doi
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{paper.key},\n{lines}}}"


def _doi(paper: Paper) -> str:
    """The DOI that a source names; that of arXiv itself says no more than the id."""
    url = next((link.url for link in paper.links if link.kind == "doi"), "")
    doi = as_registered(url.partition("doi.org/")[2])
    return "" if doi.lower().startswith("10.48550/arxiv.") else _escaped(doi).replace("\\_", "_")


def _name(name: str) -> str:
    """A name as BibTeX parts it: at its blanks, unless it stands in braces or has commas.

    >>> _name("Cy Xu, Jr."), _name("The Gemini Team"), _name("Ludwig van der Berg")
    ('Xu, Jr., Cy', '{The Gemini Team}', 'Ludwig van der Berg')
    """
    parts = split_name(name)
    if _BETWEEN.search(name) or (not parts and " " in name and "," not in name):
        return f"{{{_escaped(name)}}}"
    if parts and parts.suffix:
        name = f"{parts.particle} {parts.family}".strip() + f", {parts.suffix}, {parts.given}"
    return _escaped(name)


def _escaped(text: str) -> str:
    r"""Text for a field.

    >>> print(_escaped("{0, 1}"), _escaped("{0"))
    \{0, 1\} \{\vphantom{\}}0
    """
    return text.translate(_PAIRED if _is_paired(text) else _SINGLE)


def _is_paired(text: str) -> bool:
    """Whether each brace has its own."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth
