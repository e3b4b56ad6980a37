"""A paper on one line: a citation, or a title with names and an address beside it.

Not a source itself. Styles differ in what parts names, year, title and venue; that a line cites
shows by a year in brackets behind names, by a title in quotes, or by names before its first stop.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from ..links import leads_to_paper
from .cited_names import of_citation
from .labels import OTHERS
from .list_marks import PICTURES
from .markdown_body import PARTICLES, is_link_word
from .markdown_inline import Line, read_line
from .page_lines import is_names
from .paper_lines import HINT, LONGEST
from .paragraphs import abstractness

_LONGEST_TITLE = 300
_FEWEST_WORDS = 2
_FEWEST_LABELLED = 4
"""Words of a title that a colon parts from its address, as it does a label."""
_MOST_STOPS = 30
"""Stops among which the one behind names is looked for: initials have some, too."""
_MOST_PEOPLE = 80
"""Words of names."""

MARK = re.compile(
    r"(?:(?:[-*+–—](?=\s)|[·•‣⁃∙]|\[[ xX]\]|\(\d{1,4}\)|\[[#a-z]?\d{1,4}\]|#?\d{1,4}[.):/](?=\s)"
    rf"|\d{{1,3}}/\d{{1,3}}(?=\s)|(?:(?!\u22c5)[{PICTURES}]){{1,6}})\s*){{1,4}}"
)
"""What stands before the items of a list."""
_ID = re.compile(
    r"[(\[]?\s?(?:\barxiv(?: preprint)?:?\s?)?\barxiv(?:[:\s]\s?|\.org/(?:abs|pdf)/)"
    r"((?:[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d{1,2})?)"
    r"(?:\s?\[[\w.-]{2,20}\])?\s?[)\]]?",
    re.IGNORECASE,
)
_DOI = re.compile(r"[(\[]?\s?\bdoi:\s?(10\.\d{4,9}/[^\s<>\"|]{1,200})", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_DATED = re.compile(
    rf"(?P<names>[^()\[\]]{{2,500}}?)[.,]?\s*[(\[]{_YEAR}[a-z]?(?:,[^()]{{3,20}})?[)\]][.,:]?\s+(?P<rest>\S.*)"
)
_YEARED = re.compile(rf"(?P<names>[^()\[\]]{{2,500}}?),\s{_YEAR}[a-z]?\.\s+(?P<rest>[^\s\d].*)")
_YEAR_FIRST = re.compile(rf"\A{_YEAR}[a-z]?\.\s+")
"""The year between names and title, as the ACM has it."""
_QUOTED = re.compile(
    r"(?P<names>[^\"“”]{2,500}?)[.,:]?\s*[\"“](?P<title>[^\"“”]{5,300})[\"”](?P<rest>.*)"
)
_KIND = re.compile(r"\s?\[[A-Z](?:/[A-Z]{2})?\]")
"""What China's standard puts behind a title, as `[J/OL]`."""
_STOP = re.compile(r"[.?!]\s+(?=\S)|\.$")
_PUBLISHED = re.compile(
    rf"\b(?:{_YEAR}|arxiv|preprint|forthcoming|to appear|in press)\b", re.IGNORECASE
)
_PARTED = re.compile(r"\s+[–—-]\s+|\s*\|\s*")
_BRACKETS = re.compile(r"(?:\s*[(\[]\s*[)\]])+$")
_JOINED = re.compile(r"(?:&|and)\s")
"""What an initial stands before, and no title begins with."""
_STOP_ALONE = re.compile(r"(?<=[.?!]) ,")
_VENUE_BEHIND = re.compile(rf"\s?[(\[](?:[^\W\d_a-z][\w&’'-]*\s){{1,6}}{_YEAR}[)\]]$")
_SIGNS = re.compile(rf"\s[{PICTURES}\ufe0f]{{1,6}}$")
_PREFIX = re.compile(r"\[(?:PDF|HTML|BOOK|CITATION)\]\s+")
_PARTED_BYLINE = re.compile(r"\s+[–—-]\s+|\.\s+|\s+[·•]\s+")
_BAR = re.compile(r"\s+\|\s+")
_LONGEST_VENUE = 120
_SMALL = PARTICLES | {"and", "et"}
_NAME_WORD = re.compile(r"[^\s,;.&]+")
_SEVERAL = re.compile(r",|;|&|\band\b|\bet al")
_VENUE = re.compile(rf"(?:[^\W\d_a-z][\w&’'-]*\s){{0,6}}{_YEAR}|[A-Z][A-Za-z]{{1,9}}|{_YEAR}")
_BEHIND_TITLE = re.compile(
    rf"(?P<title>[^()\[\]]{{5,300}}?)\s*[(\[]"
    rf"(?P<names>[^()\[\]]{{2,200}}?(?:,| et al\.?))\s{_YEAR}[a-z]?[)\]]\.?"
)
_SHORTENED = re.compile(r",?\s(?:by\s)?[^\W\d_][\w'’-]{1,30} et al\.?$")
_IN_BRACKETS = re.compile(
    r"(?<!\])[(\[]\s?(?:[A-Za-z][A-Za-z ]{1,20}:)?\s?(https?://[^\s<>\"|()\[\]]{1,2000})\s?[)\]]"
)
_UNFINISHED = frozenset(
    "a an and are at by for from here in is of on or see the to via with".split()
)
_VENUE_NEXT = re.compile(rf"In [A-Z]|{_VENUE.pattern}(?=[.,;]|$)")


class Cited(NamedTuple):
    """What a line says of a paper."""

    title: str
    authors: str
    links: tuple[str, ...]
    """Addresses, and arXiv ids."""
    is_citation: bool


def read_paper(line: str) -> Cited | None:
    """The paper that a line is; `None` for any other line.

    >>> read_paper("Lee, A., & Wu, B. (2025). Slow Nets at Work. NeurIPS.")[:2]
    ('Slow Nets at Work', 'Lee, A., & Wu, B.')
    >>> read_paper("[2] Ann Lee, Bo Wu. Do Nets Wait? In ICLR, 2025.").title
    'Do Nets Wait?'
    >>> read_paper("• Slow Nets | Ann Lee, Bo Wu | https://arxiv.org/abs/2401.12340")[:2]
    ('Slow Nets', 'Ann Lee, Bo Wu')
    >>> read_paper("We follow the plan."), read_paper("Paper: https://arxiv.org/abs/2401.12340")
    (None, None)
    """
    if len(line) > LONGEST or not HINT.search(line):
        return None
    text = " ".join(line.split())
    mark = MARK.match(text)
    read = read_line(_IN_BRACKETS.sub(r" \1 ", text[mark.end() if mark else 0 :]))
    beside = read.without_links()
    links = [found.url for found in read.links()]
    links += [f"https://doi.org/{found[1].rstrip('.,;)]')}" for found in _DOI.finditer(beside)]
    links += [found[1] for found in _ID.finditer(beside)]
    links = [link for at, link in enumerate(links) if link not in links[:at]]
    said = _without_ids(beside)
    if not said or said[0].islower():
        return None
    papers = any(map(leads_to_paper, links))
    found = _citation(said, published=papers or _PUBLISHED.search(beside) is not None)
    if found is None and papers:
        found = _row(said, _behind(read, beside))
    if found is None or not _is_title(found[0]):
        return None
    return Cited(found[0], found[1], tuple(links), found[2])


def read_titled(row: str, below: str, next_below: str) -> tuple[Cited, int] | None:
    """The paper whose title is a line, and how many lines below say who wrote it and where it came
    out; `None` where they do not say both.

    >>> read_titled("[PDF] Slow Nets", "A Lee, B Wu - arXiv:2401.12340, 2024", "")[0][:3]
    ('Slow Nets', 'A Lee, B Wu', ('2401.12340',))
    >>> read_titled("Slow Nets", "Ann Lee, Bo Wu", "arXiv.org, 2024")[1]
    2
    >>> read_titled("Slow Nets", "Ann Lee, Bo Wu", "We wait.")
    """
    if len(row) > _LONGEST_TITLE or len(below) > LONGEST or is_names(row):
        return None
    mark = MARK.match(row)
    plain = read_line(row[mark.end() if mark else 0 :]).plain()
    title = _clean(_PREFIX.sub("", plain, count=1))
    parts = _PARTED_BYLINE.split(below.rstrip("."), maxsplit=1)
    names, venue, lines = parts[0].rstrip(" …"), "".join(parts[1:]), 1
    barred = len(parts) == 1 and "|" in below  # nothing but a list of papers parts names so
    if barred:
        names = _BAR.sub(", ", below)
    elif len(parts) == 1:
        venue, lines = next_below if len(next_below) <= _LONGEST_VENUE else "", 2
    if not (_is_title(title) and is_names(names) and (barred or _PUBLISHED.search(venue))):
        return None
    ids = tuple(found[1] for found in _ID.finditer(venue))
    cut = below[len(parts[0]) - 1 : len(parts[0]) + 1].strip() == "…"
    return Cited(title, "" if cut else _whole_names(names), ids, is_citation=True), lines


def _without_ids(beside: str) -> str:
    said = _BRACKETS.sub(" ", _ID.sub(" ", _DOI.sub(" ", beside)))
    said = _STOP_ALONE.sub("", " ".join(said.split()))
    return said.replace(" ,", ",").replace(" .", ".").strip(" ,;|–—→-")


def _behind(read: Line, beside: str) -> str:
    """What stands behind the first address or id of a line, but for others; all of it, where the
    line begins with that."""
    before = read.before_links()
    stated = _ID.search(before) or _DOI.search(before)
    start = len(before[: stated.start()] if stated else before)
    return _without_ids(beside[start:]) if start else ""


def _citation(said: str, *, published: bool) -> tuple[str, str, bool] | None:
    """Title and names of a citation: what comes first is names, and something marks the title."""
    yeared = _YEARED.fullmatch(said)
    if dated := (yeared if yeared and _are_people(yeared["names"]) else _DATED.fullmatch(said)):
        if not _are_people(dated["names"]):
            return None
        quoted = _QUOTED.fullmatch(f"In {dated['rest']}")
        title = quoted["title"] if quoted else _title_of(dated["rest"])
        return _clean(title), _whole_names(dated["names"]), True
    behind = _BEHIND_TITLE.fullmatch(said)
    if behind and _are_people(behind["names"]):
        return _clean(behind["title"]), _whole_names(behind["names"]), True
    if not published:
        return None
    quoted = _QUOTED.fullmatch(said)
    if quoted and _are_people(quoted["names"]):
        return _clean(quoted["title"]), _whole_names(quoted["names"]), True
    stops = [
        (said[: stop.start()], _YEAR_FIRST.sub("", said[stop.end() :], count=1))
        for stop in islice(_STOP.finditer(said), _MOST_STOPS)
        if stop[0][0] == "." and stop.end() < len(said) and not _JOINED.match(said, stop.end())
    ]
    # An initial ends in a stop, too, so names that begin with given ones come first.
    for are_names in (_are_cut_or_whole, _are_of_apa):
        for names, rest in stops:
            if are_names(names):
                return _clean(_title_of(rest)), _whole_names(names), True
    names, _, rest = said.partition(": ")
    if rest and (is_names(names) or of_citation(names)):
        return _clean(_title_of(rest)), _whole_names(names), True
    kind = _KIND.search(said)
    if kind and stops and _are_people(stops[0][0]):
        return _clean(_title_of(stops[0][1])), _whole_names(stops[0][0]), True
    return None


def _are_cut_or_whole(names: str) -> bool:
    cut = names.removesuffix(".").endswith(" et al")
    return (cut and _are_people(names)) or is_names(names)


def _are_of_apa(names: str) -> bool:
    return of_citation(f"{names}.") is not None


def _row(said: str, behind: str) -> tuple[str, str, bool] | None:
    """The title, and names beside it, of a line whose address stands behind or before both."""
    if behind and not is_link_word(behind) and "|" not in said:
        return None
    parts = [part for raw in _PARTED.split(said) if (part := raw.strip(" ,;()[]"))]
    if len(parts) == 1:
        parts = _title_and_names(parts[0])
    names = next((part for part in parts if is_names(part)), "")
    others = [part for part in parts if part != names and not is_link_word(part)]
    while len(others) > 1 and _VENUE.fullmatch(others[-1]):
        others.pop()
    if not others:
        return None
    if "|" in said and not names and len(others) == 2 and _are_people(others[1]):
        names = others[1]
    title = others[0] if names or "|" in said else said.rstrip(" (")
    title = _VENUE_BEHIND.sub("", _SHORTENED.sub("", title))
    labelled = title.endswith((":", "："))
    if labelled and title.count(" ") < _FEWEST_LABELLED - 1:
        return None
    if ". " in title or title.rpartition(" ")[2].lower() in _UNFINISHED:
        return None
    return _clean(_SIGNS.sub("", title)), OTHERS.sub("", names).strip(" ,"), False


def _title_and_names(said: str) -> list[str]:
    """What stands on a line: a title alone, or names behind its stop or a `by`."""
    for stop in (". ", " by ", "; "):
        title, _, rest = said.partition(stop)
        names = rest.partition(". ")[0].removesuffix(".")
        if is_names(names):
            return [title, names]
    return [said]


def _title_of(text: str) -> str:
    """What stands before the stop of a title; `?` and `!` end it only where a venue follows."""
    if kind := _KIND.search(text):
        return text[: kind.start()]
    for stop in _STOP.finditer(text):
        asks = stop[0][0] != "."
        if not asks or _VENUE_NEXT.match(text, stop.end()):
            return text[: stop.start() + asks]
    return text


def _clean(title: str) -> str:
    return title.strip(' "“”‘’,;:|(').removesuffix(".").strip()


def _are_people(text: str) -> bool:
    """Whether a text can be nothing but the names of people, as citations shorten them."""
    words = _NAME_WORD.findall(text)
    return (
        0 < len(words) <= _MOST_PEOPLE
        and words[0][0].isupper()
        and all(
            word.lower() in _SMALL or (word[0].isupper() and not any(map(str.isdigit, word)))
            for word in words
        )
        and (len(words) <= 3 or _SEVERAL.search(text) is not None)
    )


def _whole_names(names: str) -> str:
    """Names of which none is left out or shortened to that of the family; else nothing."""
    names = names.strip(" ,;")
    if OTHERS.search(names):
        return ""
    if is_names(names):
        return names
    return next((said for said in (names, f"{names}.") if of_citation(said)), "")


def _is_title(title: str) -> bool:
    words = sum(any(map(str.isalpha, word)) for word in title.split())
    return (
        (words >= _FEWEST_WORDS or not title.isascii())
        and len(title) <= _LONGEST_TITLE
        and not title[0].islower()
        and abstractness(title) <= 0
        and not _VENUE.fullmatch(title)
    )
