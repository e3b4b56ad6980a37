"""Feeds read back with a real reader: each paper once, stable ids, true dates."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest

from generator.errors import Report
from generator.pipeline import build_site, render

from .hostile import HOSTILE
from .sites import render_site, settings_for, write_digest, write_records

FILES = ("rss.xml", "atom.xml")
"""What feedparser reads; JSON feeds are held to say the same."""
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


def test_the_feeds_of_every_day_say_how_new_the_newest_digest_is(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", GRAPHS)
    write_digest(tmp_path / "digests", "2025-03-12.txt", part(1))
    site = render_site(tmp_path / "digests")
    for name, told in (("all", True), ("days", True), ("tags/graph-learning", False)):
        said = [read(site, name, file).feed.subtitle for file in FILES]
        said.append(json.loads(site[f"feeds/{name}/feed.json"])["description"])
        assert {"(newest digest: 12 March 2025)" in text for text in said} == {told}
    assert b"newest digest" not in site["feeds/all/archive/2025-03.xml"]


@pytest.mark.parametrize("file", FILES)
def test_a_topic_has_a_feed_of_its_own(tmp_path: Path, file: str) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS, part(1))
    feed = read(render_site(tmp_path / "digests"), "tags/graph-learning", file)
    assert [item.title for item in feed.entries] == ["Graph Neural Networks"]


def test_a_facet_has_the_papers_of_its_topics_and_each_once(tmp_path: Path) -> None:
    both = ("Graph Neural Networks Generalise", "A transformer with a graph neural network.")
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("One", "It is."), GRAPHS, both)
    site = render_site(tmp_path / "digests")
    items = read(site, "facets/method", "atom.xml").entries
    assert [item.title for item in items] == [GRAPHS[0], both[0]]


def test_names_of_topics_stand_apart_as_they_hold_commas(tmp_path: Path) -> None:
    survey = ("A Survey of Graph Neural Networks", "Code is at https://github.com/a/b.")
    write_digest(tmp_path / "digests", "2025-03-12.txt", survey)
    site = render_site(tmp_path / "digests")
    (day,) = json.loads(site["feeds/days/feed.json"])["items"]
    _, _, topics = day["content_html"].partition("<br>")
    assert topics == (
        "Graph Learning &amp; GNNs · Survey, Review or Tutorial · Code or Project Link</li></ol>"
    )
    facet = json.loads(site["feeds/facets/contribution/feed.json"])
    assert ": Survey, Review or Tutorial · Position or Perspective · " in facet["description"]


def test_a_text_has_its_own_direction(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("שלום עולם", "זה טקסט."))
    site = render_site(tmp_path / "digests")
    (paper,) = json.loads(site["feeds/all/feed.json"])["items"]
    (day,) = json.loads(site["feeds/days/feed.json"])["items"]
    assert paper["content_html"].startswith('<p dir="auto">זה טקסט.</p>')
    assert '<li dir="auto"><a ' in day["content_html"]


def test_papers_with_code_have_a_feed(tmp_path: Path) -> None:
    coded = ("Deep Nets", "Our code is at https://github.com/a/b")
    write_digest(tmp_path / "digests", "2025-03-12.txt", part(1), coded, part(2))
    site = render_site(tmp_path / "digests")
    assert [item.title for item in read(site, "code", "rss.xml").entries] == ["Deep Nets"]


def test_a_topic_without_papers_has_no_feed_and_no_link_to_one(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    site = render_site(tmp_path / "digests")
    assert not [path for path in site if path.startswith("feeds/tags/robotics")]
    linking = [path for path, page in site.items() if b"feeds/tags/robotics" in page]
    assert linking == []
    assert b"feeds/tags/graph-learning/feed.json" in site["tags/graph-learning.md"]


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


@pytest.mark.parametrize("file", FILES)
def test_each_return_of_a_paper_is_an_item_of_its_own(tmp_path: Path, file: str) -> None:
    for day in ("2025-03-10", "2025-03-11", "2025-03-13"):
        write_digest(tmp_path / "digests", f"{day}.txt", part(1))
    items = read(render_site(tmp_path / "digests"), "again", file).entries
    assert [item.id for item in items] == [
        "tag:example.org,2025:again/paper-number-1/2025-03-13",
        "tag:example.org,2025:again/paper-number-1/2025-03-11",
    ]
    assert [item.published_parsed[:4] for item in items] == [(2025, 3, 13, 6), (2025, 3, 11, 6)]
    assert items[0].link == "https://example.org/base/days/2025-03-13/#p-paper-number-1"
    text = items[0].content[0].value if "content" in items[0] else items[0].summary
    assert re.findall(r"\d+ March 2025", text) == ["10 March 2025", "11 March 2025"]


@pytest.mark.parametrize("file", FILES)
def test_a_day_is_an_item_with_its_papers_in_the_order_of_its_digest(
    tmp_path: Path, file: str
) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", part(1))
    write_digest(tmp_path / "digests", "2025-03-12.txt", part(3), GRAPHS, part(1), part(2))
    newest, oldest = read(render_site(tmp_path / "digests"), "days", file).entries
    assert newest.id == "tag:example.org,2025:day/2025-03-12"
    assert newest.title == "Wednesday, 12 March 2025: 4 papers"
    assert newest.link == "https://example.org/base/days/2025-03-12/"
    assert newest.published_parsed[:5] == (2025, 3, 12, 6, 0)
    text = newest.content[0].value if "content" in newest else newest.summary
    assert re.findall(r'papers/([^/]+)/">', text) == [
        "paper-number-3",
        "graph-neural-networks",
        "paper-number-1",
        "paper-number-2",
    ]
    assert "Graph Learning &amp; GNNs" in text
    assert text.count("(seen before)") == 1
    assert oldest.title == "Tuesday, 11 March 2025: 1 paper"


def test_an_address_in_a_title_is_no_link_inside_a_link(tmp_path: Path) -> None:
    titled = ("Data of https://example.com/x & More", "It is.")
    write_digest(tmp_path / "digests", "2025-03-12.txt", titled)
    (item,) = json.loads(render_site(tmp_path / "digests")["feeds/days/feed.json"])["items"]
    assert re.findall(r"<a [^>]*>(.*?)</a>", item["content_html"]) == [
        "Data of https://example.com/x &amp; More"
    ]


def test_mathematics_is_text_with_raised_and_lowered_characters(tmp_path: Path) -> None:
    paper = ("Rates of $\\alpha^2$", "We prove $x_{ij} \\leq e^{n+k}$ & more.")
    write_digest(tmp_path / "digests", "2025-03-12.txt", paper)
    site = render_site(tmp_path / "digests")
    for file in FILES:
        (item,) = read(site, "all", file).entries
        assert item.title == "Rates of α²"
        text = item.content[0].value if "content" in item else item.summary
        assert "$" not in text
        assert "<sub>" in text or "ᵢⱼ" in text
        assert "≤" in text


ELSEWHERE = """[{"title": "Deep Nets", "abstract": "We go deep.", "arxiv_id": "2401.12340",
  "authors": ["Ann Lee", "Bo Wu"], "links": {"code": "https://github.com/a/b?c=1&d"}}]"""


def test_an_item_leads_to_the_paper_and_to_its_code(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    digests.mkdir()
    (digests / "2025-03-12.json").write_text(ELSEWHERE, encoding="utf-8")
    site = render_site(digests)
    ways = [
        "https://example.org/base/papers/deep-nets/",
        "https://arxiv.org/abs/2401.12340",
        "https://github.com/a/b?c=1&amp;d",
    ]
    for file in FILES:
        (item,) = read(site, "all", file).entries
        text = item.content[0].value if "content" in item else item.summary
        assert re.findall(r'href="([^"]+)"', text) == ways
    related = [link for link in item.links if link.rel == "related"]
    assert [link.href for link in related] == [ways[1], ways[2].replace("&amp;", "&")]
    (found,) = json.loads(site["feeds/all/feed.json"])["items"]
    assert (found["url"], found["external_url"]) == (ways[0], ways[1])
    assert found["authors"] == [{"name": "Ann Lee"}, {"name": "Bo Wu"}]
    assert "date_modified" not in found


def test_a_correction_is_the_only_thing_that_updates_an_item(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", part(1), part(2))
    write_digest(digests, "2025-03-12.txt", part(1), part(3))
    (digests / "overrides.yml").write_text("paper-number-2: {title: Two, date: 2025-04-01}\n")
    site = render_site(digests)
    items = read(site, "all", "atom.xml").entries
    assert {item.title: item.updated[:13] for item in items} == {
        "Paper Number 3": "2025-03-12T06",
        "Paper Number 1": "2025-03-11T06",
        "Two": "2025-04-01T06",
    }
    assert [item.published[:10] for item in items] == ["2025-03-12", "2025-03-11", "2025-03-11"]
    assert read(site, "all", "atom.xml").feed.updated[:10] == "2025-04-01"
    changed = [
        item.get("date_modified") for item in json.loads(site["feeds/all/feed.json"])["items"]
    ]
    assert changed == [None, None, "2025-04-01T06:00:00+00:00"]


def feed_files(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The feeds and their archives, without the lists of feeds beside them."""
    names = ("/rss.xml", "/atom.xml", "/feed.json")
    return {
        path: content
        for path, content in site.items()
        if path.startswith("feeds/") and (path.endswith(names) or "/archive/" in path)
    }


def busy_days(digests: Path) -> Path:
    """Papers with topics, code and authors; one returns; one day is another month's."""
    coded = ("A Graph Network", "We train a graph neural network: https://github.com/a/b")
    write_digest(digests, "2025-02-27.txt", GRAPHS, part(1))
    write_digest(digests, "2025-03-11.txt", part(2), coded, GRAPHS)
    (digests / "2025-03-12.json").write_text(ELSEWHERE, encoding="utf-8")
    return digests


def test_a_day_without_papers_changes_no_feed(tmp_path: Path) -> None:
    digests = busy_days(tmp_path / "digests")
    before = feed_files(render_site(digests))
    write_digest(digests, "2025-03-13.txt")
    (digests / "2025-03-14.json").write_text("[]", encoding="utf-8")
    assert feed_files(render_site(digests)) == before


def test_days_without_papers_do_not_push_others_out(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    for day in range(1, 8):
        write_digest(digests, f"2025-03-{day:02}.txt", *(part(100 * day + n) for n in range(20)))
    before = feed_files(render_site(digests))
    for day in range(8, 16):
        write_digest(digests, f"2025-03-{day:02}.txt", (f"Gone {day}", "It is."))
    hidden = "".join(f"gone-{day}: {{hide: yes}}\n" for day in range(8, 16))
    (digests / "overrides.yml").write_text(hidden, encoding="utf-8")
    assert feed_files(render_site(digests)) == before


def test_half_a_day_filed_beside_the_whole_one_removes_nothing(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", *(part(n) for n in range(6)))
    before = feed_files(render_site(digests))
    write_digest(digests, "2025-03-12-evening.txt", part(4), part(1))
    assert feed_files(render_site(digests)) == before
    write_digest(digests, "2025-03-12-night.txt", part(9))
    titles = [item.title for item in read(render_site(digests), "all", "rss.xml").entries]
    assert titles == [f"Paper Number {n}" for n in (0, 1, 2, 3, 4, 5, 9)]


def test_a_tag_corrected_makes_no_item_new_elsewhere(tmp_path: Path) -> None:
    digests = busy_days(tmp_path / "digests")
    before = render_site(digests)
    override = "paper-number-1: {tags: {add: graph-learning}}\n"
    (digests / "overrides.yml").write_text(override, encoding="utf-8")
    after = render_site(digests)
    for file in FILES:
        for name in ("all", "days", "again", "code"):
            same = [item.id for item in read(before, name, file).entries]
            assert [item.id for item in read(after, name, file).entries] == same
        tagged = {item.id for item in read(after, "tags/graph-learning", file).entries}
        known = {item.id for item in read(before, "tags/graph-learning", file).entries}
        assert tagged - known == {"tag:example.org,2025:paper/paper-number-1"}


def test_a_move_of_the_site_keeps_every_id_and_date(tmp_path: Path) -> None:
    digests = busy_days(tmp_path / "digests")
    before = render_site(digests)
    settings = replace(settings_for(digests, tmp_path / "docs"), url="https://else.net/")
    moved = {a.path: a.content for a in render(build_site(settings, Report()), settings)}
    assert set(feed_files(moved)) == set(feed_files(before))
    for path, content in feed_files(before).items():
        there = moved[path].replace(b"https://else.net/", b"https://example.org/base/")
        assert there == content, path


def test_no_time_in_a_feed_is_that_of_the_build(tmp_path: Path) -> None:
    digests = busy_days(tmp_path / "digests")
    told: set[str] = set()
    for content in feed_files(render_site(digests)).values():
        told |= set(re.findall(r"\d{4}-\d\d-\d\dT[^<\"]+", content.decode()))
        told |= set(re.findall(r"\w{3}, \d\d \w{3} \d{4} \d[^<]+", content.decode()))
    assert told == {
        *(f"2025-{day}T06:00:00+00:00" for day in ("02-27", "03-11", "03-12")),
        "Thu, 27 Feb 2025 06:00:00 +0000",
        "Tue, 11 Mar 2025 06:00:00 +0000",
        "Wed, 12 Mar 2025 06:00:00 +0000",
    }


# --- all formats ---------------------------------------------------------------------------------


def documents(site: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Every document of a feed, a month's too, with its files in all formats."""
    groups: dict[str, list[str]] = {}
    for path in feed_files(site):
        folder, _, file = path.rpartition("/")
        stem = file.rpartition(".")[0] if folder.endswith("archive") else ""
        groups.setdefault(f"{folder} {stem}", []).append(path)
    yield from groups.items()


def facts(path: str, content: bytes) -> list[tuple[object, ...]]:
    """What must be the same in every format."""
    if path.endswith(".json"):
        return [
            (item["id"], item["title"], item["url"], item["date_published"][:19])
            for item in json.loads(content)["items"]
        ]
    feed = feedparser.parse(content)
    assert not feed.bozo
    return [
        (
            item.id,
            item.title,
            item.link,
            time.strftime("%Y-%m-%dT%H:%M:%S", item.published_parsed),
        )
        for item in feed.entries
    ]


def test_every_feed_says_the_same_in_every_format(tmp_path: Path) -> None:
    site = render_site(busy_days(tmp_path / "digests"))
    for name, paths in documents(site):
        assert len(paths) == (2 if "/archive" in name else 3), name
        first, *others = (facts(path, site[path]) for path in paths)
        assert first
        assert all(other == first for other in others), name


def test_every_json_feed_is_one_by_its_specification(tmp_path: Path) -> None:
    site = render_site(busy_days(tmp_path / "digests"))
    found = {path: content for path, content in feed_files(site).items() if path.endswith("json")}
    assert len(found) >= 20
    for path, content in found.items():
        check_json_feed(json.loads(content), f"https://example.org/base/{path}")


def check_json_feed(feed: dict[str, Any], address: str) -> None:
    """https://www.jsonfeed.org/version/1.1/: which members there may be, and of which form."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) <= {
        "version", "title", "home_page_url", "feed_url", "next_url", "description", "authors",
        "language", "items",
    }  # fmt: skip
    assert feed["title"]
    assert feed["feed_url"] == address != feed.get("next_url")
    for member in ("home_page_url", "feed_url", "next_url"):
        assert urlsplit(feed.get(member, address)).scheme == "https"
    assert all(set(author) == {"name"} for author in feed["authors"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    for item in feed["items"]:
        assert set(item) <= {
            "id", "url", "external_url", "title", "content_html", "content_text", "date_published",
            "date_modified", "authors", "tags",
        }  # fmt: skip
        assert item["id"].startswith("tag:example.org,2025:")
        assert ("content_html" in item) != ("content_text" in item)
        assert all(item[member] for member in item)
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert all(author["name"] for author in item.get("authors", []))
        for member in ("url", "external_url"):
            assert urlsplit(item.get(member, address)).scheme in ("http", "https")
        for member in {"date_published", "date_modified"} & set(item):
            assert datetime.fromisoformat(item[member]).tzinfo is not None


@pytest.mark.parametrize("file", FILES)
def test_hostile_text_is_text_in_a_feed(tmp_path: Path, file: str) -> None:
    texts = [*HOSTILE, "\x00\x08\x1b ]]> \ufffe"]
    papers = [{"title": f"A Paper on {text}", "abstract": "Nothing."} for text in texts]
    write_records(tmp_path / "digests", "2025-03-12.json", papers)
    items = read(render_site(tmp_path / "digests"), "all", file).entries
    for text, item in zip(texts, items, strict=True):
        assert "<" not in item.title.replace(text, "")
        content = item.content[0].value if "content" in item else item.summary
        assert content.startswith('<p dir="auto">Nothing.</p><p><a href=')
