"""A list's numbers, bullets and pictures are no part of its titles; a title's own number is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Report
from generator.sources import SourceFile, read_capture
from generator.sources.list_marks import without_lone_numbers, without_marks

TITLES = [
    "A First Paper on Sorting",
    "Second Thoughts",
    "7 Habits of Very Deep Nets",
    "The 4th Paper",
]
ABSTRACT = "We count the things that nobody counts. There are more of them than one would think."


def titles(text: str) -> list[str]:
    captures = read_capture(SourceFile("2025-03-12.txt", text), Report())
    return [item.title for capture in captures for item in capture.items]


@pytest.mark.parametrize(
    "mark",
    ["{}. ", "{}) ", "({}) ", "[{}] ", "#{} ", "#{}: ", "{}: ", "{} ", "{}.\n", "[{}]\n", "• ",
     "- ", "* ", "– ", "[ ] ", "📄 ", "🔥 {}. ", "{}. 🔥 ", "▸ {}) ",
     "{}/ ", "{}/4 ", "{}\ufe0f\u20e3 ", "{}\u20e3"],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_marks_of_a_list_are_no_part_of_its_titles(mark: str, between: str) -> None:
    papers = [mark.format(n) + title for n, title in enumerate(TITLES, 1)]
    assert titles("\n\n".join(f"{title}{between}{ABSTRACT}" for title in papers)) == TITLES


@pytest.mark.parametrize(
    "votes",
    [
        " (▲ {})",
        " — 👍 {}",
        " [{} upvotes]",
        " · ⬆️ {}",
        " | ❤️ 1.{}k",
        " +{} votes",
        " 🔥{}",
        " ({} minute read)",
        " ({} MINUTE READ) [2]",
        " (GitHub Repo)",
    ],
)
def test_votes_behind_titles_are_no_part_of_them(votes: str) -> None:
    papers = [title + votes.format(4 * n) for n, title in enumerate(TITLES, 10)]
    assert titles("\n\n".join(f"{title}\n\n{ABSTRACT}" for title in papers)) == TITLES


def test_a_count_that_few_titles_end_in_is_their_own() -> None:
    own = ["A Film of 5 Stars", "Winning by 20 Points", "Nets", "Deep Nets", "Deeper Nets"]
    assert without_marks(own) == own


def test_numbers_may_count_down_miss_one_and_lack_before_a_heading() -> None:
    marked = [f"{10 - n}. {title}" for n, title in enumerate(TITLES)]
    assert without_marks(["The Best Ten", *marked[:1], *marked[2:]]) == [
        "The Best Ten", TITLES[0], *TITLES[2:],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "own",
    [
        ["3 Body Problems", "4 Colours Suffice"],
        ["1. One Thing", "7. Another", "2. A Third"],
        ["1. One Thing"],
        ["1.5 Bits", "2.5 Dimensions"],
        ["2D Nets", "3D Nets"],
        ["-1 is All You Need", "-2 Also"],
        ["*-Algebras", "*-Homomorphisms"],
        ["1 for All", "All for 1", "3 More"],
        ["• Only One", "Two", "Three"],
        ["1.", "2."],
        ["[1,2]-Domination", "[2,3]-Domination"],
    ],
)
def test_what_is_no_list_keeps_what_it_begins_with(own: list[str]) -> None:
    assert without_marks(own) == own


def test_a_number_that_ends_a_wrapped_line_stays() -> None:
    text = "The best of all of them in the year\n1.\nand so on, up to\n12."
    assert without_lone_numbers(text) == text


@given(st.lists(st.text("1234.)#[]-•* \nab🔥"), max_size=6))
def test_no_title_is_lost_or_added_to(given_titles: list[str]) -> None:
    found = without_marks(given_titles)
    for title, rest in zip(given_titles, found, strict=True):
        assert title.endswith(rest)
        assert bool(rest) == bool(title)
