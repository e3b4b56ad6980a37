"""A folder is listed the same with an earlier listing as without; what stands is not read again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator import listing
from generator.listing import list_files, packed_folders, unpacked_folders

LONG_AGO = 10**18


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Folders that changed long ago."""
    folder = tmp_path / "site"
    for name in ("index.html", "papers/adam/index.html", "papers/bert/index.html"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    settle(folder)
    return folder


def settle(folder: Path) -> None:
    """Let no folder look as if it were just being changed."""
    for path, _, _ in os.walk(folder):
        found = Path(path).stat()
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns - LONG_AGO))


def test_a_folder_that_stands_is_not_read_again(site: Path) -> None:
    first = list_files(site)
    again = list_files(site, known=first.folders)
    assert (first.read, again.read) == (4, 0)
    assert again.files == first.files
    assert set(first.files) == {
        "index.html",
        "papers/adam/index.html",
        "papers/bert/index.html",
    }


def test_an_edited_file_is_seen_in_a_folder_that_is_known(site: Path) -> None:
    known = list_files(site).folders
    (site / "papers/adam/index.html").write_text("longer than it was before")
    found = list_files(site, known=known)
    assert found.read == 0
    assert found.files["papers/adam/index.html"][0] == 25


@pytest.mark.parametrize("name", ["new.html", "papers/adam/new.html", "papers/new/index.html"])
def test_what_somebody_adds_is_seen(site: Path, name: str) -> None:
    known = list_files(site).folders
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("new")
    found = list_files(site, known=known)
    assert name in found.files
    assert found.files == list_files(site).files


def test_what_somebody_removes_or_replaces_is_seen(site: Path) -> None:
    known = list_files(site).folders
    (site / "papers/bert/index.html").unlink()
    (site / "papers/bert").rmdir()
    (site / "papers/bert").write_text("a file in the place of a folder")
    (site / "papers/adam/index.html").unlink()
    (site / "papers/adam/index.html").mkdir()
    found = list_files(site, known=known)
    assert set(found.files) == {"index.html", "papers/bert"}


def test_what_is_just_being_changed_is_not_known(site: Path) -> None:
    (site / "papers/adam/late.html").write_text("late")
    found = list_files(site)
    assert found.folders["papers/adam/"].times == ()
    assert list_files(site, known=found.folders).read == 1


def test_two_trees_of_the_same_names_are_known_in_turn(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(site, other)
    settle(other)
    known = list_files(site).folders
    for turn, folder in enumerate((other, site, other, site)):
        found = list_files(folder, known=known)
        assert found.read == (0 if turn else 4)
        known = found.folders


def test_known_folders_are_the_same_after_being_kept(site: Path) -> None:
    folders = list_files(site).folders
    assert unpacked_folders(packed_folders(folders)) == folders
    assert unpacked_folders(packed_folders({})) == {}


def test_a_few_changes_are_no_news(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = list_files(site).folders
    assert list_files(site).is_news
    assert not list_files(site, known=known).is_news
    (site / "papers/adam/new.html").write_text("new")
    monkeypatch.setattr(listing, "_FEW", 2)
    assert not list_files(site, known=known).is_news


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list_files(tmp_path / "nowhere").files == {}
    assert not list_files(tmp_path / "nowhere").is_news
