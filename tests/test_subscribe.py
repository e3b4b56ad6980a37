"""The page of feeds in a real browser: addresses are copied, chosen feeds become one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

import listparser
import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Page, Route

from .browsing import DESK, PHONE, served, watch

pytestmark = pytest.mark.browser

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
"""A content security policy without anything inline."""

SHOWN = """() => {
  const seen = (query) => [...document.querySelectorAll(query)].filter((e) => e.checkVisibility());
  const root = document.documentElement;
  return {
    title: seen(":is(channel, feed) > title")[0].getBoundingClientRect().height,
    titles: seen(":is(item, entry) > title").length,
    items: document.querySelectorAll("item, entry").length,
    machine: seen("guid, id, updated, generator, item > description, content").length,
    notice: getComputedStyle(root, "::before").content,
    width: root.scrollWidth,
    dark: getComputedStyle(root).backgroundColor === "rgb(22, 23, 26)",
  };
}"""
"""What a reader sees of a feed in a browser."""


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def opened(context: BrowserContext, address: str, query: str = "") -> Page:
    """The page of feeds, with its chooser."""
    page = context.new_page()
    page.goto(f"{address}subscribe/{query}")
    page.locator("[name=topic]").first.wait_for()
    return page


def feed(page: Page, name: str) -> Any:
    return page.locator(f".bs-feed[href$='feeds/{name}']")


def topic(page: Page, slug: str) -> Any:
    return page.locator(f"[name=topic][value={slug}]")


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def listed(download: Download) -> list[str]:
    """The feeds in a downloaded list."""
    parsed = listparser.parse(download.path().read_bytes())
    assert not parsed.bozo
    return [feed.url.removeprefix("https://example.org/broadsheet/") for feed in parsed.feeds]


def tab_to(page: Page, selector: str) -> None:
    """Go on by the keyboard to an element."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("name", ["all/rss.xml", "days/atom.xml", "facets/method/atom.xml"])
def test_a_click_copies_the_address(context: BrowserContext, address: str, name: str) -> None:
    page = opened(context, address)
    wrong = watch(page, address)
    feed(page, name).click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    assert copied(page) == f"{address}feeds/{name}"
    assert page.url == f"{address}subscribe/"
    assert wrong == []


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_copies_the_address(context: BrowserContext, address: str, key: str) -> None:
    page = opened(context, address)
    tab_to(page, "[href$='feeds/tags/graph-learning/atom.xml']")
    page.keyboard.press(key)
    page.get_by_role("status").get_by_text("Copied").wait_for()
    assert copied(page) == f"{address}feeds/tags/graph-learning/atom.xml"


def test_a_click_with_a_modifier_opens_the_feed(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    with context.expect_page() as other:
        feed(page, "all/atom.xml").click(modifiers=["ControlOrMeta"])
    other.value.wait_for_url(f"{address}feeds/all/atom.xml")


def test_a_refused_clipboard_leaves_a_plain_link(context: BrowserContext, address: str) -> None:
    context.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page = opened(context, address)
    feed(page, "all/atom.xml").click()
    page.wait_for_url("**/feeds/all/atom.xml")


def test_without_a_clipboard_links_stay_links(context: BrowserContext, address: str) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = opened(context, address)
    assert page.locator("a.bs-feed[role]").count() == 0
    feed(page, "all/atom.xml").click()
    page.wait_for_url("**/feeds/all/atom.xml")


def test_topics_are_chosen_by_the_keyboard(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    wrong = watch(page, address)
    assert not page.locator(".bs-choice").is_visible()
    for slug in ("graph-learning", "optimization"):
        tab_to(page, f"[value={slug}]")
        page.keyboard.press("Space")
    page.wait_for_url(f"{address}subscribe/?topic=graph-learning&topic=optimization")
    tab_to(page, ".bs-choice [type=submit]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "feeds.opml"
    assert "<title>Chosen feeds – " in download.value.path().read_text(encoding="utf-8")
    assert listed(download.value) == [
        "feeds/tags/graph-learning/atom.xml",
        "feeds/tags/optimization/atom.xml",
    ]
    assert wrong == []


def test_topics_are_chosen_by_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = opened(context, address)
    topic(page, "optimization").tap()
    topic(page, "graph-learning").tap()
    topic(page, "optimization").tap()
    button = page.get_by_role("button", name="Download")
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE["height"]  # in sight wherever the page is
    with page.expect_download() as download:
        button.tap()
    assert listed(download.value) == ["feeds/tags/graph-learning/atom.xml"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_a_paper_of_two_chosen_topics_counts_once(
    context: BrowserContext, address: str, built: Path
) -> None:
    told = json.loads((built / "feeds" / "recent.json").read_bytes())
    papers = [{told["topics"][number] for number in paper} for paper in told["papers"]]
    chosen = {slug for paper in papers for slug in paper}
    assert told["weeks"] == 1
    once = sum(bool(paper & chosen) for paper in papers)
    twice = sum(len(paper & chosen) > 1 for paper in papers)
    assert twice
    page = opened(context, address)
    for slug in sorted(chosen):
        topic(page, slug).check()
    assert page.locator("output").inner_text() == (
        f"{len(chosen)} topics: about {once} of {len(papers)} papers a week, "
        f"{twice} of them in several of these feeds"
    )


def test_a_choice_that_brings_little_brings_something(
    context: BrowserContext, address: str, built: Path
) -> None:
    told = json.loads((built / "feeds" / "recent.json").read_bytes())
    context.route("**/recent.json", lambda route: route.fulfill(json=told | {"weeks": 40}))
    page = opened(context, address, "?topic=graph-learning")
    said = page.locator("output").inner_text()
    assert said == "1 topic: less than 1 paper a week"


def test_a_shared_address_brings_the_choice(context: BrowserContext, address: str) -> None:
    page = opened(context, address, "?topic=graph-learning&topic=no-such-topic")
    ticked = page.locator("[name=topic]:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == ["graph-learning"]
    assert "1 topic: about" in page.locator("output").inner_text()
    page.locator(".bs-choice [type=reset]").click()
    page.locator(".bs-choice").wait_for(state="hidden")
    assert ticked.count() == 0
    page.wait_for_url(f"{address}subscribe/")


def test_without_script_all_feeds_and_lists_are_plain_links(
    browser: Browser, address: str, built: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "subscribe/")
    assert page.locator(".bs-subscribe :is(input, button, output):visible").count() == 0
    links = page.locator(".bs-subscribe a[href*='feeds/']").all()
    paths = [urljoin(page.url, link.get_attribute("href")) for link in links]
    context.close()
    wanted = {
        path.relative_to(built).as_posix()
        for path in (built / "feeds").rglob("*")
        if path.suffix in (".xml", ".json", ".opml") and path.parent.name != "archive"
    }
    assert {path.removeprefix(address) for path in paths} == wanted - {"feeds/recent.json"}
    assert all(urlopen(path).status == 200 for path in paths)


def test_the_chooser_works_under_a_strict_policy(context: BrowserContext, address: str) -> None:
    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": POLICY})

    context.route("**/subscribe/**", with_policy)
    page = opened(context, address, "?topic=optimization")
    feed(page, "all/atom.xml").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert listed(download.value) == ["feeds/tags/optimization/atom.xml"]


def test_no_other_page_loads_what_only_this_one_needs(built: Path) -> None:
    loading = {
        page.relative_to(built).as_posix()
        for page in built.rglob("*.html")
        if re.search(r"assets/subscribe\.(js|css)", page.read_text(encoding="utf-8"))
    }
    assert loading == {"subscribe/index.html"}


@pytest.mark.parametrize("name", ["all/rss.xml", "all/atom.xml"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_feed_can_be_read_in_a_browser(
    browser: Browser, address: str, name: str, scheme: Any
) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme=scheme)
    page.goto(f"{address}feeds/{name}")
    shown = page.evaluate(SHOWN)
    assert shown["title"] >= 32  # a large line
    assert shown["titles"] == shown["items"] > 3
    assert shown["machine"] == 0
    assert "This is a feed" in shown["notice"]
    assert shown["width"] <= PHONE["width"]
    assert shown["dark"] == (scheme == "dark")
    page.close()


def test_an_archive_in_a_browser_says_what_it_is(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}feeds/all/archive/2025-03.xml")
    assert "month of the archive" in page.evaluate(SHOWN)["notice"]
    page.close()
