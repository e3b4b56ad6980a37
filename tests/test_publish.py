"""A folder is made equal to a set of artifacts, and nothing else in it is touched."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from generator.conversion import convert
from generator.errors import CollisionError, PublishError, Report
from generator.model import Artifact
from generator.publish import MANIFEST, Change, publish, refuse_collisions

from .sites import settings_for, write_digest


def make(**files: str) -> list[Artifact]:
    return [
        Artifact(name.replace("__", "/"), text.encode(), f"the file {name}")
        for name, text in files.items()
    ]


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_files_appear_change_and_go(tmp_path: Path) -> None:
    publish(tmp_path, make(a="1", b__c="2"))
    changes = publish(tmp_path, make(a="3", d="4")).changes
    assert tree(tmp_path) == {"a": "3", "d": "4"}
    assert changes == [Change("changed", "a"), Change("removed", "b/c"), Change("added", "d")]
    assert not (tmp_path / "b").exists()


def test_what_is_the_same_is_not_written(tmp_path: Path) -> None:
    publish(tmp_path, make(a="1", b="2"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        os.utime(path, ns=(1, 1))
    assert publish(tmp_path, make(a="1", b="2")).changes == []
    assert {path.stat().st_mtime_ns for path in before} == {1}


def test_a_dry_run_lists_and_writes_nothing(tmp_path: Path) -> None:
    assert publish(tmp_path, make(a="1"), dry_run=True).changes == [Change("added", "a")]
    assert list(tmp_path.iterdir()) == []


def unmade() -> bytes:
    raise AssertionError("nobody asked for the content")


def test_looking_for_collisions_makes_and_writes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, make(ours="1"))
    before = tree(tmp_path)
    refuse_collisions(tmp_path, [Artifact(path, unmade, path) for path in ("ours", "new")])
    assert tree(tmp_path) == before


def test_collisions_are_found_as_in_publishing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("by hand")
    (tmp_path / "b").write_text("1")
    refuse_collisions(tmp_path, make(b="1"))
    with pytest.raises(CollisionError, match="a is claimed by the file a and by a hand-written"):
        refuse_collisions(tmp_path, make(a="1", b="1"))
    with pytest.raises(CollisionError, match="c by the file c and the file c"):
        refuse_collisions(tmp_path, make(c="1") + make(c="2"))


def test_hand_written_files_stay(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    publish(tmp_path, make(a="1"))
    publish(tmp_path, [])
    assert tree(tmp_path) == {"about.md": "by hand"}


def test_a_hand_written_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("by hand")
    with pytest.raises(CollisionError, match="a is claimed by the file a and by a hand-written"):
        publish(tmp_path, make(a="1", b="2"))
    assert tree(tmp_path) == {"a": "by hand"}


@pytest.mark.parametrize("path", ["feeds", "feeds/all"])
def test_a_file_in_the_place_of_a_folder_is_named_before_anything_is_written(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("by hand")
    wanted = make(feeds__all__x="1", a="2")
    said = f"^{path} is a file in the docs folder, where pages need a folder of that name; rename"
    for refusing in (publish, refuse_collisions):
        with pytest.raises(CollisionError, match=said):
            refusing(tmp_path, wanted)
    assert tree(tmp_path) == {path: "by hand"}


def test_a_hand_written_file_among_ours_is_never_overwritten(tmp_path: Path) -> None:
    page = "---\ngenerator: broadsheet\n---\n"
    publish(tmp_path, make(a=page, feeds__x="1"))
    (tmp_path / "feeds" / "y").write_text("by hand")
    (tmp_path / "b").write_text(page + "a page of ours, copied and changed")
    before = tree(tmp_path)
    for name in ("feeds__y", "b"):
        with pytest.raises(CollisionError, match="rename or remove the hand-written one"):
            publish(tmp_path, make(a=page + "2", feeds__x="2", **{name: "generated"}))
    assert tree(tmp_path) == before


def test_a_lost_manifest_does_not_make_our_pages_foreign(tmp_path: Path) -> None:
    page = "---\ngenerator: broadsheet\n---\n"
    publish(tmp_path, make(a=page + "1", feeds__x="1"))
    (tmp_path / MANIFEST).unlink()
    publish(tmp_path, make(a=page + "2", feeds__x="2"))
    assert tree(tmp_path) == {"a": page + "2", "feeds/x": "2"}


def test_a_lost_manifest_makes_no_file_of_a_site_foreign(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", ("Ours", "On graph attention."), ("Two", "It is."))
    settings = replace(settings_for(digests, tmp_path / "docs"), markdown=True, author_feeds=True)
    convert(settings, Report())
    (tmp_path / "docs" / MANIFEST).unlink()
    write_digest(digests, "2025-03-13.txt", ("Three", "It is."))
    changed = {change.path for change in convert(settings, Report()).published.changes}
    assert {"index.md", "llms.txt", "feeds/all/rss.xml"} <= changed


def test_a_list_of_pages_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "llms.txt").write_text("# By hand\n")
    with pytest.raises(CollisionError, match="rename or remove the hand-written one"):
        publish(tmp_path, [Artifact("llms.txt", b"# Ours\n", "llms.txt")])
    assert tree(tmp_path) == {"llms.txt": "# By hand\n"}


def test_a_manifest_that_leads_out_of_the_folder_removes_nothing_there(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("precious")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / MANIFEST).write_text(f"../outside.txt\n{outside}\n")
    publish(docs, make(a="1"))
    assert outside.read_text() == "precious"


def test_two_artifacts_of_one_path_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CollisionError):
        publish(tmp_path, make(a="1") + make(a="2"))
    assert list(tmp_path.iterdir()) == []


def test_a_refused_write_is_one_sentence_and_leaves_no_litter(tmp_path: Path) -> None:
    publish(tmp_path, make(a="1"))
    (tmp_path / "b").mkdir()  # a folder where a file should go: even root cannot write that
    with pytest.raises(PublishError, match="what was there still stands"):
        publish(tmp_path, make(a="1", b="2"))
    assert tree(tmp_path) == {"a": "1"}
