"""Papers that stand on lines of their own, with what the lines below each say; not a source itself.

`cited` knows such lines; one may be wrapped. Names, addresses and an abstract may follow. A line
that names a day dates what is below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..datelines import days_within, read_date_line
from ..dates import MonthDay
from . import cited
from .frames import without_frame
from .labels import read_label
from .markdown_inline import read_line
from .page_lines import is_address, is_names, is_of_the_page
from .paper_lines import HINT
from .paragraphs import Paragraph, abstractness, bare

_LONGEST_DAY = 120
_MOST_WRAPPED = 6
"""Lines over which a citation goes at most."""
_WIDEST = 130
"""Columns at which text is wrapped at most."""
_LONGEST_BESIDE = 40
"""Characters beside the address on a line of links."""
_FEW_SPACES = 3
"""Of a sentence."""
_LONGEST_BUTTON = 60
_OFTEN = 3
"""Times that a line stands in a text to be one of the page."""
_QUOTED = re.compile(r"^>[ \t]?", re.MULTILINE)
_MARKS = " \t#*=_~"
_DAY_AHEAD = re.compile(r"(?:[-*•] )?[(\[]?(\d{4}-\d\d-\d\d)[)\]]?\s?[:|,–—-]?\s+(?=\S)")
_ENDS = re.compile(r"[.!?)\]\d\"”][.)\]\"”*_]{0,3}$|https?://\S+$")


@dataclass(slots=True)
class ListedPaper:
    """A paper, and what the lines below it say."""

    line: int
    said: cited.Cited
    day: MonthDay | None
    authors: str = ""
    links: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ReadingList:
    """What a text holds."""

    papers: list[ListedPaper] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)
    """Lines that are none of a paper."""
    texts: int = 0
    """Paragraphs that read like abstracts and stand below no paper, or below another such."""
    days: set[MonthDay] = field(default_factory=set)


def read_list(text: str) -> ReadingList:
    """The papers of a text, and what else stands there."""
    found = ReadingList()
    day: MonthDay | None = None
    beside = False
    paragraphs, _ = without_frame(_paragraphs(_without_buttons(text)))
    for paragraph in paragraphs:
        for line, said, rest in _parts(paragraph):
            if said is not None:
                found.papers.append(ListedPaper(line, said, day))
                beside = False
            elif stated := _day(rest):
                day = stated
                found.days.add(stated)
            elif is_of_the_page(rest):
                continue
            elif abstractness(rest) > 0 and (beside or not found.papers):
                found.texts += 1
            elif not (found.papers and _take(found.papers[-1], rest)):
                found.others.append((line, rest))
                beside = True
    return found


def _without_buttons(text: str) -> str:
    """A text in which short lines are blank that stand there again and again, as on a page."""
    rows = text.split("\n")
    short = Counter(row.strip() for row in rows if len(row) <= _LONGEST_BUTTON)
    often = {row for row, count in short.items() if count >= _OFTEN and row[-1:].isalnum()}
    often -= {row for row in often if is_names(row) or HINT.search(row) or _day(row)}
    return "\n".join("" if row.strip() in often else row for row in rows) if often else text


def _paragraphs(text: str) -> list[Paragraph]:
    """Lines between blank ones."""
    found: list[Paragraph] = []
    rows: list[str] = []
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        if bare(raw):
            rows.append(raw.strip())
        elif rows:
            found.append(Paragraph(number - len(rows), "\n".join(rows)))
            rows = []
    return found


def _parts(paragraph: Paragraph) -> Iterator[tuple[int, cited.Cited | None, str]]:
    """Papers, and what stands between them: lines that say one thing, and texts."""
    rows = paragraph.text.split("\n")
    at = start = 0
    while at < len(rows):
        ahead = _DAY_AHEAD.match(rows[at])
        if ahead and cited.read_paper(rows[at][ahead.end() :]):
            if at > start:
                yield paragraph.line + start, None, "\n".join(rows[start:at])
                start = at
            yield paragraph.line + at, None, ahead[1]
            rows[at] = rows[at][ahead.end() :]
        end, said = _paper(rows, at)
        if said and not said.is_citation and at > start and not _ENDS.search(rows[at - 1]):
            end, said = at, None  # a text goes on here
        alone = said is not None or is_address(rows[at]) or is_names(rows[at]) or _day(rows[at])
        if alone:
            if at > start:
                yield paragraph.line + start, None, "\n".join(rows[start:at])
            start = max(end, at + 1)
            yield paragraph.line + at, said, rows[at]
        at = max(end, at + 1)
    if at > start:
        yield paragraph.line + start, None, "\n".join(rows[start:])


def _paper(rows: Sequence[str], at: int) -> tuple[int, cited.Cited | None]:
    """The paper that begins on a line, and the line behind its last: citations are wrapped."""
    if _is_text(rows[at]):
        return at + 1, None
    said = cited.read_paper(rows[at])
    below = rows[at + 1] if at + 1 < len(rows) else ""
    if not said and below:
        titled = cited.read_titled(rows[at], below, rows[at + 2] if at + 2 < len(rows) else "")
        if titled:
            return at + 1 + titled[1], titled[0]
    if not said and is_address(below) and not is_address(rows[at]) and not is_names(rows[at]):
        return at + 2, cited.read_paper(f"{rows[at]} {below}")
    if (said and _ENDS.search(rows[at])) or len(rows[at]) > _WIDEST:
        return at + 1, said
    for end in range(at + 2, min(at + _MOST_WRAPPED, len(rows)) + 1):
        row = rows[end - 1]
        alone = cited.read_paper(row)
        if cited.MARK.match(row) or len(row) > _WIDEST or (alone and alone.is_citation):
            break
        whole = cited.read_paper(" ".join(rows[at:end]))
        if whole and whole.is_citation and _ENDS.search(row):
            return end, whole
    return at + 1, said


def _is_text(row: str) -> bool:
    """Whether a label says that a line is of the text on a paper, not its title."""
    label = read_label(row) if ":" in row[:_LONGEST_BESIDE] else None
    return label is not None and label.field in ("abstract", "summary", "tldr")


def _day(row: str) -> MonthDay | None:
    """The day that a line names, as a heading may."""
    text = bare(row).strip(_MARKS)
    if len(text) > _LONGEST_DAY:
        return None
    if stated := read_date_line(text):
        return stated
    if text.endswith(".") or abstractness(text) > 0:
        return None
    return next((day for day in days_within(text) if day.year), None)


def _take(paper: ListedPaper, rest: str) -> bool:
    """Whether what stands below a paper says more of it, which is kept then."""
    rest = _QUOTED.sub("", rest)
    line = read_line(rest)
    links = [found.url for found in line.links()]
    told = abstractness(rest) > 0 or (rest.endswith(".") and rest.count(" ") >= _FEW_SPACES)
    if told and not is_address(rest) and not is_names(rest):
        paper.texts.append(rest)
    elif links and (is_address(rest) or len(line.without_links()) <= _LONGEST_BESIDE):
        paper.links += links
    elif not paper.authors and is_names(rest):
        paper.authors = rest
    else:
        return False
    return True
