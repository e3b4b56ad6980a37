"""Files captures under their dates: `digests/2025/2025-03-12.txt`. What `add` does.

Today comes as an argument: only the command line looks at the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from .bounds import BOUNDS, Bounds
from .dates import read_label, resolve_day
from .errors import Report, UsageError
from .model import Capture
from .sources import decode, is_mail, read_capture, read_file, records, text_capture
from .writing import plain_errors, write_whole

_ENDINGS = frozenset(
    ".atom .csv .htm .html .json .jsonl .md .rss .tsv .txt .xml .yaml .yml".split(),
)
"""Endings that are kept. Any other would make a file that is passed over or misread as a date."""

_DECLARATION = re.compile(r"\s*<\?xml\s[^<>]*\?>\s*")


@dataclass(frozen=True, slots=True)
class Filed:
    """One capture that `add` looked at."""

    day: date
    path: Path
    new: bool
    """False when the same capture had been filed before."""
    guessed_year: bool
    papers: int


def add_file(
    path: Path,
    digests: Path,
    year: int | None,
    today: date,
    report: Report,
    bounds: Bounds = BOUNDS,
) -> list[Filed]:
    """File the captures of one file, each under its date; one of several days is parted, and of a
    mail its papers alone are filed.

    Without a year in name, folder, date line or `year`, the latest year in which that day is not
    in the future of `today`. `UsageError` when the file cannot be read or dated, or its day is yet
    to come; then nothing of it is filed. `PublishError` when the system refuses a write.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the files in it, as {path}/*")
    if not path.is_file():
        raise UsageError(f"{path} is no file; name a saved digest")
    file = read_file(f"{path.absolute().parent.name}/{path.name}", path, report, bounds)
    captures = [c for c in (read_capture(file, report) if file else ()) if c.items]
    if not file or not captures:
        raise UsageError(f"{path} holds no digest that can be read")
    alone = len(captures) == 1
    dated = []
    for capture in captures:
        # In a file of several days its name can date none of them.
        origin = file.origin if alone else f"{path.absolute().parent.name}/x"
        day, guessed = _day(replace(capture, origin=origin), year, today, report, path)
        if day > today + timedelta(days=1):  # by which it may have begun elsewhere
            raise UsageError(
                f"{path}: {day} is yet to come, as today is {today}; name it by its day"
            )
        dated.append((capture, day, guessed))
    # Of a mail the papers alone: a repository may be public, and its head names who got it.
    whole = alone and not is_mail(file)
    filed = []
    with plain_errors(digests):
        for capture, day, guessed in dated:
            content, ending = _content(path) if whole else _part(capture, day)
            target, new = _place(digests / str(day.year), day.isoformat(), ending, content)
            if new:
                write_whole(target, content)
            filed.append(Filed(day, target, new, guessed, len(capture.items)))
    return filed


def _content(path: Path) -> tuple[bytes, str]:
    """A file as it is, and the ending of its name."""
    return path.read_bytes(), path.suffix.lower() if path.suffix.lower() in _ENDINGS else ".txt"


def _part(capture: Capture, day: date) -> tuple[bytes, str]:
    """One of a file's several captures, written as a file of its own."""
    more = any(raw.arxiv_id or raw.authors or raw.links for raw in capture.items)
    if capture.source == text_capture.NAME and not more:
        return text_capture.to_text(capture).encode(), ".txt"
    return records.to_lines(capture, day).encode(), ".jsonl"


def _day(
    capture: Capture, year: int | None, today: date, report: Report, path: Path
) -> tuple[date, bool]:
    if capture.day:
        return capture.day, False
    found = resolve_day(capture.origin, capture.label, year)
    if found.day:
        if found.problem:
            report.note(path.name, capture.label_line, found.problem)
        elif year is not None and found.day.year != year:
            report.note(path.name, None, f"its name or folder says {found.day.year}, not {year}")
        return found.day, False
    stated = read_label(capture.label)
    if stated and not stated.year and year is None:
        # Leap days come every four years, but for one century in four: eight years are enough.
        for candidate in range(today.year, today.year - 9, -1):
            again = resolve_day(capture.origin, capture.label, candidate)
            if again.day and again.day <= today:
                return again.day, True
    remedy = "; or put it into the digest folder yourself: it completes papers listed there"
    completes = not found.stated and any(raw.arxiv_id for raw in capture.items)
    raise UsageError(f"{path}: {found.problem}{remedy if completes else ''}")


def _place(folder: Path, name: str, ending: str, content: bytes) -> tuple[Path, bool]:
    """The free name of that day, or the file that holds this very text already."""
    number = 1
    while True:
        target = folder / (f"{name}{ending}" if number == 1 else f"{name}-{number}{ending}")
        if not target.exists():
            return target, True
        if target.is_file() and _is_same(target.read_bytes(), content):
            return target, False
        number += 1


def _is_same(filed: bytes, content: bytes) -> bool:
    """Whether two files hold one text, in whichever encoding and with whichever line ends."""
    if filed == content:
        return True
    (one, _), (other, _) = decode(filed), decode(content)
    return one is not None and other is not None and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    """A text without the line of XML that says how its file was encoded, and what ends it."""
    declared = _DECLARATION.match(text)
    return text[declared.end() if declared else 0 :].rstrip()
