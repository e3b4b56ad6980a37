"""Lists of feeds, read back with a real reader: each feed once, nothing of a name is markup."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import listparser
import pytest
import yaml

from generator.errors import Report
from generator.pipeline import build_site, render

from .hostile import HOSTILE
from .sites import render_site, settings_for, write_digest

URL = "https://example.org/base/"


def part(n: int, subject: str = "graph neural network") -> tuple[str, str]:
    return f"Paper Number {n}", f"We propose a {subject} and train it, for the time number {n}."


def read(content: bytes) -> Any:
    parsed = listparser.parse(content)
    assert not parsed.bozo
    assert parsed.version == "opml2"
    return parsed


def feeds_of(site: dict[str, bytes]) -> set[str]:
    """Every feed of a site, in the format that lists have."""
    return {path for path in site if path.startswith("feeds/") and path.endswith("/atom.xml")}


def test_the_list_of_all_feeds_has_each_feed_once(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", part(1), part(2, "diffusion model"))
    site = render_site(tmp_path / "digests")
    listed = [feed.url.removeprefix(URL) for feed in read(site["feeds/all.opml"]).feeds]
    assert listed[:2] == ["feeds/all/atom.xml", "feeds/days/atom.xml"]
    assert len(listed) == len(set(listed))
    assert set(listed) == feeds_of(site)


def test_the_list_of_a_facet_has_its_topics_alone(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", part(1), part(2, "diffusion model"))
    site = render_site(tmp_path / "digests")
    parsed = read(site["feeds/facets/method.opml"])
    assert parsed.meta.title == "Methods – A Small Paper"
    assert [feed.url.removeprefix(URL) for feed in parsed.feeds] == [
        "feeds/tags/graph-learning/atom.xml",
        "feeds/tags/diffusion-models/atom.xml",
    ]
    assert parsed.feeds[0].title == "Graph Learning & GNNs – A Small Paper"


def test_a_list_changes_with_the_feeds_and_not_with_the_day(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", part(1))
    before = render_site(tmp_path / "digests")
    write_digest(tmp_path / "digests", "2025-03-12.txt", part(2))
    after = render_site(tmp_path / "digests")
    lists = [path for path in before if path.endswith(".opml")]
    assert len(lists) > 1
    assert all(before[path] == after[path] for path in lists)


def hostile_site(folder: Path) -> dict[str, bytes]:
    """A site whose own name and whose vocabulary are hostile."""
    topics = [
        {
            "slug": f"t-{number}", "name": text, "facet": "f", "definition": text,
            "synonyms": [f"{number}th network"],
        }
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    vocabulary = {"facets": [{"slug": "f", "name": HOSTILE[0]}], "tags": topics}
    folder.joinpath("tags.yml").write_text(yaml.safe_dump(vocabulary), encoding="utf-8")
    papers = [part(n, f"{n}th network") for n in range(len(HOSTILE))]
    write_digest(folder / "digests", "2025-03-11.txt", *papers)
    settings = replace(
        settings_for(folder / "digests", folder / "docs"),
        title=HOSTILE[5],
        vocabulary=folder / "tags.yml",
    )
    artifacts = render(build_site(settings, Report()), settings)
    return {artifact.path: artifact.content for artifact in artifacts}


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    parsed = read(hostile_site(tmp_path)["feeds/facets/f.opml"])
    assert [feed.title for feed in parsed.feeds] == [f"{text} – {HOSTILE[5]}" for text in HOSTILE]


def test_a_feed_reader_imports_the_list(tmp_path: Path) -> None:
    newsboat = shutil.which("newsboat")
    if not newsboat:
        pytest.skip("no newsboat is installed")
    site = hostile_site(tmp_path)
    (tmp_path / "all.opml").write_bytes(site["feeds/all.opml"])
    urls, config = tmp_path / "urls", tmp_path / "config"
    urls.touch()
    config.touch()
    done = subprocess.run(
        [
            newsboat,
            "-u",
            urls,
            "-C",
            config,
            "-c",
            tmp_path / "cache.db",
            "-i",
            tmp_path / "all.opml",
        ],
        env={"HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    imported = [line.split()[0] for line in urls.read_text(encoding="utf-8").splitlines()]
    assert len(imported) == len(set(imported))
    assert {url.removeprefix(URL) for url in imported} == feeds_of(site)
