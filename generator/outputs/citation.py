"""How to cite a paper."""

from __future__ import annotations

import re

from ..model import Paper
from .citing.cited import Cited, is_of_arxiv
from .citing.latex import escaped, printed
from .citing.names import Name, split_name

# What stands between names, and for those left out.
_BETWEEN = re.compile(r"(?:^|\s)and(?:\s|$)|^others$", re.IGNORECASE)


def bibtex(paper: Paper, url: str) -> str:
    """A BibTeX entry; `url` is our page of the paper.

    The year is that of the submission, which an arXiv id has, too, and left out where no source
    knows it: the day of a digest is not the year of a paper.
    """
    cited = Cited.of(paper, url)
    fields = {"title": f"{{{printed(paper.title)}}}"}
    if cited.authors:
        fields["author"] = " and ".join(map(_name, cited.authors))
    if cited.issued:
        fields["year"] = cited.issued[0]
    if cited.arxiv_id:
        fields |= {"eprint": cited.arxiv_id, "archiveprefix": "arXiv"}
        if paper.primary:
            fields["primaryclass"] = paper.primary
    fields["url"] = cited.url
    if cited.note:
        fields["note"] = cited.note
    if cited.doi and not is_of_arxiv(cited.doi):  # which says no more than the id
        fields["doi"] = escaped(cited.doi).replace("\\_", "_")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{paper.key},\n{lines}}}"


def _name(name: str) -> str:
    """A name as BibTeX parts it: at its blanks, unless it stands in braces or has commas.

    >>> _name("Cy Xu, Jr."), _name("The Gemini Team"), _name("Ludwig van der Berg")
    ('Xu, Jr., Cy', '{The Gemini Team}', 'Ludwig van der Berg')
    """
    parts = split_name(name)
    if _BETWEEN.search(name) or (not parts and " " in name and "," not in name):
        return f"{{{escaped(name)}}}"
    if parts and not _is_spoken(parts):
        family = f"{parts.particle} {parts.family}".strip()
        name = ", ".join(part for part in (family, parts.suffix, parts.given) if part)
    return escaped(name)


def _is_spoken(parts: Name) -> bool:
    """Whether BibTeX finds these parts of a name that is written as it is spoken: to it, particles
    are what is written in lower case, and all behind them is the family name (Patashnik,
    "BibTeXing", section 4)."""
    given = any(word[:1].islower() for word in parts.given.split(" "))
    several = parts.particle[:1].isupper() or (" " in parts.family and not parts.particle)
    return not (given or several or parts.suffix)
