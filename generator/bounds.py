"""How much of a digest is read: generous bounds, beyond which it is cut or left out, and said.

A digest comes from elsewhere and may hold anything in any amount; a site that its publisher does
not look at must neither fail at it nor grow without end. Whatever can be read is kept up to the
bound, and the message names the setting that raises it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .errors import Report, quote
from .model import Author, Capture, RawPaper


@dataclass(frozen=True, slots=True)
class Bounds:
    """The settings that bound what is read."""

    largest_file: int = 64
    """MiB of a file that are read: some 50,000 papers as text."""
    most_papers: int = 5_000
    """Papers of a day: arXiv announces some 1,500, revisions included."""
    longest_title: int = 1_000
    """Characters of a title: the longest of 6,161 arXiv records has 205."""
    longest_abstract: int = 20_000
    """Characters of an abstract: arXiv takes 1,920."""
    most_authors: int = 6_000
    """Authors of a paper: the longest list so far has 5,154 (Phys. Rev. Lett. 114, 191803)."""
    most_keywords: int = 100
    """Keywords of a paper."""
    most_links: int = 100
    """Addresses that the fields of a paper name."""
    most_categories: int = 100
    """Classes of a paper: arXiv's are 155 in all, and few papers have ten."""
    longest_remark: int = 2_000
    """Characters of a comment, of a machine's summary, and of each name: what is longer is none."""


BOUNDS = Bounds()
"""Those of a site that sets none."""


def bound_papers(capture: Capture, bounds: Bounds, report: Report) -> Capture:
    """The capture with its papers within bounds; what was cut is noted."""
    items = tuple(_bounded(paper, capture.origin, bounds, report) for paper in capture.items)
    return capture if items == capture.items else replace(capture, items=items)


def bound_days(captures: Iterable[Capture], bounds: Bounds, report: Report) -> tuple[Capture, ...]:
    """The captures with at most so many papers a day, the first of each day; the rest is noted."""
    held: Counter[date] = Counter()
    kept = []
    for capture in captures:
        day = capture.day
        if day is not None:
            room = bounds.most_papers - held[day]
            held[day] += len(capture.items)
            if (beyond := len(capture.items) - max(room, 0)) > 0:
                items, headings = capture.items[: max(room, 0)], capture.headings[: max(room, 0)]
                capture = replace(capture, items=items, headings=headings)
                report.note(
                    capture.origin,
                    None,
                    f"{day} has over {bounds.most_papers:,} papers; the last {beyond:,} of this "
                    "file are left out: raise most_papers in mkdocs.yml, or part them into days",
                )
        kept.append(capture)
    return tuple(kept)


def cut(text: str, length: int) -> str:
    """That many characters of a longer text, whole words if they are not enormous, and an ellipsis.

    >>> cut("no longer than that", 12), cut("short", 12), cut("an enormousword", 12)
    ('no longer…', 'short', 'an enormousw…')
    >>> cut("a word more", 6), cut("enormous", 5)
    ('a word…', 'enorm…')
    """
    if len(text) <= length:
        return text
    within = text[:length]
    between = within[-1].isspace() or text[length].isspace()
    whole = within if between else "".join(within.rsplit(maxsplit=1)[:-1])
    return (whole if len(whole) * 2 > length else within).rstrip() + "…"


_HELD = {
    "title": ("longest_title", "characters in its title"),
    "abstract": ("longest_abstract", "characters in its abstract"),
    "authors": ("most_authors", "authors"),
    "keywords": ("most_keywords", "keywords"),
    "links": ("most_links", "links"),
    "categories": ("most_categories", "classes"),
    "comment": ("longest_remark", "characters in its comment"),
    "organisation": ("longest_remark", "characters in its organisation"),
    "summary_ai": ("longest_remark", "characters in its summary by a machine"),
    "summary_ai_model": ("longest_remark", "characters in the name of that machine"),
    "withdrawn": ("longest_remark", "characters about its withdrawal"),
    "license": ("longest_remark", "characters in its licence"),
}
"""By field of a paper: the setting that bounds it, and what it counts."""


def _bounded(paper: RawPaper, origin: str, bounds: Bounds, report: Report) -> RawPaper:
    within: dict[str, Any] = {}
    for field, (setting, what) in _HELD.items():
        value, most = getattr(paper, field), getattr(bounds, setting)
        if value and len(value) > most:
            within[field] = cut(value, most) if isinstance(value, str) else value[:most]
            _note(paper, f"{len(value):,} {what}", setting, origin, bounds, report)
    for field in ("keywords", "authors"):
        values = within.get(field, getattr(paper, field))
        longest = max(map(_length, values), default=0)
        if longest > bounds.longest_remark:
            within[field] = tuple(_shortened(value, bounds.longest_remark) for value in values)
            what = f"{longest:,} characters in one of its {field}"
            _note(paper, what, "longest_remark", origin, bounds, report)
    return replace(paper, **within) if within else paper


def _length(value: str | Author) -> int:
    return len(value) if isinstance(value, str) else len(value.name) + len(value.affiliation or "")


def _shortened(value: str | Author, length: int) -> str | Author:
    if isinstance(value, str):
        return cut(value, length)
    return Author(cut(value.name, length), value.affiliation and cut(value.affiliation, length))


def _note(
    paper: RawPaper, what: str, setting: str, origin: str, bounds: Bounds, report: Report
) -> None:
    most = getattr(bounds, setting)
    report.note(
        origin,
        paper.line,
        f"{quote(paper.title)} has {what}; cut to {most:,}: raise {setting} in mkdocs.yml to keep "
        "more",
    )
