"""The README's table of modules says who imports whom; the code agrees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .conftest import ROOT

PACKAGE = ROOT / "generator"
ROW = re.compile(r"^\| `(\w+(?:/|\.py))` \| ([^|]+) \| ([^|]*)\|$", re.MULTILINE)

LISTED = re.compile(r"^ *(\w+(?:, \w+)*) ", re.MULTILINE)
IN_COLUMNS = re.compile(LISTED.pattern + r" +\S", re.MULTILINE)
NAMED = re.compile(r"`(\w+)`")


def modules() -> dict[str, list[Path]]:
    """Files of the package by the name of their row: a folder with one idea has one row."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = f"{parts[0]}/" if len(parts) > 1 else f"{parts[0]}.py"
        if parts[0] not in ("__init__", "__main__"):
            found.setdefault(name, []).append(path)
    return found


def imports(path: Path) -> Iterator[str]:
    """Names of the package's own modules that a file imports."""
    here = ("generator", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            absolute = here[: len(here) + 1 - node.level] if node.level else ()
            full = (*absolute, *(node.module or "").split("."))
            full = tuple(part for part in full if part)
            if full[:1] == ("generator",):
                yield from [full[1]] if len(full) > 1 else [alias.name for alias in node.names]


def table() -> dict[str, set[str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return {
        name: {word.strip(" `") for word in uses.split(",") if word.strip(" `")}
        for name, _, uses in ROW.findall(text)
    }


def test_the_table_of_modules_is_true() -> None:
    actual = {
        name: {
            used
            for path in paths
            for used in imports(path)
            if used not in (name.removesuffix("/").removesuffix(".py"), "__version__")
        }
        for name, paths in modules().items()
    }
    assert table() == actual


def test_data_flows_one_way() -> None:
    uses = {name.removesuffix("/").removesuffix(".py"): wanted for name, wanted in table().items()}
    order: list[str] = []
    while len(order) < len(uses):
        ready = [name for name in uses if name not in order and uses[name] <= set(order)]
        assert ready, f"a ring among {set(uses) - set(order)}"
        order += ready


def test_only_what_is_called_by_mkdocs_or_serves_imports_it() -> None:
    for path in PACKAGE.rglob("*.py"):
        names = [
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        ]
        uses = any(name.split(".")[0] == "mkdocs" for name in names)
        ours = path.name in ("hooks.py", "serving.py") or path.parent.name == "pagebuilder"
        assert ours or not uses, path


def test_a_package_that_lists_its_modules_lists_them_all() -> None:
    for path in sorted(PACKAGE.rglob("__init__.py")):
        stated = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        lists = [part for part in stated.split("\n\n") if IN_COLUMNS.search(part)]
        listed = {name for names in LISTED.findall("\n".join(lists)) for name in names.split(", ")}
        there = {file.stem for file in path.parent.glob("*.py")} - {"__init__"}
        assert listed <= there, path
        assert not lists or there <= listed.union(NAMED.findall(stated)), path


def test_no_module_outgrows_its_idea() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 500
    }
    assert long == {}
