"""The archives of feeds: whole, each item once, and as stable as the months they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Report
from generator.outputs.feeds.history import months
from generator.outputs.feeds.specs import Event
from generator.pipeline import build_site, render

from .sites import render_site, settings_for, write_digest

BASE = "https://example.org/base/"
GRAPHS = ("Graph Neural Networks", "We propose a graph neural network. " + "It has one edge. " * 30)
DAYS = ("2024-11-30", "2025-01-02", "2025-01-31", "2025-03-11", "2025-03-12")


def part(n: int) -> tuple[str, str]:
    return f"Paper Number {n}", f"We train graph neural network number {n}."


def three_months(digests: Path) -> Path:
    """Five days in three months; every day lists two papers of its own and the first of all."""
    for number, day in enumerate(DAYS):
        write_digest(digests, f"{day}.txt", part(2 * number), part(2 * number + 1), part(0))
    return digests


def site_with(digests: Path, archives: str) -> dict[str, bytes]:
    settings = replace(settings_for(digests, digests.parent / "docs"), feed_archives=archives)
    return {a.path: a.content for a in render(build_site(settings, Report()), settings)}


def link(document: feedparser.FeedParserDict, rel: str) -> str | None:
    return next((found.href for found in document.feed.links if found.rel == rel), None)


def walk(site: dict[str, bytes], name: str, rel: str = "prev-archive") -> Iterator[str]:
    """Paths of the documents of an archive, newest first, as a reader finds them."""
    document = feedparser.parse(site[f"feeds/{name}/atom.xml"])
    while address := link(document, rel):
        yield (path := file_at(address))
        document = feedparser.parse(site[path])
        assert not document.bozo


def file_at(address: str) -> str:
    """What a host of files gives for an address, whatever is asked of it."""
    return address.removeprefix(BASE).partition("?")[0]


def ids(content: bytes) -> list[str]:
    return [item.id for item in feedparser.parse(content).entries]


def feed_names(site: dict[str, bytes]) -> list[str]:
    ends = "/atom.xml"
    return [path[len("feeds/") : -len(ends)] for path in site if path.endswith(ends)]


def archives(site: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in site.items() if "/archive/" in path}


def test_an_archive_holds_every_paper_once(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    found = [item for path in walk(site, "all") for item in ids(site[path])]
    papers = [f"tag:example.org,2025:paper/paper-number-{n}" for n in range(10)]
    assert sorted(found) == papers
    assert found[:4] == [papers[n] for n in (8, 9, 6, 7)]


def test_the_archive_of_every_feed_holds_what_the_feed_does_and_each_item_once(
    tmp_path: Path,
) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    assert {"all", "days", "again", "facets/method", "tags/graph-learning"} <= set(feed_names(site))
    for name in feed_names(site):
        found = [item for path in walk(site, name) for item in ids(site[path])]
        assert found == ids(site[f"feeds/{name}/atom.xml"])  # so few that the feed holds all


def test_an_archive_reaches_further_than_its_feed(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    for month in range(1, 10):
        papers = [part(100 * month + n) for n in range(20)]
        write_digest(digests, f"2025-{month:02}-15.txt", *papers)
    site = render_site(digests)
    assert len(ids(site["feeds/all/atom.xml"])) == 7 * 20
    assert [len(ids(site[path])) for path in walk(site, "all")] == [20] * 9


def test_documents_of_an_archive_are_linked_both_ways(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    path = "feeds/tags/graph-learning/archive/{}.xml".format
    assert list(walk(site, "tags/graph-learning")) == [
        path("2025-03"),
        path("2025-01"),
        path("2024-11"),
    ]
    middle = feedparser.parse(site[path("2025-01")])
    assert link(middle, "next-archive") == BASE + path("2025-03")
    assert link(middle, "self") == BASE + path("2025-01")
    assert link(middle, "current") == BASE + "feeds/tags/graph-learning/atom.xml"
    assert link(feedparser.parse(site[path("2025-03")]), "next-archive") is None
    feed = feedparser.parse(site["feeds/tags/graph-learning/atom.xml"])
    assert (link(feed, "current"), link(feed, "next-archive")) == (None, None)
    assert feed.feed.id == middle.feed.id


def test_only_documents_of_an_archive_say_that_they_are_one(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    mark = "{http://purl.org/syndication/history/1.0}archive"
    for path, content in site.items():
        if path.startswith("feeds/") and path.endswith(".xml"):
            assert (ElementTree.fromstring(content).find(mark) is not None) == (
                "/archive/" in path
            ), path


def test_rss_leads_to_the_archive_too(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    feed = feedparser.parse(site["feeds/all/rss.xml"])
    assert file_at(link(feed, "prev-archive") or "") == "feeds/all/archive/2025-03.xml"
    assert feed.feed.link == BASE


def test_json_pages_follow_each_other_to_the_end(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    page = json.loads(site["feeds/all/feed.json"])
    found = []
    while "next_url" in page:
        page = json.loads(site[file_at(page["next_url"])])
        found += [item["id"] for item in page["items"]]
    assert found == [item for path in walk(site, "all") for item in ids(site[path])]


def test_the_archive_of_a_topic_holds_openings_that_of_all_papers_whole_items(
    tmp_path: Path,
) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    site = render_site(tmp_path / "digests")
    (whole,) = feedparser.parse(site["feeds/all/archive/2025-03.xml"]).entries
    (short,) = feedparser.parse(site["feeds/tags/graph-learning/archive/2025-03.xml"]).entries
    assert whole.content[0].value.count("It has one edge.") == 30
    assert short.summary.startswith("We propose a graph neural network. It has one edge.")
    assert len(short.summary) < 320
    assert "content" not in short
    same = ("id", "title", "link", "published", "updated")
    assert [short[field] for field in same] == [whole[field] for field in same]
    (item,) = json.loads(site["feeds/tags/graph-learning/archive/2025-03.json"])["items"]
    assert item["content_text"] == short.summary


def test_a_new_day_changes_its_own_month_alone(tmp_path: Path) -> None:
    digests = three_months(tmp_path / "digests")
    before = archives(render_site(digests))
    write_digest(digests, "2025-03-13.txt", part(90), part(0))
    after = archives(render_site(digests))
    assert set(after) == set(before)
    changed = {path for path in before if after[path] != before[path]}
    assert changed
    assert all("/archive/2025-03." in path for path in changed)


def test_a_new_month_is_linked_from_the_month_before_and_changes_nothing_else(
    tmp_path: Path,
) -> None:
    digests = three_months(tmp_path / "digests")
    before = archives(render_site(digests))
    write_digest(digests, "2025-04-01.txt", part(90), part(0))
    after = archives(render_site(digests))
    changed = {path for path in before if after[path] != before[path]}
    assert changed
    for path in changed:
        assert path.endswith("/archive/2025-03.xml")  # JSON Feed has no link to what is newer
        lines = before[path].splitlines()
        added = [line for line in after[path].splitlines() if line not in lines]
        assert len(added) == 1
        assert b'archive/2025-04.xml" rel="next-archive"' in added[0]


def test_an_older_day_changes_its_own_month_alone(tmp_path: Path) -> None:
    digests = three_months(tmp_path / "digests")
    before = archives(render_site(digests))
    write_digest(digests, "2025-01-15.txt", part(90))
    after = archives(render_site(digests))
    assert set(after) == set(before)
    changed = {path for path in before if after[path] != before[path]}
    assert changed
    assert all("/archive/2025-01." in path for path in changed)


def test_a_setting_keeps_the_archive_of_all_papers_alone(tmp_path: Path) -> None:
    digests = three_months(tmp_path / "digests")
    whole = site_with(digests, "all")
    some = site_with(digests, "papers")
    assert archives(some) == {
        path: content for path, content in archives(whole).items() if path.startswith("feeds/all/")
    }
    assert some["feeds/all/atom.xml"] == whole["feeds/all/atom.xml"]
    assert list(walk(some, "tags/graph-learning")) == []


def test_a_setting_keeps_no_archive(tmp_path: Path) -> None:
    site = site_with(three_months(tmp_path / "digests"), "none")
    assert archives(site) == {}
    assert b"archive" not in site["feeds/all/rss.xml"] + site["feeds/all/atom.xml"]
    assert "next_url" not in json.loads(site["feeds/all/feed.json"])


def fetched(site: dict[str, bytes], name: str, suffix: str, had: dict[str, set[str]]) -> set[str]:
    """What a follower has of a feed who fetches it anew, and of its archive no address twice."""

    def read(path: str) -> tuple[set[str], str | None]:
        if suffix == "json":
            page = json.loads(site[path])
            return {item["id"] for item in page["items"]}, page.get("next_url")
        document = feedparser.parse(site[path])
        return {item.id for item in document.entries}, link(document, "prev-archive")

    found, address = read(f"feeds/{name}/{'feed.json' if suffix == 'json' else 'atom.xml'}")
    while address and address not in had:
        had[address], address = read(file_at(address))
    return found.union(*had.values())


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, bytes], int]]:
    """A site as it grows, each time with the number of its papers."""
    digests = tmp_path_factory.mktemp("growing") / "digests"
    steps = (
        # Twice in a month whose days outgrow the feed, then long after it.
        [f"2025-01-{day:02}" for day in range(1, 11)],
        [f"2025-01-{day:02}" for day in range(11, 29)],
        [f"2025-02-{day:02}" for day in range(1, 15)],
        # Days of this month that came late, beyond what the feed holds.
        ["2025-02-26", "2025-02-27"],
        [f"2025-02-{day:02}" for day in range(15, 19)],
        [f"2025-05-{day:02}" for day in range(1, 10)],
    )
    filed, sites = 0, []
    for days in steps:
        for day in days:
            write_digest(digests, f"{day}.txt", *(part(filed + n) for n in range(9)))
            filed += 9
        sites.append((render_site(digests), filed))
    return sites


@pytest.mark.parametrize("suffix", ["xml", "json"])
@pytest.mark.parametrize("name", ["all", "tags/graph-learning"])
def test_who_follows_an_archive_now_and_then_and_fetches_nothing_twice_loses_no_item(
    growing: list[tuple[dict[str, bytes], int]], name: str, suffix: str
) -> None:
    had = dict[str, set[str]]()
    for site, papers in growing:
        everything = {f"tag:example.org,2025:paper/paper-number-{n}" for n in range(papers)}
        assert fetched(site, name, suffix, had) == everything


def test_a_feed_alone_says_how_much_is_in_the_month_that_it_links(tmp_path: Path) -> None:
    site = render_site(three_months(tmp_path / "digests"))
    feed = feedparser.parse(site["feeds/all/atom.xml"])
    assert link(feed, "prev-archive") == BASE + "feeds/all/archive/2025-03.xml?items=4"
    page = json.loads(site["feeds/all/feed.json"])
    assert page["next_url"] == BASE + "feeds/all/archive/2025-03.json?items=4"
    assert not [path for path, content in archives(site).items() if b"?items=" in content]


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40))
def test_months_hold_every_event_once_in_its_own(days: list[date]) -> None:
    events = [Event("day", day) for day in sorted(days, reverse=True)]
    found = list(months(events))
    assert [event for month in found for event in month.events] == events
    names = [month.first for month in found]
    assert names == sorted(set(names), reverse=True)
    assert all(e.day.replace(day=1) == month.first for month in found for e in month.events)
    assert [month.older for month in found[:-1]] == names[1:]
    assert [month.newer for month in found[1:]] == names[:-1]
    assert not found or (found[0].newer, found[-1].older) == (None, None)


@pytest.mark.parametrize("name", ["all", "days", "again", "tags/graph-learning"])
def test_a_paper_listed_earlier_than_known_moves_to_its_month_and_is_still_there_once(
    tmp_path: Path, name: str
) -> None:
    digests = three_months(tmp_path / "digests")
    write_digest(digests, "2025-02-10.txt", part(8))  # first seen in March until now
    site = render_site(digests)
    found = [item for path in walk(site, name) for item in ids(site[path])]
    assert len(found) == len(set(found))
    assert set(ids(site[f"feeds/{name}/atom.xml"])) == set(found)
