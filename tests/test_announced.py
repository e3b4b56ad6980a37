"""How feeds are found: pages announce them, and a browser can show them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from .conftest import ROOT

STYLE = re.compile(r'\?>\n<\?xml-stylesheet type="text/css" href="([^"]+)"\?>\n<(?:rss|feed) ')


class Alternates(HTMLParser):
    """The feeds that the head of a page announces, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "alternate":
            assert given["type"]
            assert given["title"]
            self.found.append(given["href"] or "")


def announced(site: Path) -> Iterator[tuple[str, list[str]]]:
    """Every page, and the feeds it announces, both from the top of the site."""
    for page in sorted(site.rglob("index.html")):
        folder = page.parent.relative_to(site).as_posix()
        reader = Alternates()
        reader.feed(page.read_text(encoding="utf-8"))
        yield folder, [posixpath.normpath(posixpath.join(folder, href)) for href in reader.found]


def test_every_page_announces_the_feed_of_all_papers_last(built: Path) -> None:
    pages = dict(announced(built))
    assert len(pages) > 80
    for page, feeds in pages.items():
        assert feeds[-2:] == ["feeds/all/rss.xml", "feeds/all/atom.xml"], page


def test_a_page_announces_the_feeds_it_is_the_home_of(built: Path) -> None:
    pages = {page: feeds[:-2] for page, feeds in announced(built)}
    first = {
        page: [feed for feed in feeds if feed.endswith("rss.xml")] for page, feeds in pages.items()
    }
    assert first["tags/graph-learning"] == ["feeds/tags/graph-learning/rss.xml"]
    assert first["archive"] == ["feeds/days/rss.xml"]
    assert first["trends"] == ["feeds/again/rss.xml"]
    assert first["tags"][:1] == ["feeds/facets/method/rss.xml"]
    assert {feed.split("/")[1] for feed in first["tags"]} == {"facets"}
    assert pages["."] == pages["about"] == pages["days/2025-03-12"] == []


def test_what_is_announced_is_there(built: Path) -> None:
    missing = {
        feed for _, feeds in announced(built) for feed in feeds if not (built / feed).is_file()
    }
    assert missing == set()


def test_every_feed_and_archive_names_the_style_sheet_that_is_there(built: Path) -> None:
    documents = sorted((built / "feeds").rglob("*.xml"))
    assert len(documents) > 20
    for document in documents:
        text = document.read_text(encoding="utf-8")
        found = STYLE.search(text)
        assert found, document
        style = (document.parent / found[1]).resolve()
        assert style == (built / "assets" / "feed.css").resolve()
    assert (ROOT / "docs" / "assets" / "feed.css").is_file()
