"""A topic that gets another slug keeps its readers: its pages lead on, its feeds go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

from generator.conversion import convert
from generator.errors import Report

from .sites import settings_for, write_digest


def topic(slug: str, **more: object) -> dict[str, Any]:
    words = {"definition": "Applies to graphs.", "firm": ["graph neural network"]}
    return {"slug": slug, "name": slug.title(), "facet": "methods", **words, **more}


def site_with(folder: Path, facet: dict[str, Any], *topics: dict[str, Any]) -> str:
    """What is said of making the site with this vocabulary."""
    vocabulary = {"facets": [{"slug": "methods", "name": "Methods"} | facet], "tags": [*topics]}
    (folder / "tags.yml").write_text(yaml.safe_dump(vocabulary))
    settings = settings_for(folder / "digests", folder / "docs")
    return convert(replace(settings, vocabulary=folder / "tags.yml"), Report()).untold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site whose one topic has so many papers that it has older pages."""
    papers = [(f"Paper {n}", f"A graph neural network, {n}.") for n in range(230)]
    write_digest(tmp_path / "digests", "2025-03-12.txt", *papers)
    assert site_with(tmp_path, {}, topic("graphs")) == ""
    return tmp_path


FILES = ("rss.xml", "atom.xml", "feed.json", "archive/2025-03.xml", "archive/2025-03.json")


def test_feeds_go_on_under_a_former_slug_with_the_same_items(folder: Path) -> None:
    feeds = folder / "docs" / "feeds"
    before = feedparser.parse((feeds / "tags" / "graphs" / "atom.xml").read_bytes())
    write_digest(folder / "digests", "2025-03-13.txt", ("Fresh Edges", "A graph neural network."))
    assert site_with(folder, {}, topic("networks", former=["graphs"])) == ""
    for file in FILES:
        old, new = (feeds / "tags" / slug / file for slug in ("graphs", "networks"))
        assert old.read_bytes() == new.read_bytes()
    after = feedparser.parse((feeds / "tags" / "graphs" / "atom.xml").read_bytes())
    known = {item.id for item in before.entries}
    assert [item.title for item in after.entries if item.id not in known] == ["Fresh Edges"]
    assert {link.href for link in after.feed.links if link.rel == "self"} == {
        "https://example.org/base/feeds/tags/networks/atom.xml"
    }


def test_every_page_of_a_topic_leads_on_from_its_former_slug(folder: Path) -> None:
    pages = folder / "docs" / "tags"
    before = {path.relative_to(pages / "graphs") for path in pages.glob("graphs/*.md")}
    assert before
    site_with(folder, {}, topic("networks", former=["graphs"]))
    assert 'redirect: "../../tags/networks/"' in (pages / "graphs.md").read_text()
    for page in before:
        said = (pages / "graphs" / page).read_text()
        assert f'redirect: "../../../tags/networks/{page.stem}/"' in said


def test_a_facet_has_former_slugs_too_and_several_may_lead_to_one(folder: Path) -> None:
    feeds = folder / "docs" / "feeds" / "facets"
    named = {"slug": "ways", "former": ["methods", "means"]}
    site_with(folder, named, topic("graphs") | {"facet": "ways"})
    for file in FILES:
        contents = {(feeds / name / file).read_bytes() for name in ("ways", "methods", "means")}
        assert len(contents) == 1


def test_a_topic_that_left_the_vocabulary_is_named_with_what_keeps_its_readers(
    folder: Path,
) -> None:
    said = site_with(folder, {}, topic("networks"))
    assert said.startswith("the vocabulary no longer has graphs: who follows a feed of that name")
    assert said.endswith("`former: [graphs]`")
    assert site_with(folder, {}, topic("networks")) == ""


def test_a_topic_without_papers_is_none_that_left(folder: Path) -> None:
    write_digest(folder / "digests", "2025-03-12.txt", ("Other", "Of nothing."))
    assert site_with(folder, {}, topic("graphs", former=["nets"])) == ""
    assert not (folder / "docs" / "tags" / "nets.md").exists()


def test_a_correction_may_name_a_topic_by_its_former_slug(folder: Path) -> None:
    correction = "paper-1: {tags: {remove: graphs}}\n"
    (folder / "digests" / "overrides.yml").write_text(correction)
    site_with(folder, {}, topic("networks", former=["graphs"]))
    feed = (folder / "docs" / "feeds" / "tags" / "networks" / "atom.xml").read_text()
    assert "paper/paper-2<" in feed
    assert "paper/paper-1<" not in feed
