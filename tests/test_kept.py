"""What is kept of a build is all of it, or what was kept before."""

from __future__ import annotations

from pathlib import Path

from generator.kept import Kept

PROGRAM = {"program": "1"}


def test_a_disk_that_fills_up_leaves_what_was_saved_before(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept", PROGRAM)
    kept.keep("site", "all", b"1", b"old")
    kept.keep("frame", "all", b"1", b"old")
    kept.close()

    full = Kept(tmp_path / "kept", PROGRAM)
    assert full._db
    pages = full._db.execute("PRAGMA page_count").fetchone()[0]
    full._db.execute(f"PRAGMA max_page_count = {pages}")
    full.keep("site", "all", b"2", b"new")
    full.save()
    full.keep("site", "all", b"3", b"newer")
    full.keep("frame", "all", b"3", b"newer" * 10_000)
    full.save()
    full.keep("frame", "all", b"4", b"small enough again")
    full.close()

    left = Kept(tmp_path / "kept", PROGRAM)
    assert list(left.every("site")) == [("all", b"2", b"new")]
    assert list(left.every("frame")) == [("all", b"1", b"old")]
    left.close()
