"""Authors: names on pages and in feeds, and a page for each name that several papers bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.authors import MOST_AUTHORS, author_slug, find_bylines
from generator.errors import Report
from generator.kept import Kept
from generator.keys import is_key
from generator.model import Byline, Library
from generator.pipeline import build_library, build_site, render

from .conftest import CASES
from .hostile import HOSTILE
from .sites import render_site, settings_for, write_records

FILES = ("rss.xml", "atom.xml")
TABLE = yaml.safe_load((CASES / "authors.yml").read_text(encoding="utf-8"))


def write_day(folder: Path, name: str, *papers: tuple[str, list[str]]) -> None:
    """A day of papers, each a title and its authors."""
    records = [
        {"title": title, "abstract": f"On {title}.", "authors": names} for title, names in papers
    ]
    write_records(folder, name, records)


def text(site: dict[str, bytes], path: str) -> str:
    return site[path].decode()


def author_pages(site: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in site.items() if path.startswith("authors/")}


def bylines_of(library: Library, least: int) -> Mapping[str, Byline]:
    return find_bylines({key: card.names for key, card in library.cards.items()}, least)


def two_days(folder: Path) -> Path:
    write_day(folder, "2025-03-11.json", ("One", ["Ann Lee", "Bo Wu"]), ("Two", ["Cy Xu"]))
    write_day(folder, "2025-03-12.json", ("Three", ["Bo Wu", "Cy Xu"]), ("Four", ["Ánn  Lee"]))
    return folder


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["slug"])
def test_the_table_of_frozen_slugs_holds(case: dict[str, str]) -> None:
    assert author_slug(case["name"]) == case["slug"]


@given(st.text())
def test_every_name_has_a_slug_that_is_a_safe_file_name(name: str) -> None:
    assert is_key(author_slug(name))


def test_a_name_that_two_papers_bear_has_a_page_and_links_to_it(tmp_path: Path) -> None:
    site = render_site(two_days(tmp_path / "digests"))
    assert set(author_pages(site)) == {"authors/ann-lee.md", "authors/bo-wu.md", "authors/cy-xu.md"}
    page = text(site, "authors/ann-lee.md")
    assert '<h1 dir="auto">Ann Lee</h1>' in page
    assert page.index('href="../../papers/four/"') < page.index('href="../../papers/one/"')
    assert '<a href="../../authors/ann-lee/">Ánn Lee</a>' in text(site, "papers/four.md")


def test_a_name_of_one_paper_has_neither_page_nor_link(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_day(digests, "2025-03-11.json", ("One", ["Ann Lee"]), ("Two", ["Cy Xu", "Cy Xu"]))
    site = render_site(digests)
    assert author_pages(site) == {}
    assert '<p class="bs-authors"><bdi>Ann Lee</bdi>' in text(site, "papers/one.md")


@pytest.mark.parametrize(("least", "pages"), [(0, 0), (1, 4), (2, 2), (3, 1)])
def test_a_setting_says_how_many_papers_make_a_page(tmp_path: Path, least: int, pages: int) -> None:
    digests = tmp_path / "digests"
    write_day(digests, "2025-03-11.json", *((f"P {n}", list("ABCD")[: n + 1]) for n in range(3)))
    write_day(digests, "2025-03-12.json", ("Last", ["D"]))
    library = build_library(settings_for(digests, tmp_path), Report())
    assert len(bylines_of(library, least)) == pages


def test_a_list_of_very_many_authors_makes_no_pages(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    crowd = [f"Member {n}" for n in range(MOST_AUTHORS + 1)]
    write_day(digests, "2025-03-11.json", ("One", crowd), ("Two", crowd), ("Three", crowd[:1]))
    write_day(digests, "2025-03-12.json", ("Four", crowd[:1]))
    site = render_site(digests)
    assert list(author_pages(site)) == ["authors/member-0.md"]
    assert text(site, "authors/member-0.md").count('<li class="bs-item"') == 4
    assert "<summary>71 more authors</summary>" in text(site, "papers/one.md")


@pytest.mark.parametrize(("authors", "folded"), [(31, False), (32, True)])
def test_a_citation_is_folded_where_its_authors_are(
    tmp_path: Path, authors: int, folded: bool
) -> None:
    write_day(tmp_path, "2025-03-11.json", ("One", [f"Member {n}" for n in range(authors)]))
    one = text(render_site(tmp_path), "papers/one.md")
    assert ("more authors</summary>" in one) == folded
    before = one.partition("<code>&#64;misc")[0].partition('id="cite"')[2]
    assert ("<summary>BibTeX</summary>" in before) == folded


def test_a_name_is_spelt_as_its_oldest_paper_spells_it_first() -> None:
    names = {"new": ["ANN LEE"], "old": ["Ann Lee", "Ánn Lee"]}
    expected = Byline("ann-lee", "Ann Lee", ("new", "old"))
    assert find_bylines(names, 2) == {"ann-lee": expected}
    assert find_bylines(names, 3) == {}


def test_slugs_are_made_once_for_many_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"new": ["Bo Wu", "Ánn Lee"], "old": ["Ann Lee", "Cy Xu"]}
    kept = Kept(tmp_path / "kept", {"program": "1"})
    found = find_bylines(names, 1, kept)
    kept.close()
    monkeypatch.setattr("generator.authors.paper_key", {"Dee Yi": "dee-yi"}.__getitem__)
    later = Kept(tmp_path / "kept", {"program": "1"})
    again = find_bylines({"newest": ["Dee Yi"], **names}, 1, later)
    assert again == {**found, "dee-yi": Byline("dee-yi", "Dee Yi", ("newest",))}


def test_pages_are_the_same_in_whatever_order_a_day_is_listed(tmp_path: Path) -> None:
    papers = [(f"Paper {n}", [f"Name {n % 5}", f"Näme {n % 7}"]) for n in range(30)]
    slugs = []
    for order, folder in ((papers, "there"), (papers[::-1], "back")):
        write_day(tmp_path / folder, "2025-03-11.json", *order)
        library = build_library(settings_for(tmp_path / folder, tmp_path), Report())
        found = bylines_of(library, 2)
        slugs.append({slug: set(byline.papers) for slug, byline in found.items()})
    assert slugs[0] == slugs[1]


def test_a_new_day_changes_no_older_block(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    for part in range(3):
        day = [(f"Paper {part} {n}", ["Ann Lee"]) for n in range(110)]
        write_day(digests, f"2025-03-1{part}.json", *day)
    before = author_pages(render_site(digests))
    write_day(digests, "2025-03-13.json", *((f"New {n}", ["ANN LEE"]) for n in range(90)))
    after = author_pages(render_site(digests))
    older = {"authors/ann-lee/1.md", "authors/ann-lee/2.md"}
    assert set(before) == {"authors/ann-lee.md", *older}
    assert set(after) == set(before) | {"authors/ann-lee/3.md"}
    assert all(before[path] == after[path] for path in older)
    assert '<h1 dir="auto">Ann Lee</h1>' in after["authors/ann-lee.md"].decode()


@pytest.mark.parametrize("file", FILES)
def test_feeds_name_all_authors_in_their_order(tmp_path: Path, file: str) -> None:
    site = render_site(two_days(tmp_path / "digests"))
    names = {
        item.title: [author.name for author in item.authors]
        for item in feedparser.parse(site[f"feeds/all/{file}"]).entries
    }
    assert names == {
        "One": ["Ann Lee", "Bo Wu"],
        "Two": ["Cy Xu"],
        "Three": ["Bo Wu", "Cy Xu"],
        "Four": ["Ánn Lee"],
    }


@pytest.mark.parametrize("file", FILES)
def test_a_setting_gives_each_name_feeds(tmp_path: Path, file: str) -> None:
    chosen = replace(settings_for(two_days(tmp_path / "digests"), tmp_path), author_feeds=True)
    site = {a.path: a.content for a in render(build_site(chosen, Report()), chosen)}
    feed = feedparser.parse(site[f"feeds/authors/bo-wu/{file}"])
    assert not feed.bozo
    assert [item.title for item in feed.entries] == ["Three", "One"]
    assert feed.feed.link == "https://example.org/base/authors/bo-wu/"
    assert f"../../feeds/authors/bo-wu/{file}" in text(site, "authors/bo-wu.md")


def test_without_the_setting_no_name_has_a_feed(tmp_path: Path) -> None:
    site = render_site(two_days(tmp_path / "digests"))
    assert [path for path in site if path.startswith("feeds/authors")] == []


class Elements(HTMLParser):
    """The elements of a page and the names of their attributes, without what they hold."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page.decode().split("---\n", 2)[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def test_a_hostile_name_is_text(tmp_path: Path) -> None:
    """The pages of a name that tries to be more have the elements of a tame one's."""
    names = ["Eve", *(f"Eve {'x' * number} {text}" for number, text in enumerate(HOSTILE, 1))]
    titles = [[f"{which} of {number}" for which in ("One", "Two")] for number in range(len(names))]
    papers = [(title, [name]) for name, pair in zip(names, titles, strict=True) for title in pair]
    write_day(tmp_path / "digests", "2025-03-11.json", *papers)
    site = render_site(tmp_path / "digests")
    assert not any(feedparser.parse(site[f"feeds/all/{file}"]).bozo for file in FILES)
    tame, *wild = author_pages(site).values()
    assert len(wild) == len(HOSTILE)
    for page in wild:
        assert Elements(page).found == Elements(tame).found
    for number in range(1, len(names)):
        paper = Elements(site[f"papers/one-of-{number}.md"]).found
        assert paper == Elements(site["papers/one-of-0.md"]).found, names[number]
