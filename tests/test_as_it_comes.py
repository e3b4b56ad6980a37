"""A publisher who makes settings and pages hers has no test that fails for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import AS_IT_COMES, ROOT
from .sites import workspace


def test_what_tests_build_with_is_what_the_repository_comes_with() -> None:
    """In a fork it is skipped by name; `.ci/run` compares both, whoever runs it."""
    for name in ("mkdocs.yml", "docs/about.md"):
        if (ROOT / name).read_bytes() != (AS_IT_COMES / Path(name).name).read_bytes():
            pytest.skip(f"{name} is not that of tests/{AS_IT_COMES.name}: a publisher's own by now")


def test_no_test_reads_what_a_publisher_makes_hers(tmp_path: Path) -> None:
    (tmp_path / "digests").mkdir()
    made = workspace(tmp_path / "repository", tmp_path / "digests")
    assert (made / "mkdocs.yml").read_bytes() == (AS_IT_COMES / "mkdocs.yml").read_bytes()
    assert [path.name for path in (made / "docs").glob("*.md")] == ["about.md"]
    hers = re.compile(r'\bROOT / (?:"mkdocs.yml"|"digests" / "overrides.yml")')
    tests = {
        path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py")
    }
    assert [name for name, text in tests.items() if hers.search(text)] == []
