"""A month as weeks of days, each with its number of papers."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model import Day


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a calendar."""

    date: date
    papers: int
    """Papers listed on it; 0 where there is no digest."""


def month_grid(month: date, days: Iterable[Day]) -> list[list[Cell | None]]:
    """Weeks from Monday to Sunday; `None` for days of other months.

    >>> month_grid(date(2025, 2, 1), [])[0][4:6]
    [None, Cell(date=datetime.date(2025, 2, 1), papers=0)]
    """
    papers = {day.date: len(day.entries) for day in days}
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        [Cell(day, papers.get(day, 0)) if day.month == month.month else None for day in week]
        for week in weeks
    ]
