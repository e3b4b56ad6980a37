"""Which day a capture is of: from the file's name, its folder, its date line, a setting.

A captured page says `Mar 12` and no year. The name decides over the date line, because a publisher
can mend a name and the date line is what the page happened to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = {name[:n]: number for number, name in enumerate(_MONTHS, 1) for n in (3, len(name))}
_MONTH["sept"] = 9
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))

_LABELS = (
    # 2025-03-12, 2025/3/12
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.IGNORECASE),
    # Mar 12, March 12th, 2025, Wednesday, Mar. 12 2025
    re.compile(
        _WEEKDAY + rf"(?P<name>{_MONTH_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        r"(?:,?\s+(?P<year>\d{4}))?",
        re.IGNORECASE,
    ),
    # 12 March 2025, 12. Mar
    re.compile(
        _WEEKDAY + rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<name>{_MONTH_NAME})\.?"
        r"(?:,?\s+(?P<year>\d{4}))?",
        re.IGNORECASE,
    ),
)

_NAME_FULL = re.compile(
    r"(?<!\d)((?:19|20|21)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_NAME_MONTH_DAY = re.compile(rf"(?<![a-z])({_MONTH_NAME})[-_. ]?(\d{{1,2}})(?!\d)", re.IGNORECASE)
_YEAR_FOLDER = re.compile(r"(?:19|20|21)\d{2}")


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day as a page shows it: the year may be missing; the three need not make a real date."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        name = _MONTHS[self.month - 1][:3].capitalize() if 1 <= self.month <= 12 else "?"
        return f"{name} {self.day}" + (f", {self.year}" if self.year else "")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The day of a capture, or why it has none, and what is odd about it."""

    day: date | None
    problem: str = ""
    """Empty, or what contradicts, is impossible or is missing, with the remedy."""


def read_label(text: str) -> MonthDay | None:
    """The day that a whole line states, or `None` when the line is anything else.

    >>> read_label("Mar 12")
    MonthDay(month=3, day=12, year=None)
    >>> read_label("Wednesday, 12 March 2025").year
    2025
    >>> read_label("March of the Models") is None
    True
    """
    if len(text) > 60:
        return None
    text = " ".join(text.split())  # no-break spaces count as spaces
    for pattern in _LABELS:
        if m := pattern.fullmatch(text):
            groups = m.groupdict()
            month = _MONTH[groups["name"].lower()] if groups.get("name") else int(groups["month"])
            year = int(groups["year"]) if groups["year"] else None
            return MonthDay(month, int(groups["day"]), year)
    return None


def resolve_day(origin: str, label: str, year: int | None = None) -> Resolution:
    """The day of the capture in file `origin` whose date line is `label`.

    First of: a full date in the file's name; a month and day (in the name, else on the date line)
    with the year of the innermost year folder; a full date on the date line; month and day with
    `year`, which is the setting or `--year`. Nothing is guessed: without a year there is no day.

    >>> resolve_day("2025/mar-12.txt", "Mar 12").day
    datetime.date(2025, 3, 12)
    >>> resolve_day("today.txt", "Mar 12").day is None
    True
    """
    path = PurePosixPath(origin)
    stated = read_label(label)
    in_name, named = _from_name(path.name)
    folder = next((int(p) for p in reversed(path.parts[:-1]) if _YEAR_FOLDER.fullmatch(p)), None)
    if in_name is None and stated is None:
        return Resolution(
            None,
            "no date: neither the file's name nor a line at its top says which day this is; "
            "name the file like 2025-03-12.txt",
        )
    chosen = in_name or stated
    assert chosen is not None
    known_year = (in_name.year if in_name else None) or folder
    if known_year is None:
        known_year = (stated.year if stated else None) or year
    if known_year is None:
        return Resolution(
            None,
            f"the date {chosen} has no year; put the file into a year folder, name it like "
            f"2025-{chosen.month:02}-{chosen.day:02}.txt or give --year",
        )
    try:
        day = date(known_year, chosen.month, chosen.day)
    except ValueError:
        written = f"{known_year}-{chosen.month:02}-{chosen.day:02}"
        return Resolution(
            None, f"{written} is not a date; give the file its true date as name, YYYY-MM-DD.txt"
        )
    return Resolution(day, _contradiction(day, named, stated, folder))


def _from_name(name: str) -> tuple[MonthDay | None, str]:
    """Month and day in a file name, with the year if it is there, and the words that say so."""
    if m := _NAME_FULL.search(name):
        return MonthDay(int(m[2]), int(m[3]), int(m[1])), m[0]
    if m := _NAME_MONTH_DAY.search(name):
        return MonthDay(_MONTH[m[1].lower()], int(m[2])), m[0]
    return None, ""


def _contradiction(day: date, named: str, stated: MonthDay | None, folder: int | None) -> str:
    if stated and (stated.month, stated.day) != (day.month, day.day):
        return f"the date line says {stated}, the name says {named}; {day} is taken"
    if stated and stated.year and stated.year != day.year:
        return f"the date line says {stated}, its place says {day.year}; {day} is taken"
    if folder and folder != day.year:
        return f"the folder says {folder}, the name says {named}; {day} is taken"
    return ""
