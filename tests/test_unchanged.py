"""A build knows whether anything it reads has changed, whatever lies in its folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator.bounds import BOUNDS
from generator.renewal import is_of_text, stamp_of_frame
from generator.unchanged import stamp_of_digests

from .sites import run, workspace, write_digest

SAME = "nothing changed since the last build"


def test_what_cannot_be_read_among_digests_costs_no_build_and_a_link_is_followed(
    tmp_path: Path,
) -> None:
    digests, elsewhere = tmp_path / "digests", tmp_path / "elsewhere"
    write_digest(digests, "2025-03-12.txt", ("Graph Networks", "We say it."))
    write_digest(elsewhere, "2025-03-13.txt", ("Other One", "It is."))
    folder = workspace(tmp_path / "repository", digests)
    (folder / "digests" / "linked").symlink_to(elsewhere)
    (folder / "digests" / "self.txt").symlink_to("self.txt")
    (folder / "digests" / "nowhere.txt").symlink_to("none.txt")
    os.mkfifo(folder / "digests" / "pipe.txt")
    build = ("-m", "generator", "build")
    done = run(folder, *build)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 days, 2 entries, 2 papers" in done.stderr
    again = run(folder, *build)
    assert SAME in again.stdout
    assert "pipe.txt: no regular file; skipped" in again.stderr
    write_digest(elsewhere, "2025-03-14.txt", ("Third", "It is."))
    assert run(folder, *build).returncode == 0
    assert (folder / "site" / "papers" / "third" / "index.html").is_file()


@pytest.mark.parametrize("name", ["2025-03-12.txt", "keys.yml", "overrides.yml", "linked/a.txt"])
def test_digests_differ_where_a_file_does_that_a_build_reads(tmp_path: Path, name: str) -> None:
    digests, elsewhere = tmp_path / "digests", tmp_path / "elsewhere"
    digests.mkdir()
    elsewhere.mkdir()
    (digests / "linked").symlink_to(elsewhere)
    before = [stamp_of_digests(digests, BOUNDS)]
    for content in ("1", "2", ""):
        (digests / name).write_text(content)
        before.append(stamp_of_digests(digests, BOUNDS))
    assert len({*before}) == 4


@pytest.mark.parametrize("name", ["README.md", ".hidden.txt", "2025-03-12.txt~", ".git/x.txt"])
def test_digests_are_the_same_whatever_else_lies_there(tmp_path: Path, name: str) -> None:
    before = stamp_of_digests(tmp_path, BOUNDS)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("1")
    assert stamp_of_digests(tmp_path, BOUNDS) == before


def test_what_is_edited_while_mkdocs_builds_is_published_by_the_next_build(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("Graph Networks", "We say it."))
    folder = workspace(tmp_path / "repository", tmp_path / "digests")
    # MkDocs asks for this when it has read all pages.
    edit = """

def on_pre_template(template: object, **_: object) -> object:
    if (ROOT / "edited.md").exists():
        (ROOT / "edited.md").rename(ROOT / "docs" / "about.md")
    return template
"""
    with (folder / "generator" / "hooks.py").open("a") as hooks:
        hooks.write(edit)
    (folder / "edited.md").write_text("# About\n\nEdited in the meantime.\n")
    for _ in range(2):
        done = run(folder, "-m", "generator", "build")
        assert done.returncode == 0, done.stderr
    assert "Edited in the meantime." in (folder / "site" / "about" / "index.html").read_text()
    assert SAME in run(folder, "-m", "generator", "build").stdout


def test_a_pipe_among_what_people_wrote_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert stamp_of_frame(tmp_path, ["pipe"], {}) == stamp_of_frame(tmp_path, [], {})


def test_a_file_that_a_page_takes_in_is_published_as_it_is(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("Graph Networks", "We say it."))
    folder = workspace(tmp_path / "repository", tmp_path / "digests")
    config = folder / "mkdocs.yml"
    config.write_text(
        config.read_text().replace("  - tables\n", "  - tables\n  - pymdownx.snippets\n")
    )
    (folder / "docs" / "about.md").write_text('# About\n\n--8<-- "notes/x.md"\n')
    (folder / "notes").mkdir()
    for text in ("As it was.", "As it is."):
        (folder / "notes" / "x.md").write_text(text)
        done = run(folder, "-m", "generator", "build")
        assert "each time: pymdownx.snippets may change it" in done.stderr
        assert text in (folder / "site" / "about" / "index.html").read_text()


def test_what_the_shipped_settings_and_those_of_the_theme_name_acts_on_text_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "digests").mkdir()
    made = workspace(tmp_path / "repository", tmp_path / "digests")
    shipped = load_config(str(made / "mkdocs.yml")).markdown_extensions
    assert len(shipped) >= 5
    assert [name for name in [*shipped, "pymdownx.superfences"] if not is_of_text(name)] == []
    assert not is_of_text("pymdownx.snippets:SnippetExtension")
    assert not is_of_text("markdown_include.include")
