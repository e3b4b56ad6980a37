"""Whatever is said anew of one paper is said anew wherever it is told.

Everything that a build makes is kept under a stamp of what it was made of. Here one fact after the
other changes, of a paper in a file of its own, and what is then made of what was kept is held to
what is made from nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.conversion import convert
from generator.errors import Report
from generator.kept import Kept

from .edits.conversion import lower_limits
from .sites import settings_for, tree, write_records

FIRST = "2025-03-11.json"
AGAIN = "2025-03-20.json"
LATER = "2025-04-12.json"
OTHERS: list[dict[str, Any]] = [
    {
        "title": f"Graph Networks of Kind {n}",
        "abstract": "We train graph neural networks on molecules. They are good. " * 9,
        "authors": ["Ann Lee", "Bo Wu"],
        "id": f"2401.0000{n}",
    }
    for n in range(1, 4)
]
PAPER: dict[str, Any] = {
    "title": "Graph Networks of a Kind",
    "abstract": "We train graph neural networks on molecules. They are good. " * 9,
    "id": "2401.12340",
    "version": 2,
    "published": "2024-01-24T10:00:00Z",
    "updated": "2024-02-24T10:00:00Z",
    "authors": [{"name": "Ann Lee", "affiliation": "MIT"}, "Cy Xu"],
    "organisation": "An Institute",
    "categories": ["cs.LG"],
    "keywords": ["graphs"],
    "comment": "10 pages",
    "code": "https://github.com/a/b",
    "project": "https://a.github.io/b",
    "doi": "10.1000/182",
    "upvotes": 4,
    "stars": 5,
    "seen_at": "2025-03-11T10:00:00Z",
    "ai_summary": "A machine says so.",
    "ai_summary_model": "A model",
    "license": "https://creativecommons.org/licenses/by/4.0/",
}
CHANGES: Mapping[str, Any] = {
    "title": "Graph Networks of a KIND",
    "abstract": "We prove theorems on robots that speak. They hold. " * 9,
    "id": "2402.12340",
    "version": 3,
    "published": "2023-12-24T10:00:00Z",
    "updated": "2024-03-24T10:00:00Z",
    "authors": ["Bo Wu", "Cy Xu"],
    "organisation": "Another Institute",
    "categories": ["cs.RO", "cs.LG"],
    "primary": "cs.LG",
    "keywords": ["robots"],
    "comment": "This paper has been withdrawn",
    "code": "https://github.com/a/c",
    "project": "https://a.github.io/c",
    "doi": "10.1000/183",
    "upvotes": 5,
    "stars": 6,
    "seen_at": "2025-03-12T10:00:00Z",
    "ai_summary": "Another machine says so.",
    "ai_summary_model": "Another model",
    "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    "withdrawn": "yes",
}


def write(digests: Path, paper: Mapping[str, Any]) -> None:
    write_records(digests / "a", FIRST, [paper])
    write_records(digests / "b", FIRST, OTHERS[:2])
    write_records(digests / "c", AGAIN, OTHERS[:1])
    write_records(digests / "b", LATER, [OTHERS[2], {"title": PAPER["title"], "abstract": "So."}])


def converted(folder: Path) -> dict[str, bytes]:
    """The docs of a folder's digests, made of what is kept there."""
    settings = replace(
        settings_for(folder / "digests", folder / "docs"),
        ai_summaries=True,
        author_feeds=True,
        markdown=True,
        take_days=2,
    )
    kept = Kept(folder / "kept", {"code": "a"})
    convert(settings, Report(), kept=kept)
    kept.close()
    return tree(folder / "docs")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site of a few papers, with all that else only a large one has, and what was kept of it."""
    with pytest.MonkeyPatch.context() as patch:
        lower_limits(patch)
        folder = tmp_path_factory.mktemp("before")
        write(folder / "digests", PAPER)
        converted(folder)
        yield folder


def assert_made_anew(
    before: Path,
    folder: Path,
    paper: Mapping[str, Any],
    edit: Callable[[Path], None] = lambda _: None,
) -> None:
    """Hold what is made of what was kept `before` an edit to what is made from nothing."""
    again, fresh = folder / "again", folder / "fresh"
    shutil.copytree(before, again)
    for place in (again, fresh):
        write(place / "digests", paper)
        edit(place / "digests")
    docs, made = converted(again), converted(fresh)
    assert docs.keys() == made.keys()
    assert [path for path in docs if docs[path] != made[path]] == []


@pytest.mark.parametrize("field", CHANGES)
def test_what_changes_of_a_paper_changes_wherever_it_is_told(
    before: Path, tmp_path: Path, field: str
) -> None:
    assert_made_anew(before, tmp_path, {**PAPER, field: CHANGES[field]})


def a_newer_month(digests: Path) -> None:
    # As many as another day has, so that no day of a calendar gets another shade.
    write_records(digests, "2025-05-01.json", [numbered(n) for n in range(50, 53)])


def a_month_between(digests: Path) -> None:
    write_records(digests, "2025-02-03.json", [numbered(n) for n in range(53, 56)])
    write_records(digests, "2025-03-20.json", [numbered(n) for n in range(56, 59)])


def an_older_day(digests: Path) -> None:
    write_records(digests, "2025-01-02.json", [OTHERS[0]])


def a_day_of_many_papers(digests: Path) -> None:
    write_records(digests, "2025-04-12-2.json", [numbered(n) for n in range(60, 69)])


def another_order(digests: Path) -> None:
    write_records(digests / "b", FIRST, OTHERS[1::-1])


def a_name_that_two_papers_bear(digests: Path) -> None:
    write_records(digests, "2025-04-12-2.json", [{**numbered(70), "authors": ["Cy Xu"]}])


def a_name_that_one_paper_bears(digests: Path) -> None:
    (digests / "b" / LATER).unlink()
    write_records(digests / "b", FIRST, OTHERS[:1])


def a_day_that_lists_nothing_new(digests: Path) -> None:
    (digests / "c" / AGAIN).rename(digests / "c" / "2025-03-21.json")


def a_topic_by_hand(digests: Path) -> None:
    (digests / "overrides.yml").write_text(f'"{PAPER["title"]}": {{tags: {{add: robotics}}}}')


def another_spelling(digests: Path) -> None:
    """Of the oldest paper of a name: it heads all pages of the name, also those without it."""
    older = {**OTHERS[1], "authors": ["Ann LEE", "Bo Wu"]}
    write_records(digests / "b", FIRST, [OTHERS[0], older])


def the_days_of_one_file(digests: Path) -> None:
    (digests / "b" / LATER).rename(digests / "b" / "2025-04-13.json")


def numbered(number: int) -> dict[str, Any]:
    return {**OTHERS[0], "title": f"Robots and Graphs {number}", "id": f"2402.000{number}"}


@pytest.mark.parametrize(
    "edit",
    [
        a_newer_month,
        a_month_between,
        an_older_day,
        a_day_of_many_papers,
        another_order,
        a_name_that_two_papers_bear,
        a_name_that_one_paper_bears,
        another_spelling,
        a_day_that_lists_nothing_new,
        a_topic_by_hand,
        the_days_of_one_file,
    ],
)
def test_what_changes_of_the_days_changes_wherever_it_is_told(
    before: Path, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    assert_made_anew(before, tmp_path, PAPER, edit)
