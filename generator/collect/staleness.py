"""Says when the newest digest is too old, or of a day to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ..errors import Report
from ..model import Day

_AHEAD = timedelta(days=1)
"""By which the day may have begun elsewhere."""


def days_come(days: Iterable[Day], today: date, report: Report) -> list[date]:
    """The days that have come; each file of another is noted: its date is a slip of the pen, and
    hides that nothing new comes."""
    come = []
    for day in days:
        if day.date <= today + _AHEAD:
            come.append(day.date)
            continue
        for origin in day.captures:
            what = f"{day.date} is yet to come, as today is {today}; give the file its true date"
            report.note(origin, None, what)
    return come


def why_stale(newest: date, today: date, most: int) -> str:
    """Why a site is stale whose newest day is more than `most` days ago; empty where it is not, or
    where any age will do, which is 0.

    >>> why_stale(date(2026, 11, 10), date(2026, 11, 20), 7)
    'the newest digest, 2026-11-10, is 10 days old, and stale_after is 7; see why nothing comes'
    >>> why_stale(date(2026, 11, 10), date(2026, 11, 17), 7)
    ''
    """
    age = (today - newest).days
    if not most or age <= most:
        return ""
    return (
        f"the newest digest, {newest}, is {age} days old, and stale_after is {most}; "
        "see why nothing comes"
    )
