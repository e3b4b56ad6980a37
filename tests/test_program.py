"""All that makes a site of digests is known, wherever it lies."""

from __future__ import annotations

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
        (tmp_path / path).write_text("1")
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
