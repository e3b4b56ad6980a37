"""How the topics move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the calendar, Monday to Sunday."""

    monday: date
    digests: int
    """Days with a digest; where there is none, no paper could be seen."""
    papers: int
    """First seen in it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends in it."""

    first: date
    last: date
    papers: int
    """First seen in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A topic's share of some papers in the newest period and in the one before."""

    tag: str
    now: int
    of_now: int
    before: int
    of_before: int
    certainty: Fraction
    """Chi-square, negative for a fall; 0 where the difference may be chance."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A topic that often stands beside another."""

    tag: str
    papers: int
    """That have both."""


@dataclass(frozen=True, slots=True)
class TagTrend:
    """How one topic moves."""

    weekly: tuple[int, ...]
    """Papers first seen in each of the weeks shown."""
    change: Change
    companions: tuple[Companion, ...]
    """Closest first."""
    rising: tuple[Change, ...]
    """Topics that rise among this one's papers, surest first."""


@dataclass(frozen=True, slots=True)
class Trends:
    """How the topics move, up to the newest day."""

    weeks: tuple[Week, ...]
    """Those shown, oldest first, without a gap; the last has the newest day."""
    now: Period
    before: Period
    """As long as `now`, and ends the day before it."""
    tags: Mapping[str, TagTrend]
    """By slug, in the order of the taxonomy."""
    rising: tuple[Change, ...]
    """Surest first."""
    falling: tuple[Change, ...]
    """Likewise."""
    again: tuple[tuple[str, int], ...]
    """Keys of the papers listed on most days of the weeks shown, and on how many."""
