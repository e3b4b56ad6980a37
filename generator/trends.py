"""How the topics move: papers by week, the newest four weeks against the four before, companions.

A paper counts once, on the day it was first seen. Whether a difference is more than chance is
decided by one statistic throughout, in whole numbers, so that no rounding can change an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

from .model import Change, Companion, Library, Period, TagHit, TagTrend, Taxonomy, Trends, Week

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

MOST_COMPANIONS = 6
MOST_AGAIN = 10


def find_trends(
    library: Library, tags: Mapping[str, tuple[TagHit, ...]], taxonomy: Taxonomy
) -> Trends:
    """The trends of a library whose newest day is the clock, in one pass over its papers.

    `tags` has every paper of the library.
    """
    weeks = _weeks(library)
    since = weeks[0].toordinal()
    now_from = library.as_of - timedelta(PERIOD - 1)
    before_from = now_from - timedelta(PERIOD)
    papers = [0] * len(weeks)
    weekly: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    everything, now, before = _Tally(), _Tally(), _Tally()
    for key, paper in library.papers.items():
        slugs = [hit.tag for hit in tags[key]]
        first = paper.seen_on[0]
        everything.add(slugs)
        if first >= now_from:
            now.add(slugs)
        elif first >= before_from:
            before.add(slugs)
        week = (first.toordinal() - since) // 7
        if week >= 0:
            papers[week] += 1
            for slug in slugs:
                weekly[slug][week] += 1
    companions = _companions(everything)
    within = _changes_within(now, before)
    changes = [
        _change(tag.slug, (now.tags[tag.slug], now.papers), (before.tags[tag.slug], before.papers))
        for tag in taxonomy.tags
    ]
    digests = Counter(_monday(day.date) for day in library.days)
    return Trends(
        weeks=tuple(Week(week, digests[week], n) for week, n in zip(weeks, papers, strict=True)),
        now=Period(now_from, library.as_of, now.papers),
        before=Period(before_from, now_from - timedelta(1), before.papers),
        tags={
            change.tag: TagTrend(
                weekly=tuple(weekly[change.tag]),
                change=change,
                companions=companions.get(change.tag, ()),
                rising=_rising(within.get(change.tag, ())),
            )
            for change in changes
        },
        rising=_rising(changes),
        falling=_rising(changes, sign=-1),
        again=_again(library, weeks[0]),
    )


class _Tally:
    """How often topics, and pairs of topics, stand in some papers."""

    def __init__(self) -> None:
        self.papers = 0
        self.tags: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        """Both ways round."""

    def add(self, slugs: Sequence[str]) -> None:
        self.papers += 1
        self.tags.update(slugs)
        self.pairs.update(permutations(slugs, 2))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _weeks(library: Library) -> list[date]:
    """The Mondays of the weeks shown, without a gap, oldest first."""
    last = _monday(library.as_of)
    first = max(_monday(library.days[-1].date), last - timedelta(weeks=WEEKS - 1))
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def chi_square(both: int, one: int, other: int, total: int) -> Fraction:
    """Pearson's chi-square: how far two properties are from falling together by chance alone.

    Of `total` papers, `one` have the first property, `other` the second and `both` both. Negative
    where fewer have both than chance would have; 0 where a property tells no paper from another.

    >>> chi_square(both=20, one=50, other=30, total=100)
    Fraction(100, 21)
    """
    excess = both * total - one * other
    spread = one * other * (total - one) * (total - other)
    return Fraction(total * excess * abs(excess), spread) if spread else Fraction(0)


def _change(tag: str, now: tuple[int, int], before: tuple[int, int]) -> Change:
    """A topic's papers among all, in each period: a table of period by topic."""
    total = now[1] + before[1]
    having = now[0] + before[0]
    rarest = min(now[1], before[1]) * min(having, total - having)
    sound = rarest >= LEAST_EXPECTED * total
    found = chi_square(now[0], now[1], having, total) if sound else Fraction(0)
    return Change(tag, *now, *before, found if abs(found) >= SIGNIFICANT else Fraction(0))


def _rising(changes: Iterable[Change], sign: int = 1) -> tuple[Change, ...]:
    """The changes in one direction, surest first."""
    found = [change for change in changes if change.certainty * sign > 0]
    return tuple(sorted(found, key=lambda change: (-abs(change.certainty), change.tag)))


def _changes_within(now: _Tally, before: _Tally) -> Mapping[str, list[Change]]:
    """By topic, how other topics move among its papers."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for (tag, other), together in sorted(now.pairs.items()):
        then = before.pairs[tag, other]
        changes[tag].append(_change(other, (together, now.tags[tag]), (then, before.tags[tag])))
    return changes


def _companions(tally: _Tally) -> Mapping[str, tuple[Companion, ...]]:
    """By topic, those it shares papers with more often than chance would have, closest first.

    Chi-square of one table size orders as the phi coefficient does: unlike plain lift it does not
    put rare topics first, and unlike plain counts not common ones.
    """
    found: dict[str, list[tuple[Fraction, str, int]]] = defaultdict(list)
    for (tag, other), together in tally.pairs.items():
        if together >= LEAST_TOGETHER:
            closeness = chi_square(together, tally.tags[tag], tally.tags[other], tally.papers)
            if closeness >= SIGNIFICANT:
                found[tag].append((-closeness, other, together))
    return {
        tag: tuple(Companion(other, n) for _, other, n in sorted(rows)[:MOST_COMPANIONS])
        for tag, rows in found.items()
    }


def _again(library: Library, since: date) -> tuple[tuple[str, int], ...]:
    """Papers listed on several days since then, with how many; most days first, then newest."""
    days = {
        key: sum(day >= since for day in paper.seen_on)
        for key, paper in library.papers.items()
        if len(paper.seen_on) > 1
    }
    often = [(key, n) for key, n in days.items() if n > 1]
    newest = {key: library.papers[key].seen_on[-1].toordinal() for key, _ in often}
    return tuple(sorted(often, key=lambda row: (-row[1], -newest[row[0]], row[0]))[:MOST_AGAIN])
