"""A capture's day: the name decides, then the folder, then the date line; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from generator.dates import read_label, resolve_day

MARCH_12 = date(2025, 3, 12)


@pytest.mark.parametrize(
    "origin",
    [
        "2025-03-12.txt",
        "2025-03-12-evening.txt",
        "2025/2025-03-12.txt",
        "2025/mar-12.txt",
        "2025/anything.txt",
        "old/2025/march/anything.txt",
        "20250312.txt",
        "digest_2025_03_12.txt",
        "2025-3-12.txt",
        "202503120830.txt",
        "Mar 12, 2025.txt",
        "12-mar-2025.txt",
        "12.03.2025.txt",
        "2025/mar-12th.txt",
    ],
)
def test_name_or_folder_dates_a_capture(origin: str) -> None:
    found = resolve_day(origin, "Mar 12")
    assert (found.day, found.problem) == (MARCH_12, "")


@pytest.mark.parametrize("origin", ["today.txt", "mar-12.txt", "v2025/x.txt", "12345678.txt"])
def test_without_a_year_there_is_no_day(origin: str) -> None:
    found = resolve_day(origin, "Mar 12")
    assert found.day is None
    assert "2025-03-12.txt or give --year" in found.problem


def test_the_setting_gives_the_year() -> None:
    assert resolve_day("today.txt", "Mar 12", 2025).day == MARCH_12


def test_the_folder_goes_before_the_setting() -> None:
    assert resolve_day("2025/today.txt", "Mar 12", 2024).day == MARCH_12


def test_a_date_line_with_a_year_needs_no_other() -> None:
    assert resolve_day("today.txt", "March 12, 2025").day == MARCH_12


@pytest.mark.parametrize("label", ["", "Trending"])
def test_a_name_dates_a_capture_without_date_line(label: str) -> None:
    assert resolve_day("2025/mar-12.txt", label).day == MARCH_12


def test_the_name_wins_over_the_date_line_and_that_is_a_problem() -> None:
    found = resolve_day("2025-03-12.txt", "Mar 13")
    assert found.day == MARCH_12
    assert "the date line says Mar 13; 2025-03-12 is taken" in found.problem


def test_a_word_that_begins_like_a_date_is_none() -> None:
    assert resolve_day("2025/dec-7b-results.txt", "Mar 12").day == MARCH_12


def test_a_name_with_two_dates_is_a_problem() -> None:
    found = resolve_day("2025-03-12-to-2025-03-14.txt", "")
    assert found.day == MARCH_12
    assert "the name says Mar 14, 2025; 2025-03-12 is taken" in found.problem


def test_every_contradiction_is_named() -> None:
    found = resolve_day("2024/2025-03-12.txt", "Mar 13")
    assert "the date line says Mar 13, the folder says 2024; 2025-03-12 is" in found.problem


@pytest.mark.parametrize("origin", ["1955-03-12.txt", "9999/mar-12.txt", "2025/feb30.txt"])
def test_a_day_that_no_digest_can_be_of_is_left_out(origin: str) -> None:
    found = resolve_day(origin, "")
    assert found.day is None
    assert "give the file its true date as name" in found.problem


def test_the_name_wins_over_the_folder_and_that_is_a_problem() -> None:
    found = resolve_day("2024/2025-03-12.txt", "Mar 12")
    assert found.day == MARCH_12
    assert "the folder says 2024" in found.problem


@pytest.mark.parametrize(("origin", "label"), [("2025/x.txt", "Feb 29"), ("2025-02-29.txt", "")])
def test_a_leap_day_of_a_common_year_is_no_date(origin: str, label: str) -> None:
    found = resolve_day(origin, label)
    assert found.day is None
    assert "2025-02-29 is not a date of a digest" in found.problem


def test_a_leap_day_of_a_leap_year_is_a_date() -> None:
    assert resolve_day("2024/x.txt", "Feb 29").day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "line",
    [
        "Mar 12", "MAR 12", "March 12", "Mar. 12", "March 12th", "12 March", "12. Mar",
        "Wednesday, March 12", "Wed 12 March 2025", "2025-03-12", "2025/3/12", " Mar  12 ",
        "12.03.2025", "12. 3. 2025", "Wed, 12.3.2025", "Mar 12, 2025 (Wed)", "Mar 12 (Wednesday)",
    ],
)  # fmt: skip
def test_a_date_line_is_read(line: str) -> None:
    found = read_label(line)
    assert found is not None
    assert (found.month, found.day) == (3, 12)


@pytest.mark.parametrize(
    "line",
    [
        "Mar",
        "12",
        "March of the Models",
        "Mar 12 papers",
        "Mar 12 2025 and later",
        "x" * 99,
        "3/12/2025",
        "12.03",
        "Mar 12 (new)",
        "(Wed)",
    ],
)
def test_other_lines_are_no_date(line: str) -> None:
    assert read_label(line) is None
