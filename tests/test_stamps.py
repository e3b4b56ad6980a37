"""Whatever is said anew of one paper is said anew wherever it is told.

Everything that a build makes is kept under a stamp of what it was made of. Here one fact after the
other changes, of a paper in a file of its own, and what is then made of what was kept is held to
what is made from nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.conversion import convert
from generator.errors import Report
from generator.kept import Kept

from .sites import settings_for, tree, write_records

FIRST = "2025-03-11.json"
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
    write_records(digests / "b", LATER, [OTHERS[2], {"title": PAPER["title"], "abstract": "So."}])


def converted(folder: Path) -> dict[str, bytes]:
    """The docs of a folder's digests, made of what is kept there."""
    settings = replace(
        settings_for(folder / "digests", folder / "docs"),
        ai_summaries=True,
        author_feeds=True,
        markdown=True,
    )
    kept = Kept(folder / "kept", {"code": "a"})
    convert(settings, Report(), kept=kept)
    kept.close()
    return tree(folder / "docs")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    write(folder / "digests", PAPER)
    converted(folder)
    return folder


@pytest.mark.parametrize("field", CHANGES)
def test_what_changes_of_a_paper_changes_wherever_it_is_told(
    before: Path, tmp_path: Path, field: str
) -> None:
    paper = {**PAPER, field: CHANGES[field]}
    again, fresh = tmp_path / "again", tmp_path / "fresh"
    shutil.copytree(before, again)
    for folder in (again, fresh):
        write(folder / "digests", paper)
    docs, made = converted(again), converted(fresh)
    assert docs.keys() == made.keys()
    assert [path for path in docs if docs[path] != made[path]] == []
