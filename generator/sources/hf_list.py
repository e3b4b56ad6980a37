"""Hugging Face's lists of papers as text or Markdown: those of a day, of a search, trending ones.

A paper is a card: its votes or who handed it in, title, abstract, and a foot, which says whose work
it is and, behind a dot, when it came out. A copy shows that line by line, with blank lines between
or without; a program that saves pages as Markdown makes links of titles and abstracts, which may go
over several lines. So the feet are found first, then what else is no text, and what is left between
is title and abstract, in whatever language the browser showed the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..arxiv import read_arxiv_id
from ..datelines import days_within, read_date_line
from ..dates import MonthDay
from ..errors import Report, quote
from ..model import Capture
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile
from .markdown_inline import read_line
from .paragraphs import abstractness, bare

NAME = "hf_list"

_DOT = "·"
_INVITATION = re.compile(r"get trending papers in your email inbox\b.{0,20}", re.IGNORECASE)
_HEADER = re.compile(
    rf"{_INVITATION.pattern}|.{{0,60}}\band the research community|subscribe|daily|weekly|monthly"
    r"|(?:daily|trending) papers",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"\d{1,5} authors?", re.IGNORECASE)
_HANDED_IN = re.compile(r"submitted by:?", re.IGNORECASE)
_UPVOTE = re.compile(r"upvotes?", re.IGNORECASE)
_COUNT = re.compile(r"(?:\[-\]\s?)?[^\w\s]{0,2}\s?(\d[\d.,]{0,9}k?)|(?:\[-\]\s?)?[^\w\s]{1,3}")
_FURNITURE = re.compile(
    r"submitted by:?(?: [\w.-]{1,40})?|upvotes?(?: \d[\d.,]*k?)?|view (?:arxiv page|pdf)"
    r"|(?:github(?: \d[\d.,]*k?)?|arxiv page|project page|\s)+|\d{1,5} authors?"
    r"|\[[^\[\]]{0,80}\]|\[|\]|<a id=[^<>]{1,80}></a>",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[\w.-]{2,40}")
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_DIGITS = re.compile(r"\d+")

_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)")
_LINK_END = re.compile(r"\](?:\(([^()\s]{1,2000})\)|\s?\[(\d{1,6})\])")
_LINK_TO_PAGE = re.compile(r"\]\((?:https?://[\w.-]{1,60})?/(?:login|papers)\b")
"""In Markdown of the page every title is one, and the button above it."""
_WHOLE_LINK = re.compile(rf"\[([^\[\]]*+){_LINK_END.pattern}")
_TALK = re.compile(r"\[\d{1,6}\]\([^()\s]{1,2000}#community\)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[(\d{1,6})\]: (\S{1,2000})$", re.MULTILINE)
_OPENED = re.compile(r"(?<!\\)\[")
_CLOSED = re.compile(r"(?<!\\)\]")
_HEADING = re.compile(r"#{1,6}\s+")
_ITEM = re.compile(r"[-*+]\s+")
_WRAP = re.compile(r"(?<!\\)\\++(?=\s|$)")
"""How a program that writes Markdown ends a line within a link."""
_ALT = re.compile(r"\[[^\[\]]{1,80}\]\s*")
"""What stands for a picture."""
_NUMBERED = re.compile(r"\d{1,5}(?:\s|(?=[^\x00-\x7f])).{1,20}")
"""How many authors there are, in any language."""

_LONGEST_FOOT = 160
_LONGEST_ORGANISATION = 80
_LONGEST_BUTTON = 40
_MOST_HEADING_LINES = 4
_FEWEST_FEET = 3
"""Cards by which a page is known that has none of the words of its head."""


@dataclass(slots=True)
class _Row:
    """A line that is not blank."""

    line: int
    raw: str
    """Without the marks of headings, links and images."""
    text: str = ""
    """What a reader sees of it."""
    is_heading: bool = False
    urls: tuple[str, ...] = ()
    """Where its links lead."""
    kind: str = ""
    """What it is beside title and abstract; empty for these."""

    @property
    def arxiv_id(self) -> str | None:
        """The paper at Hugging Face that it leads to."""
        pages = (url for url in self.urls if "/papers/" in url and "#" not in url)
        found = (read_arxiv_id(url) for url in pages)
        return next((known.id for known in found if known), None)


@dataclass(slots=True)
class _Card:
    """What a page shows of one paper."""

    rows: list[_Row] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    has_foot: bool = False


def sniff(file: SourceFile) -> bool:
    """Whether a text has cards of the page: one below words of its head, or several."""
    if _DOT not in file.text:
        return False
    rows = _rows(file.text)
    apart = _find_feet(rows)
    if any(_INVITATION.fullmatch(row.text) or _is_credit(row) for row in rows):
        return any(row.kind == "foot" for row in rows)
    # Elsewhere such a line may stand above what somebody says.
    first = next((at for at, row in enumerate(rows) if row.kind == "foot"), 0)
    return apart >= _FEWEST_FEET and any(abstractness(row.text) > 0 for row in rows[:first])


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of the cards, under the day of their page; several pages may be in one file."""
    beside: list[_Row] = []
    pages = [_page(rows, beside, file, report) for rows in _pages(_rows(file.text))]
    if beside:
        what = f"lines such as {quote(beside[0].text)} are of the page ({len(beside)} in this file)"
        report.note(file.origin, beside[0].line, f"{what}; left out")
    return tuple(capture for captures in pages for capture in captures)


def _rows(text: str) -> list[_Row]:
    """The lines of a text that hold anything, of Markdown what is seen of them."""
    references = dict(_REFERENCE.findall(text)) if "]: http" in text else {}
    is_marked = bool(references) or _LINK_TO_PAGE.search(text) is not None
    rows: list[_Row] = []
    begun: _Row | None = None
    for number, line in enumerate(text.split("\n"), 1):
        seen = bare(line)
        if not seen or (references and _REFERENCE.fullmatch(line)):
            continue
        if not is_marked:
            rows.append(_Row(number, line.strip(), seen))
            continue
        row = _unmarked(number, line.strip(), references)
        if begun and number - begun.line < _MOST_HEADING_LINES and not row.is_heading:
            begun.raw, begun.urls = f"{begun.raw}\n{row.raw}", row.urls
            begun.text = bare(begun.raw)
            begun = None if row.urls else begun
            continue
        begun = row if row.is_heading and not row.urls and "[" in line else None
        if row.text or row.urls:
            rows.append(row)
    return rows


def _unmarked(number: int, line: str, references: dict[str, str]) -> _Row:
    text = _TALK.sub("", _IMAGE.sub("", line)) if "](" in line else line
    urls = tuple(url or references.get(n, "") for url, n in _LINK_END.findall(text))
    is_heading = _HEADING.match(text) is not None
    text = _HEADING.sub("", text, count=1) if is_heading else text
    text = _WHOLE_LINK.sub(r"\1", text)
    opened = _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
    # One more bracket opens than closes where a link goes on in the next line.
    open_link = opened[:1] == "[" and len(_OPENED.findall(opened)) > len(_CLOSED.findall(opened))
    if open_link or _LINK_END.search(text):
        text = _LINK_END.sub("", opened.removeprefix("["))
    text = _WRAP.sub("", text)
    raw = read_line(text).plain() if "\\" in text else text.strip()
    return _Row(number, raw, bare(raw), is_heading, urls)


def _is_credit(row: _Row) -> bool:
    return len(row.text) < _LONGEST_ORGANISATION and row.text.endswith("and the research community")


def _day(text: str) -> MonthDay | None:
    if known := read_date_line(text):
        return known
    named = days_within(text) if len(text) <= _LONGEST_BUTTON else []
    return named[0] if len(named) == 1 else None


def _find_feet(rows: Sequence[_Row]) -> int:
    """Mark the rows of the feet of cards, and count those that stand on lines of their own: in one
    line, whose name a date follows may be anybody."""
    apart = 0
    for at, row in enumerate(rows):
        if _DOT not in row.text or len(row.text) > _LONGEST_FOOT:
            continue
        who, _, when = row.text.rpartition(_DOT)
        who, when = who.strip(), when.strip()
        below = rows[at + 1] if not when and at + 1 < len(rows) else None
        said = below.text if below else when
        dated = _day(said) is not None
        counted = not dated and _AUTHORS.fullmatch(_ITEM.sub("", said)) is not None
        above = _above(rows, at) if not who and not counted else None
        if not (dated or counted or (above and _is_count_of_authors(above))):
            continue
        apart += not who
        row.kind = "foot"
        if below and (dated or counted):
            below.kind = "foot"
        if above:
            above.kind = "who"
    return apart


def _is_count_of_authors(row: _Row) -> bool:
    return _AUTHORS.fullmatch(_ITEM.sub("", row.text)) is not None


def _above(rows: Sequence[_Row], at: int) -> _Row | None:
    """The row above a foot's dot that says whose work a paper is."""
    at -= 1
    while at >= 0 and _ADDRESS.fullmatch(rows[at].text):
        at -= 1
    if at < 1 or rows[at].kind or rows[at].is_heading:
        return None
    text = rows[at].text
    ends = text.endswith(".") and rows[at].line - rows[at - 1].line == 1
    return rows[at] if len(text) <= _LONGEST_ORGANISATION and not ends else None


def _pages(rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows of each page of a file: its head begins with an invitation."""
    starts = [0]
    cards = False
    for at, row in enumerate(rows):
        cards = cards or row.kind == "foot" or _DOT in row.text
        if cards and _INVITATION.fullmatch(row.text):
            starts.append(at)
            cards = False
    for start, end in pairwise([*starts, len(rows)]):
        yield rows[start:end]


def _page(
    rows: list[_Row], beside: list[_Row], file: SourceFile, report: Report
) -> tuple[Capture, ...]:
    """The papers of a page; lines of no card go to those `beside`."""
    _find_feet(rows)
    label = _find_head(rows)
    _find_furniture(rows)
    document = Document()
    for card in _cards(rows):
        if record := _record(card, beside):
            document.records.append(record)
    return captures_of(NAME, file, document, report, label=label)


def _find_head(rows: Sequence[_Row]) -> str:
    """Mark the rows above the first card, and give the day that stands among them."""
    first = next((at for at, row in enumerate(rows) if row.kind), len(rows))
    label, end = "", 0
    for at, row in enumerate(rows[:first]):
        day = read_date_line(row.text)
        label = str(day) if day else label
        if day or _HEADER.fullmatch(row.text):
            end = at + 1
    for row in rows[:end]:
        row.kind = "head"
    return label


def _find_furniture(rows: Sequence[_Row]) -> None:
    """Mark the rows that are neither title nor abstract: counts, buttons, addresses, logins."""
    masked = [_masked(row) for row in rows]
    counts = Counter(text for text in masked if text)
    often = max(_FEWEST_FEET, sum(row.kind == "foot" for row in rows) // 4)
    for at, row in enumerate(rows):
        if row.kind:
            continue
        text = _ITEM.sub("", row.text, count=1)
        above = rows[at - 1] if at else None
        if not text or _ADDRESS.fullmatch(text):
            # Of a wrapped abstract an address may fill a line.
            goes_on = above and not above.kind and row.line - above.line == 1 and text
            row.kind = "" if goes_on and "/papers/" not in text else "address"
        elif _COUNT.fullmatch(text):
            row.kind = "count"
        elif row.is_heading:
            continue
        elif len(text) <= _LONGEST_FOOT and (
            _FURNITURE.fullmatch(text) or counts.get(masked[at], 0) >= often
        ):
            row.kind = "button"
        elif above and above.kind == "button" and _LOGIN.fullmatch(text):
            below = rows[at + 1].text if at + 1 < len(rows) else ""
            if _HANDED_IN.fullmatch(above.text) or abstractness(below) <= 0:
                row.kind = "button"


def _masked(row: _Row) -> str:
    """A short row without its numbers, which differ from card to card; empty for all others."""
    if row.kind or row.is_heading or len(row.text) > _LONGEST_BUTTON:
        return ""
    return _DIGITS.sub("0", row.text)


def _cards(rows: Sequence[_Row]) -> Iterator[_Card]:
    """The rows of title and abstract of each card, with what the rows around them say of it."""
    card = _Card()
    votes: object = None
    above: _Row | None = None
    ended = True
    for row in rows:
        ended = ended or row.kind not in _GOES_ON
        if not row.kind and (ended or row.is_heading):
            ended = False
            if card.rows:
                yield card
            card = _Card()
            if votes:
                card.fields["upvotes"] = votes
        if not row.kind:
            card.rows.append(row)
        if card.rows:
            _say(card, row, above)
        count = _COUNT.fullmatch(row.text) if row.kind == "count" else None
        votes = count[1] if count else None
        above = row
    if card.rows:
        yield card


_GOES_ON = ("", "address")
"""What may stand between the rows of one card's text."""


def _say(card: _Card, row: _Row, above: _Row | None) -> None:
    """Take from a row what it says of the paper of a card."""
    urls = row.urls or ((row.text,) if row.kind == "address" else ())
    row.urls = urls
    if known := row.arxiv_id:
        card.fields.setdefault("arxiv_id", known)
    for url in urls:
        if row.kind == "button" and url.startswith("https://github.com/"):
            card.fields.setdefault("code", url)
    if row.kind == "count" and above and _UPVOTE.fullmatch(above.text):
        card.fields["upvotes"] = row.text
    elif row.kind == "who":
        _credit(card, row.text)
    elif row.kind == "foot":
        card.has_foot = True
        who, _, when = row.text.rpartition(_DOT)
        _credit(card, who)
        day = _day(when.strip())
        if day and day.year:
            card.fields["published"] = f"{day.year}-{day.month:02}-{day.day:02}"


def _credit(card: _Card, who: str) -> None:
    """Whose work a paper is, unless that is only how many they are."""
    who = _ALT.sub("", _ITEM.sub("", who, count=1)).strip()
    if who and not _NUMBERED.fullmatch(who):
        card.fields["organisation"] = who


def _record(card: _Card, beside: list[_Row]) -> Record | None:
    """The paper of a card; none where its rows are what the page ends with."""
    rows = card.rows
    title, abstract, before = _parted(rows)
    if not (card.has_foot or "arxiv_id" in card.fields or _reads_on(abstract)):
        beside += rows
        return None
    beside += before
    texts = {
        "title": "\n".join(row.raw for row in title),
        "abstract": "\n".join(row.raw for row in abstract),
    }
    return Record(title[0].line, {**card.fields, **texts})


def _parted(rows: list[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Title, abstract, and what stands above the title, of a card's rows."""
    heading = next((at for at, row in enumerate(rows) if row.is_heading), None)
    if heading is not None:
        return rows[heading : heading + 1], rows[heading + 1 :], rows[:heading]
    starts = [at for at, row in enumerate(rows) if not at or row.line - rows[at - 1].line > 1]
    for start, following, end in zip(starts, starts[1:], [*starts[2:], len(rows)], strict=False):
        if following - start > 1 and _reads_on(rows[start + 1 : following]):
            break
        if _reads_on(rows[following:end]):
            return rows[start:following], rows[following:], rows[:start]
    return rows[:1], rows[1:], []


def _reads_on(rows: Sequence[_Row]) -> bool:
    return abstractness(" ".join(row.text for row in rows)) > 0
