"""What a site is built with, though it was hardly meant, is named by `check` with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import cli
from generator.cli import DONE, REFUSED, UNFINISHED, main

from .conftest import AS_IT_COMES
from .sites import run, workspace, write_digest

CONFIG = (AS_IT_COMES / "mkdocs.yml").read_text(encoding="utf-8")


def line_of(words: str, text: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one paper."""
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("Graph Networks", "We say it."))
    monkeypatch.setattr(cli, "ROOT", tmp_path / "repository")
    return workspace(tmp_path / "repository", tmp_path / "digests")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("site_autor: Ann", "site_autor is no setting of MkDocs; did you mean site_author?"),
        ("feed_days: 3", "feed_days is no setting of MkDocs; ours stand below `extra:`, `broad"),
        ("broadsheet: {feed_days: 3}", "broadsheet is no setting of MkDocs; ours stand below"),
        ("nothing_like_it: 3", "nothing_like_it is no setting of MkDocs; mend its name, or remo"),
    ],
)
def test_a_setting_that_has_no_effect_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    (folder / "mkdocs.yml").write_text(CONFIG + line, encoding="utf-8")
    assert main(["check", "--strict"]) == REFUSED
    last = CONFIG.count("\n") + 1
    assert capsys.readouterr().err.startswith(f"mkdocs.yml:{last}: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  - About: about.md",
            "  - X: abuot.md",
            "nav has abuot.md, and there is no such page",
        ),
        (
            "  favicon: assets/",
            "  favicon: asset/",
            "theme: favicon has asset/fav",
        ),
        ("  favicon:", "  logo: mine.svg\n  favicon:", "theme: logo has mine.svg, and there is no"),
        ("  - assets/skim.css", "  - my.css", "extra_css has my.css, and there is no such file"),
        (
            "  - path: assets/skim.js",
            "  - path: https://x.org/a.js",
            "extra_javascript has https://x.org/a.js, and no page may ask another host but",
        ),
    ],
)
def test_what_names_nothing_that_pages_could_have_is_named_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    config = CONFIG.replace(old, new)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check"]) == DONE
    line = line_of(new.split("\n", maxsplit=1)[0], config)
    assert capsys.readouterr().err.startswith(f"mkdocs.yml:{line}: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  font: false", "  font: {text: Roboto}", "theme: font has no effect: put a font"),
        ("  font: false", "  palette: {primary: red}", "theme: palette has no effect: put colours"),
        (
            "extra:",
            "extra:\n  analytics: {provider: x}",
            "extra: analytics has no effect: a script",
        ),
        (
            "    - content.code.copy",
            "    - navigation.tabs",
            "theme: features has navigation.tabs, and none but content.… have an effect",
        ),
        ("  custom_dir: generator/theme", "  custom_dir: docs", "theme: pages are those of mater"),
    ],
)
def test_a_setting_of_another_shell_is_named_with_what_there_is_instead(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    config = CONFIG.replace(old, new)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check", "--strict"]) == REFUSED
    line = "theme:" if "pages are those" in said else new.rsplit("\n", maxsplit=1)[-1]
    assert capsys.readouterr().err.startswith(f"mkdocs.yml:{line_of(line, config)}: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  name: material\n  custom_dir: generator/theme\n",
            "  name: mkdocs\n",
            "theme: pages are those of mkdocs alone, with no content security policy, no search",
        ),
        (
            "  font: false\n",
            "  font: false\n  language: de\n",
            'theme: language is "de" on the pages that you write; the words of all others are Engl',
        ),
    ],
)
def test_a_choice_with_a_price_is_told_and_fails_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    config = CONFIG.replace(old, new)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check", "--strict"]) == DONE
    line = line_of("language:" if "language" in new else "theme:", config)
    out = capsys.readouterr().out
    assert f"no problem, but to be known: mkdocs.yml:{line}: {said}" in out
    assert "; 0 problems" in out


def test_that_feed_ids_hang_on_the_address_is_told_until_the_host_is_pinned(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://me.github.io/broadsheet/")
    assert main(["check", "--strict"]) == DONE
    line = line_of("  broadsheet:", CONFIG)
    said = f"to be known: mkdocs.yml:{line}: feed ids hold the host of site_url, here me.github.io;"
    assert said in capsys.readouterr().out
    pinned = CONFIG.replace("    # authority: example.org", "    authority: me.github.io")
    (folder / "mkdocs.yml").write_text(pinned, encoding="utf-8")
    assert main(["check", "--strict"]) == DONE
    assert "to be known" not in capsys.readouterr().out


def test_a_language_is_that_of_pages_by_hand_and_all_others_say_that_they_are_english(
    folder: Path,
) -> None:
    config = CONFIG.replace("  font: false\n", "  font: false\n  language: ar\n")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert run(folder, "-m", "generator", "build").returncode == DONE
    by_hand = (folder / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="ar"' in by_hand
    assert '<body dir="rtl"' in by_hand
    for page in ("index.html", "papers/graph-networks/index.html", "404.html"):
        generated = (folder / "site" / page).read_text(encoding="utf-8")
        assert '<html lang="en"' in generated
        assert '<body dir="ltr"' in generated
        assert 'placeholder="Search"' in generated


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "site_name: Paper #1",
            "mkdocs.yml:1: YAML takes “#1” for a comment, so “Paper” ends there",
        ),
        ("site_name: 'Paper #1' #x", ""),
        ("site_name: Papers # of the day", ""),
    ],
)
def test_a_text_that_yaml_cuts_short_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    config = CONFIG.replace("site_name: Broadsheet", line)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check", "--strict"]) == (REFUSED if said else DONE)
    assert capsys.readouterr().err.startswith(said)


def test_what_is_there_is_not_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = CONFIG.replace("  - assets/skim.css", "  - https://a.x.org/a.css\n  - mine.css?1")
    config += "    other_hosts: https://*.x.org\n"
    config = config.replace("not_in_nav", "  - Elsewhere: https://x.org/\nnot_in_nav")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    (folder / "docs" / "mine.css").write_text("")
    (folder / "docs" / "own").mkdir()
    (folder / "docs" / "own" / "page.md").write_text(
        "# A B\n\n[a](#a-b) [b](../days/2025-03-12.md) [c](../feeds/all/rss.xml) [d](../about.md)"
        " [e](https://x.org/y) [f](../../days/2025-03-12/) [g](/anywhere) [h](../mine.css)"
        " [i](../about.md#colophon)\n"
    )
    assert main(["check", "--strict"]) == DONE, capsys.readouterr().err


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("dyas/2025-03-12.md", "there is no such page or file; mend it, or remove it"),
        ("days/2025-03-13.md", "there is no such page or file; mend it, or remove it"),
        ("nothing/here/", "there is no such page or file; mend it, or remove it"),
        ("about.html", "there is no such page or file; did you mean about.md?"),
        ("about.md#nowhere", "there is no such anchor; mend it, or remove it"),
        ("#nowhere", "there is no such anchor; mend it, or remove it"),
    ],
)
def test_a_link_of_a_hand_written_page_that_leads_nowhere_is_named_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], link: str, said: str
) -> None:
    # Of the build before the digest was mended.
    (folder / "docs" / "days").mkdir()
    (folder / "docs" / "days" / "2025-03-13.md").write_text("# A day\n")
    (folder / "docs" / ".broadsheet-manifest").write_text("days/2025-03-13.md\n")
    (folder / "docs" / "mine.md").write_text(f"# Mine\n\nWords.\n\nSee [that]({link}).\n")
    assert main(["check", "--strict"]) == REFUSED
    assert capsys.readouterr().err == f"docs/mine.md:5: leads to {link}, and {said}\n"


def test_pages_of_a_build_whose_record_is_lost_are_none_that_somebody_wrote(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert"]) == DONE
    (folder / "docs" / ".broadsheet-manifest").unlink()
    page = folder / "docs" / "papers" / "graph-networks.md"
    page.write_text(page.read_text() + "[x](nowhere.md)\n")
    assert main(["check", "--strict"]) == DONE, capsys.readouterr().err


def test_a_page_that_cannot_be_made_ends_check_as_it_ends_a_build(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs" / "bad.md").write_bytes("# Zürich\n".encode("latin-1"))
    assert main(["check"]) == UNFINISHED
    assert "docs/bad.md: line 1 is not UTF-8: save the file as UTF-8" in capsys.readouterr().err


def test_where_another_program_acts_on_pages_nothing_is_said_of_their_links(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mine.py").write_text("def on_files(files, config):\n    return files\n")
    config = CONFIG.replace("  - generator/hooks.py", "  - generator/hooks.py\n  - mine.py")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    (folder / "docs" / "mine.md").write_text("[a](made-by-the-hook.md)\n")
    assert main(["check", "--strict"]) == DONE, capsys.readouterr().err


def test_a_page_that_no_address_can_name_ends_check_and_build(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("# Here\n")
    said = "docs/caf\\udce9.md: its name is not UTF-8, so no address leads there; rename it\n"
    assert main(["check"]) == UNFINISHED
    assert capsys.readouterr().err.endswith(said)
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == UNFINISHED
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_folder_of_the_docs_that_the_system_keeps_back_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path).endswith("docs/assets"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert main(["check"]) == UNFINISHED
    assert capsys.readouterr().err.endswith("docs/assets: Permission denied\n")
