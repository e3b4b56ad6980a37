"""How dark a day of the calendar is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.calendar import Shades

DAYS = st.lists(st.integers(1, 500), min_size=1)


@given(DAYS)
def test_every_day_has_a_shade_and_more_papers_never_a_lighter_one(days: list[int]) -> None:
    shades = Shades.of(days)
    given_shades = [shades.shade(papers) for papers in sorted(days)]
    assert given_shades == sorted(given_shades)
    assert set(given_shades) == set(range(1, len(shades.most) + 1))
    assert len(shades.most) <= Shades.NUMBER


@given(DAYS)
def test_no_shade_is_of_more_days_than_its_share_but_for_days_alike(days: list[int]) -> None:
    shades = Shades.of(days)
    for least, most in zip((0, *shades.most), shades.most, strict=False):
        inside = [papers for papers in days if least < papers < most]
        assert len(inside) * Shades.NUMBER <= len(days) + Shades.NUMBER


def test_a_day_without_a_digest_has_none() -> None:
    assert Shades.of([3, 4]).shade(0) == 0
