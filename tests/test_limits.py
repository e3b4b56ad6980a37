"""A publisher hears in time that her site becomes too large for its host."""

from __future__ import annotations

from collections import Counter

from generator.limits import GITHUB_PAGES, bytes_by_folder, warning


def test_a_site_far_from_the_limit_warns_of_nothing() -> None:
    assert warning(Counter(papers=GITHUB_PAGES * 79 // 100)) == ""


def test_what_helps_most_and_is_missed_least_comes_first() -> None:
    said = warning(Counter(papers=700_000_000, search=150_000_000, feeds=6_000_000))
    assert "0.9 GB, 85 %" in said
    assert said.endswith("first set `search: false`, then set `paper_pages_from` to a later year")


def test_archives_of_feeds_go_before_data_do() -> None:
    said = warning(Counter(papers=500_000_000, feeds=300_000_000, data=100_000_000))
    assert "first set `feed_archives: papers`, or `none`, then set `data: false`" in said


def test_data_for_programs_go_before_papers_do() -> None:
    said = warning(Counter(papers=700_000_000, data=150_000_000))
    assert said.endswith(
        "first set `data: false` and take its link out of the pages you write, then set "
        "`paper_pages_from` to a later year"
    )


def test_bytes_are_counted_by_top_folder() -> None:
    files = {"index.html": 1, "papers/a/index.html": 20, "papers/b.html": 300}
    assert bytes_by_folder(files) == Counter({"papers": 320, "": 1})
