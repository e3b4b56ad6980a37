"""What was built before is never seen in what is built now.

`benchmarks/edits.py` holds many more edits to it, by hand.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
import yaml

from generator import sources
from generator.bounds import Bounds
from generator.conversion import convert
from generator.errors import Report
from generator.kept import Kept
from generator.ledger import LEDGER
from generator.sources import SourceFile

from .conftest import ROOT
from .edits import OF_DIGESTS, Repository, begin
from .edits.conversion import Conversion, lower_limits
from .edits.damage import lose_half_of_the_docs, spoil_a_file_of_the_cache
from .edits.digests import remove_a_day
from .edits.inputs import add_digest
from .edits.rest import change_a_template, set_a_setting, write_a_page
from .sites import QUIET, settings_for, tree, workspace, write_digest

PUBLISH = ROOT / ".github" / "workflows" / "publish.yml"
AT_ONCE = 8
"""Edits between two conversions."""


@pytest.mark.parametrize("seed", [1])
def test_digests_edited_at_random_are_converted_as_if_for_the_first_time(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower_limits(monkeypatch)
    chance = Random(seed)
    inputs = begin(chance, days=3, topics=6)
    conversion = Conversion(tmp_path / "digests", inputs)
    assert conversion.differences(inputs) == []
    edits = chance.sample(OF_DIGESTS, len(OF_DIGESTS))
    for first in range(0, len(edits), AT_ONCE):
        done = [f"{edit.__name__}: {edit(inputs, chance)}" for edit in edits[first:][:AT_ONCE]]
        assert conversion.differences(inputs) == [], done


def test_a_site_built_again_after_edits_and_damage_is_that_of_a_fresh_build(tmp_path: Path) -> None:
    chance = Random(4)
    inputs, repository = begin(chance, days=2), Repository(tmp_path)
    assert repository.build(inputs).returncode == 0
    write_a_page(inputs, chance)
    set_a_setting(inputs, chance)
    change_a_template(inputs, chance)
    assert repository.differences(inputs) == []
    add_digest(inputs, chance, date(2026, 1, 7))
    remove_a_day(inputs, chance)
    spoil_a_file_of_the_cache(repository.folder, chance)
    lose_half_of_the_docs(repository.folder, chance)
    assert repository.differences(inputs) == []


def test_a_paper_that_gets_another_key_has_it_wherever_it_is_named(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("A Title", "An abstract."))
    ledger = tmp_path / "digests" / LEDGER
    ledger.write_text("an-older-title: [a-title]\n")
    settings = settings_for(tmp_path / "digests", tmp_path / "docs")
    with closing(Kept(tmp_path / "kept")) as kept:
        convert(settings, Report(), kept=kept)
        ledger.unlink()
        convert(settings, Report(), kept=kept)
    texts = tree(tmp_path / "docs")
    assert b"a-title" in texts["cite/days/2025-03-12.bib"]
    assert [path for path, text in texts.items() if b"an-older-title" in text] == []


def test_a_digest_that_is_edited_while_it_is_read_is_not_kept_as_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests, name = tmp_path / "digests", "2025-03-12.txt"
    write_digest(digests, name, ("One Title", "Its abstract."))
    before, read_file = (digests / name).read_bytes(), sources.read_file

    def edited(origin: str, path: Path, report: Report, bounds: Bounds) -> SourceFile | None:
        write_digest(digests, name, ("Another Title", "Its abstract."))
        return read_file(origin, path, report, bounds)

    with closing(Kept(tmp_path / "kept")) as kept:
        with monkeypatch.context() as patched:
            patched.setattr(sources, "read_file", edited)
            sources.read_captures(digests, Report(), kept=kept)
        (digests / name).write_bytes(before)
        (capture,) = sources.read_captures(digests, Report(), kept=kept)
        assert [paper.title for paper in capture.items] == ["One Title"]


def test_of_what_is_removed_nothing_is_kept_and_of_all_else_everything(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    # Under these names is kept what is known of the whole site, and of a day.
    titles = ("All", "Last", "Newest", "2025-03-12")
    write_digest(digests, "2025-03-12.txt", ("Other", "It is."))
    write_digest(digests, "a/2025-03-12.txt", *((title, "It is.") for title in titles))
    before = names_kept(digests)
    (digests / "a").rename(digests / "b")
    moved = names_kept(digests)
    assert len(before["captures"]) == len(moved["captures"]) == 2
    assert len(before["captures"] & moved["captures"]) == 1
    shutil.rmtree(digests / "b")
    after = names_kept(digests)
    assert after["captures"] == before["captures"] & moved["captures"]
    assert after["captures_items"] == after["captures"]
    for kind in before.keys() - {"captures", "captures_items"}:
        assert after[kind] == ({"other"} if kind.startswith("paper") else before[kind]), kind


def names_kept(digests: Path) -> dict[str, set[str]]:
    """By kind, what is kept once the digests are converted."""
    store = digests.parent / "kept"
    with closing(Kept(store, {"code": "a"})) as kept:
        convert(settings_for(digests, digests.parent / "docs"), Report(), kept=kept)
        if not kept.names("frame"):
            assert kept.differs, "all was forgotten"
            kept.keep("frame", "all", b"", b"x")
    with closing(sqlite3.connect(store)) as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        kinds = [kind for (kind,) in found if kind != "program"]
        return {kind: {n for (n,) in db.execute(f'SELECT name FROM "{kind}"')} for kind in kinds}


# The steps of publishing


def publish(folder: Path) -> str:
    """Run the commands of the job that builds, from the build on; what they say."""
    job = yaml.safe_load(PUBLISH.read_text(encoding="utf-8"))["jobs"]["build"]
    names = [step["name"] for step in job["steps"]]
    said = ""
    for step in job["steps"][names.index("Build") :]:
        if "run" in step:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=folder,
                env={
                    **os.environ,
                    **QUIET,
                    **dict.fromkeys([*job["env"], *step.get("env", {})], "https://a.example/b/c"),
                    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                    "SITE_URL": "https://reader.example/papers/",
                },
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            said += done.stdout
    return said


def cached() -> list[str]:
    """What a run keeps for the next one."""
    steps = yaml.safe_load(PUBLISH.read_text(encoding="utf-8"))["jobs"]["build"]["steps"]
    (paths,) = [step["with"]["path"] for step in steps if "actions/cache" in step.get("uses", "")]
    return str(paths).split()


def tar(folder: Path, *arguments: str) -> None:
    """As the action packs and unpacks."""
    subprocess.run(["tar", "--posix", "-C", str(folder), *arguments], check=True)


def checked_out(folder: Path, days: Iterable[str]) -> Path:
    for number, day in enumerate(days):
        write_digest(folder.parent / "digests", f"{day}.txt", (f"Paper {number}", f"Of {day}."))
    workspace(folder, folder.parent / "digests")
    with (folder / "mkdocs.yml").open("a") as config:
        config.write("site_dir: public\n")  # for another host
    return folder


def test_a_day_is_published_alike_with_and_without_what_the_last_run_kept(tmp_path: Path) -> None:
    folder, kept = tmp_path / "repository", str(tmp_path / "kept.tar")
    held = ["2025-03-11", "2025-03-12", "2025-03-13"]  # so that pages of every shape are known
    publish(checked_out(folder, held))
    there = [str(path.relative_to(folder)) for name in cached() for path in folder.glob(name)]
    tar(folder, "-cf", kept, *there)
    shutil.rmtree(folder)
    checked_out(folder, [*held, "2025-03-14"])
    tar(folder, "-xf", kept)
    assert "MkDocs" not in publish(folder)
    restored = tree(folder / "site")
    shutil.rmtree(folder)
    checked_out(folder, [*held, "2025-03-14"])
    assert "MkDocs" in publish(folder)
    assert restored == tree(folder / "site")


def test_a_run_keeps_what_is_generated_and_nothing_that_is_checked_out() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    generated = {line.strip("/") for line in ignored if line.startswith("/docs/")}
    assert set(cached()) == {".cache/broadsheet", "site", *generated}
