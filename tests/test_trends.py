"""Trends: every paper in its week once, nothing called a trend that chance explains."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Companion, Facet, Tag, Taxonomy, Trends
from generator.outputs.charts import HEIGHT, draw
from generator.trends import (
    LEAST_TOGETHER,
    PERIOD,
    SIGNIFICANT,
    WEEKS,
    chi_square,
    find_trends,
)

SLUGS = ("apples", "bees", "clouds", "dunes")
TAXONOMY = Taxonomy(
    (Facet("things", "Things"),),
    tuple(Tag(slug, slug.title(), "things", "", ()) for slug in SLUGS),
)
MONDAY = date(2025, 3, 3)

Listing = tuple[date, tuple[str, ...]]
"""When a paper is first seen, and its topics."""


def day(number: int) -> date:
    """A day counted from a Monday."""
    return MONDAY + timedelta(number)


def trends(papers: Sequence[Listing], again: Sequence[tuple[int, date]] = ()) -> Trends:
    """Of papers first seen on these days; some of them, by place, also on others."""
    seen = [{first} for first, _ in papers]
    for place, other in again:
        seen[place].add(other)
    return find_trends(
        seen={f"p{place}": sorted(days) for place, days in enumerate(seen)},
        tags={f"p{place}": slugs for place, (_, slugs) in enumerate(papers)},
        days=sorted({day for days in seen for day in days}, reverse=True),
        taxonomy=TAXONOMY,
    )


def weekly(found: Trends, slug: str) -> tuple[int, ...]:
    return found.tags[slug].weekly


def test_a_week_runs_from_monday_to_sunday() -> None:
    found = trends([(day(0), ("bees",)), (day(6), ("bees",)), (day(7), ("bees", "dunes"))])
    assert [week.monday for week in found.weeks] == [day(0), day(7)]
    assert weekly(found, "bees") == (2, 1)
    assert weekly(found, "dunes") == (0, 1)
    assert weekly(found, "apples") == (0, 0)


def test_a_paper_counts_once_in_the_week_it_was_first_seen() -> None:
    found = trends([(day(0), ("bees",))], again=[(0, day(1)), (0, day(8))])
    assert weekly(found, "bees") == (1, 0)
    assert [(week.digests, week.papers) for week in found.weeks] == [(2, 1), (1, 0)]


def test_a_week_without_digests_is_told_from_one_without_papers() -> None:
    found = trends([(day(0), ("bees",)), (day(14), ())])
    assert [week.digests for week in found.weeks] == [1, 0, 1]
    assert weekly(found, "bees") == (1, 0, 0)


def test_a_year_of_weeks_is_shown_at_most() -> None:
    found = trends([(day(7 * n), ("bees",)) for n in range(WEEKS + 10)])
    assert len(found.weeks) == WEEKS
    assert weekly(found, "bees") == (1,) * WEEKS


def test_the_two_periods_are_whole_weeks_and_meet() -> None:
    found = trends([(day(0), ()), (day(100), ())])
    assert (found.now.last, found.before.last) == (day(100), day(100 - PERIOD))
    assert (found.now.last - found.now.first).days + 1 == PERIOD
    assert (found.before.last - found.before.first).days + 1 == PERIOD
    assert PERIOD % 7 == 0


LISTINGS = st.lists(
    st.tuples(
        st.integers(0, 500).map(day),
        st.sets(st.sampled_from(SLUGS)).map(lambda slugs: tuple(sorted(slugs))),
    ),
    min_size=1,
    max_size=40,
)


@given(LISTINGS)
def test_the_weeks_add_up_to_the_papers_first_seen_in_them(papers: list[Listing]) -> None:
    found = trends(papers)
    since = found.weeks[0].monday
    shown = [slugs for first, slugs in papers if first >= since]
    assert sum(week.papers for week in found.weeks) == len(shown)
    for slug in SLUGS:
        assert sum(weekly(found, slug)) == sum(slug in slugs for slugs in shown)


@given(LISTINGS, st.randoms(use_true_random=False))
def test_the_order_of_papers_changes_nothing(
    papers: list[Listing], shuffler: random.Random
) -> None:
    other = list(papers)
    shuffler.shuffle(other)
    assert trends(papers) == trends(other)


def months(now: int, before: int, of: int = 200) -> list[Listing]:
    """As many papers of the topic bees in each period, among `of` papers in each."""
    listed: list[Listing] = [(day(55), ("bees",) if n < now else ()) for n in range(of)]
    return listed + [(day(0), ("bees",) if n < before else ()) for n in range(of)]


@pytest.mark.parametrize(
    ("now", "before", "course"),
    [(60, 20, "rising"), (20, 60, "falling"), (24, 20, ""), (4, 0, ""), (0, 0, "")],
)
def test_a_topic_rises_or_falls_only_beyond_chance(now: int, before: int, course: str) -> None:
    found = trends(months(now, before))
    change = found.tags["bees"].change
    assert (change.now, change.of_now, change.before, change.of_before) == (now, 200, before, 200)
    assert [c.tag for c in found.rising] == ["bees"] * (course == "rising")
    assert [c.tag for c in found.falling] == ["bees"] * (course == "falling")


def test_shares_are_compared_and_not_numbers_of_papers() -> None:
    few = [(day(0), ("bees",) if n < 10 else ()) for n in range(40)]
    many = [(day(55), ("bees",) if n < 100 else ()) for n in range(400)]
    assert trends(few + many).rising == ()


def test_nothing_rises_where_there_is_no_period_before() -> None:
    assert trends([(day(0), ("bees",)) for _ in range(500)]).rising == ()


def test_papers_dealt_out_at_random_hardly_ever_make_a_trend() -> None:
    deal = random.Random(7)
    named = 0
    for _ in range(60):
        papers = [
            (day(deal.randrange(56)), tuple(s for s in SLUGS if deal.random() < 0.2))
            for _ in range(400)
        ]
        found = trends([*papers, (day(55), ()), (day(0), ())])
        named += len(found.rising) + len(found.falling)
    assert named <= 2  # of 240 topics; one is expected of 1,900


BUSY = st.lists(
    st.tuples(
        st.integers(0, 60).map(day),
        st.sets(st.sampled_from(SLUGS)).map(lambda slugs: tuple(sorted(slugs))),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=8,
)
"""Papers, and how many there are of each kind."""


@given(BUSY)
def test_pairs_of_topics_are_counted_as_by_hand(
    kinds: list[tuple[date, tuple[str, ...], int]],
) -> None:
    papers = [(first, slugs) for first, slugs, number in kinds for _ in range(number)]
    found = trends(papers)

    def among(*wanted: str, first: date = date.min, last: date = date.max) -> int:
        return sum(set(wanted) <= set(slugs) and first <= on <= last for on, slugs in papers)

    for one in SLUGS:
        others = [other for other in SLUGS if other != one]
        close = {other: among(one, other) for other in others}
        scores = {s: chi_square(n, among(one), among(s), among()) for s, n in close.items()}
        shown = [s for s in others if close[s] >= LEAST_TOGETHER and scores[s] >= SIGNIFICANT]
        shown.sort(key=lambda slug: (-scores[slug], slug))
        assert found.tags[one].companions == tuple(Companion(s, close[s]) for s in shown)
        for tags, change in [
            *(((one, change.tag), change) for change in found.tags[one].rising),
            ((one,), found.tags[one].change),
        ]:
            of = tags[:-1]
            for period, having, papers_of in (
                (found.now, change.now, change.of_now),
                (found.before, change.before, change.of_before),
            ):
                assert having == among(*tags, first=period.first, last=period.last)
                assert papers_of == among(*of, first=period.first, last=period.last)


def test_companions_share_more_papers_than_chance_would_have() -> None:
    papers = [(day(0), ("apples", "bees"))] * 10 + [(day(0), ("clouds",))] * 40
    papers += [(day(0), ("apples", "clouds"))] * 5 + [(day(0), ("bees",))] * 5
    found = trends(papers).tags
    assert [(c.tag, c.papers) for c in found["apples"].companions] == [("bees", 10)]
    assert [(c.tag, c.papers) for c in found["bees"].companions] == [("apples", 10)]
    assert found["clouds"].companions == ()


def test_a_few_papers_make_no_companions() -> None:
    papers = [(day(0), ("apples", "bees"))] * 4 + [(day(0), ())] * 500
    assert trends(papers).tags["apples"].companions == ()


def test_what_rises_within_a_topic_is_found_among_its_papers() -> None:
    # Dunes are no more frequent than before, but now they are among the bees.
    now: list[Listing] = [(day(55), ("bees", "dunes"))] * 40 + [(day(55), ("bees",))] * 60
    now += [(day(55), ("clouds",))] * 100
    before: list[Listing] = (
        [(day(0), ("bees",))] * 100 + [(day(0), ("dunes",))] * 40 + [(day(0), ())] * 60
    )
    found = trends(now + before)
    assert [c.tag for c in found.tags["bees"].rising] == ["dunes"]
    assert [c.tag for c in found.rising] == ["clouds"]


def test_papers_listed_on_most_days_come_first_and_the_newest_breaks_a_tie() -> None:
    papers: list[Listing] = [(day(0), ())] * 4
    again = [(1, day(1)), (2, day(3)), (3, day(1)), (3, day(2))]
    assert trends(papers, again).again == (("p3", 3), ("p2", 2), ("p1", 2))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_chi_square_is_the_sum_of_squared_surprises(a: int, b: int, c: int, d: int) -> None:
    # Pearson's definition, cell by cell, for the table ((a, b), (c, d)).
    total = a + b + c + d
    rows, columns = (a + b, c + d), (a + c, b + d)
    found = chi_square(a, rows[0], columns[0], total)
    if 0 in (*rows, *columns):
        assert found == 0
        return
    cells = {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d}
    expected = {(r, k): Fraction(rows[r] * columns[k], total) for r, k in cells}
    assert abs(found) == sum((cells[at] - expected[at]) ** 2 / expected[at] for at in cells)
    assert (found > 0) == (a > expected[0, 0])


# Charts


def strokes(path: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, m)) for m in re.findall(r"M(\d+) \d+[vh]-?(\d+)", path)]


def test_a_bar_stands_for_each_week_with_papers() -> None:
    found = trends([(day(7 * n), ("bees",) * (n != 2)) for n in range(6)])
    chart = draw(found.weeks, (10, 5, 0, 1, 0, 10), running=False)
    assert chart is not None
    assert strokes(chart.bars) == [(5, HEIGHT), (15, HEIGHT // 2), (35, 4), (55, HEIGHT)]
    assert chart.newest == ""


def test_the_bar_of_a_week_that_may_go_on_stands_apart() -> None:
    found = trends([(day(7 * n), ()) for n in range(5)])
    chart = draw(found.weeks, (8, 8, 8, 8, 2), running=True)
    assert chart is not None
    assert strokes(chart.newest) == [(45, HEIGHT // 4)]
    assert len(strokes(chart.bars)) == 4


def test_the_line_breaks_where_a_week_has_no_digest() -> None:
    found = trends([(day(7 * n), ()) for n in (0, 1, 3, 4)])
    chart = draw(found.weeks, (0,) * 5, running=False)
    assert chart is not None
    assert strokes(chart.line) == [(0, 20), (30, 20)]
    assert chart.bars == ""


def test_too_few_weeks_are_not_drawn() -> None:
    found = trends([(day(0), ()), (day(60), ())])
    assert draw(found.weeks, (1,) * len(found.weeks), running=False) is None


def test_one_paper_is_no_peak() -> None:
    found = trends([(day(7 * n), ()) for n in range(5)])
    chart = draw(found.weeks, (0, 1, 0, 0, 0), running=False)
    assert chart is not None
    assert strokes(chart.bars) == [(15, HEIGHT // 4)]


def test_ten_years_of_many_papers_stay_small() -> None:
    found = trends([(day(7 * n), ()) for n in range(520)])
    chart = draw(found.weeks, [10_000 - n for n in range(WEEKS)], running=True)
    assert chart is not None
    assert len(chart.bars + chart.newest + chart.line) < 700
