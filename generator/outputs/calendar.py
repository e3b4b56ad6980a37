"""A month as weeks of days, each with its number of papers."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ..model import Day


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a calendar."""

    date: date
    papers: int
    """Papers listed on it; 0 where there is no digest."""
    shade: int
    """From 1, the lightest, to `Shades.NUMBER`; 0 where there is no digest."""


@dataclass(frozen=True, slots=True)
class Shades:
    """How dark a day is by its papers: each shade for a like number of the site's days.

    A fixed step would paint all days alike on a site that once listed five hundred papers.
    """

    most: tuple[int, ...]
    """The most papers of a day in each shade, lightest first; fewer shades where days are alike."""

    NUMBER: ClassVar[int] = 4

    @classmethod
    def of(cls, papers: Iterable[int]) -> Shades:
        """The shades of days with these numbers of papers.

        >>> Shades.of([3, 60, 80, 61, 300, 62, 90, 2]).most
        (3, 61, 80, 300)
        >>> Shades.of([7, 7, 7]).most
        (7,)
        """
        ranked = sorted(papers)
        last = (len(ranked) * shade // cls.NUMBER - 1 for shade in range(1, cls.NUMBER + 1))
        return cls(tuple(sorted({ranked[max(0, index)] for index in last})))

    def shade(self, papers: int) -> int:
        """The shade of a day with that many papers.

        >>> [Shades((3, 61, 80, 300)).shade(papers) for papers in (0, 1, 61, 62, 300)]
        [0, 1, 2, 3, 4]
        """
        return bisect_left(self.most, papers) + 1 if papers else 0


def month_grid(month: date, days: Iterable[Day], shades: Shades) -> list[list[Cell | None]]:
    """Weeks from Monday to Sunday; `None` for days of other months.

    >>> month_grid(date(2025, 2, 1), [], Shades((1,)))[0][4:6]
    [None, Cell(date=datetime.date(2025, 2, 1), papers=0, shade=0)]
    """
    papers = {day.date: len(day.entries) for day in days}
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        [
            Cell(day, papers.get(day, 0), shades.shade(papers.get(day, 0)))
            if day.month == month.month
            else None
            for day in week
        ]
        for week in weeks
    ]
