"""A folder is the old one or the new one as a whole, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import exchange
from generator.errors import PublishError
from generator.exchange import Tree, renewed, replaced, spare, system
from generator.exchange import tree as linking
from generator.writing import plain_errors

from .conftest import ROOT
from .sites import run, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with replaced(tmp_path / "site") as new:
        write(new, {"index.html": b"1", "a/b/index.html": b"2", "a/c.txt": b"3"})
    return tmp_path / "site"


@pytest.fixture(params=["at once", "by renaming"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of exchanging; the first only where the system has it."""
    if request.param == "by renaming":
        monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    return str(request.param)


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def beside(site: Path) -> set[str]:
    """What is kept in the folder beside a site."""
    return {path.name for path in (site.parent / f".broadsheet-{site.name}").iterdir()}


def test_a_replaced_folder_begins_empty_and_leaves_nothing_behind(site: Path, way: str) -> None:
    with replaced(site) as new:
        assert tree(new) == {}
        write(new, {"index.html": b"new"})
        assert len(tree(site)) == 3
    assert tree(site) == {"index.html": b"new"}
    assert beside(site) == {"lock"}


def test_a_renewed_folder_is_the_old_one_but_for_what_was_changed(site: Path, way: str) -> None:
    for number in range(3):
        expected = tree(site)
        with renewed(site) as new:
            new.freshen()
            assert tree(new.path) == expected
            new.write("a/c.txt", b"c%d" % number)
            new.write(f"d/{number}.txt", b"new")
            new.remove(f"d/{number - 1}.txt")
            assert tree(site) == expected
        expected |= {"a/c.txt": b"c%d" % number, f"d/{number}.txt": b"new"}
        expected.pop(f"d/{number - 1}.txt", None)
        assert tree(site) == expected
        assert beside(site) == {"lock", "spare", "spare.json"}


def test_a_file_is_never_written_through_its_link(site: Path) -> None:
    before = (site / "a" / "c.txt").stat()
    with renewed(site) as new:
        assert (new.path / "a" / "c.txt").stat().st_ino == before.st_ino
        new.write("a/c.txt", b"other")
        assert (site / "a" / "c.txt").read_bytes() == b"3"
    spare = site.parent / ".broadsheet-site" / "spare" / "a" / "c.txt"
    assert (spare.stat().st_ino, spare.read_bytes()) == (before.st_ino, b"3")


def test_a_second_renewal_links_only_what_the_first_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with renewed(site) as new:
        new.write("a/c.txt", b"other")
    linked: list[str] = []
    monkeypatch.setattr(linking, "link_file", lambda source, _: linked.append(source))
    with renewed(site):
        pass
    assert linked == [str(site / "a" / "c.txt")]


def test_what_is_written_in_each_renewal_is_not_linked_before(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with renewed(site) as new:
        new.write("a/c.txt", b"one")
        new.write("a/b/index.html", b"one")
        new.write("new.txt", b"one")
    linked: list[str] = []
    monkeypatch.setattr(linking, "link_file", lambda source, _: linked.append(source))
    with renewed(site) as new:
        new.write("a/c.txt", b"two")
        new.remove("a/b/index.html")
    assert linked == [str(site / "new.txt")]


def test_a_folder_in_which_nothing_is_changed_stays_where_it_is(site: Path) -> None:
    before = site.stat().st_ino
    with renewed(site):
        pass
    assert site.stat().st_ino == before


def test_removing_the_last_file_of_a_folder_removes_the_folder(site: Path) -> None:
    with renewed(site) as new:
        new.remove("a/b/index.html")
        new.remove("a/none.txt")
        new.remove("index.html/none.txt")
    assert sorted(path.name for path in site.rglob("*")) == ["a", "c.txt", "index.html"]
    with renewed(site) as new:
        new.remove("a/c.txt")
        new.write("a", b"a file in the place of a folder")
    with renewed(site) as new:
        new.remove("a")
        new.write("a/c.txt", b"and back")
    with renewed(site) as new:
        assert tree(new.path) == {"index.html": b"1", "a/c.txt": b"and back"}


def test_a_file_from_elsewhere_is_linked_or_else_copied(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_bytes(b"kept")
    with renewed(site) as new:
        new.link("e/f.txt", str(tmp_path / "kept"))
        new.link("index.html", str(tmp_path / "kept"))
    assert (site / "e" / "f.txt").stat().st_ino == (tmp_path / "kept").stat().st_ino

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    shutil.rmtree(tmp_path / ".broadsheet-site")
    with renewed(site) as new:
        new.link("e/g.txt", str(tmp_path / "kept"))
    assert tree(site)["e/g.txt"] == tree(site)["e/f.txt"] == b"kept"
    assert (site / "e" / "g.txt").stat().st_ino != (tmp_path / "kept").stat().st_ino


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x"])
def test_no_path_leads_out_of_a_tree(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path inside"):
        Tree(tmp_path).remove(path)


def test_an_error_keeps_the_old_folder_and_the_spare(site: Path, way: str) -> None:
    before = tree(site)
    with suppress(KeyboardInterrupt), replaced(site) as empty:
        write(empty, {"half": b""})
        raise KeyboardInterrupt
    for _ in range(2):
        with suppress(KeyboardInterrupt), renewed(site) as new:
            assert tree(new.path) == before
            new.write("half/x", b"")
            new.remove("index.html")
            raise KeyboardInterrupt
        assert tree(site) == before
        assert beside(site) == {"lock", "spare", "spare.json"}


def test_what_the_system_refuses_is_one_sentence(site: Path) -> None:
    with pytest.raises(PublishError, match="what was there still stands"), renewed(site) as new:
        new.write("index.html/x", b"a file cannot hold one")


def test_a_full_disk_is_told_of_the_file_that_is_written_not_of_the_one_that_is_copied(
    tmp_path: Path,
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "theme/a.js", None, "site/a.js")
    with pytest.raises(PublishError, match=r"^site/a\.js: No space left"), plain_errors(tmp_path):
        raise full


def test_an_exchange_that_is_refused_keeps_the_old_folder(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site)
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    rename, steps = Path.rename, iter([True, False, True, True])

    def refused(path: Path, target: Path) -> Path:
        if not next(steps):
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PublishError, match="Permission denied"), replaced(site) as new:
        write(new, {"index.html": b"new"})
    assert tree(site) == before


def test_a_build_cut_short_between_two_renames_is_mended(site: Path) -> None:
    before = tree(site)
    site.rename(site.parent / ".broadsheet-site" / "old")
    with renewed(site) as new:
        assert tree(new.path) == tree(site) == before


def test_a_link_to_a_folder_stays_one_and_leads_to_the_new_folder(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "public").symlink_to(site)
    with replaced(tmp_path / "public") as new:
        write(new, {"index.html": b"new"})
    assert (tmp_path / "public").is_symlink()
    assert tree(site) == {"index.html": b"new"}


def test_a_mount_point_is_refused_before_any_work(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: path == site)
    with pytest.raises(PublishError, match="is a mount point"), replaced(site):
        pytest.fail("work was done")


def replace_site(site: Path) -> None:
    site.rename(site.parent / "other")
    shutil.copytree(site.parent / "other", site)


def replace_spare(site: Path) -> None:
    shutil.rmtree(site.parent / ".broadsheet-site" / "spare")
    shutil.copytree(site, site.parent / ".broadsheet-site" / "spare")


def add_a_file(site: Path) -> None:
    (site / "CNAME").write_bytes(b"example.org")


@pytest.mark.parametrize("change", [replace_site, replace_spare, add_a_file])
def test_a_spare_is_not_used_once_a_folder_is_another(
    site: Path, change: Callable[[Path], None]
) -> None:
    with renewed(site) as new:
        new.write("a/c.txt", b"other")
    spoil(site.parent / ".broadsheet-site" / "spare")
    change(site)
    with renewed(site) as new:
        assert tree(new.path) == tree(site)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\0",
        "1",
        "[]",
        "{}",
        '{"folders": STATES}',
        '{"folders": STATES, "changed": 1}',
        '{"folders": STATES, "changed": [1]}',
        '{"folders": STATES, "changed": ["../x"]}',
        "[" * 10**5,
    ],
    ids=lambda note: note[:50],
)
def test_a_spare_is_not_used_where_its_note_is_spoilt(site: Path, note: str) -> None:
    with renewed(site) as new:
        new.write("a/c.txt", b"other")
    shop = site.parent / ".broadsheet-site"
    states = json.loads((shop / "spare.json").read_bytes())["folders"]
    spoil(shop / "spare")
    (shop / "spare.json").write_text(note.replace("STATES", json.dumps(states)))
    with renewed(site) as new:
        assert tree(new.path) == tree(site)


def spoil(spare: Path) -> None:
    """Make a spare differ by more than its note says, where its own folder does not tell."""
    (spare / "a" / "b" / "more.txt").write_bytes(b"")


def test_a_full_disk_after_the_exchange_costs_the_spare_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spare, "write_whole", full)
    with renewed(site) as new:
        new.write("index.html", b"new")
    assert tree(site)["index.html"] == b"new"
    assert beside(site) == {"lock"}


def test_an_exchange_happens_at_once_or_says_that_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"one/1": b"", "other/deep/2": b""})
    if sys.platform == "linux" and platform.machine() in system._RENAMEAT2:
        assert system.exchange(tmp_path / "one", tmp_path / "other" / "deep")
        assert set(tree(tmp_path)) == {"one/2", "other/deep/1"}
        with pytest.raises(FileNotFoundError):
            system.exchange(tmp_path / "one", tmp_path / "none")
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    assert not system.exchange(tmp_path / "one", tmp_path / "other")


def test_a_process_killed_at_any_step_leaves_the_old_folder_or_the_new_one() -> None:
    done = run(ROOT, "-m", "tests.exchanges", "few")
    assert (done.returncode, done.stderr) == (0, "")
    struck = [int(line.split()[-2]) for line in done.stdout.splitlines()]
    assert len(struck) == 3
    assert min(struck) > 20


PATHS = st.sampled_from(
    [f"{folder}{name}" for folder in ("", "a/", "a/b/", "c/") for name in "xyz"]
)
EDITS = st.lists(st.tuples(PATHS, st.one_of(st.none(), st.binary(max_size=2))), max_size=6)


@settings(max_examples=25)
@given(st.lists(st.tuples(EDITS, st.booleans(), st.booleans()), max_size=5))
def test_any_renewals_make_what_their_edits_say(
    renewals: list[tuple[object, bool, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site, expected = Path(folder) / "site", dict[str, bytes]()
        for edits, fails, at_once in renewals:
            after = dict(expected)
            with suppress(ZeroDivisionError), renewed(site) as new:
                assert tree(new.path).keys() == expected.keys()
                if at_once:
                    new.freshen()
                    assert tree(new.path) == expected
                apply(new, after, edits)
                assert 1 / (not fails)
            expected = expected if fails else after
            assert tree(site) == expected


def apply(new: Tree, files: dict[str, bytes], edits: object) -> None:
    """The same edits to a tree and to what it should hold."""
    assert isinstance(edits, list)
    for path, content in edits:
        if content is None:
            new.remove(path)
            files.pop(path, None)
        else:
            new.write(path, content)
            files[path] = content
