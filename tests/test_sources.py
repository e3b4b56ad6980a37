"""Each format gives the one record that all share; what is odd is named with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.errors import Report
from generator.kept import Kept
from generator.model import Capture
from generator.sources import SOURCES, SourceFile, read_capture, read_captures
from generator.sources.schema import NAMES

from .conftest import CASES, ROOT

FILES = sorted((CASES / "sources").glob("*.yml"))


def read(name: str, text: str) -> tuple[tuple[Capture, ...], list[str]]:
    report = Report()
    captures = read_capture(SourceFile(name, text), report)
    return captures, [str(problem) for problem in report.problems]


def plain(value: object) -> object:
    """A value as YAML would give it."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_as_its_case_says(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    captures, problems = read(case["file"], case["text"])
    days: Any = {str(c.day or c.label): [plain(asdict(item)) for item in c.items] for c in captures}
    assert {capture.source for capture in captures} == ({case["source"]} if days else set())
    assert {day: [item["title"] for item in items] for day, items in days.items()} == {
        day: [item["title"] for item in items] for day, items in case["days"].items()
    }
    for found, wanted in _pairs(days, case["days"]):
        assert {field: found[field] for field in wanted} == wanted
    assert problems == case.get("problems", [])


def _pairs(found: Any, wanted: Any) -> Iterator[tuple[Any, Any]]:
    for day, items in wanted.items():
        yield from zip(found[day], items, strict=True)


def test_every_source_has_a_case() -> None:
    cases = {yaml.safe_load(path.read_text(encoding="utf-8")).get("source") for path in FILES}
    # Saved text has a shelf of its own, too, see test_text_capture.py.
    assert cases - {None} == {source.NAME for source in SOURCES}


def test_the_name_of_a_file_is_no_evidence() -> None:
    for path in FILES:
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        captures, _ = read("x.txt", case["text"])
        assert {capture.source for capture in captures} <= {case.get("source")}


def test_the_readme_documents_the_schema() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for field, others in NAMES.items():
        also = ", ".join(f"`{name}`" for name in others)
        assert f"| `{field}` | {also} |".replace("  ", " ") in readme, field


@pytest.mark.parametrize("lost", [False, True])
def test_records_of_a_file_that_was_read_before_are_there_when_asked_for(
    lost: bool, tmp_path: Path
) -> None:
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "x.json").write_text(
        '[{"date": "2025-03-11", "title": "Adam"}, {"date": "2025-03-12", "title": "Bert"}]'
    )
    for _ in range(2):
        kept = Kept(tmp_path / "store" / "kept.sqlite", {"code": "a"})
        captures = read_captures(tmp_path / "digests", Report(), kept=kept)
        if lost:
            kept.forget("captures_items", kept.names("captures_items"))
        assert [str(capture.day) for capture in captures] == ["2025-03-11", "2025-03-12"]
        assert [[raw.title for raw in capture.items] for capture in captures] == [
            ["Adam"],
            ["Bert"],
        ]
        assert captures[1].items[0].title == "Bert"
        kept.close()
