"""The data are an interface that others lean on; their schema says what they hold."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.config import Settings
from generator.errors import Report
from generator.outputs.data import files
from generator.outputs.data.files import SCHEMA
from generator.pipeline import build_site, render

from .conftest import CASES, ROOT
from .hostile import FORMULAS, HOSTILE
from .sites import render_site, settings_for, write_digest

FIELDS = (
    "key url title abstract title_tex abstract_tex tags seen_on arxiv_id authors links related "
    "updated published revised version categories organisation comment withdrawn signals"
).split()


def test_a_paper_is_one_object_with_fixed_fields(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("Old One", "It is old. Code: https://github.com/a/b."))
    write_digest(digests, "2025-03-12.txt", ('na\\"ive New One', "It is new."), ("Old One", ""))
    lines = render_site(digests)["data/papers.jsonl"].decode().splitlines()
    new, old = (json.loads(line) for line in lines)
    assert list(new) == list(old) == FIELDS
    assert (new["key"], new["title"]) == ("naive-new-one", "naïve New One")
    assert new["url"] == "https://example.org/base/papers/naive-new-one/"
    assert old["seen_on"] == ["2025-03-11", "2025-03-12"]
    assert old["links"] == [{"kind": "code", "url": "https://github.com/a/b"}]
    assert (old["arxiv_id"], old["authors"]) == (None, [])


def test_a_publisher_may_leave_the_data_out(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("A Paper", "It is."))
    settings = settings_for(digests, tmp_path / "docs")
    site = build_site(settings, Report())

    def folders(chosen: Settings) -> set[str]:
        return {artifact.path.split("/")[0] for artifact in render(site, chosen)}

    assert folders(settings) - folders(replace(settings, data=False)) == {"data"}


def test_the_readme_documents_every_field() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("in this\norder:\n")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)[: len(FIELDS)] == FIELDS


def records(folder: dict[str, bytes], held: dict[str, Any]) -> list[Any]:
    content = folder[f"data/{held['file']}"]
    return [json.loads(line) for line in content.splitlines()]


def hold(rendered: dict[str, bytes]) -> dict[str, Any]:
    """The index; it, every file and every record of it are what the schema says."""
    schema = json.loads(rendered["data/schema.json"])
    index: dict[str, Any] = json.loads(rendered["data/index.json"])
    Draft202012Validator(schema).validate(index)
    listed = {f"data/{held['file']}" for held in index["files"]}
    there = {path for path in rendered if path.startswith("data/")}
    assert there == listed | {"data/index.json", "data/schema.json"}
    for held in index["files"]:
        content = rendered[f"data/{held['file']}"]
        assert held["bytes"] == len(content)
        assert held["sha256"] == hashlib.sha256(content).hexdigest()
        if held["holds"] == "citations":
            assert len(json.loads(content)) == held["records"]
            continue
        validator = Draft202012Validator(
            {"$ref": f"#/$defs/{held['holds']}", "$defs": schema["$defs"]}
        )
        found = records(rendered, held)
        assert len(found) == held["records"]
        for record in found:
            validator.validate(record)
    return index


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    digests = tmp_path / "digests"
    strange = [(f"A Paper on {text}", "It is.") for text in (*HOSTILE, *FORMULAS)]
    write_digest(digests, "2024-12-31.txt", ("Old One", "On graph attention networks."))
    write_digest(digests, "2025-03-12.txt", ("New One", "It is new."), ("Old One", ""), *strange)
    known = {
        "title": "Known",
        "abstract": "So.",
        "arxiv_id": "2401.12340v2",
        "authors": ["Ada Byron"],
        "published": "2024-01-22T10:00:00Z",
        "upvotes": 3,
        "seen_at": "2025-03-12",
        "doi": "10.1000/x",
    }
    (digests / "2025-03-12-known.json").write_text(json.dumps([known]), encoding="utf-8")
    return digests


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_everything_published_is_what_the_schema_says(two_years: Path) -> None:
    index = hold(render_site(two_years))
    assert [held["file"] for held in index["files"]] == [
        "papers.jsonl", "papers.csl.json", "days.jsonl", "tags.jsonl",
    ]  # fmt: skip
    assert index["as_of"] == "2025-03-12"


def test_more_than_a_file_should_hold_comes_a_file_a_year_or_month(
    two_years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = render_site(two_years)
    size = len(whole["data/papers.jsonl"])

    def parts(largest: int) -> list[tuple[str, int | None]]:
        monkeypatch.setattr(files, "LARGEST", largest)
        split = render_site(two_years)
        papers = [held for held in hold(split)["files"] if held["holds"] == "papers"]
        contents = [split[f"data/{held['file']}"] for held in papers]
        assert b"".join(contents) == whole["data/papers.jsonl"]
        return [(held["file"], held["year"]) for held in papers]

    assert parts(size) == [("papers.jsonl", None)]
    assert parts(size - 1) == [("papers/2025.jsonl", 2025), ("papers/2024.jsonl", 2024)]
    oldest = whole["data/papers.jsonl"].splitlines(keepends=True)[-1]
    assert parts(len(oldest)) == [("papers/2025/03.jsonl", 2025), ("papers/2024.jsonl", 2024)]
    assert parts(0) == [("papers/2025/03.jsonl", 2025), ("papers/2024/12.jsonl", 2024)]


def test_days_name_their_papers_and_tags_count_them(two_years: Path) -> None:
    rendered = render_site(two_years)
    by_kind = {held["holds"]: records(rendered, held) for held in hold(rendered)["files"][::-1]
               if held["holds"] != "citations"}  # fmt: skip
    keys = [paper["key"] for paper in by_kind["papers"]]
    newest, oldest = by_kind["days"]
    assert newest["again"] == oldest["papers"] == ["old-one"]
    assert set(newest["papers"]) == set(keys)
    for tag in by_kind["tags"]:
        having = sum(tag["slug"] in paper["tags"] for paper in by_kind["papers"])
        assert tag["papers"] == having


def test_the_version_changes_with_the_schema_and_never_else() -> None:
    # A new version comes with its own line; what a version once meant stays.
    versions = yaml.safe_load((CASES / "data" / "versions.yml").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    version = schema["properties"]["version"]["const"]
    assert version == max(versions)
    assert versions[version] == hashlib.sha256(meaning(schema).encode()).hexdigest()


def meaning(schema: object) -> str:
    """The schema without words for people."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {
                name: bare(part)
                for name, part in value.items()
                if not (name in ("title", "description") and isinstance(part, str))
            }
        return [bare(part) for part in value] if isinstance(value, list) else value

    return json.dumps(bare(schema), sort_keys=True)
