"""The digest page as people save it: text, paragraphs between blank lines, no ids.

A header (`new`, an invitation to subscribe, `Subscribe`, a credit line, the day as `Mar 12`), then
title, abstract, title, abstract. Five captures were examined: 60 to 87
pairs each, one line a paragraph, abstracts of 1,375 characters in the middle and 1,918 at most,
titles of 15 to 166. Saved pages get damaged, so nothing of that is relied on: the header may be
missing or longer, an abstract may be missing or stand in several paragraphs, and a file may hold
several days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ..dates import read_label
from ..errors import Report, quote
from ..model import Capture, RawPaper
from .files import SourceFile

NAME = "text_capture"

MOST_PARAGRAPHS = 400_000
"""Titles and abstracts of 200,000 papers; what pairs them needs half a KB for each."""

_HEADER = re.compile(
    r"new|subscribe|sign (?:up|in)|log ?in|(?:daily|trending) papers|papers"
    r"|get trending papers in your email inbox!?"
    r"|by\s*\w{2,20} and the research community",
    re.IGNORECASE,
)
# Lines of other variants of the page: votes, comments, who handed a paper in.
_COUNTER = re.compile(
    r"[\d.,]+\s*k?(?: (?:papers|authors?|comments?|upvotes?))?|submitted by .{1,60}|upvote"
    r"|github(?: [\d.,]+k?)?|arxiv(?: page)?|view pdf|· ?\d+ authors?",
    re.IGNORECASE,
)
_HEADER_REACH = 15
"""Paragraphs at the top among which the header is looked for: three times its usual five."""

_OTHER_FORMAT = re.compile(
    r"\s*(?:<(?:!doctype|html|\?xml|rss|feed)\b|\{\s*(?:\"|\})|\[\s*(?:[\]\[{\"]|\d+\s*[,\]]))",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"[a-z)\]][.!?]['\")\]]* +[A-Z]")
_SENTENCE_END = re.compile(r"[.!]['\")\]]*$")
_LINK = re.compile(r"https?://|\b[\w-]+\.(?:com|org|io)/")
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


class _Paragraph(NamedTuple):
    line: int
    text: str


@dataclass(slots=True)
class _Section:
    """The part of a file under one date line."""

    label: str
    label_line: int | None
    body: list[_Paragraph]


def sniff(file: SourceFile) -> bool:
    """Whether this can be a saved digest page: any text that is no JSON, HTML or XML.

    >>> texts = "[Re] A Title", "<b> tags", '[{"a": 1}]', "<!doctype html>"
    >>> [sniff(SourceFile("x", text)) for text in texts]
    [True, True, False, False]
    """
    return not _OTHER_FORMAT.match(file.text)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The captures in a file, one a listed day; none when it holds no digest.

    Every paper with a title is kept; every oddity is noted with its line and what was done.
    """
    paragraphs = _paragraphs(file.text)
    if len(paragraphs) > MOST_PARAGRAPHS:
        line = paragraphs[MOST_PARAGRAPHS].line
        what = f"over {MOST_PARAGRAPHS:,} paragraphs; left out from here on: part it into days"
        report.note(file.origin, line, what)
        del paragraphs[MOST_PARAGRAPHS:]
    start, label, header_lines = _read_header(paragraphs)
    for stray in header_lines:
        report.note(
            file.origin, stray.line, f"{quote(stray.text)} is no known header line; left out"
        )
    sections, noise = _sections(paragraphs[start:], label)
    for stray in noise:
        what = f"{quote(stray.text)} stands inside a paper and dates nothing; left out"
        report.note(file.origin, stray.line, what)
    for section in sections[1:]:
        what = f"a further date line, {quote(section.label)}: a day of its own begins here"
        report.note(file.origin, section.label_line, what)
    evidence = start > 0
    captures = []
    counters: list[_Paragraph] = []
    for section in sections:
        body: list[_Paragraph] = []
        for index, paragraph in enumerate(section.body):
            counts = _is(_COUNTER, paragraph) and not _is_title_between(section.body, index)
            (counters if counts else body).append(paragraph)
        items, notes = _pair(body)
        with_abstract = sum(bool(item.abstract) for item in items)
        if not evidence and section.label_line is None and with_abstract * 2 <= len(items):
            # No date line, no header, hardly any abstract: notes, code or a list, not a digest.
            return ()
        for line, message in notes + _repeats(items):
            report.note(file.origin, line, message)
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
    if counters:
        report.note(
            file.origin,
            counters[0].line,
            f"lines such as {quote(counters[0].text)} count votes or the like "
            f"({len(counters)} in this file); left out",
        )
    return tuple(captures)


def _paragraphs(text: str) -> list[_Paragraph]:
    """Runs of lines that are not blank; in a file without blank lines every line is one."""
    lines = text.split("\n")
    found: list[_Paragraph] = []
    current: list[str] = []
    first = 0
    blanks = 0
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if line:
            if not current:
                first = number
            current.append(line)
        elif current:
            blanks += 1
            found.append(_Paragraph(first, "\n".join(current)))
            current = []
    if current:
        found.append(_Paragraph(first, "\n".join(current)))
    if blanks <= 1 and sum(p.text.count("\n") for p in found) >= 3:
        single = [(n, line.strip()) for n, line in enumerate(lines, 1)]
        return [_Paragraph(n, line) for n, line in single if line]
    return found


def _read_header(
    paragraphs: list[_Paragraph],
) -> tuple[int, _Paragraph | None, list[_Paragraph]]:
    """Where the papers begin, the date line, and header lines that are not known.

    The header ends with its last known line before the first paragraph that reads like an
    abstract; so its lines may be missing, in any order, or more than usual.
    """
    end, label = 0, None
    for index, paragraph in enumerate(paragraphs[:_HEADER_REACH]):
        if _abstractness(paragraph.text) > 0 and not _is(_HEADER, paragraph):
            break
        known_date = read_label(paragraph.text)
        if known_date and label and read_label(label.text) != known_date:
            break  # a second day: its section follows an empty one
        following = paragraphs[index + 1 : index + 2]
        before_abstract = any(_abstractness(p.text) > 0 for p in following)
        if before_abstract and (_is(_COUNTER, paragraph) or (known_date and label)):
            break  # a number or a second date right before an abstract is its title
        if known_date and not label:
            label = paragraph
        if known_date or _is(_HEADER, paragraph) or _is(_COUNTER, paragraph):
            end = index + 1
    known = [label] if label else []
    strays = [
        p
        for p in paragraphs[:end]
        if p not in known
        and not _is(_HEADER, p)
        and not _is(_COUNTER, p)
        and not read_label(p.text)
    ]
    return end, label, strays


def _is(pattern: re.Pattern[str], paragraph: _Paragraph) -> bool:
    # No-break spaces count as spaces; nothing we know is longer than 120 characters.
    text = paragraph.text
    return len(text) <= 120 and pattern.fullmatch(" ".join(text.split())) is not None


def _sections(
    paragraphs: list[_Paragraph], label: _Paragraph | None
) -> tuple[list[_Section], list[_Paragraph]]:
    """The papers by date line, and date lines that are none.

    Pages saved one after the other into one file are several days. A date begins a day only where
    a paper can begin; between two abstracts it is a title, and inside a paper it is noise.
    """
    current = _Section(label.text if label else "", label.line if label else None, [])
    sections = [current]
    noise: list[_Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if _is_later_header(paragraphs, index):
            continue
        if not read_label(paragraph.text) or _is_title_between(paragraphs, index):
            current.body.append(paragraph)
        elif current.body and _abstractness(current.body[-1].text) <= 0:
            noise.append(paragraph)
        elif read_label(current.label) != read_label(paragraph.text):
            current = _Section(paragraph.text, paragraph.line, [])
            sections.append(current)
    if len(sections) > 1 and not sections[0].body:
        del sections[0]
    return sections, noise


def _is_title_between(paragraphs: list[_Paragraph], index: int) -> bool:
    """Whether a short line with another meaning, a number or a date, stands where a title must.

    That is, right before an abstract, and right after one or at the top of the list.
    """
    return (
        index + 1 < len(paragraphs)
        and _abstractness(paragraphs[index + 1].text) > 0
        and (index == 0 or _abstractness(paragraphs[index - 1].text) > 0)
    )


def _is_later_header(paragraphs: list[_Paragraph], index: int) -> bool:
    """A header line in the middle of a file counts as one only beside another header line."""
    if not _is(_HEADER, paragraphs[index]):
        return False
    beside = paragraphs[max(index - 1, 0) : index] + paragraphs[index + 1 : index + 2]
    return any(_is(_HEADER, p) or read_label(p.text) for p in beside)


def _abstractness(text: str) -> float:
    """How much a paragraph reads like an abstract (above 0) or like a title (below 0).

    Log-odds by hand, from 6,161 arXiv records and 220 captured pairs: titles have at most 205
    characters and never end in a full stop; of the abstracts two are shorter than 300 characters
    and 95 in 100 end in a full stop, the others mostly in a link.
    """
    length = len(text)
    if length > 600:
        return 9.0
    score = -2.0 if length <= 120 else -1.0 if length <= 210 else 1.0 if length <= 300 else 5.0
    if _SENTENCE_END.search(text[-8:]):
        score += 2.0
    if _SENTENCE_BREAK.search(text):
        score += 2.0
    if _LINK.search(text):
        score += 2.5
    if text[:1].islower():
        score += 0.5
    words = _WORD.findall(text)
    if len(words) >= 3:
        capitals = sum(word[0].isupper() for word in words) / len(words)
        score += -1.5 if capitals >= 0.6 else 1.0 if capitals <= 0.3 else 0.0
    return score


# What a step between two paragraphs costs, in the same log-odds; a step that is not listed does not
# happen. T is a title, A an abstract, C a further paragraph of one.
_STEPS = {
    "T": {"T": 1.0, "A": 0.0},
    "A": {"T": 0.0, "C": 1.2},
    "C": {"T": 0.0, "C": 0.5},
}
_KINDS = "TAC"


def _classify(paragraphs: list[_Paragraph]) -> str:
    """Titles, abstracts and further paragraphs, one letter each: the cheapest path (Viterbi).

    It looks at the whole list at once, so one missing abstract does not turn every later title
    into an abstract. Linear in the number of paragraphs.
    """
    costs = {"T": 0.0}
    came: list[dict[str, str]] = []
    for index, paragraph in enumerate(paragraphs):
        score = _abstractness(paragraph.text)
        here = {"T": max(score, 0.0), "A": max(-score, 0.0), "C": max(-score, 0.0)}
        if index == 0:
            # The list starts with a title, whatever it looks like.
            costs, back = {"T": 0.0}, {"T": ""}
        else:
            best: dict[str, tuple[float, str]] = {}
            for before, cost in costs.items():
                for kind, step in _STEPS[before].items():
                    total = cost + step + here[kind]
                    if kind not in best or total < best[kind][0]:
                        best[kind] = (total, before)
            low = min(total for total, _ in best.values())
            costs = {kind: total - low for kind, (total, _) in best.items()}
            back = {kind: before for kind, (_, before) in best.items()}
        came.append(back)
    kind = min(costs, key=lambda k: (costs[k], _KINDS.index(k)))
    path = []
    for back in reversed(came):
        path.append(kind)
        kind = back[kind]
    return "".join(reversed(path))


def _pair(paragraphs: list[_Paragraph]) -> tuple[list[RawPaper], list[tuple[int, str]]]:
    """Papers from paragraphs, and what was odd: `(line, message)`."""
    if not paragraphs:
        return [], []
    notes: list[tuple[int, str]] = []
    papers: list[RawPaper] = []
    kinds = _classify(paragraphs) + "T"
    index = 0
    while index < len(paragraphs):
        title = paragraphs[index]
        end = index + 1
        while kinds[end] != "T":
            end += 1
        parts = [p.text for p in paragraphs[index + 1 : end]]
        abstract = "\n".join(parts)
        if not parts:
            notes.append((title.line, f"{quote(title.text)} has no abstract; kept without one"))
        if len(parts) > 1:
            what = f"the abstract of {quote(title.text)} stands in {len(parts)} paragraphs; joined"
            notes.append((paragraphs[index + 1].line, what))
        papers.append(RawPaper(title.text, abstract, title.line))
        index = end
    return papers, notes


def _repeats(papers: list[RawPaper]) -> list[tuple[int, str]]:
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
