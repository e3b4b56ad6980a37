"""Dates and counts in the words of the pages. English, whatever the machine's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..dates import MONTHS
from ..model import Entry

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """A day in full.

    >>> long_date(date(2025, 3, 12))
    'Wednesday, 12 March 2025'
    """
    return f"{WEEKDAYS[day.weekday()]}, {plain_date(day)}"


def plain_date(day: date) -> str:
    """A day without its weekday.

    >>> plain_date(date(2025, 3, 12))
    '12 March 2025'
    """
    return f"{day.day} {month_name(day)}"


def short_date(day: date) -> str:
    """A day where space is short.

    >>> short_date(date(2025, 3, 12))
    '12 Mar 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def period(first: date, last: date) -> str:
    """The days from one to another.

    >>> period(date(2025, 3, 11), date(2025, 3, 12)), period(date(2025, 3, 12), date(2025, 3, 12))
    ('11 Mar 2025 to 12 Mar 2025', '12 Mar 2025')
    """
    return short_date(first) + (f" to {short_date(last)}" if last != first else "")


def month_name(day: date) -> str:
    """The month of a day.

    >>> month_name(date(2025, 3, 12))
    'March 2025'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "paper"), count(1200, "paper")
    ('1 paper', '1,200 papers')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(entries: Sequence[Entry]) -> str:
    """How many papers stand in a list, and how many of them did before.

    >>> from generator.model import Entry
    >>> new, again = Entry("a", 1, True), Entry("b", 2, False)
    >>> listed([new]), listed([new, *[again] * 1200])
    ('1 paper', '1,201 papers, 1,200 seen before')
    """
    before = sum(not entry.first_time for entry in entries)
    return count(len(entries), "paper") + (f", {before:,} seen before" if before else "")


def percent(part: int, whole: int) -> str:
    """A share, to a tenth of a per cent; a dash where there is nothing to share.

    >>> percent(1, 8), percent(2, 3), percent(0, 0)
    ('12.5%', '66.7%', '–')
    """
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
