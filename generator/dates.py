"""Which day a capture is of: from the file's name, its folder, its date line, a setting.

A captured page says `Mar 12` and no year. The name decides over the date line, because a publisher
can mend a name and the date line is what the page happened to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = {n[:end].lower(): at for at, n in enumerate(MONTHS, 1) for end in (3, len(n))}
_MONTH["sept"] = 9
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_WEEKDAY = rf"(?:{_DAY_NAME},?\s+)?"
_MONTH_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))

_WEEKDAY_BEHIND = re.compile(rf"\s*\({_DAY_NAME}\)$", re.IGNORECASE)

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
    # 12.03.2025: dots are written day first
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.IGNORECASE
    ),
)

# The end of a name's date: no digit and no letter but those of `12th` and of a time.
_END = r"(?:st|nd|rd|th)?(?![0-9a-z])"
_NAMES = (
    # 2025-03-12, 2025_3_12; 20250312, with a time behind it or not
    re.compile(r"(?<!\d)(?P<year>\d{4})[-_. ](?P<month>\d{1,2})[-_. ](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20|21)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?:t?\d{4}(?:\d\d)?)?(?!\d)",
        re.IGNORECASE,
    ),
    # mar-12, March 12, 2025; 12-mar-2025; 12.03.2025
    re.compile(
        rf"(?<![a-z])(?P<name>{_MONTH_NAME})[-_. ]*(?P<day>\d{{1,2}}){_END}"
        r"(?:,?[-_. ]+(?P<year>\d{4})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})[-_. ](?P<name>{_MONTH_NAME})(?![a-z])"
        r"(?:[-_. ]+(?P<year>\d{4})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
)
_YEAR_FOLDER = re.compile(r"\d{4}")

FIRST_YEAR, LAST_YEAR = 1970, 2105
"""Years a digest can be of: those that clocks of computers have, up to where some end (in 2106 that
of 32 bits, in 2108 that of zip archives)."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day as a page shows it: the year may be missing; the three need not make a real date."""

    month: int
    day: int
    year: int | None = None

    @classmethod
    def of(cls, found: re.Match[str], months: Mapping[str, int]) -> MonthDay:
        """What a pattern found in its groups `day`, `month` or the `name` of one, and `year`."""
        groups = found.groupdict()
        month = months[groups["name"].lower()] if groups.get("name") else int(groups["month"])
        return cls(month, int(groups["day"]), int(groups["year"]) if groups["year"] else None)

    @property
    def iso(self) -> str:
        """As records state it, and names of files; its year must be known."""
        return f"{self.year}-{self.month:02}-{self.day:02}"

    def __str__(self) -> str:
        if not 1 <= self.month <= 12:
            return (f"{self.year}-" if self.year else "") + f"{self.month:02}-{self.day:02}"
        name = MONTHS[self.month - 1][:3]
        return f"{name} {self.day}" + (f", {self.year}" if self.year else "")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The day of a capture, or why it has none, and what is odd about it."""

    day: date | None
    problem: str = ""
    """Empty, or what contradicts, is impossible or is missing, with the remedy."""
    stated: bool = True
    """False where neither the file's name nor a date line says anything."""


def read_label(text: str) -> MonthDay | None:
    """The day that a whole line states, or `None` when the line is anything else.

    >>> read_label("Mar 12")
    MonthDay(month=3, day=12, year=None)
    >>> read_label("Wednesday, 12 March 2025").year, read_label("12.03.2025 (Wed)").month
    (2025, 3)
    >>> read_label("March of the Models") is None
    True
    """
    if len(text) > 60:
        return None
    text = _WEEKDAY_BEHIND.sub("", " ".join(text.split()))  # no-break spaces count as spaces
    matches = (pattern.fullmatch(text) for pattern in _LABELS)
    return next((MonthDay.of(found, _MONTH) for found in matches if found), None)


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
    in_name = named_days(path.stem)
    folder = next((int(p) for p in reversed(path.parts[:-1]) if _YEAR_FOLDER.fullmatch(p)), None)
    chosen = in_name[0] if in_name else stated
    if chosen is None:
        return Resolution(
            None,
            "no date: neither the file's name nor a line at its top says which day this is; "
            "name the file like 2025-03-12.txt",
            stated=False,
        )
    if _day(2024, chosen) is None:  # a leap year: no year has that day
        return Resolution(None, f"{chosen} is no day of any year; {_REMEDY}")
    found_year = (in_name[0].year if in_name else None) or folder
    if found_year is None:
        found_year = (stated.year if stated else None) or year
    if found_year is None:
        example = replace(chosen, year=2025 if _day(2025, chosen) else 2024)
        return Resolution(
            None,
            f"the date {chosen} has no year; put the file into a year folder, name it like "
            f"{example.iso}.txt or give --year",
        )
    day = _day(found_year, chosen)
    if day is None:
        written = replace(chosen, year=found_year)
        return Resolution(None, f"{written.iso} is not a date of a digest; {_REMEDY}")
    return Resolution(day, _contradictions(day, in_name, stated, folder))


_REMEDY = "give the file its true date as name, YYYY-MM-DD.txt"


def _day(year: int, chosen: MonthDay) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, chosen.month, chosen.day)
    except ValueError:
        return None


def named_days(name: str) -> list[MonthDay]:
    """The dates in the name of a file or the heading of a page, one with a year before one without.

    >>> [str(day) for day in named_days("Daily papers, March 12th, 2025")]
    ['Mar 12, 2025']
    """
    found = [MonthDay.of(match, _MONTH) for pattern in _NAMES for match in pattern.finditer(name)]
    return sorted(dict.fromkeys(found), key=lambda stated: stated.year is None)


def _contradictions(
    day: date, in_name: list[MonthDay], stated: MonthDay | None, folder: int | None
) -> str:
    """What speaks against a day; empty where nothing does."""
    against = []
    for other, place in [(stated, "the date line says"), *((n, "the name says") for n in in_name)]:
        if other and (other.year or day.year, other.month, other.day) != (
            day.year,
            day.month,
            day.day,
        ):
            against.append(f"{place} {other}")
    if folder and folder != day.year:
        against.append(f"the folder says {folder}")
    return f"{', '.join(against)}; {day} is taken, by the name first" if against else ""
