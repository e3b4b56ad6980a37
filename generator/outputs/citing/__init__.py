"""How a paper is cited: in files to import, and in pages that programs read.

cited     what is cited of a paper, said once for all formats (BibTeX: `..citation`)
names     a name as citation programs want it, in parts
latex     text and formulas as LaTeX prints them, for BibTeX
ris, csl  files: RIS, and CSL-JSON, which most citation programs exchange
highwire  `citation_*` in the head of a paper's page, which Zotero and Google Scholar read
jsonld    schema.org in the head of a page of a paper or of a day, which search engines read
coins     one span a paper in the list of a day, from which Zotero saves any of them
files     the files for days, months and topics
"""

from __future__ import annotations

from .cited import Cited
from .coins import coins
from .csl import csl
from .files import CITATION_FORMATS, citations
from .highwire import highwire
from .jsonld import article, listing
from .ris import ris

__all__ = [
    "CITATION_FORMATS",
    "Cited",
    "article",
    "citations",
    "coins",
    "csl",
    "highwire",
    "listing",
    "ris",
]
