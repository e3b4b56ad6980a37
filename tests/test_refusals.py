"""What no site can be built with is said in a sentence, and by `check` before a build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import cli
from generator.cli import DONE, UNFINISHED, main

from .conftest import AS_IT_COMES
from .sites import run, tree, workspace, write_digest

CONFIG = (AS_IT_COMES / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one paper."""
    top = tmp_path_factory.mktemp("refusals")
    write_digest(top / "digests", "2025-03-12.txt", ("Graph Networks", "We say it."))
    return workspace(top / "repository", top / "digests")


@pytest.fixture
def configured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with the `mkdocs.yml` of this repository, to be changed."""
    monkeypatch.setattr(cli, "ROOT", folder)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return folder


def with_lines(config: str, name: str, *lines: str) -> str:
    """The configuration with other lines in place of those that state a name."""
    text = "".join(f"{line}\n" for line in lines)
    found, times = re.subn(rf"(?m)^{name}:.*\n((?: .*)?\n)*?(?=\S|\Z)", lambda _: text, config)
    assert times == 1
    return found


FRAME = [
    ("hooks", [], "mkdocs.yml: hooks lacks generator/hooks.py"),
    ("hooks", ["hooks:"], ": hooks lacks generator/hooks.py"),
    ("hooks", ["hooks: [docs/assets/own.py]"], "add the line `  - generator/hooks.py`"),
    (
        "use_directory_urls",
        ["use_directory_urls: false"],
        "mkdocs.yml:7: use_directory_urls is fal",
    ),
    (
        "theme",
        ["theme:", "  name: readthedocs", "  custom_dir: generator/theme"],
        'mkdocs.yml:10: theme: name is "readthedocs", and the templates in generator/theme are',
    ),
    *(
        (
            "extra",
            ["extra:", f"  social: {social}"],
            f": extra: social is {said}; it must be a list",
        )
        for social, said in (
            ("https://x.org", '"https://x.org"'),
            ("[https://x.org]", '["https://x.org"]'),
            ("[{link: x.org}, {name: Ann}]", '[{"link": "x.org"}, {"name": "Ann"}]'),
        )
    ),
]
MKDOCS = [
    ("site_name", [], "mkdocs.yml: site_name is missing or empty"),
    ("site_name", ["site_name:"], "mkdocs.yml:1: site_name is missing or empty"),
    ("site_name", ["site_name: [a, b]"], 'mkdocs.yml:1: site_name is ["a", "b"]; it must be text'),
    ("site_name", ["site_name: 2026"], "site_name is 2026; it must be text: put it in quotes"),
    ("plugins", ["plugins: [nowhere]"], 'plugins: The "nowhere" plugin is not installed; mend'),
    ("theme", ["theme: nowhere"], "theme: Unrecognised theme name: 'nowhere'"),
    ("theme", ["theme: {name: material, language: deu}"], "which material does not know; did you"),
    ("nav", ["nav: Today"], "nav: Expected nav to be a list"),
    ("site_name", ["site_name: a", "docs_dir: nowhere"], "mkdocs.yml:2: docs_dir: The path"),
    ("hooks", ["hooks: [generator/hooks.py, none.py]"], "none.py' isn't an existing file; mend"),
    (
        "markdown_extensions",
        ["markdown_extensions:", "  - toc:", "      permalinkk: true"],
        "Failed to load extension 'toc': KeyError: 'permalinkk'; mend",
    ),
]


@pytest.mark.parametrize(("name", "lines", "said"), [*FRAME, *MKDOCS])
def test_check_says_what_build_would_refuse(
    configured: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    lines: list[str],
    said: str,
) -> None:
    (configured / "mkdocs.yml").write_text(with_lines(CONFIG, name, *lines), encoding="utf-8")
    before = tree(configured)
    assert main(["check"]) == UNFINISHED
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert tree(configured) == before


def test_check_refuses_nothing_that_is_as_it_came(configured: Path) -> None:
    assert main(["check"]) == DONE


@pytest.mark.parametrize(("name", "lines", "said"), [FRAME[0], MKDOCS[3]])
def test_build_ends_with_the_same_sentence(
    configured: Path, name: str, lines: list[str], said: str
) -> None:
    (configured / "mkdocs.yml").write_text(with_lines(CONFIG, name, *lines), encoding="utf-8")
    done = run(configured, "-m", "generator", "build")
    assert done.returncode == UNFINISHED
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(:\n", "broadsheet: own_hook.py:1: invalid syntax"),
        ("import os\nimport no_such_module\n", "broadsheet: own_hook.py:2: No module named"),
    ],
)
def test_a_hook_that_cannot_be_loaded_is_named_with_its_line(
    configured: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    hooks = ["hooks:", "  - generator/hooks.py", "  - own_hook.py"]
    (configured / "mkdocs.yml").write_text(with_lines(CONFIG, "hooks", *hooks), encoding="utf-8")
    (configured / "own_hook.py").write_text(text)
    assert main(["check"]) == UNFINISHED
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{% extends "base.html" %}\n{% block content %}', "own/main.html:2: Unexpected end"),
        ("{# #}\n{{ config.none.at.all }}", "own/main.html:2: 'mkdocs.config"),
        ('{% include "none.html" %}', "own/main.html:1: there is no template none.html; put it"),
    ],
)
def test_a_template_that_is_wrong_is_named_with_its_line(
    configured: Path, template: str, said: str
) -> None:
    (configured / "own").mkdir(exist_ok=True)
    (configured / "own" / "main.html").write_text(template)
    config = CONFIG.replace("custom_dir: generator/theme", "custom_dir: own")
    (configured / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = run(configured, "-m", "generator", "build")
    assert done.returncode == UNFINISHED
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_mkdocs_run_directly_says_what_is_wrong_with_our_settings(configured: Path) -> None:
    config = CONFIG.replace("    digests: digests\n", "    digests: 5\n")
    (configured / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = run(configured, "-m", "mkdocs", "build")
    assert "extra: broadsheet: digests is 5; it must be text" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
