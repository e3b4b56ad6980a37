"""Lines of a saved page beside titles and abstracts: buttons, votes, addresses, names.

What a page shows around its papers differs from page to page, so what a line is shows in the file
itself: what stands there again and again, what ends the page, what stands alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ..arxiv import stated_arxiv_id
from ..errors import quote
from ..model import Author, Link, RawPaper
from . import untrusted as ask
from .labels import LINKS, Label, kind_of, read_label
from .list_marks import PICTURES
from .paragraphs import Note, Paragraph, abstractness, bare
from .people import authors

_LONGEST_BUTTON = 40
"""Characters of a line that may be a button, a count or a place to go to."""
_LONGEST_COUNT = 15
_LONGEST_MENU_WORD = 24
_LONGEST_AD = 300
_LONGEST_NAME = 60
_MOST_WORDS = 6
"""Words of a name."""
_LONGEST_NAMES = 5_000
"""Characters of the longest line of names."""
_FEWEST_LINES = 3
"""Lines of a list of titles: a title has two."""
_OFTEN = 3
"""Times that a line stands in a file to be one of the page."""

_BUTTON = re.compile(
    r"(?:load|show|see|read|view|learn|discover) (?:more|less|all)(?: papers)?(?: ?[.…]+)?"
    r"|previous(?: page)?|next(?: page)?|back to top|skip to (?:main )?content"
    r"|share|bookmark|copy link"
    r"|accept(?: all)?(?: cookies)?|reject(?: all)?(?: cookies)?|cookie (?:settings|policy)"
    r"|privacy(?: policy)?|terms(?: of (?:service|use))?|unsubscribe(?: here)?"
    r"|unsubscribe: \S+|(?:©|\(c\)|copyright) .{1,60}",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"advertisement|ads?|sponsored(?: content)?|promoted", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NO_LETTERS = re.compile(r"[\W_]*[\d.,]*k?[\W_]*", re.IGNORECASE)
_NAME_WORD = r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:['’-][^\W\d_]+\.?)*)"
_PARTICLE = "v[ao]n|d[aeiu]|del|den|der|dos|la|le|bin|ibn|al|el|y|zu"
_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|{_PARTICLE})){{1,5}}")
_ONE_WORD = re.compile(_NAME_WORD)
_FIRST_NAME = re.compile(rf"{_NAME.pattern}(?: ?[,;·•(\d*†‡§¹²³]| (?:and|&|et|\.\.\.|…|\+)|$)")
_SIGNS = re.compile(rf"[{PICTURES}]{{1,6}}\s*")
"""A picture before an address or names, as messages have it."""
# Not all of it without regard to case: that would go through every picture.
_BEFORE_NAMES = re.compile(rf"(?:{_SIGNS.pattern})?(?:(?i:by|authors?:)\s+)?")
_BETWEEN_NAMES = re.compile(r"\s*(?:,?\s(?:and|&)\s|[,;·•])\s*")
_UNNAMED = re.compile(
    r"[,;]?\s*(?:et al\.?|and (?:\d+ )?(?:more|others)|…|\.\.\.|\+ ?\d+(?: more| authors)?)$"
)
# Marks of affiliations and notes behind a name, and an affiliation in brackets.
_NOTES = re.compile(r"(?<=[^\W\d_])[\d*†‡§¹²³]+(?:,\s?[\d*†‡§¹²³]+)*")
_BRACKETED = re.compile(r"\s*\([^()]*\)")


def is_of_the_page(text: str) -> bool:
    """Whether a line is a button, a place to go to, or shows no word.

    >>> [is_of_the_page(text) for text in ("Load more", "▲ 12", "--", "Next", "GPT 4", "Sharing")]
    [True, True, True, True, False, False]
    """
    if len(text) > 2 * _LONGEST_BUTTON:
        return False
    text = bare(text)
    return bool(_BUTTON.fullmatch(text) or _NO_LETTERS.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether a line is an address or an arXiv id and nothing else, maybe behind a label.

    >>> is_address("https://arxiv.org/abs/2401.12340"), is_address("arXiv:2401.12340v2 [cs.CL]")
    (True, True)
    >>> is_address("Code: https://github.com/a/b"), is_address("See https://arxiv.org/")
    (True, False)
    >>> is_address("1984")
    False
    """
    return _address(text) is not None


def _address(text: str) -> Label | None:
    """What a line that is an address says, with the field that its label names; `None` for all
    other lines."""
    # Nearly all text is ruled out at once: no address has a space, and an id is short.
    if len(text) > ask.LONGEST_ADDRESS:
        return None
    spaced = len(text) > _LONGEST_BUTTON and " " in text.strip()
    if spaced and "://" not in text[: 2 * _LONGEST_BUTTON]:
        return None
    text = _SIGNS.sub("", bare(text), count=1)
    if not spaced and (ask.address(text) or stated_arxiv_id(text)):
        return Label("url", "", text)
    label = read_label(text.rstrip(".,;"))  # a full stop ends the line, not the address
    known = label and label.field in LINKS and (ask.address(label.value) or _is_id(label))
    return label if known else None


def _is_id(label: Label) -> bool:
    return label.field == "arxiv" and stated_arxiv_id(label.value) is not None


def is_names(text: str) -> bool:
    """Whether a line is names of people, two at least.

    >>> is_names("Ann Lee, Bo van Wu and Jean-Paul O'Neil"), is_names("by Ann Lee (MIT) et al.")
    (True, True)
    >>> is_names("Vision, Language, Action"), is_names("Ann Lee")
    (False, False)
    """
    if len(text) > _LONGEST_NAMES:
        return False
    if not _FIRST_NAME.match(_bare_names(text[:_LONGEST_NAME])):
        return False  # as of nearly all text
    if text.count(" ") > _MOST_WORDS * (2 + sum(map(text.count, ",;·•"))):
        return False
    names, cut = _names(text)
    return len(names) + cut > 1 and all(_NAME.fullmatch(name) for name in names)


def _may_be_names(text: str) -> bool:
    """Whether a line where most papers have names may be some: of one, or of one word."""
    names, _ = _names(text)
    return len(text) <= _LONGEST_NAMES and all(
        _NAME.fullmatch(name) or _ONE_WORD.fullmatch(name) for name in names
    )


def _names(text: str) -> tuple[list[str], bool]:
    """Names in a line without what stands around them, and whether some are left out."""
    text = _BRACKETED.sub("", _NOTES.sub("", _bare_names(text)))
    whole = _UNNAMED.sub("", text)
    return _BETWEEN_NAMES.split(whole), whole != text


def _bare_names(text: str) -> str:
    return _BEFORE_NAMES.sub("", bare(text), count=1)


@lru_cache(maxsize=4)  # what stands above and below is asked for from either side
def reads_as_abstract(text: str) -> bool:
    """Whether a paragraph reads like an abstract, and like no line of the page that may do so."""
    if abstractness(text) <= 0 or is_of_the_page(text):
        return False
    return not is_address(text) and not is_names(text)


def repeated(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """What buttons are called in this file, for `is_repeated`: short lines that stand there again
    and again, among papers that have abstracts."""
    others = [p.text for p in paragraphs if not reads_as_abstract(p.text)]
    abstracts = len(paragraphs) - len(others)
    least = max(_OFTEN, abstracts // 4)
    counts = Counter(masked for text in others if (masked := _masked(text)))
    often = {masked for masked, count in counts.items() if least <= count <= abstracts + 1}
    titles = {_masked(p.text) for at, p in enumerate(paragraphs) if _is_title(paragraphs, at)}
    return frozenset(often - titles)


def is_repeated(text: str, buttons: frozenset[str]) -> bool:
    return bool(buttons) and _masked(text) in buttons


def _masked(text: str) -> str:
    """A short line, of few letters without its numbers, which differ from paper to paper; empty for
    all others."""
    if len(text) > _OFTEN * _LONGEST_BUTTON or is_address(text) or is_names(text):
        return ""
    if any(len(row) > _LONGEST_BUTTON for row in text.split("\n")):
        return ""
    text = bare(text)
    return text if len(text) > _LONGEST_COUNT else _DIGITS.sub("0", text)


def _is_title(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a line can be nothing but the title of the abstract below it."""
    below = paragraphs[at + 1 : at + 2]
    above = paragraphs[max(at - 1, 0) : at]
    return any(reads_as_abstract(p.text) for p in below) and all(
        reads_as_abstract(p.text) for p in above
    )


def is_advertised(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a line says that an advertisement follows, or is the text of one."""
    above = paragraphs[max(at - 1, 0) : at]
    text = paragraphs[at].text
    return _is_notice(text) or (
        len(text) <= _LONGEST_AD
        and reads_as_abstract(text)
        and any(_is_notice(p.text) for p in above)
    )


def _is_notice(text: str) -> bool:
    return len(text) <= _LONGEST_BUTTON and _NOTICE.fullmatch(bare(text)) is not None


def menu_at_the_end(paragraphs: Sequence[Paragraph]) -> int:
    """How many lines a page goes on with behind its last abstract: several, each a few words."""
    abstracts = [at for at, p in enumerate(paragraphs) if reads_as_abstract(p.text)]
    if not abstracts:
        return 0
    tail = [bare(p.text) for p in paragraphs[abstracts[-1] + 1 :]]
    few = all(len(text) <= _LONGEST_MENU_WORD and text.count(" ") <= 2 for text in tail)
    return len(tail) if few and len(tail) >= _OFTEN else 0


def one_a_line(body: list[Paragraph]) -> list[Paragraph]:
    """Titles apart that stand one a line, where nothing reads like an abstract."""
    rows = [(paragraph, paragraph.text.split("\n")) for paragraph in body]
    several = max((len(texts) for _, texts in rows), default=0) >= _FEWEST_LINES
    if not several or any(reads_as_abstract(text) for _, texts in rows for text in texts):
        return body
    return [Paragraph(p.line + at, text) for p, texts in rows for at, text in enumerate(texts)]


def without_addresses(paragraph: Paragraph) -> tuple[Paragraph, list[Paragraph]]:
    """A title without the addresses in lines of their own below it, and those; all else as it is.

    In a wrapped abstract an address may fill a line, too.
    """
    rows = paragraph.text.split("\n")
    below = [Paragraph(paragraph.line, row) for row in rows[1:] if is_address(row)]
    title = "\n".join(row for at, row in enumerate(rows) if not at or not is_address(row))
    if not below or abstractness(title) > 0:
        return paragraph, []
    return Paragraph(paragraph.line, title), below


def without_names(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], dict[int, tuple[Author, ...]]]:
    """Titles and abstracts without the names that stand between them, and those names by line.

    Titles of three topics read like names; so most papers of the file must have them there.
    """
    below = [reads_as_abstract(p.text) for p in paragraphs[1:]] + [False]
    found: dict[int, tuple[str, str]] = {}  # what is above the names, and the names
    for at, paragraph in enumerate(paragraphs):
        first, _, rest = paragraph.text.partition("\n")
        if not below[at]:
            continue
        if at and not reads_as_abstract(paragraphs[at - 1].text) and is_names(paragraph.text):
            found[at] = ("", paragraph.text)
        elif rest and not is_names(first) and is_names(rest):
            found[at] = (first, rest)
    if len(found) < _OFTEN - 1 or 2 * len(found) < sum(below):
        return list(paragraphs), {}
    glued = any(above for above, _ in found.values())
    kept, names = [], {}
    for at, paragraph in enumerate(paragraphs):
        above, text = found.get(at, (paragraph.text, ""))
        if below[at] and at not in found:
            first, _, last = above.rpartition("\n")
            apart = at and not reads_as_abstract(paragraphs[at - 1].text)
            if (first if glued else not first and apart) and _may_be_names(last):
                above, text = first, last
        if text:
            names[paragraph.line] = (
                () if _names(text)[1] else authors(_NOTES.sub("", _bare_names(text)))
            )
        if above:
            kept.append(Paragraph(paragraph.line, above))
    return kept, names


def with_lines(
    papers: Sequence[RawPaper],
    names: dict[int, tuple[Author, ...]],
    addresses: Sequence[Paragraph],
    notes: list[Note],
) -> list[RawPaper]:
    """Papers with what lines of their own say of them: authors, an arXiv id, addresses.

    A line belongs to the title above it; where the first one stands above all titles, to the one
    below it.
    """
    found = list(papers)
    for line, people in names.items():
        _change(found, _above(papers, line), authors=people)
    before = bool(papers and addresses) and addresses[0].line < papers[0].line
    for address in addresses:
        said = _address(address.text)
        at = _above(papers, address.line) + before
        if said is None or not 0 <= at < len(found):
            notes.append((address.line, f"{quote(address.text)} belongs to no paper; left out"))
            continue
        paper = found[at]
        stated = stated_arxiv_id(said.value) if said.field not in ("code", "project") else None
        if stated:
            arxiv_id, version = stated.id
            if paper.arxiv_id not in (None, arxiv_id):
                what = f"{quote(address.text)} is another paper than {paper.arxiv_id}; left out"
                notes.append((address.line, what))
                continue
            _change(found, at, arxiv_id=arxiv_id, version=version or paper.version)
        elif (url := ask.address(said.value)) not in {link.url for link in paper.links}:
            link = Link(kind_of(url, "", said.field or ""), url)
            _change(found, at, links=(*paper.links, link))
    return found


def _above(papers: Sequence[RawPaper], line: int) -> int:
    """Which paper a line belongs to that stands below its title; -1 above all."""
    return bisect_right(papers, line, key=lambda paper: paper.line) - 1


def _change(papers: list[RawPaper], at: int, **fields: Any) -> None:
    if at >= 0:
        papers[at] = replace(papers[at], **fields)
