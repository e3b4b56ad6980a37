"""All that makes a site of digests is known, wherever it lies."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from generator.config import load_settings
from generator.program import parts_of_program

CONFIG = """\
INHERIT: base.yml
site_url: https://example.org/base/
theme: {name: material, custom_dir: ours/theme}
hooks: [generator/hooks.py, mine.py]
# The site is published by others.
"""


def parts(folder: Path) -> dict[str, str]:
    config = folder / "mkdocs.yml"
    return dict(parts_of_program(config, load_settings(config)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("base.yml", "mine.py", "ours/theme/a/main.html", "docs/about.md", "site/a.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x: 1")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


@pytest.mark.parametrize("path", ["base.yml", "mine.py", "ours/theme/a/main.html", "mkdocs.yml"])
def test_what_the_configuration_names_is_part_of_it(folder: Path, path: str) -> None:
    before = parts(folder)
    (folder / path).write_text((folder / path).read_text() + "\n")
    assert [n for n, now in parts(folder).items() if before[n] != now and n.endswith(path)]


@pytest.mark.parametrize("path", ["docs/about.md", "site/a.html"])
def test_what_is_looked_at_elsewhere_is_not(folder: Path, path: str) -> None:
    before = parts(folder)
    (folder / path).write_text("2")
    assert parts(folder) == before


def test_a_site_that_was_built_elsewhere_is_not(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a") as config:
        config.write("site_dir: public\n")  # and the site of before is named in a comment
    (folder / "site" / "sitemap.xml").write_text("<urlset/>")
    before = parts(folder)
    (folder / "site" / "a.html").write_text("2")
    assert parts(folder) == before


def test_digests_are_not_whichever_are_read(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a") as config:
        config.write("extra: {broadsheet: {digests: days}}\n")
    settings = load_settings(folder / "mkdocs.yml")
    for name in ("days", "other"):
        (folder / name).mkdir()
        (folder / name / "2025-03-12.txt").write_text("1")
    before = parts(folder)
    others = replace(settings, digests=folder / "other")
    assert dict(parts_of_program(folder / "mkdocs.yml", others)) == before


def test_what_holds_nothing_is_not(folder: Path) -> None:
    before = parts(folder)
    (folder / "ours" / "theme" / ".#main.html").symlink_to("somebody@somewhere.1:2")
    os.mkfifo(folder / "ours" / "theme" / "pipe")
    assert parts(folder) == before


def test_a_word_that_is_too_long_for_a_name_names_nothing(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a") as config:
        config.write(f"# {'-' * 300}\nextra: {{broadsheet: {{vocabulary: {'x' * 300}.yml}}}}\n")
    assert "mine.py" in {Path(name).name for name in parts(folder)}


def test_what_is_inherited_is_part_of_it_wherever_it_lies(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, deeper = folder.parent / "elsewhere.yml", folder.parent / "deeper.yml"
    (folder / "base.yml").write_text("INHERIT: ../elsewhere.yml")
    elsewhere.write_text("INHERIT: deeper.yml\nsite_name: !ENV [NAMED_THERE, x]")
    deeper.write_text("extra_css: [named.css]")
    before = parts(folder)
    deeper.write_text("extra_css: [named.css]\n")
    assert differing(folder, before) == ["../deeper.yml"]
    monkeypatch.setenv("NAMED_THERE", "y")
    assert "the variable NAMED_THERE" in differing(folder, before)


@pytest.mark.parametrize("written", ["custom_dir: {}", "custom_dir: '{}'", 'custom_dir: "{}"  # x'])
def test_the_theme_is_part_of_it_wherever_it_lies(folder: Path, written: str) -> None:
    theme = folder.parent / f"{folder.name} theme"
    template = theme / "main.html"
    theme.mkdir()
    template.write_text("1")
    (folder / "mkdocs.yml").write_text(
        "site_url: https://example.org/\ntheme:\n  name: material\n  "
        + written.format(f"../{theme.name}")
    )
    before = parts(folder)
    template.write_text("2")
    assert [name for name in differing(folder, before) if name.endswith(" theme/main.html")]


@pytest.mark.parametrize("name", ["site_footer", "X", "FooterLine"])
def test_a_variable_is_part_of_it_whatever_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with (folder / "mkdocs.yml").open("a") as config:
        config.write(f"copyright: !ENV {name}\n")
    monkeypatch.setenv(name, "one")
    before = parts(folder)
    monkeypatch.setenv(name, "two")
    assert differing(folder, before) == [f"the variable {name}"]
    monkeypatch.delenv(name)
    assert f"the variable {name}" not in parts(folder)


def test_a_library_is_part_of_it_wherever_it_is_installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = folder.parent / f"{folder.name}-elsewhere"
    (elsewhere / "numpy-9.0.dist-info").mkdir(parents=True)
    before = parts(folder)
    monkeypatch.syspath_prepend(str(elsewhere))
    assert differing(folder, before) == ["the libraries"]
    before = parts(folder)
    (elsewhere / "numpy-9.0.dist-info").rename(elsewhere / "numpy-9.1.dist-info")
    assert differing(folder, before) == ["the libraries"]


def differing(folder: Path, before: dict[str, str]) -> list[str]:
    return [name for name, now in parts(folder).items() if before.get(name) != now]
