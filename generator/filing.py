"""Files captures under their dates: `digests/2025/2025-03-12.txt`. What `add` does.

The only place that may look at today's date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from .dates import read_label, resolve_day
from .errors import Report, UsageError
from .model import Capture
from .sources import read_capture, read_file
from .sources.text_capture import to_text


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
    path: Path, digests: Path, year: int | None, today: date, report: Report
) -> list[Filed]:
    """File the captures of one file, each under its date; `UsageError` when it has none.

    Without a year in name, folder, date line or `year`, the latest year in which that day is not
    in the future of `today`.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file; name a saved digest")
    file = read_file(f"{path.absolute().parent.name}/{path.name}", path, report)
    captures = [c for c in (read_capture(file, report) if file else ()) if c.items]
    if not file or not captures:
        raise UsageError(f"{path} holds no digest that can be read; see the notes above")
    filed = []
    for capture in captures:
        # In a file of several days its name can date none of them.
        origin = file.origin if len(captures) == 1 else file.origin.rpartition("/")[0] + "/x"
        day, guessed = _day(replace(capture, origin=origin), year, today, report, path)
        content = path.read_bytes() if len(captures) == 1 else to_text(capture).encode()
        suffix = path.suffix or ".txt"
        target, new = _place(digests / str(day.year), f"{day.isoformat()}", suffix, content)
        if new:
            target.parent.mkdir(parents=True, exist_ok=True)
            neighbour = target.with_name(f".{target.name}.new")
            neighbour.write_bytes(content)
            neighbour.replace(target)
        filed.append(Filed(day, target, new, guessed, len(capture.items)))
    return filed


def _day(
    capture: Capture, year: int | None, today: date, report: Report, path: Path
) -> tuple[date, bool]:
    if capture.day:
        return capture.day, False
    found = resolve_day(capture.origin, capture.label, year)
    if found.day:
        if found.problem:
            report.note(path.name, capture.label_line, found.problem)
        return found.day, False
    stated = read_label(capture.label)
    if stated and not stated.year and year is None:
        # Leap days come every four years, but for one century in four: eight years are enough.
        for candidate in range(today.year, today.year - 9, -1):
            again = resolve_day(capture.origin, capture.label, candidate)
            if again.day and again.day <= today:
                return again.day, True
    raise UsageError(f"{path}: {found.problem}")


def _place(folder: Path, name: str, suffix: str, content: bytes) -> tuple[Path, bool]:
    """The free name of that day, or the file that holds this very capture already."""
    number = 1
    while True:
        target = folder / (f"{name}{suffix}" if number == 1 else f"{name}-{number}{suffix}")
        if not target.exists():
            return target, True
        if target.read_bytes() == content:
            return target, False
        number += 1
