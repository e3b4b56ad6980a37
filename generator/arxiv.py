"""Reads arXiv ids in all the forms that are in use, and knows where their papers are.

https://info.arxiv.org/help/arxiv_identifier.html: `YYMM.NNNN` since April 2007, `YYMM.NNNNN` since
January 2015, `archive.CL/YYMMNNN` before; a version is no part of a paper's own id, nor is a class.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 2_000
"""Characters looked at: those of the longest address that browsers and proxies agree to take."""

_MONTH = "(?:0[1-9]|1[0-2])"
_NEW_ID = rf"(?P<new>(?:0[7-9]|1[0-4]){_MONTH}\.\d{{4}}|(?:1[5-9]|[2-9]\d){_MONTH}\.\d{{5}})"
# Archives that gave out ids before April 2007.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD_ID = rf"(?P<archive>{_ARCHIVES})(?:\.[A-Z]{{2}})?/(?P<old>\d\d{_MONTH}\d{{3}})"
_ID = re.compile(
    r"(?:(?:https?://)?(?:[\w.-]+/)*(?:oai:)?(?:arxiv(?:\.org)?[.:/]\s?)?(?:(?:abs|pdf|html)/)?)?"
    rf"(?:{_NEW_ID}|{_OLD_ID})(?:v(?P<version>[1-9]\d?))?(?:\.pdf|/)?(?:[?#].*)?",
    re.IGNORECASE,
)
_FOUNDED = "91"
"""The year of arXiv's first papers; until 2091, two digits say which year is meant."""
_BRACKETS = frozenset(("[]", "<>", "()"))
_CLASS = re.compile(r"[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?")
_BEHIND = re.compile(
    r"\s[(\[]\s?((?:arXiv[:\s]\s?|https?://)?[\w./-]{7,40}(?:\s?\[[\w.-]+\])?)\s?[)\]]$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"[(\[]?((?:arXiv[:\s]\s?)?[a-z-]{0,12}/?\d{4,7}(?:\.\d{4,5})?(?:v\d{1,2})?)"
    r"(?:[)\]][:.]?|:|\s[–—|-])\s+(?=\S)",
    re.IGNORECASE,
)
_LONGEST_BEHIND = 80
"""Characters of the longest id behind a title."""
_SPOILT_ID = re.compile(r"(\d{3,4})\.(\d{1,5})")


class ArxivId(NamedTuple):
    """What an identifier says."""

    id: str
    """Without `vN`; the old form without its class, as arXiv itself names it."""
    version: int | None


def read_arxiv_id(text: str) -> ArxivId | None:
    """The arXiv id that a text is, or an address leads to; not one that it only mentions.

    >>> read_arxiv_id("2401.12340v2"), read_arxiv_id("https://arxiv.org/pdf/2401.12340.pdf").id
    (ArxivId(id='2401.12340', version=2), '2401.12340')
    >>> read_arxiv_id("oai:arXiv.org:cs.CL/9912001").id, read_arxiv_id("x.org/p/2401.12340").id
    ('cs/9912001', '2401.12340')
    >>> read_arxiv_id("see arXiv:2401.12340") is None
    True
    """
    found = _ID.fullmatch(text.strip()[:LONGEST])
    if not found:
        return None
    version = int(found["version"]) if found["version"] else None
    return ArxivId(found["new"] or f"{found['archive'].lower()}/{found['old']}", version)


def abstract_page(arxiv_id: str) -> str:
    """Where arXiv shows a paper, in its newest version."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def pdf_of(arxiv_id: str) -> str:
    """Where arXiv has its PDF, in its newest version."""
    return f"https://arxiv.org/pdf/{arxiv_id}"


def month_of(arxiv_id: str) -> tuple[str, str]:
    """Year and month in which a paper with that id, as `ArxivId` has it, came to arXiv.

    >>> month_of("2401.12340"), month_of("cs/9912001"), month_of("hep-th/0703001")
    (('2024', '01'), ('1999', '12'), ('2007', '03'))
    """
    digits = arxiv_id.rpartition("/")[2]
    century = "19" if digits[:2] >= _FOUNDED else "20"
    return century + digits[:2], digits[2:4]


def is_arxiv_class(text: str) -> bool:
    """Whether a text has the form of a class, of an archive or a part of one.

    >>> [is_arxiv_class(text) for text in ("cs.CL", "q-bio.NC", "hep-th", "cond-mat.dis-nn", "CL")]
    [True, True, True, True, False]
    """
    return _CLASS.fullmatch(text) is not None


class StatedId(NamedTuple):
    """What stands where an id is expected."""

    id: ArxivId
    category: str | None
    """The class behind it."""


def stated_arxiv_id(text: str) -> StatedId | None:
    """The id that somebody wrote into a field for it, brackets around or the class behind it.

    >>> stated_arxiv_id("arXiv:2501.12949v1 [cs.CL]")
    StatedId(id=ArxivId(id='2501.12949', version=1), category='cs.CL')
    >>> stated_arxiv_id("<https://arxiv.org/abs/2501.12968>").id.id, stated_arxiv_id("[cs.CL]")
    ('2501.12968', None)
    >>> stated_arxiv_id("2501.12949 [q-bio.NC]").category
    'q-bio.NC'
    """
    text = text.strip()[:LONGEST]
    if text[:1] + text[-1:] in _BRACKETS:
        text = text[1:-1].strip()
    written, _, category = text[:-1].rpartition("[") if text.endswith("]") else (text, "", "")
    found = read_arxiv_id(written)
    if found is None or (category and not is_arxiv_class(category)):
        return None
    return StatedId(found, category or None)


def parted_title(title: str) -> tuple[str, StatedId | None]:
    """A title without the arXiv id in brackets behind it, or ahead of it, and that id.

    >>> parted_title("Slow Nets (arXiv:2401.12340v2 [cs.LG])")[1].id
    ArxivId(id='2401.12340', version=2)
    >>> parted_title("Slow Nets [2401.12340]")[0], parted_title("Slow Nets (2401)")
    ('Slow Nets', ('Slow Nets (2401)', None))
    >>> parted_title("[2401.12340] Slow Nets")[0], parted_title("arXiv:2401.12340: Slow Nets")[0]
    ('Slow Nets', 'Slow Nets')
    """
    ahead = _AHEAD.match(title)
    if ahead and (stated := stated_arxiv_id(ahead[1])):
        return title[ahead.end() :], stated
    found = _BEHIND.search(title[-_LONGEST_BEHIND:])
    stated = stated_arxiv_id(found[1]) if found else None
    if not found or not stated:
        return title, None
    before = title[: len(title) - len(found[0])].rstrip(" ,;–—-")
    return (before, stated) if before.strip() else (title, None)


def mended_arxiv_id(text: str) -> str:
    """The id that a spreadsheet took for a number, with its zeros again; empty for anything else.

    The month says how many digits an id has behind its dot, so the lost ones are known.

    >>> [mended_arxiv_id(text) for text in ("2401.1234", "704.0001", "2401.12345", "3.14")]
    ['2401.12340', '0704.0001', '', '']
    """
    found = _SPOILT_ID.fullmatch(text)
    if not found:
        return ""
    month = found[1].zfill(4)
    mended = f"{month}.{found[2].ljust(5 if month >= '1501' else 4, '0')}"
    return mended if mended != text and read_arxiv_id(mended) else ""
