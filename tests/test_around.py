"""What stands around the pages: for crawlers, for programs that read text, for phones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from .sites import render_site, run, workspace, write_digest

BASE = "https://example.org/broadsheet/"


@pytest.fixture(scope="module", params=[True, False], ids=["fast", "by MkDocs"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with a paper of two titles and a hidden one; its `site` folder."""
    folder = tmp_path_factory.mktemp("around")
    digests = folder / "digests"
    write_digest(digests, "2025-03-11.txt", ("Kept", "It is."), ("Hidden", "It was."))
    write_digest(digests, "2025-04-01.txt", ("Newer", "On graph attention networks."))
    (digests / "keys.yml").write_text("kept: [a-former-title]\n")
    (digests / "overrides.yml").write_text("hidden: {hide: yes}\n")
    repository = workspace(folder / "repository", digests)
    for name, day in (("season", "in spring & summer"), ("moment", "2025-02-03 10:30:00")):
        page = repository / "docs" / f"{name}.md"
        page.write_text(f"---\ndate: {day}\n---\n# A page by hand\n", encoding="utf-8")
    if not request.param:
        config = repository / "mkdocs.yml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("  broadsheet:\n", "  broadsheet:\n    fast_pages: false\n"))
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site"


def test_the_sitemap_has_what_there_is_to_find_with_true_dates(site: Path) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    tree = ElementTree.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))
    found = {
        entry.findtext("s:loc", "", names).removeprefix(BASE): entry.findtext(
            "s:lastmod", "", names
        )
        for entry in tree.findall("s:url", names)
    }
    assert (site / "papers" / "a-former-title" / "index.html").is_file()
    assert (site / "papers" / "hidden" / "index.html").is_file()
    assert {path for path in found if path.startswith("papers/")} == {
        "papers/kept/",
        "papers/newer/",
    }
    assert found["papers/kept/"] == found["days/2025-03-11/"] == "2025-03-11"
    assert found["papers/newer/"] == found["tags/graph-learning/"] == found[""] == "2025-04-01"
    assert found["about/"] == found["season/"] == ""
    assert found["moment/"] == "2025-02-03"


def test_crawlers_are_led_to_the_sitemap(site: Path) -> None:
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


def test_a_phone_learns_name_and_icon(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "Broadsheet"
    assert all((site / icon["src"]).is_file() for icon in manifest["icons"])
    page = (site / "papers" / "kept" / "index.html").read_text(encoding="utf-8")
    link = re.search(r'<link rel="manifest" href="([^"]+)">', page)
    assert link
    assert urljoin(f"{BASE}papers/kept/", link[1]) == f"{BASE}manifest.webmanifest"


def test_an_absent_page_offers_a_search_and_ways_on(site: Path) -> None:
    page = (site / "404.html").read_text(encoding="utf-8")
    for way in ("/broadsheet/archive/", "/broadsheet/tags/", "/broadsheet/assets/sought.js"):
        assert f'"{way}"' in page
    assert re.search(r'<form class="bs-ask" action="/broadsheet/search/" role="search"', page)


def test_llms_txt_says_what_is_where(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Broadsheet\n\n> ")
    links = re.findall(r"^- \[.+?\]\((.+?)\)(?:: .+)?$", text, re.MULTILINE)
    assert len(links) > 5
    for link in links:
        place = site / link.removeprefix(BASE)
        assert place.is_file() or (place / "index.html").is_file(), link


def test_names_in_llms_txt_stay_text(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", ("A Paper", "It is."))
    text = render_site(tmp_path / "digests")["llms.txt"].decode()
    assert text.splitlines()[:3] == ["# A Small Paper", "", "> Papers for a test."]
