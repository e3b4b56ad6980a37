"""Pages in a real browser: nothing fails, nothing comes from elsewhere, nothing hostile runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .browsing import DESK, PHONE, served, watch
from .sites import run, workspace, write_records

pytestmark = pytest.mark.browser

PAGES = [
    "", "days/2025-03-12/", "papers/a-graph-neural-network-for-naive-readers/",
    "tags/graph-learning/", "tags/", "trends/", "archive/", "months/2025-03/",
    "subscribe/", "about/", "saved/", "search/",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


def is_dark(page: Page) -> bool:
    """Whether the page's ground is dark, as a reader sees it."""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", ground)[:3]) < 300


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_opens_without_fault(browser: Browser, address: str, path: str, size: Any) -> None:
    page = browser.new_page(viewport=size, color_scheme="light")
    wrong = watch(page, address)
    page.goto(address + path, wait_until="networkidle")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert not is_dark(page)
    page.emulate_media(color_scheme="dark")
    assert is_dark(page)
    assert wrong == []
    page.close()


def test_nothing_is_cut_off_where_text_is_twice_as_large(browser: Browser, address: str) -> None:
    """A phone with such text is to a page what one of half the width is."""
    page = browser.new_page(viewport={"width": PHONE["width"] // 2, "height": 800})
    beyond = """() => [...document.querySelectorAll("header *, article *")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      const own = ".bs-sections, pre, .bs-list, p:has(math), section:has(> table)"; // scrolls
      return width > 1 && right > innerWidth + 1 && !element.closest(own);
    }).map((element) => element.outerHTML.slice(0, 80))"""
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate(beyond) == [], path
    field, button = page.locator(".bs-ask input"), page.locator(".bs-ask button")
    field_box, button_box = field.bounding_box(), button.bounding_box()
    assert field_box
    assert button_box
    assert button_box["y"] > field_box["y"]
    page.close()


def test_no_list_of_papers_is_wider_than_the_window(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.locator(".bs-foot .bs-keep").first.click()
    for path in ("", "days/2025-03-12/", "tags/graph-learning/", "saved/"):
        page.goto(address + path)
        page.locator(".bs-list > li").first.wait_for()
        for width in (768, 1024, 1280, 1366):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_paper_leads_on_before_it_is_cited(browser: Browser, address: str, size: Any) -> None:
    page = browser.new_page(viewport=size)
    page.goto(address + PAGES[2])
    boxes = """() => [".bs-sheet > :first-child", ".bs-rail", ".bs-citation"].map(
      (part) => document.querySelector(part).getBoundingClientRect().toJSON())"""
    text, rail, citation = page.evaluate(boxes)
    assert text["bottom"] <= citation["top"] < text["bottom"] + 60 or size is PHONE
    if size is PHONE:
        assert text["bottom"] <= rail["top"] < rail["bottom"] <= citation["top"]
    else:
        assert rail["left"] > text["right"]
        assert rail["left"] > citation["right"]
        assert rail["top"] == text["top"]
        assert rail["bottom"] >= citation["bottom"]
    page.close()


def test_links_within_words_are_told_by_more_than_their_colour(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(address + PAGES[2])
    line = "link => getComputedStyle(link).textDecorationLine"
    for place in (".bs-rail li > a[rel]", ".bs-kicker a", "#elsewhere + p a"):
        assert page.locator(place).first.evaluate(line) == "underline", place
    page.close()


def test_tables_of_trends_stand_side_by_side_where_there_is_room(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(address + "trends/")
    tables = page.locator("section:has(.bs-moves)")
    first, second = tables.nth(0).bounding_box(), tables.nth(1).bounding_box()
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["width"] == second["width"] < 700
    page.set_viewport_size({"width": 1000, "height": 800})
    first, second = tables.nth(0).bounding_box(), tables.nth(1).bounding_box()
    assert first
    assert second
    assert first["y"] < second["y"]
    assert first["width"] > 700
    topic, number = (
        tables.first.locator(f"tbody tr:first-child > :{at}-child") for at in ("first", "last")
    )
    topic_box, number_box = topic.bounding_box(), number.bounding_box()
    assert topic_box
    assert number_box
    assert number_box["x"] + number_box["width"] - topic_box["x"] <= 720
    page.close()


def test_a_calendar_beside_a_tall_head_keeps_its_height(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 820, "height": 1180})
    page.goto(address + "months/2025-03/")
    calendar = page.locator(".bs-month > .bs-calendar")
    before = calendar.bounding_box()
    page.locator(".bs-head").evaluate("head => (head.style.height = '800px')")
    after = calendar.bounding_box()
    assert before
    assert after
    assert after["height"] == before["height"]
    page.close()


def test_the_archive_names_each_month_once_and_its_name_leads_there(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(address + "archive/")
    month = page.locator(".bs-months > li").first
    assert month.inner_text().count("March 2025") == 1
    month.get_by_role("link", name="March 2025", exact=True).click()
    page.wait_for_url("**/months/2025-03/")
    page.close()


def test_on_a_narrow_phone_the_section_that_is_open_is_in_sight(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for path in ("", "subscribe/", "about/"):
        page.goto(address + path)
        place = page.locator(".bs-sections [aria-current]").bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 320, path
    page.close()


def test_the_focus_on_a_section_is_seen_on_all_sides(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address)
    while not page.evaluate("document.activeElement.matches('.bs-sections a')"):
        page.keyboard.press("Tab")
    beyond = """link => {
      const { outlineOffset, outlineWidth } = getComputedStyle(link);
      const { top } = link.getBoundingClientRect();
      const edge = link.closest("nav").getBoundingClientRect().top;
      return edge - (top - parseFloat(outlineOffset) - parseFloat(outlineWidth));
    }"""
    assert page.locator(".bs-sections a:focus-visible").evaluate(beyond) <= 0
    page.close()


def test_an_abstract_unfolds_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "days/2025-03-12/")
    rest = page.locator(".bs-rest p").first
    assert not rest.is_visible()
    page.locator(".bs-rest summary").first.click()
    assert rest.is_visible()
    context.close()


@pytest.fixture(scope="module")
def leading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of days whose leads differ in their texts; the days are told by their leads."""
    folder = tmp_path_factory.mktemp("leads")
    sentence = "It is one of many sentences that fill a column beside it. "
    wide = r"Here $L(x, y) = \max(x, y) + \min(x, y) + \log(x) + \log(y) + \exp(x - y)$ is. "
    texts = {10: 8, 11: 40, 12: 40, 13: 40}
    for day, number in texts.items():
        formula = {12: "Here $x^2$ is. ", 13: wide}.get(day, "")
        papers = [{"title": f"Lead {day}", "abstract": sentence * 6 + formula + sentence * number}]
        papers += [{"title": f"Other {day} {n}", "abstract": sentence * 3} for n in range(4)]
        write_records(folder / "digests", f"2025-03-{day}.json", papers)
    repository = workspace(folder / "repository", folder / "digests")
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    with served(repository / "site") as address:
        yield address


@pytest.mark.parametrize(
    ("day", "rows", "columns"),
    [(10, "auto", 2), (11, "span 2", 2), (12, "span 2", 2), (13, "span 2", 1)],
    ids=["brief", "long", "with a formula", "with a formula as wide as a column"],
)
def test_a_lead_takes_the_rows_that_its_text_fills(
    browser: Browser, leading: str, day: int, rows: str, columns: int
) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{leading}days/2025-03-{day}/")
    lead = page.locator(".bs-list > li").first
    assert lead.evaluate("lead => getComputedStyle(lead).gridRowStart") == rows
    parts = "rest => rest.getClientRects().length"
    assert lead.locator(".bs-rest p").evaluate(parts) == columns
    page.close()


def test_what_is_done_with_a_lead_stands_under_its_text(browser: Browser, leading: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{leading}days/2025-03-11/")
    keep, text = page.locator(".bs-keep").first, page.locator(".bs-rest p").first
    text.evaluate("text => (text.textContent = 'Cut short.')")
    keep_box, text_box = keep.bounding_box(), text.bounding_box()
    assert keep_box
    assert text_box
    assert keep_box["y"] < text_box["y"] + text_box["height"] + 30
    page.close()


@pytest.mark.parametrize(
    ("now", "said"),
    [("2025-03-15", ""), ("2025-03-20", "The newest digest is 8 days old.")],
)
def test_a_stale_site_says_so(browser: Browser, address: str, now: str, said: str) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time(f"{now}T12:00:00")
    page.goto(address + "about/")
    assert page.locator("bs-age").inner_text() == said
    page.close()


@pytest.mark.parametrize(
    ("script", "absent", "words", "way"),
    [
        (True, "nothing", "Newest digest\n12 March 2025\n5 papers in all", "days/2025-03-12/"),
        (True, "feeds/newest.js", "The newest digest", ""),
        (False, "nothing", "The newest digest", ""),
    ],
)
def test_every_page_leads_to_the_newest_digest(
    browser: Browser, address: str, script: bool, absent: str, words: str, way: str
) -> None:
    context = browser.new_context(java_script_enabled=script, viewport=DESK)
    page = context.new_page()
    page.route(f"**/{absent}*", lambda route: route.abort())
    for path in PAGES:
        page.goto(address + path)
        assert page.locator(".bs-ear").inner_text() == words, path
        leading = page.locator(".bs-ear a:visible")
        assert leading.evaluate("link => link.href") == address + way, path
    leading.click()
    page.wait_for_url(address + way)
    assert "12 March 2025" in page.locator("h1").inner_text()
    context.close()


def test_the_chosen_scheme_holds_on_other_pages_and_automatic_is_the_systems(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    switch = page.get_by_role("button", name="Colours: automatic")
    switch.click()
    assert not is_dark(page)
    page.goto(address + "trends/")
    assert not is_dark(page)
    page.get_by_role("button", name="Colours: light").click()
    page.get_by_role("button", name="Colours: dark").click()
    page.emulate_media(color_scheme="light")
    assert not is_dark(page)
    context.close()


def test_a_page_works_where_storage_is_blocked(browser: Browser, address: str) -> None:
    page = browser.new_page()
    blocked = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException() }})"
    page.add_init_script(blocked)
    wrong = watch(page, address)
    page.goto(address)
    page.get_by_role("button", name="Colours: automatic").click()
    page.get_by_role("button", name="Colours: light").click()
    assert is_dark(page)
    assert wrong == []
    page.close()


def test_the_archive_leads_to_a_random_paper(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "archive/")
    page.get_by_role("button", name="A random paper").click()
    page.wait_for_url("**/papers/*/")
    assert page.locator(".bs-paper h1").is_visible()
    page.close()


def test_a_random_paper_that_cannot_be_had_is_not_silent(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "archive/")
    page.route("**/days/**", lambda route: route.abort())
    button = page.locator("bs-random button")
    button.click()
    expect(button).to_have_text("None could be read: try again")
    page.unroute("**/days/**")
    button.click()
    page.wait_for_url("**/papers/*/")
    page.close()


def test_a_citation_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + PAGES[2])
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".bs-cite").first.text_content()
    context.close()


def test_the_sections_of_a_phone_lie_at_its_foot(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address)
    box = page.locator(".bs-sections").bounding_box()
    assert box
    assert box["y"] + box["height"] == PHONE["height"]
    page.close()


def test_a_date_is_parted_between_weekday_and_day(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    for path in ("", "days/2025-03-11/"):
        page.goto(address + path)
        tie = page.locator("h1 .bs-tie")
        assert re.fullmatch(r"\d\d March", tie.inner_text())
        for width in range(100, 390, 10):
            page.locator("h1").evaluate(f"title => (title.style.width = '{width}px')")
            assert tie.evaluate("tie => tie.getClientRects().length") == 1
        # Else one would be left at the end of a line.
        assert "·" not in page.locator(".bs-head .bs-sub").inner_text()
        links = page.locator(".bs-turn a")
        links.first.evaluate("link => (link.closest('p').style.width = '60px')")
        assert {link.evaluate("link => link.getClientRects().length") for link in links.all()} == {
            1
        }
    page.close()


def test_the_page_of_a_month_shows_its_name_once(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}months/2025-03/")
    assert page.get_by_role("table", name="March 2025").is_visible()
    caption = page.locator("caption").bounding_box()
    assert caption
    assert caption["width"] * caption["height"] <= 1
    page.goto(f"{address}archive/")
    caption = page.locator("caption").bounding_box()
    assert caption
    assert caption["width"] > 100
    page.close()


def test_the_masthead_of_a_phone_holds_in_type_twice_as_large(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address)
    boxes = """() => [".bs-nameplate", "bs-scheme", ".bs-find button", ".bs-ear"].map(
      (part) => document.querySelector(part).getBoundingClientRect().toJSON())"""
    name, scheme, _, ear = page.evaluate(boxes)
    assert scheme["bottom"] > name["top"] > scheme["top"] - 20  # one line
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    for box in page.evaluate(boxes):
        assert 0 <= box["left"] < box["right"] <= PHONE["width"]
    page.emulate_media(media="print")
    name, _, _, ear = page.evaluate(boxes)
    assert name["right"] <= ear["left"]
    page.close()


def test_a_printed_day_is_a_handout_in_two_columns(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(address + "days/2025-03-12/")
    page.emulate_media(media="print")
    columns = "getComputedStyle(document.querySelector('.bs-list')).columnCount"
    assert page.evaluate(columns) == "2"
    assert not is_dark(page)
    assert page.locator("h1, .bs-nameplate, .bs-title").first.is_visible()
    for chrome in (".bs-sections", ".bs-tools", ".bs-colophon", ".bs-pager", "summary"):
        assert not page.locator(chrome).first.is_visible(), chrome
    page.close()


def test_nothing_is_printed_that_only_leads_on(browser: Browser, address: str) -> None:
    page = browser.new_page()
    for path, leads in (
        ("", "#subscribe"),
        ("", "#topics"),
        ("tags/graph-learning/", ".bs-turn"),
        ("days/2025-03-12/", ".bs-list + .bs-facts"),
    ):
        page.goto(address + path)
        page.emulate_media(media="screen")
        assert page.locator(leads).is_visible()
        page.emulate_media(media="print")
        assert not page.locator(leads).is_visible()
        assert page.locator(".bs-title").first.is_visible()
    page.close()


def test_a_printed_paper_names_its_topics_apart(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + PAGES[2])
    page.emulate_media(media="print")
    sign = "item => getComputedStyle(item, '::before').content"
    topics = page.locator(".bs-sheet .bs-chips > li")
    assert topics.count() > 1
    assert [item.evaluate(sign) for item in topics.all()][:2] == ["none", '" · "']
    assert not page.locator("#elsewhere").is_visible()
    page.close()


def test_what_is_not_printed_of_a_paper_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "days/2025-03-12/")
    page.emulate_media(media="print")
    ends = """() => [...document.querySelectorAll(".bs-opening")].map((opening) => {
      const folds = opening.nextElementSibling.matches("details");
      return [folds, getComputedStyle(opening, "::after").content];
    })"""
    told = page.evaluate(ends)
    assert {tuple(end) for end in told} == {(True, '"\u00a0…"'), (False, "none")}
    page.locator(".bs-rest").first.evaluate("rest => (rest.open = true)")
    assert {tuple(end) for end in page.evaluate(ends)} == {(True, "none"), (False, "none")}
    # No paper here has so many authors.
    page.locator("h1").evaluate("""title => title.insertAdjacentHTML("afterend",
      "<details class='bs-rest bs-names'><summary>9 more authors</summary><p>Ann Lee</p></details>")
    """)
    names = page.locator(".bs-names")
    assert names.locator("summary").is_visible()
    assert not names.locator("p").is_visible()
    names.evaluate("names => (names.open = true)")
    assert not names.locator("summary").is_visible()
    assert names.locator("p").is_visible()
    page.close()


def test_no_line_begins_with_the_sign_behind_a_formula(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "about/")
    lines = page.evaluate("""() => {
      const text = document.querySelector("article").appendChild(document.createElement("p"));
      text.innerHTML = "We say of <span class=bs-tie>(<math><mi>x</mi></math>,</span> and so on.";
      const tie = text.querySelector("span");
      return [...Array(300).keys()].map((width) => {
        text.style.width = `${width}px`;
        return tie.getClientRects().length;
      });
    }""")
    assert set(lines) == {1}
    page.close()


def test_a_printed_formula_is_not_cut_off(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(
        address + "papers/faster-convergence-by-waiting-a-study-of-stochastic-gradient-descent/"
    )
    page.emulate_media(media="print")
    around = "math => getComputedStyle(math.closest('p')).overflow"
    assert page.locator(".bs-abstract math").first.evaluate(around) == "visible"
    page.close()


def test_a_printed_calendar_has_the_colours_of_a_light_screen(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(address + "archive/")
    colours = """() => [1, 2, 3, 4].map((shade) => {
      const day = document.querySelector(".bs-calendar td a");
      day.className = `bs-shade-${shade}`;
      const { backgroundColor, color } = getComputedStyle(day);
      return [backgroundColor, color];
    })"""
    on_screen = page.evaluate(colours)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colours) == on_screen
    page.close()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("papers/a-graph-neural-netwrok-for-readers/", "a graph neural netwrok for readers"),
        ("old/na%C3%AFve%20readers.html", "naïve readers"),
        ("papers/nai%CC%88ve-readers/", "naïve readers"),
        ("abs/2503.01234", "2503.01234"),
        ("https://arxiv.org/pdf/2503.01234v2.pdf", "2503.01234"),
        ("abs/cs.CL/9912001", "cs/9912001"),
        ("papers/%E3%28/", "E3 28"),
    ],
)
def test_an_absent_page_asks_for_what_was_sought(
    browser: Browser, address: str, asked: str, words: str
) -> None:
    page = browser.new_page()
    page.goto(address + asked)
    assert page.locator("#sought input").input_value() == words
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_an_absent_page_finds_papers(
    browser: Browser, address: str, size: Any
) -> None:
    page = browser.new_page(viewport=size)
    page.add_init_script("""window.moved = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({type: "layout-shift", buffered: true});""")
    page.goto(f"{address}papers/graph-neural-network/", wait_until="networkidle")
    page.locator(".bs-results > li").first.wait_for()
    assert page.evaluate("window.moved") == 0
    page.close()


def test_without_script_an_absent_page_offers_no_search(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}papers/nothing/")
    assert not page.locator("#sought").is_visible()
    assert page.get_by_text("There is no such page").is_visible()
    page.close()
