"""The digest page as people save it: text, paragraphs between blank lines, no ids.

A header (`new`, an invitation to subscribe, `Subscribe`, a credit line, the day as `Mar 12`), then
title, abstract, title, abstract. Five captures were examined: 60 to 87
pairs each, one line a paragraph, abstracts of 1,375 characters in the middle and 1,918 at most,
titles of 15 to 166. Saved pages get damaged, so nothing of that is relied on: the header may be
missing or longer, an abstract may be missing or stand in several paragraphs, blank lines may be
missing or hold what nobody sees (`paragraphs` mends them), and a file may hold several days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ..arxiv import parted_title
from ..datelines import days_within, read_date_line
from ..dates import MonthDay, read_label
from ..errors import Report, quote
from ..model import Capture, RawPaper
from .details import (
    are_details,
    is_account,
    is_detail,
    is_short,
    with_details,
    without_buttons,
    without_details,
    without_fold,
)
from .files import SourceFile
from .frames import days_around, is_framing, is_section, without_frame
from .labels import without_name
from .list_marks import are_notes, without_lone_numbers, without_marks
from .page_lines import (
    is_address,
    is_advertised,
    is_of_the_page,
    is_repeated,
    menu_at_the_end,
    one_a_line,
    reads_as_abstract,
    repeated,
    with_lines,
    without_addresses,
    without_names,
)
from .paragraphs import Note, Paragraph, abstractness, bare, classify, read_paragraphs
from .pasted import unescaped
from .table import columns_named
from .untrusted import unwrapped

NAME = "text_capture"

MOST_PARAGRAPHS = 400_000
"""Titles and abstracts of 200,000 papers; what pairs them needs half a KB for each."""

_HEADER = re.compile(
    r"new|subscribe|sign (?:up|in)|log ?in|(?:daily|trending) papers|papers|daily|weekly|monthly"
    r"|get trending papers in your email inbox(?: once a day)?!?"
    r"|by\s*\w{2,20} and the research community",
    re.IGNORECASE,
)
# Lines of other variants of the page: votes, comments, who handed a paper in, a heading.
_COUNTER = re.compile(
    r"[\d.,]+\s*k?(?: (?:(?:(?:new|trending|selected|top) )?papers|authors?|comments?|upvotes?))?"
    r"|共\s?\d+\s?篇(?:论文)?|submitted by:?(?: .{1,60})?"
    r"|upvotes?(?: [\d.,]+k?)?|github(?: [\d.,]+k?)?|arxiv(?: page)?|view pdf|· ?\d+ authors?"
    r"|(?:ai-generated )?(?:abstract|summary):?"
    r"|(?:[\d.,]+k? (?:points?|(?:up)?votes?|likes?|comments?|replies|reposts?|views?|stars?)"
    r"(?:\s?[·•|,]\s?)?){2,5}",
    re.IGNORECASE,
)
_NAMES = ("abstract", "abstract:", "summary", "summary:", "ai-generated summary")
"""What a text is called, also right behind another."""
_HANDED_IN = re.compile(r"submitted by:?", re.IGNORECASE)
_LOGIN = re.compile(r"[\w.-]{2,40}")
# What can be a day in a form that `dates` does not read: a month of another language, an order that
# countries disagree on. A word and a number alone are none: there are titles like `Llama 3`.
_DATE_LIKE = re.compile(
    r"\d{1,4}(?:[./年月년월-]\s?\d{1,4}){1,2}[.日일]?(?:,? ?\(?[^\W\d_]{1,10}\.?\)?)?"
    r"|(?:[^\W\d_]{1,10}[.,]{0,2} )?\d{1,2}(?:st|nd|rd|th|er|[.º])?(?:[ -][^\W\d_]{2,10}\.?){1,2}"
    r"(?:,?(?: de)?[ -]\d{4})?(?: \([^\W\d_]{1,10}\.?\))?"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:\.|\.?,? \d{4})(?: \([^\W\d_]{1,10}\.?\))?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}"
    r" ?(?:[-–—] ?(?:[a-z]{3,9}\.? )?\d{1,2}(?:,? \d{4})?|['’]\d\d)"
    r"|today|yesterday|\d{1,2} (?:days?|hours?) ago",
    re.IGNORECASE,
)
_HEADER_REACH = 15
"""Paragraphs at the top among which the header is looked for: three times its usual five."""

_HEADINGS = 3
"""Paragraphs at the top of which all but the last may be its heading."""

_LONGEST_INVITATION = 100
"""Characters of the longest line of its header in any language, and fewer than of any abstract."""

_LONGEST_LINE = 120
"""Characters of the longest line of the page that we know."""

_OTHER_FORMAT = re.compile(
    r"\s*(?:<(?:!doctype|html|\?xml|rss|feed)\b|\{\s*(?:\"|\})"
    r"|\[\s*(?:[\[{\"]|\d+\s*,|(?:\d+\s*)?\]\s*\Z)"
    r"|@[a-z]{1,30}\s?\{[^\s{},]{0,200},\s|TY  - [A-Z])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Section:
    """The part of a file under one date line."""

    label: str
    label_line: int | None
    body: list[Paragraph]


def sniff(file: SourceFile) -> bool:
    """Whether this can be a saved digest page: any text that is no JSON, HTML, XML, BibTeX, RIS or
    table.

    >>> texts = "[Re] A Title", "[1] A Title", "<b> tags", '[{"a": 1}]', "[1]", "<!doctype html>"
    >>> [sniff(SourceFile("x", text)) for text in texts]
    [True, True, True, False, False, False]
    """
    return not _OTHER_FORMAT.match(file.text) and not columns_named(file.text)


def has_header(text: str) -> bool:
    """Whether two lines of the page's header stand at the top of a text, as on every saved page."""
    paragraphs = (Paragraph(0, line) for line in text[:4096].split("\n") if line.strip())
    return sum(_is(_HEADER, paragraph) for paragraph in islice(paragraphs, _HEADER_REACH)) > 1


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The captures in a file, one a listed day; none when it holds no digest.

    Every paper with a title is kept; every oddity is noted with its line and what was done.
    """
    text = "" if are_notes(file.text) else without_lone_numbers(unescaped(file.text))
    paragraphs, parted = read_paragraphs(text, _asides)
    if len(paragraphs) > MOST_PARAGRAPHS:
        line = paragraphs[MOST_PARAGRAPHS].line
        what = f"over {MOST_PARAGRAPHS:,} paragraphs; left out from here on: part it into days"
        report.note(file.origin, line, what)
        del paragraphs[MOST_PARAGRAPHS:]
    paragraphs, framing = without_frame(paragraphs)
    _read_heading(paragraphs)
    around = days_around(paragraphs, [_date(paragraph) for paragraph in paragraphs])
    paragraphs = [p for p in paragraphs if p not in around]
    start, label, strays = _read_header(paragraphs)
    sections, noise = _sections(paragraphs[start:], label)
    menu = _above_the_page(sections, _HEADER_REACH if start else len(paragraphs))
    if len(menu) > _HEADER_REACH:
        what = f"and {len(menu) - 1} paragraphs more stand above the date line; left out"
        report.note(file.origin, menu[0].line, f"{quote(menu[0].text)} {what}")
    else:
        strays += menu
    remarks = [(p, "is no known header line; left out") for p in strays]
    remarks += [(p, "leads to the day before or after; left out") for p in sorted(around)]
    remarks += [(p, "stands inside a paper and dates nothing; left out") for p in noise]
    for stray, what in remarks:
        if _resembles_date(stray):
            what = "looks like a date that cannot be read; left out: write it like Mar 12, 2025"
        report.note(file.origin, stray.line, f"{quote(stray.text)} {what}")
    for section in sections[1:]:
        if section.label:
            what = f"a further date line, {quote(section.label)}: a day of its own begins here"
            report.note(file.origin, section.label_line, what)
    evidence = start > 0
    captures = []
    beside: dict[str, list[Paragraph]] = {
        "count votes or the like": [], "head parts of the digest": [], "are of the page": framing
    }  # fmt: skip
    again = repeated([paragraph for section in sections for paragraph in section.body])
    for section in sections:
        items, notes = _papers(section.body, again, beside)
        with_abstract = sum(bool(item.abstract) for item in items)
        if not evidence and section.label_line is None and with_abstract * 2 <= len(items):
            # No date line, no header, hardly any abstract: notes, code or a list, not a digest.
            return ()
        for line, message in [*parted, *notes, *_repeats(items)]:
            report.note(file.origin, line, message)
        parted = []
        captures.append(
            Capture(
                source=NAME,
                origin=file.origin,
                label=section.label,
                label_line=section.label_line,
                day=None,
                items=tuple(items),
            )
        )
    for are, lines in beside.items():
        if lines:
            what = f"lines such as {quote(lines[0].text)} {are} ({len(lines)} in this file)"
            report.note(file.origin, lines[0].line, f"{what}; left out")
    return tuple(captures)


def _read_heading(paragraphs: list[Paragraph]) -> None:
    """Make a date line of a heading at the top that names the day, such as `Papers of March 12,
    2025`, where no other line does: above an abstract it would be a title."""
    if any(map(_date, paragraphs[:_HEADER_REACH])):
        return
    for at, (heading, below) in enumerate(pairwise(paragraphs[:_HEADINGS])):
        rows = [row for row in below.text.split("\n") if not is_address(row)]
        if reads_as_abstract(heading.text) or reads_as_abstract("\n".join(rows)):
            return
        named = days_within(bare(heading.text)) if len(heading.text) <= _LONGEST_LINE else []
        if len(named) == 1 and named[0].year:
            paragraphs[at] = Paragraph(heading.line, str(named[0]))
            return


def _read_header(
    paragraphs: list[Paragraph],
) -> tuple[int, Paragraph | None, list[Paragraph]]:
    """Where the papers begin, the date line, and header lines that are not known.

    The header ends with its last known line before the first paragraph that reads like an
    abstract; so its lines may be missing, in any order, or more than usual.
    """
    end, label = 0, None
    for index, paragraph in enumerate(paragraphs[:_HEADER_REACH]):
        if reads_as_abstract(paragraph.text) and not _is(_HEADER, paragraph):
            if label or not _is_above_a_date(paragraphs, index):
                break
            continue
        known_date = _date(paragraph)
        if known_date and label and _date(label) != known_date:
            # A second day: its section follows one that is empty or has no abstracts.
            end = paragraphs.index(label) + 1
            while end < index and _asides(paragraphs[end].text):
                end += 1
            break
        following = paragraphs[index + 1 : index + 2]
        before_abstract = any(abstractness(p.text) > 0 for p in following)
        if before_abstract and (_is(_COUNTER, paragraph) or (known_date and label)):
            break  # a number or a second date right before an abstract is its title
        if known_date and not label:
            label = paragraph
        # Behind a line that is not known, votes are those of the first paper.
        counter = _is(_COUNTER, paragraph) and not _is(_HANDED_IN, paragraph)
        if known_date or _is(_HEADER, paragraph) or (end == index and counter):
            end = index + 1
    if not label and _is_unread_date(paragraphs, end):
        end += 1
    known = (_HEADER, _COUNTER)
    strays = [
        p for p in paragraphs[:end] if not _date(p) and not any(_is(lines, p) for lines in known)
    ]
    return end, label, strays


def _is_above_a_date(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a line that reads like a sentence is one of the header, as a page in another language
    has: no line from there to the date is as long as the shortest abstract."""
    for at, paragraph in enumerate(paragraphs[index:_HEADER_REACH], index):
        if len(paragraph.text) > _LONGEST_INVITATION:
            return False
        if _date(paragraph):
            return not any(reads_as_abstract(p.text) for p in paragraphs[at + 1 : at + 2])
    return False


def _asides(text: str) -> str:
    """What a line may be beside a title or an abstract, as `paragraphs` calls it."""
    paragraph = Paragraph(0, text)
    if _date(paragraph) or _is(_HEADER, paragraph):
        return "H"
    if _is(_COUNTER, paragraph) or _resembles_date(paragraph):
        return "HIP" if _is(_COUNTER, paragraph) else "HI"
    if is_of_the_page(text) or is_detail(text):
        return "HIP"
    return "HIL" if is_address(text) else "H" if is_framing(text) else ""


def _date(paragraph: Paragraph) -> MonthDay | None:
    return read_date_line(bare(paragraph.text)) if len(paragraph.text) <= _LONGEST_LINE else None


def _label(paragraph: Paragraph) -> str:
    """A date line as `resolve_day` reads it: as it stands, if it can."""
    text = bare(paragraph.text)
    return text if read_label(text) else str(_date(paragraph))


def _resembles_date(paragraph: Paragraph) -> bool:
    known = _date(paragraph) or _is(_COUNTER, paragraph)
    return not known and _is(_DATE_LIKE, paragraph)


def _is_unread_date(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether what may be a date stands where no paper can: behind the header, no abstract next."""
    if index >= len(paragraphs) or not _resembles_date(paragraphs[index]):
        return False
    if index == 0 and any(char.isalpha() for char in paragraphs[0].text):
        return False  # without a header, `3 Body Problems` may be a title
    return not any(abstractness(p.text) > 0 for p in paragraphs[index + 1 : index + 2])


def _is(pattern: re.Pattern[str], paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) <= _LONGEST_LINE and pattern.fullmatch(bare(text)) is not None


def _sections(
    paragraphs: list[Paragraph], label: Paragraph | None
) -> tuple[list[_Section], list[Paragraph]]:
    """The papers by date line, and date lines that are none.

    Pages saved one after the other into one file are several days. A date begins a day beside a
    header line, else only where a paper can begin; between two abstracts it is a title, and inside
    a paper it is noise. One that cannot be read begins a day without a date.
    """
    current = _Section(_label(label) if label else "", label.line if label else None, [])
    sections = [current]
    noise: list[Paragraph] = []
    headers = [_is_later_header(paragraphs, index) for index in range(len(paragraphs))]
    for index, paragraph in enumerate(paragraphs):
        if headers[index]:
            continue
        beside = any(headers[max(index - 1, 0) : index + 2])
        if beside and _is_unread_date(paragraphs, index):
            noise.append(paragraph)
            current = _Section("", paragraph.line, [])
            sections.append(current)
        elif not _date(paragraph) or _is_title_between(paragraphs, index):
            current.body.append(paragraph)
        elif not beside and current.body and abstractness(current.body[-1].text) <= 0:
            noise.append(paragraph)
        elif read_label(current.label) != _date(paragraph):
            current = _Section(_label(paragraph), paragraph.line, [])
            sections.append(current)
    if len(sections) > 1 and not sections[0].body:
        del sections[0]
    return sections, noise


def _above_the_page(sections: list[_Section], reach: int) -> list[Paragraph]:
    """What stands above the first date line and is no list of papers, out of the sections.

    A notice about cookies reads like an abstract, and a menu may be long: the header below them is
    not found at the top. That may cost no paper of the days below.
    """
    lead = sections[0]
    if len(sections) == 1 or lead.label_line is not None or len(lead.body) > reach:
        return []
    kinds = classify(lead.body)
    if not sections[1].label or 2 * kinds.count("A") > kinds.count("T"):
        return []
    del sections[0]
    return lead.body


def _is_title_between(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a short line with another meaning, a number or a date, stands where a title must.

    That is, right before an abstract, and right after one or at the top of the list.
    """
    return (
        index + 1 < len(paragraphs)
        and reads_as_abstract(paragraphs[index + 1].text)
        and (index == 0 or reads_as_abstract(paragraphs[index - 1].text))
    )


def _papers(
    paragraphs: list[Paragraph], again: frozenset[str], beside: dict[str, list[Paragraph]]
) -> tuple[list[RawPaper], list[Note]]:
    """The papers of a section, and what was odd; lines of the page go to those `beside`."""
    kinds = [_beside_papers(paragraphs, index, again) for index in range(len(paragraphs))]
    if end := _end(paragraphs, kinds):
        kinds[end:] = ["are of the page"] * (len(paragraphs) - end)
    body: list[Paragraph] = []
    addresses: list[Paragraph] = []
    details: list[Paragraph] = []
    for index, (paragraph, kind) in enumerate(zip(paragraphs, kinds, strict=True)):
        if kind and is_short(paragraph.text):
            details.append(paragraph)
        elif kind:
            beside[kind].append(paragraph)
            details += [paragraph] * are_details(paragraph)
        elif is_address(paragraph.text) and not _is_title_between(paragraphs, index):
            addresses.append(paragraph)
        else:
            title, below = without_addresses(paragraph)
            title, around = without_details(title)
            body.append(title)
            addresses += below
            details += around
    body, names = without_names(one_a_line(body))
    items, notes = _pair(body)
    titles = without_marks([item.title for item in items])
    items = [_titled(item, title) for item, title in zip(items, titles, strict=True)]
    return with_details(with_lines(items, names, addresses, notes), details), notes


def _titled(item: RawPaper, title: str) -> RawPaper:
    """A paper with its title, of which an id in brackets is no part."""
    title, stated = parted_title(without_buttons(title))
    if not stated:
        return replace(item, title=title)
    return replace(item, title=title, arxiv_id=stated.id.id, version=stated.id.version)


def _end(paragraphs: list[Paragraph], kinds: list[str]) -> int:
    """Where a menu begins; 0 where none does, and where abstracts are missing: its lines may be
    titles."""
    end = len(paragraphs) - menu_at_the_end(paragraphs)
    if end == len(paragraphs):
        return 0
    body = [p for p, kind in zip(paragraphs[:end], kinds, strict=False) if not kind]
    without = sum(not item.abstract for item in _pair(body)[0])
    return end if 4 * without <= len(body) else 0


def _beside_papers(paragraphs: list[Paragraph], index: int, again: frozenset[str]) -> str:
    """What a line does that is no title and no abstract; empty for all others."""
    paragraph = paragraphs[index]
    if index and _is(_HANDED_IN, paragraphs[index - 1]):
        return "count votes or the like" if _is(_LOGIN, paragraph) else ""
    if is_advertised(paragraphs, index) or bare(paragraph.text).lower() in _NAMES:
        return "are of the page"
    if _is_title_between(paragraphs, index):
        return ""
    if _is(_COUNTER, paragraph):
        return "count votes or the like"
    if is_section(paragraph.text) and _is_above_a_title(paragraphs, index):
        return "head parts of the digest"
    button = is_of_the_page(paragraph.text) or is_repeated(paragraph.text, again)
    if is_short(paragraph.text):
        around = paragraphs[max(index - 1, 0) : index] + paragraphs[index + 1 : index + 2]
        button = any(reads_as_abstract(p.text) and not is_short(p.text) for p in around)
    named = any(is_account(p.text) for p in paragraphs[index + 1 : index + 2])
    return "are of the page" if button or named or are_details(paragraph) else ""


def _is_above_a_title(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a line has no abstract, and what follows has one."""
    below = [reads_as_abstract(p.text) for p in paragraphs[index + 1 : index + 4]]
    return len(below) > 1 and not below[0] and any(below)


def _is_later_header(paragraphs: list[Paragraph], index: int) -> bool:
    """A header line in the middle of a file counts as one only beside another header line."""
    if not _is(_HEADER, paragraphs[index]):
        return False
    beside = paragraphs[max(index - 1, 0) : index] + paragraphs[index + 1 : index + 2]
    return any(_is(_HEADER, p) or _date(p) or _resembles_date(p) for p in beside)


def _pair(paragraphs: list[Paragraph]) -> tuple[list[RawPaper], list[Note]]:
    """Papers from paragraphs, and what was odd: one note for each."""
    if not paragraphs:
        return [], []
    notes: list[Note] = []
    papers: list[RawPaper] = []
    kinds = classify(paragraphs) + "T"
    index = 0
    while index < len(paragraphs):
        title = paragraphs[index]
        end = index + 1
        while kinds[end] != "T":
            end += 1
        parts = [unwrapped(p.text) for p in paragraphs[index + 1 : end]]
        abstract = without_fold(without_name("\n".join(parts)))
        if not parts:
            notes.append((title.line, f"{quote(title.text)} has no abstract; kept without one"))
        if len(parts) > 1:
            what = f"the abstract of {quote(title.text)} stands in {len(parts)} paragraphs; joined"
            notes.append((paragraphs[index + 1].line, what))
        papers.append(RawPaper(unwrapped(title.text), abstract, title.line))
        index = end
    return papers, notes


def _repeats(papers: list[RawPaper]) -> list[Note]:
    first: dict[str, int] = {}
    notes = []
    for paper in papers:
        line = first.setdefault(paper.title, paper.line)
        if line != paper.line:
            what = f"{quote(paper.title)} stands in line {line} already; kept once"
            notes.append((paper.line, what))
    return notes


def to_text(capture: Capture) -> str:
    """A capture in this format: its date line, then title and abstract in turn."""
    parts = [capture.label]
    for item in capture.items:
        parts += [item.title, item.abstract]
    return "\n\n".join(part for part in parts if part) + "\n"
