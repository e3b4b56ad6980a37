"""The whole site, built by MkDocs: complete, connected, and the same bytes everywhere."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from .conftest import ROOT
from .sites import run, tree, workspace, write_digest

GOLDEN = ROOT / "tests" / "golden" / "digests"
BASE = "https://example.org/broadsheet/"

A_YEAR_LATER = """
import runpy, sys, time_machine
sys.argv = ["mkdocs", "build", "--quiet"]
with time_machine.travel("2035-06-01 12:34:56"):
    runpy.run_module("mkdocs", run_name="__main__")
"""


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values[name] or "" for name in ("href", "src") if name in values]


def test_every_link_of_the_site_leads_somewhere(built: Path) -> None:
    pages = {path: Links() for path in built.rglob("*.html")}
    for path, links in pages.items():
        links.feed(path.read_text(encoding="utf-8"))
        assert len(links.ids) == len(set(links.ids)), path
    broken = []
    for path, links in pages.items():
        here = urljoin(BASE, path.relative_to(built).as_posix())
        for link in links.links:
            target, fragment = urldefrag(urljoin(here, link))
            if urlsplit(target).netloc != "example.org":
                continue
            file = built / unquote(target.removeprefix(BASE))
            file = file / "index.html" if file.is_dir() else file
            known = pages[file].ids if file in pages else []
            if not file.is_file() or (fragment and fragment not in known):
                broken.append((path.relative_to(built).as_posix(), link))
    assert broken == []
    assert len(pages) > 80


def test_no_page_asks_another_host_for_anything(built: Path) -> None:
    loads = re.compile(r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//|@import|url\(http')
    stylesheet = re.compile(r'<link[^>]+rel="(?:stylesheet|preconnect|preload)"[^>]+href="http')
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not loads.search(text), path
        assert not stylesheet.search(text), path


def test_the_sitemap_is_dated_by_the_digests(built: Path) -> None:
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    dates = dict(re.findall(r"<loc>([^<]+)</loc>\s*<lastmod>([^<]+)</lastmod>", sitemap))
    newest = max(path.name[:10] for path in (built / "days").iterdir())
    assert dates[BASE] == newest
    assert all(dates[f"{BASE}days/{day.name}/"] == day.name for day in (built / "days").iterdir())
    assert gzip.decompress((built / "sitemap.xml.gz").read_bytes()).decode() == sitemap


def test_heads_announce_the_feeds(built: Path) -> None:
    page = (built / "tags" / "graph-learning" / "index.html").read_text(encoding="utf-8")
    announced = re.findall(r'rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', page)
    assert announced == [
        ("application/rss+xml", "../../feeds/tags/graph-learning/rss.xml"),
        ("application/atom+xml", "../../feeds/tags/graph-learning/atom.xml"),
        ("application/feed+json", "../../feeds/tags/graph-learning/feed.json"),
        ("application/rss+xml", "../../feeds/all/rss.xml"),
        ("application/atom+xml", "../../feeds/all/atom.xml"),
    ]


@pytest.mark.parametrize(
    ("page", "feed"),
    [("archive", "days"), ("trends", "again"), ("tags", "facets/method")],
)
def test_a_page_announces_the_feeds_that_belong_to_it(built: Path, page: str, feed: str) -> None:
    head = (built / page / "index.html").read_text(encoding="utf-8").partition("</head>")[0]
    for file in ("rss.xml", "atom.xml", "feed.json"):
        assert f'feeds/{feed}/{file}"' in head


def test_a_page_of_a_paper_announces_the_feed_of_the_site_alone(built: Path) -> None:
    page = next((built / "papers").iterdir()) / "index.html"
    head = page.read_text(encoding="utf-8").partition("</head>")[0]
    announced = re.findall(r'rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"', head)
    assert announced == ["../../feeds/all/rss.xml", "../../feeds/all/atom.xml"]


@pytest.mark.parametrize("path", ["about", "days/2025-03-11", "papers/*", "404.html"])
def test_no_masthead_changes_with_each_day(built: Path, path: str) -> None:
    pages = list(built.glob(path))
    assert pages
    for page in pages:
        file = page / "index.html" if page.is_dir() else page
        masthead = (
            file.read_text(encoding="utf-8").partition("<header")[2].partition("</header>")[0]
        )
        assert "bs-newest" in masthead
        assert not re.search(r"20\d\d-\d\d|\b20\d\d\b", re.sub(r"<svg.*?</svg>", "", masthead)), (
            file
        )


def test_mkdocs_in_strict_mode_has_no_warning(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", ("One", "It is one thing."))
    folder = workspace(tmp_path / "repository", tmp_path / "digests")
    done = run(folder, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


def test_an_address_in_letters_of_any_language_is_one_for_programs_in_every_file(
    tmp_path: Path,
) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("A Title", "Its abstract."))
    folder = workspace(tmp_path / "repository", tmp_path / "digests")
    where = {"SITE_URL": "https://Bücher.example/möwe"}
    done = run(folder, "-m", "generator", "build", environment=where)
    assert done.returncode == 0, done.stderr
    site = tree(folder / "site")
    assert b"<loc>https://xn--bcher-kva.example/m%C3%B6we/about/</loc>" in site["sitemap.xml"]
    given = re.compile("bÃ¼cher|mÃ¶we", re.IGNORECASE)
    assert [path for path, content in site.items() if given.search(content.decode("latin-1"))] == []


def test_other_folder_other_order_other_clock_same_bytes(built: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "digests"
    for source in sorted(GOLDEN.rglob("*"), reverse=True):
        if source.is_file():
            target = shuffled / source.relative_to(GOLDEN)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            os.utime(target, (1, 1))
    folder = workspace(tmp_path / "else where" / "repository", shuffled)
    environment = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = run(folder, "-c", A_YEAR_LATER, environment=environment)
    assert done.returncode == 0, done.stderr
    here, there = tree(built), tree(folder / "site")
    assert [path for path in here | there if here.get(path) != there.get(path)] == []


def test_building_again_changes_no_file_of_the_docs(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("One", "It is one thing."))
    folder = workspace(tmp_path / "repository", digests)
    run(folder, "-m", "generator", "build")
    for path in (folder / "docs").rglob("*"):
        os.utime(path, (1, 1))
    run(folder, "-m", "generator", "build")
    assert {p.stat().st_mtime for p in (folder / "docs").rglob("*") if p.is_file()} == {1.0}


def test_a_removed_day_leaves_no_page(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("One", "It is one thing."))
    folder = workspace(tmp_path / "repository", digests)
    write_digest(folder / "digests", "2025-03-12.txt", ("Two", "It is another."))
    run(folder, "-m", "generator", "build")
    assert (folder / "site" / "papers" / "two").is_dir()
    (folder / "digests" / "2025-03-12.txt").unlink()
    run(folder, "-m", "generator", "build")
    assert not (folder / "site" / "papers" / "two").exists()
    assert not (folder / "docs" / "papers" / "two.md").exists()


@pytest.mark.parametrize("name", ["days", "papers"])
def test_the_build_leaves_no_litter(built: Path, name: str) -> None:
    assert not [p for p in built.rglob("*") if p.name.startswith(".") or p.name.endswith(".new")]
    assert (built / name).is_dir()
