"""What earlier builds kept is found under its stamp and program alone; nothing wrong ever is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from generator.kept import BEGUN, Kept

ONE, OTHER = b"1" * 16, b"2" * 16
PROGRAM = {"code": "a", "settings": "b"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one value in it."""
    path = tmp_path / "cache" / "kept.sqlite"
    kept = Kept(path, PROGRAM)
    assert kept.differs == (BEGUN,)
    kept.keep("index", "all", ONE, b"value")  # SQL has words of its own, and this is one
    kept.close()
    return path


def test_a_value_is_found_under_its_stamp_alone(path: Path) -> None:
    kept = Kept(path, PROGRAM)
    assert not kept.differs
    assert kept.read("index", "all", ONE) == b"value"
    assert kept.read("index", "all", OTHER) is None
    assert kept.read("index", "other", ONE) is None
    assert kept.read("other", "all", ONE) is None
    assert list(kept.every("index")) == [("all", ONE, b"value")]


def test_a_value_is_made_once_for_each_stamp(path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"new"

    kept = Kept(path, PROGRAM)
    assert [kept.made("index", "all", OTHER, make) for _ in range(2)] == [b"new", b"new"]
    kept.close()
    assert Kept(path, PROGRAM).made("index", "all", OTHER, make) == b"new"
    assert made == [1]


def test_values_asked_for_together_are_those_asked_for_one_by_one(path: Path) -> None:
    kept = Kept(path, PROGRAM)
    stamps = {f"n{number}": bytes([number % 256] * 16) for number in range(1200)}
    for name, stamp in stamps.items():
        kept.keep("many", name, stamp, name.encode())
    kept.close()
    kept = Kept(path, PROGRAM)
    kept.keep("many", "n7", OTHER, b"newer")
    asked = stamps | {"n7": OTHER, "n8": OTHER, "absent": ONE}
    kept.fetch("many", asked)
    kept.fetch("none", asked)
    found = {name: kept.made("many", name, stamp, lambda: b"made") for name, stamp in asked.items()}
    odd = {"n7": b"newer", "n8": b"made", "absent": b"made"}
    assert found == {name: name.encode() for name in stamps} | odd


def test_another_program_finds_nothing_and_knows_in_what_it_differs(path: Path) -> None:
    changed = {"code": "a", "settings": "c", "library": "d"}
    kept = Kept(path, changed)
    assert kept.differs == ("settings", "library")
    assert kept.read("index", "all", ONE) is None


def test_whoever_only_looks_leaves_what_another_program_kept(path: Path) -> None:
    looking = Kept(path, {"code": "z"}, begin=False)
    looking.keep("index", "all", ONE, b"other")
    looking.close()
    assert Kept(path, PROGRAM).read("index", "all", ONE) == b"value"
    none = path.with_name("none")
    Kept(none, PROGRAM, begin=False).close()
    assert not none.exists()


def test_what_is_forgotten_is_gone_in_all_kinds_of_its_sort_and_in_no_other(path: Path) -> None:
    kept = Kept(path, PROGRAM)
    for kind in ("paper", "paper_tags", "day_feed"):
        kept.keep(kind, "all", ONE, b"x")
    kept.keep("paper", "other", ONE, b"x")
    kept.forget("paper", ["all"])
    kept.close()
    kept = Kept(path, PROGRAM)
    kinds = ("index", "paper", "paper_tags", "day_feed", "none")
    assert [kept.names(kind) for kind in kinds] == [["all"], ["other"], [], ["all"], []]


def test_what_is_not_saved_is_not_kept(path: Path) -> None:
    kept = Kept(path, PROGRAM)
    kept.keep("index", "all", OTHER, b"x" * (1 << 23))  # so much that it was written already
    kept._db.close()  # type: ignore[union-attr]  # as a killed run does
    assert Kept(path, PROGRAM).read("index", "all", ONE) == b"value"


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(500)])
def test_a_spoilt_store_is_begun_anew(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    kept = Kept(path, PROGRAM)
    assert kept.differs == (BEGUN,)
    kept.keep("index", "all", ONE, b"again")
    kept.close()
    assert Kept(path, PROGRAM).read("index", "all", ONE) == b"again"


@pytest.mark.parametrize("value", [b"spoilt", "value", 5, None])
def test_a_spoilt_value_counts_as_none(path: Path, value: object) -> None:
    with sqlite3.connect(path) as db:
        db.execute('UPDATE "index" SET value = ?', (value,))
    db.close()
    kept = Kept(path, PROGRAM)
    assert kept.read("index", "all", ONE) is None
    assert list(kept.every("index")) == []


def test_a_store_of_a_program_that_had_other_columns_is_begun_anew(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute('ALTER TABLE "index" RENAME COLUMN check_sum TO other')
    db.close()
    kept = Kept(path, {**PROGRAM, "more": "1"})
    kept.keep("index", "all", ONE, b"again")
    kept.close()
    assert Kept(path, {**PROGRAM, "more": "1"}).read("index", "all", ONE) == b"again"


def test_two_runs_at_once_do_not_share_a_store(path: Path) -> None:
    first, second = Kept(path, PROGRAM), Kept(path, PROGRAM)
    assert first.read("index", "all", ONE) == b"value"
    assert second.read("index", "all", ONE) is None
    second.close()
    first.close()
    assert Kept(path, PROGRAM).read("index", "all", ONE) == b"value"
