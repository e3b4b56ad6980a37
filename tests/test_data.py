"""`data/papers.jsonl` is an interface that others lean on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from generator.config import Settings
from generator.errors import Report
from generator.pipeline import build_site, render

from .conftest import ROOT
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
    table = readme.partition("papers.jsonl")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)[: len(FIELDS)] == FIELDS
