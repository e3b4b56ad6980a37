"""How the topics move: papers by week, the newest four weeks against the four before, companions.

A paper counts once, on the day it was first seen. Whether a difference is more than chance is
decided by one statistic throughout, in whole numbers, so that no rounding can change an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .model import Change, Companion, Period, TagTrend, Taxonomy, Trends, Week

WEEKS = 52
"""Weeks shown at most: a year, so that seasons such as conference deadlines can be seen."""

PERIOD = 28
"""Days of each of the two periods compared: whole weeks, so that both hold every weekday alike,
and they end with the newest day, so that neither is cut short."""

SIGNIFICANT = 12
"""Chi-square, with one degree of freedom, from which a difference counts: a chance of 1 in 1,900.
So strict because a vocabulary's topics are all looked at: of 73 that do not move, one is named on
one day in 26 (Bonferroni's correction for a family-wise error of 4 %)."""

LEAST_EXPECTED = 5
"""Papers that chance would put into each cell of the table: the test is not valid below (Cochran,
"Some Methods for Strengthening the Common χ² Tests", Biometrics 10, 1954)."""

LEAST_TOGETHER = 5
"""Papers that two topics share before they are called companions."""

_CHANCE = Fraction(0)

MOST_COMPANIONS = 6
MOST_AGAIN = 10

Numbers = NDArray[np.int64]

Seen = Mapping[str, Sequence[date]]
"""By paper key, the days it was listed on, oldest first, never empty."""


def find_trends(
    seen: Seen, tags: Mapping[str, Sequence[str]], days: Sequence[date], taxonomy: Taxonomy
) -> Trends:
    """The trends of some papers: when they were seen, and the slugs of the tags of each.

    `days` has every day with a digest, newest first; the newest is the clock.
    """
    slugs = [tag.slug for tag in taxonomy.tags]
    weeks = _weeks(days)
    now_from = days[0] - timedelta(PERIOD - 1)
    before_from = now_from - timedelta(PERIOD)
    first_seen = np.array([on[0].toordinal() for on in seen.values()], np.int64)
    listed = _list(slugs, [tags[key] for key in seen])
    is_now = first_seen >= now_from.toordinal()
    now = _tally(listed, is_now)
    before = _tally(listed, (first_seen >= before_from.toordinal()) & ~is_now)
    changes = [
        _change(slug, (now.pairs[tag][tag], now.papers), (before.pairs[tag][tag], before.papers))
        for tag, slug in enumerate(slugs)
    ]
    papers, weekly = _by_week(listed, (first_seen - weeks[0].toordinal()) // 7, len(weeks))
    companions = _companions(slugs, _tally(listed, np.ones(len(seen), np.bool_)))
    within = _changes_within(slugs, now, before)
    digests = Counter(_monday(day) for day in days)
    return Trends(
        weeks=tuple(Week(week, digests[week], n) for week, n in zip(weeks, papers, strict=True)),
        now=Period(now_from, days[0], now.papers),
        before=Period(before_from, now_from - timedelta(1), before.papers),
        tags={
            change.tag: TagTrend(
                weekly=tuple(weekly[tag]),
                change=change,
                companions=companions[tag],
                rising=_rising(within[tag]),
            )
            for tag, change in enumerate(changes)
        },
        rising=_rising(changes),
        falling=_rising(changes, sign=-1),
        again=_again(seen, weeks[0]),
    )


class _Listed(NamedTuple):
    """The tags that papers have, those of a paper one after the other."""

    different: int
    """How many there are in the vocabulary."""
    tags: Numbers
    """The number of each."""
    papers: Numbers
    """The place of the paper that has it."""


class _Tally(NamedTuple):
    """How often tags, and pairs of tags, stand in some papers."""

    papers: int
    pairs: list[list[int]]
    """By the numbers of two tags, either way round; of a tag with itself, its papers."""


def _list(slugs: Sequence[str], tags: Sequence[Sequence[str]]) -> _Listed:
    number = {slug: tag for tag, slug in enumerate(slugs)}
    return _Listed(
        different=len(slugs),
        tags=np.array([number[slug] for of in tags for slug in of], np.int64),
        papers=np.repeat(np.arange(len(tags)), [len(of) for of in tags]),
    )


def _tally(listed: _Listed, wanted: NDArray[np.bool_]) -> _Tally:
    """What stands in the wanted papers."""
    chosen = wanted[listed.papers]
    tags, papers = listed.tags[chosen], listed.papers[chosen]
    # Each tag is put beside all of its paper: from their start on, one after the other.
    starts = np.searchsorted(papers, papers)
    sizes = np.searchsorted(papers, papers, side="right") - starts
    skipped = np.cumsum(sizes) - sizes
    others = np.arange(sizes.sum()) + np.repeat(starts - skipped, sizes)
    pairs = np.repeat(tags, sizes) * listed.different + tags[others]
    counts = np.bincount(pairs, minlength=listed.different**2)
    square = counts.reshape(listed.different, listed.different).tolist()
    return _Tally(int(np.count_nonzero(wanted)), square)


def _by_week(listed: _Listed, week_of: Numbers, weeks: int) -> tuple[list[int], list[list[int]]]:
    """How many papers each week has, and by tag, how many of them have it.

    `week_of` has the week of each paper, negative before the first one.
    """
    week = week_of[listed.papers]
    shown = week >= 0
    counts = np.bincount(
        listed.tags[shown] * weeks + week[shown], minlength=listed.different * weeks
    )
    papers = np.bincount(week_of[week_of >= 0], minlength=weeks)
    return papers.tolist(), counts.reshape(listed.different, weeks).tolist()


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _weeks(days: Sequence[date]) -> list[date]:
    """The Mondays of the weeks shown, without a gap, oldest first."""
    last = _monday(days[0])
    first = max(_monday(days[-1]), last - timedelta(weeks=WEEKS - 1))
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def chi_square(both: int, one: int, other: int, total: int) -> Fraction:
    """Pearson's chi-square: how far two properties are from falling together by chance alone.

    Of `total` papers, `one` have the first property, `other` the second and `both` both. Negative
    where fewer have both than chance would have; 0 where a property tells no paper from another.

    >>> chi_square(both=20, one=50, other=30, total=100)
    Fraction(100, 21)
    """
    surprise, spread = _parts(both, one, other, total)
    return Fraction(surprise, spread) if spread else Fraction(0)


def certainty(both: int, one: int, other: int, total: int) -> Fraction:
    """Chi-square; 0 where it may be chance."""
    # In whole numbers first, as most are: a fraction takes ten times as long.
    surprise, spread = _parts(both, one, other, total)
    return Fraction(surprise, spread) if abs(surprise) >= SIGNIFICANT * spread > 0 else _CHANCE


def _parts(both: int, one: int, other: int, total: int) -> tuple[int, int]:
    """Numerator and denominator of chi-square."""
    excess = both * total - one * other
    return total * excess * abs(excess), one * other * (total - one) * (total - other)


def _change(tag: str, now: tuple[int, int], before: tuple[int, int]) -> Change:
    """A topic's papers among all, in each period: a table of period by topic."""
    total = now[1] + before[1]
    having = now[0] + before[0]
    rarest = min(now[1], before[1]) * min(having, total - having)
    sound = rarest >= LEAST_EXPECTED * total
    found = certainty(now[0], now[1], having, total) if sound else _CHANCE
    return Change(tag, *now, *before, found)


def _rising(changes: Iterable[Change], sign: int = 1) -> tuple[Change, ...]:
    """The changes in one direction, surest first."""
    found = [change for change in changes if change.certainty * sign > 0]
    return tuple(sorted(found, key=lambda change: (-abs(change.certainty), change.tag)))


def _changes_within(slugs: Sequence[str], now: _Tally, before: _Tally) -> list[list[Change]]:
    """Of each tag, how others move among its papers."""
    return [
        [
            _change(slugs[other], (together, now.pairs[tag][tag]), (then, before.pairs[tag][tag]))
            for other, (together, then) in enumerate(
                zip(now.pairs[tag], before.pairs[tag], strict=True)
            )
            if together and other != tag
        ]
        for tag in range(len(slugs))
    ]


def _companions(slugs: Sequence[str], tally: _Tally) -> list[tuple[Companion, ...]]:
    """Of each tag, those it shares papers with more often than chance would have, closest first.

    Chi-square of one table size orders as the phi coefficient does: unlike plain lift it does not
    put rare topics first, and unlike plain counts not common ones.
    """
    companions = []
    for tag, shared in enumerate(tally.pairs):
        found: list[tuple[Fraction, str, int]] = []
        for other, together in enumerate(shared):
            if together >= LEAST_TOGETHER and other != tag:
                alone = tally.pairs[other][other]
                closeness = certainty(together, shared[tag], alone, tally.papers)
                if closeness > 0:
                    found.append((-closeness, slugs[other], together))
        nearest = sorted(found)[:MOST_COMPANIONS]
        companions.append(tuple(Companion(slug, papers) for _, slug, papers in nearest))
    return companions


def _again(seen: Seen, since: date) -> tuple[tuple[str, int], ...]:
    """Papers listed on several days since then, with how many; most days first, then newest."""
    days = {key: sum(day >= since for day in on) for key, on in seen.items() if len(on) > 1}
    often = [(key, n) for key, n in days.items() if n > 1]
    newest = {key: seen[key][-1].toordinal() for key, _ in often}
    return tuple(sorted(often, key=lambda row: (-row[1], -newest[row[0]], row[0]))[:MOST_AGAIN])
