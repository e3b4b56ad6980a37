"""Feeds read back with a real reader: each paper once, stable ids, true dates."""

from __future__ import annotations

from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest

from .hostile import HOSTILE
from .sites import render_site, write_digest

FILES = ("rss.xml", "atom.xml")
GRAPHS = ("Graph Neural Networks", "We propose a graph neural network. It <works> & 5\\% better.")


def part(n: int) -> tuple[str, str]:
    return f"Paper Number {n}", f"We describe thing number {n} in some detail."


def read(site: dict[str, bytes], name: str, file: str) -> feedparser.FeedParserDict:
    feed = feedparser.parse(site[f"feeds/{name}/{file}"])
    assert not feed.bozo
    return feed


@pytest.mark.parametrize("file", FILES)
def test_an_item_holds_the_paper(tmp_path: Path, file: str) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    (item,) = read(render_site(tmp_path / "digests"), "all", file).entries
    assert item.id == "tag:example.org,2025:paper/graph-neural-networks"
    assert item.title == "Graph Neural Networks"
    assert item.link == "https://example.org/base/papers/graph-neural-networks/"
    content = item.content[0].value if "content" in item else item.summary
    assert "It &lt;works&gt; &amp; 5% better." in content
    assert item.published_parsed[:5] == (2025, 3, 12, 6, 0)
    # RSS has one text for a category and shows it; Atom has the slug as well.
    assert "Graph Learning & GNNs" in [tag.label or tag.term for tag in item.tags]


@pytest.mark.parametrize("file", FILES)
def test_a_topic_has_a_feed_of_its_own(tmp_path: Path, file: str) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS, part(1))
    feed = read(render_site(tmp_path / "digests"), "tags/graph-learning", file)
    assert [item.title for item in feed.entries] == ["Graph Neural Networks"]


@pytest.mark.parametrize("file", FILES)
def test_a_paper_seen_again_does_not_come_back(tmp_path: Path, file: str) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", part(1), part(2))
    before = read(render_site(digests), "all", file).entries
    write_digest(digests, "2025-03-12.txt", part(2), part(3))
    after = read(render_site(digests), "all", file).entries
    assert [item.title for item in after] == ["Paper Number 3", "Paper Number 1", "Paper Number 2"]
    assert after[1:] == before


@pytest.mark.parametrize("file", FILES)
def test_an_older_day_added_later_keeps_every_id(tmp_path: Path, file: str) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", part(1), part(2))
    before = {item.id for item in read(render_site(digests), "all", file).entries}
    write_digest(digests, "2025-03-11.txt", part(2), part(3))
    after = {item.id for item in read(render_site(digests), "all", file).entries}
    assert before < after


@pytest.mark.parametrize("file", FILES)
def test_a_feed_holds_the_seven_newest_days_whole(tmp_path: Path, file: str) -> None:
    digests = tmp_path / "digests"
    for day in range(1, 10):
        papers = [part(100 * day + n) for n in range(20)]
        write_digest(digests, f"2025-03-{day:02}.txt", *papers)
    titles = [item.title for item in read(render_site(digests), "all", file).entries]
    assert len(titles) == 7 * 20
    assert titles[0] == "Paper Number 900"
    assert titles[-1] == "Paper Number 319"


@pytest.mark.parametrize("file", FILES)
def test_a_feed_of_small_days_holds_fifty_items(tmp_path: Path, file: str) -> None:
    digests = tmp_path / "digests"
    for day in range(1, 31):
        write_digest(digests, f"2025-03-{day:02}.txt", part(2 * day), part(2 * day + 1))
    assert len(read(render_site(digests), "all", file).entries) == 50


def test_rss_and_atom_hold_the_same_items(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS, *(part(n) for n in range(5)))
    site = render_site(tmp_path / "digests")
    rss, atom = (read(site, "all", file).entries for file in FILES)
    assert [item.id for item in rss] == [item.id for item in atom]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("hostile", [*HOSTILE, "\x00\x08\x1b ]]> \ufffe"])
def test_hostile_text_is_text_in_a_feed(tmp_path: Path, file: str, hostile: str) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", (f"A Paper on {hostile}", "Nothing."))
    (item,) = read(render_site(tmp_path / "digests"), "all", file).entries
    assert "<" not in item.title.replace(hostile, "")
    content = item.content[0].value if "content" in item else item.summary
    assert content.startswith("<p>Nothing.</p><p><a href=")
