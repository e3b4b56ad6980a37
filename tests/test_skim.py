"""Skimming: filters, keys and what is new since the last visit, as a reader uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from .browsing import DESK, PHONE, barriers, served, watch
from .sites import run, workspace, write_digest

pytestmark = pytest.mark.browser

REST = (
    "We compare it with all that came before, on more tasks than anybody wants to read about. It "
    "is better on most of them and no worse on the others. One more sentence of a reasonable "
    "length makes the point. The list of a day folds away what comes after the first lines of an "
    "abstract, and this is what comes after them."
)
GRAPHS = f"A graph neural network that sends messages along the edges of a graph. {REST}"
IMAGES = f"A diffusion model for image generation, trained on pictures of weather. {REST}"
CODE = "Code is available at https://github.com/example/weather."
MONDAY = [("An Old Graph", GRAPHS), ("Old Pictures", IMAGES)]
TUESDAY = [("Zebras on Graphs", GRAPHS), ("Apples in Diffusion", f"{IMAGES} {CODE}")]
WEDNESDAY = [
    ("Walking on Graphs", GRAPHS),
    ("Painting with $x^2$ Steps", f"{IMAGES} {CODE}"),
    ("A Third of Nothing", "Nothing is said of it."),
    ("Old Pictures", IMAGES),
    ("10 Graphs of Diffusion", f"{GRAPHS} {IMAGES}"),
    ("9 Graphs", f"{GRAPHS} {CODE}"),
]
DAY = "days/2025-03-12/"
SMALL = ViewportSize(width=320, height=640)
DIGEST = [title for title, _ in WEDNESDAY]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days of papers, some of them about graphs, some with code, one listed again."""
    folder = tmp_path_factory.mktemp("skim")
    digests = folder / "digests"
    for day, papers in (("10", MONDAY), ("11", TUESDAY), ("12", WEDNESDAY)):
        write_digest(digests, f"2025-03-{day}.txt", *papers)
    repository = workspace(folder / "repository", digests)
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader on her first visit, at noon, at a desk."""
    context = browser.new_context(viewport=DESK)
    context.clock.set_fixed_time(datetime.fromisoformat("2025-03-12T12:00"))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The newest day, opened by a reader who knows those before it."""
    come_back(context)
    page = context.new_page()
    page.goto(address + DAY)
    return page


def remember(context: BrowserContext, name: str, value: Any) -> None:
    """Store a value before the first page opens, as an earlier page would have."""
    key = json.dumps(f"/broadsheet/v1.{name}")
    context.add_init_script(f"localStorage[{key}] ??= {json.dumps(json.dumps(value))}")


def come_back(context: BrowserContext, newest: str = "2025-03-11") -> None:
    """The last visit was the day before, when this digest was the newest."""
    visit: dict[str, Any] = {"on": "2025-03-11", "since": None, "newest": newest, "seen": []}
    remember(context, "visit", visit)


def titles(page: Page) -> list[str]:
    """Titles of the papers shown, in their order; of a formula what is seen."""
    links = page.locator("li[data-key]:visible > :is(.bs-title, a)")
    return [" ".join(normalize("NFKC", text).split()) for text in links.all_inner_texts()]


def new(page: Page) -> list[str | None]:
    """Keys of the papers that are marked as new."""
    marked = page.locator("li[data-key]:has(> .bs-new)").all()
    assert set(page.locator(".bs-new").all_text_contents()) <= {"New"}
    return [paper.get_attribute("data-key") for paper in marked]


def places(page: Page) -> str:
    """Where buttons are that can be pressed now."""
    return "dialog" if page.locator("dialog[open]").count() else "bs-tools, .bs-notice, .bs-head"


def press(page: Page, name: str) -> None:
    """Press the one button that is called so."""
    page.locator(places(page)).get_by_role("button", name=name).click()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def said(page: Page) -> Locator:
    return page.locator("bs-tools [role=status]")


ABOUT_GRAPHS = ["Walking on Graphs", "10 Graphs of Diffusion", "9 Graphs"]
NEW = ["walking-on-graphs", "painting-with-x-2-steps", "a-third-of-nothing"]
NEW += ["10-graphs-of-diffusion", "9-graphs"]


def test_a_chip_of_the_head_filters_without_reload_and_the_address_says_so(page: Page) -> None:
    page.evaluate("window.same = true")
    press(page, "Graph Learning")
    assert titles(page) == ABOUT_GRAPHS
    expect(said(page)).to_have_text("3 of 6 papers on Graph Learning & GNNs")
    assert page.url.endswith("?topic=graph-learning")
    press(page, "Has code")
    assert titles(page) == ["9 Graphs"]
    assert page.url.endswith("?topic=graph-learning&code=1")
    assert page.evaluate("window.same")


def test_several_topics_show_the_papers_of_any(page: Page) -> None:
    press(page, "Graph Learning")
    press(page, "Diffusion")
    assert titles(page) == [title for title in shown_titles() if title != "A Third of Nothing"]


def shown_titles() -> list[str]:
    return [title.replace("$x^2$", "x 2") for title in DIGEST]


def test_a_filtered_page_can_be_shared_gone_back_from_and_cleared(page: Page) -> None:
    press(page, "Graph Learning")
    press(page, "By title")
    shared = page.url
    page.go_back()
    assert titles(page) == ABOUT_GRAPHS
    page.go_back()
    assert titles(page) == shown_titles()
    page.goto(shared)
    assert titles(page) == ["9 Graphs", "10 Graphs of Diffusion", "Walking on Graphs"]
    expect(page.get_by_role("button", name="By title")).to_have_attribute("aria-pressed", "true")
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert canonical.endswith(DAY)
    press(page, "Show all")
    assert len(titles(page)) == len(WEDNESDAY)
    expect(page.get_by_role("button", name="Has code")).to_be_focused()


def test_titles_sort_as_a_reader_counts_and_spells(page: Page) -> None:
    press(page, "By title")
    assert titles(page) == [
        "9 Graphs", "10 Graphs of Diffusion", "A Third of Nothing", "Old Pictures",
        "Painting with x 2 Steps", "Walking on Graphs",
    ]  # fmt: skip
    press(page, "By title")
    assert titles(page) == shown_titles()


def test_what_else_is_in_the_address_stays(page: Page, address: str) -> None:
    page.goto(f"{address}{DAY}?from=mail#p-9-graphs")
    press(page, "Has code")
    assert page.url == f"{address}{DAY}?from=mail&code=1#p-9-graphs"


def test_a_topic_no_paper_has_shows_none_and_the_way_out(page: Page, address: str) -> None:
    page.goto(f"{address}{DAY}?topic=a-topic-of-old")
    assert titles(page) == []
    expect(said(page)).to_have_text("0 of 6 papers on a-topic-of-old")
    press(page, "Show all")
    assert len(titles(page)) == len(WEDNESDAY)


def test_code_that_no_paper_has_cannot_be_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}days/2025-03-10/")
    code = page.get_by_role("button", name="Has code")
    expect(code).to_have_text("Has code 0")
    expect(code).to_be_disabled()
    page.goto(f"{address}days/2025-03-10/?code=1")
    assert titles(page) == []
    code.focus()
    code.press("Enter")
    assert len(titles(page)) == len(MONDAY)
    expect(code).to_be_focused()
    page.goto(f"{address}days/2025-03-10/?topic=a-topic-of-old")
    clear = page.get_by_role("button", name="Show all")
    clear.focus()
    clear.press("Enter")
    expect(page.get_by_role("button", name="By title")).to_be_focused()


def test_the_papers_of_a_topic_filter_by_another(page: Page, address: str) -> None:
    page.goto(f"{address}tags/graph-learning/")
    press(page, "Topics")
    press(page, "Image Generation")
    assert titles(page) == ["10 Graphs of Diffusion"]
    link = said(page).get_by_role("link")
    assert (link.get_attribute("href") or "").endswith("/tags/image-generation/")


def test_a_month_filters_by_a_topic_its_page_does_not_name(page: Page, address: str) -> None:
    page.goto(f"{address}months/2025-03/")
    page.evaluate(
        "document.querySelectorAll('.bs-head .bs-chips').forEach((chips) => chips.remove())"
    )
    press(page, "Topics")
    press(page, "Graph Learning")
    assert titles(page) == [*ABOUT_GRAPHS, "Zebras on Graphs", "An Old Graph"]


def test_days_of_a_month_without_a_paper_to_show_are_left_out(page: Page, address: str) -> None:
    page.goto(f"{address}months/2025-03/?code=1&sort=title")
    assert titles(page) == ["9 Graphs", "Painting with x 2 Steps", "Apples in Diffusion"]
    assert page.locator(".bs-month section:visible").count() == 2


def test_a_first_visit_marks_nothing_as_new(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + DAY)
    page.goto(address)
    assert len(titles(page)) == len(WEDNESDAY)
    assert new(page) == []


def test_papers_first_listed_since_the_last_visit_are_new(page: Page, address: str) -> None:
    assert new(page) == NEW
    press(page, "New to me")
    assert "Old Pictures" not in titles(page)
    page.goto(f"{address}days/2025-03-11/")
    assert new(page) == []
    page.goto(f"{address}months/2025-03/")
    assert new(page) == NEW


def test_new_papers_stay_new_that_day_and_no_longer(page: Page, address: str) -> None:
    page.goto(address)
    page.context.clock.set_fixed_time(datetime.fromisoformat("2025-03-13T03:59"))
    page.reload()
    assert new(page) == NEW
    page.context.clock.set_fixed_time(datetime.fromisoformat("2025-03-13T04:00"))
    page.reload()
    assert new(page) == []


def test_who_missed_some_days_finds_all_of_them_new(context: BrowserContext, address: str) -> None:
    come_back(context, newest="2025-03-10")
    page = context.new_page()
    page.goto(f"{address}days/2025-03-11/")
    assert len(new(page)) == len(TUESDAY)


def test_a_withdrawn_digest_of_the_future_hides_nothing_for_good(
    context: BrowserContext, address: str
) -> None:
    come_back(context, newest="2099-01-01")
    page = context.new_page()
    page.goto(address)
    assert new(page) == []
    stored = json.loads(page.evaluate("localStorage['/broadsheet/v1.visit']"))
    assert stored["newest"] == stored["since"] == "2025-03-12"


def test_a_paper_that_was_opened_is_seen_in_every_tab(page: Page, address: str) -> None:
    other = page.context.new_page()
    other.goto(address)
    page.get_by_role("link", name="9 Graphs", exact=True).click()
    page.locator(".bs-paper").wait_for()
    expect(other.locator("#p-9-graphs > .bs-new")).to_have_count(0)
    page.go_back()
    expect(page.locator("#p-9-graphs > .bs-new")).to_have_count(0)
    assert len(new(page)) == len(NEW) - 1


def test_all_papers_shown_are_marked_as_seen_and_it_can_be_undone(page: Page) -> None:
    press(page, "Graph Learning")
    press(page, "Mark all as seen")
    assert new(page) == ["painting-with-x-2-steps", "a-third-of-nothing"]
    press(page, "Undo")
    assert new(page) == NEW
    press(page, "Show all")
    press(page, "Mark all as seen")
    page.reload()
    assert new(page) == []
    assert page.get_by_role("button", name="Mark all as seen").is_disabled()


def test_seen_papers_are_dimmed_from_now_on(page: Page) -> None:
    paper = page.locator("#p-old-pictures .bs-title a")
    colour = "(link) => getComputedStyle(link).color"
    before = paper.evaluate(colour)
    press(page, "Keys and choices")
    page.get_by_label("Dimmed").check()
    assert paper.evaluate(colour) != before
    page.reload()
    assert paper.evaluate(colour) != before
    assert page.locator("#p-9-graphs .bs-title a").evaluate(colour) == before


def test_seen_papers_are_hidden_from_now_on_but_where_the_reader_wants_them(page: Page) -> None:
    press(page, "Keys and choices")
    page.get_by_label("Hidden").check()
    press(page, "Close")
    page.reload()
    assert "Old Pictures" not in titles(page)
    expect(said(page)).to_have_text("5 of 6 papers")
    press(page, "Show all")
    assert page.url.endswith("?new=0")
    assert titles(page) == shown_titles()


def test_what_is_seen_stays_small(page: Page, address: str) -> None:
    press(page, "Mark all as seen")
    stored = "JSON.parse(localStorage['/broadsheet/v1.visit']).seen"
    assert sorted(page.evaluate(stored)) == sorted(NEW)
    page.context.clock.set_fixed_time(datetime.fromisoformat("2025-03-13T12:00"))
    page.goto(f"{address}papers/old-pictures/")
    assert page.evaluate(stored) == []


@pytest.mark.parametrize("stored", ["{", "[]", '{"newest": 5, "seen": 7}', "null"])
def test_what_is_stored_and_cannot_be_read_is_a_first_visit(
    context: BrowserContext, address: str, stored: str
) -> None:
    context.add_init_script(f"localStorage['/broadsheet/v1.visit'] ??= {json.dumps(stored)}")
    page = context.new_page()
    wrong = watch(page, address)
    page.goto(address)
    assert len(titles(page)) == len(WEDNESDAY)
    assert new(page) == []
    assert wrong == []


FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
}"""
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); },
})"""


@pytest.mark.parametrize("script", [FULL, BLOCKED], ids=["full", "blocked"])
def test_without_storage_filters_work_and_marking_says_why_not(
    context: BrowserContext, address: str, script: str
) -> None:
    context.add_init_script(script)
    page = context.new_page()
    wrong = watch(page, address)
    page.goto(address + DAY)
    press(page, "Graph Learning")
    assert titles(page) == ABOUT_GRAPHS
    press(page, "Mark all as seen")
    expect(page.get_by_text("Nothing was saved")).to_be_visible()
    assert wrong == []


def test_keys_walk_the_papers_shown(page: Page) -> None:
    press(page, "Graph Learning")
    for expected in (*ABOUT_GRAPHS, ABOUT_GRAPHS[-1]):
        page.keyboard.press("j")
        assert focused(page) == expected
    page.keyboard.press("k")
    assert focused(page) == ABOUT_GRAPHS[1]
    box = page.locator("#p-10-graphs-of-diffusion").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= DESK["height"]
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"


def test_keys_begin_at_the_first_paper_on_the_screen(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.locator("#p-a-third-of-nothing").evaluate("(paper) => paper.scrollIntoView()")
    page.keyboard.press("j")
    assert focused(page) == "A Third of Nothing"


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_a_key_opens_the_paper(page: Page, key: str) -> None:
    page.keyboard.press("j")
    page.keyboard.press(key)
    page.wait_for_url("**/papers/walking-on-graphs/")


def test_a_key_unfolds_and_folds_the_abstract(page: Page) -> None:
    # Not that of the first paper, which a wide page shows whole.
    page.locator("#p-9-graphs .bs-title a").focus()
    rest = page.locator("#p-9-graphs details p")
    page.keyboard.press("x")
    expect(rest).to_be_visible()
    page.keyboard.press("x")
    expect(rest).to_be_hidden()
    assert focused(page) == "9 Graphs"


@pytest.mark.parametrize("path", [DAY, "months/2025-03/"])
def test_a_key_keeps_a_paper_of_a_list(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator("#p-walking-on-graphs")).to_have_attribute("data-kept", "")
    page.keyboard.press("s")
    expect(page.locator("#p-walking-on-graphs")).not_to_have_attribute("data-kept", "")


def test_a_key_keeps_the_paper_of_a_page(page: Page, address: str) -> None:
    page.goto(f"{address}papers/9-graphs/")
    page.keyboard.press("s")
    expect(page.locator(".bs-paper")).to_have_attribute("data-kept", "")


def test_a_key_searches_and_keys_are_letters_while_one_types(page: Page) -> None:
    page.keyboard.press("/")
    field = page.locator(".bs-find input")
    expect(field).to_be_focused()
    page.keyboard.type("jokes?")
    expect(field).to_have_value("jokes?")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("key", ["Control+j", "Alt+j", "Meta+j"])
def test_keys_with_another_held_are_not_ours(page: Page, key: str) -> None:
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")


def test_links_and_headings_are_named_with_their_formulas(page: Page, address: str) -> None:
    # As the browser tells a screen reader, which lists them so.
    told = page.context.new_cdp_session(page)
    for path, roles in ((DAY, ["heading", "link"]), ("months/2025-03/", ["link"])):
        page.goto(address + path)
        nodes = told.send("Accessibility.getFullAXTree")["nodes"]
        found = {node["role"]["value"] for node in nodes if name(node) == "Painting with x² Steps"}
        assert sorted(found) == roles


def name(node: dict[str, Any]) -> str:
    """What a browser calls something for who cannot see it."""
    return str(node.get("name", {}).get("value"))


def test_a_title_wider_than_a_phone_scrolls_in_its_line(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + "months/2025-03/")
    link = page.locator("#p-painting-with-x-2-steps > a")
    link.locator("msup mi").evaluate("letter => letter.textContent = 'x'.repeat(90)")
    assert link.evaluate("link => link.scrollWidth > link.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_thousands_are_parted_in_the_counts_of_a_list(page: Page, address: str) -> None:
    page.route("**/days/2025-03-12/", lambda route: route.fulfill(
        body=route.fetch().text().replace("</ol>", "<li data-key=a data-topics='' data-seen="
            "2025-03-12><h3 class=bs-title><a>A</a></h3></li>" * 1000 + "</ol>", 1),
        content_type="text/html"))  # fmt: skip
    page.goto(address + DAY)
    expect(page.get_by_role("button", name="New to me")).to_have_text("New to me 1,005")


@pytest.mark.parametrize("width", [320, 360])
def test_the_buttons_of_a_small_phone_have_the_room_that_is_kept_for_them(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address + DAY)
    bar, kept = page.locator("bs-tools"), page.locator(".bs-bar").first
    for button, number in (("Has code", "120"), ("New to me", "860")):
        count = page.get_by_role("button", name=button).locator(".bs-count")
        count.evaluate("(count, number) => count.replaceChildren(number)", number)
    box, row = bar.bounding_box(), kept.bounding_box()
    assert box
    assert row
    assert (box["height"], row["height"]) == (100, 44)


def test_no_topic_of_an_address_widens_the_page(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{DAY}?topic={'x' * 3000}")
    expect(said(page)).to_contain_text("0 of 6 papers on xxx")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_is_said_of_filters_stays_in_sight_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 440})
    page.goto(f"{address}{DAY}?topic=graph-learning")
    press(page, "All topics")
    panel, line, sections = (
        page.locator(place).bounding_box() for place in ("#bs-panel", ".bs-shown", ".bs-sections")
    )
    assert panel
    assert line
    assert sections
    assert panel["y"] + panel["height"] > sections["y"]
    assert line["y"] + line["height"] <= sections["y"] + 1
    page.get_by_role("button", name="All topics").focus()
    for chip in page.locator("#bs-panel button").all():
        while not chip.evaluate("chip => chip === document.activeElement"):
            page.keyboard.press("Tab")
        line, focus = page.locator(".bs-shown").bounding_box(), chip.bounding_box()
        assert line
        assert focus
        assert focus["y"] + focus["height"] <= line["y"]
    press(page, "Show all")
    expect(said(page)).to_be_empty()


def test_a_topic_of_the_head_stands_not_among_the_others_too(page: Page, address: str) -> None:
    heads, others = page.locator(".bs-head .bs-chip"), page.locator("#bs-panel .bs-chip:visible")
    page.goto(address + DAY)
    press(page, "All topics")
    number = others.count()
    assert number == heads.count() > 1  # the head has all: to unfold nothing would seem a fault
    page.reload()
    [name, *_] = heads.all_inner_texts()
    heads.first.evaluate("chip => chip.closest('li').remove()")
    press(page, "All topics")
    assert others.all_inner_texts() == [name]
    page.set_viewport_size(PHONE)  # which shows none of the head
    assert others.count() == number


def test_what_is_said_of_filters_is_one_line_on_a_tablet(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{address}{DAY}?topic=graph-learning,image-generation")
    expect(said(page)).to_contain_text("of 6 papers on")
    bar, line = page.locator("bs-tools").bounding_box(), page.locator(".bs-shown").bounding_box()
    assert bar
    assert line
    assert line["width"] == bar["width"]
    assert line["height"] < 40


def test_what_is_chosen_is_told_without_colours_of_ours(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESK, forced_colors="active")
    page = context.new_page()
    page.goto(address)
    press(page, "Has code")
    keep = page.locator("button.bs-keep:visible")
    keep.first.click()
    ground = "element => getComputedStyle(element).backgroundColor"
    for chosen, other in (
        (page.get_by_role("button", name="Has code"), page.get_by_role("button", name="By title")),
        (keep.first, keep.nth(1)),
    ):
        assert chosen.evaluate(ground) != other.evaluate(ground)
    line = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator(".bs-sections [aria-current]").evaluate(line) == "underline"
    border = "element => getComputedStyle(element).borderTopWidth"
    keep.first.click()
    expect(page.locator(".bs-notice")).to_contain_text("No longer kept")
    assert page.locator(".bs-notice").evaluate(border) == "1px"
    page.goto(f"{address}search/")
    assert page.get_by_role("button", name="Search", exact=True).evaluate(border) == "1px"
    page.goto(f"{address}search/?q=graphs")
    found = page.locator("#search-results mark").first
    assert found.evaluate(ground) == "rgb(255, 255, 0)"  # that of the system, as is its text's
    page.goto(f"{address}archive/")
    day, legend = page.locator(".bs-calendar a").first, page.locator(".bs-legend span").first
    for shade in (day, legend):
        assert shade.evaluate(ground) != page.locator("body").evaluate(ground)
    context.close()


def test_the_line_for_news_is_there_before_them(page: Page) -> None:
    # Else some screen readers do not read out the first of them.
    notice = page.locator(".bs-notice[role=status]")
    expect(notice).to_be_attached()
    expect(notice).to_be_empty()
    press(page, "Mark all as seen")
    expect(notice).to_contain_text("Marked as seen: 5 papers.")


def test_help_opens_and_closes_by_key_and_gives_the_focus_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys and choices")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("(dialog) => dialog.contains(document.activeElement)")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert focused(page) == "Walking on Graphs"


@pytest.mark.parametrize("is_phone", [True, False])
def test_help_begins_with_choices_on_a_phone_and_with_keys_elsewhere(
    browser: Browser, address: str, *, is_phone: bool
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=is_phone, is_mobile=is_phone)
    page = context.new_page()
    page.goto(address)
    press(page, "Keys and choices")
    inputs = page.locator("dialog[open] input").evaluate_all("all => all.map(({ type }) => type)")
    radios, boxes = ["radio"] * 3, ["checkbox"]
    assert inputs == (radios + boxes if is_phone else boxes + radios)
    said = page.locator("dialog[open]").inner_text()
    assert (said.index("Papers you have seen") < said.index("next paper")) == is_phone
    context.close()


def test_the_keys_can_be_turned_off_and_on_again(page: Page, address: str) -> None:
    press(page, "Keys and choices")
    page.get_by_label("These keys act").uncheck()
    press(page, "Close")
    page.goto(address)
    for key in ("j", "?", "/", "s"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open]").count() == 0
    press(page, "Keys and choices")
    page.get_by_label("These keys act").check()
    press(page, "Close")
    page.keyboard.press("j")
    assert focused(page) == "Walking on Graphs"


def test_the_keyboard_alone_filters_marks_and_opens(page: Page) -> None:
    def reach(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if focused(page).startswith(name):
                return
        raise AssertionError(name)

    reach("Graph Learning")
    page.keyboard.press("Enter")
    assert titles(page) == ABOUT_GRAPHS
    reach("Topics")
    page.keyboard.press("Space")
    reach("Has code")
    page.keyboard.press("Space")
    assert titles(page) == ["9 Graphs"]
    reach("Mark all as seen")
    page.keyboard.press("Enter")
    assert "9-graphs" not in new(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/9-graphs/")


def test_touch_alone_filters_sorts_marks_and_chooses(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    come_back(context)
    page = context.new_page()
    page.goto(address)

    def tap(name: str) -> None:
        page.locator(places(page)).get_by_role("button", name=name).tap()

    for button in page.locator("bs-tools button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, button.inner_text()
    tap("Topics")
    tap("Graph Learning")
    assert titles(page) == ABOUT_GRAPHS
    tap("By title")
    assert titles(page)[0] == "9 Graphs"
    tap("Mark all as seen")
    assert len(new(page)) == len(NEW) - len(ABOUT_GRAPHS)
    tap("Keys and choices")
    page.get_by_label("Hidden").tap()
    tap("Close")
    assert titles(page) == []
    tap("Show all")
    page.locator("#p-9-graphs summary").tap()
    expect(page.locator("#p-9-graphs details p")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_without_script_all_papers_topics_and_feeds_are_there(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}{DAY}?topic=graph-learning")
    assert titles(page) == shown_titles()
    assert page.locator("bs-tools").inner_text() == ""
    page.locator(".bs-head .bs-chips a", has_text="Graph Learning").click()
    page.wait_for_url("**/tags/graph-learning/")
    assert titles(page) == [*ABOUT_GRAPHS, "Zebras on Graphs", "An Old Graph"]
    for feed in page.locator(".bs-head a.bs-feed").all():
        where = feed.evaluate("(link) => link.href")
        assert context.request.get(where).ok
    context.close()


SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { hadRecentInput, sources, value } of list.getEntries()) {
    const main = document.querySelector("main");
    const moved = sources.filter(({ node }) => !hadRecentInput && main.contains(node));
    if (moved.length) shifts.push([value, ...moved.map(({ node }) => node.outerHTML ?? node.data)]);
  }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["small", "phone", "desk"])
@pytest.mark.parametrize("path", ["", f"{DAY}?topic=graph-learning&sort=title", "months/2025-03/"])
@pytest.mark.parametrize("seen", ["hidden"])
def test_nothing_moves_while_a_page_opens(
    browser: Browser, address: str, path: str, size: Any, seen: str
) -> None:
    context = browser.new_context(viewport=size)
    context.add_init_script(SHIFTS)
    come_back(context)
    remember(context, "seen-papers", seen)
    page = context.new_page()
    wrong = watch(page, address)
    page.goto(address + path, wait_until="networkidle")
    page.locator("bs-tools button").first.wait_for()
    assert page.evaluate("shifts") == []
    assert wrong == []
    context.close()


def test_a_list_is_seen_though_the_scripts_never_come(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.route("**/assets/skim.js", lambda route: route.abort())
    page.goto(f"{address}{DAY}?topic=graph-learning")
    expect(page.locator("#p-9-graphs")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize(
    "path", ["subscribe/?topic=graph-learning", "papers/9-graphs/", "about/", "trends/", "search/"]
)
def test_no_page_waits_for_filters_that_it_has_not(
    context: BrowserContext, address: str, path: str
) -> None:
    remember(context, "seen-papers", "hidden")
    page = context.new_page()
    page.goto(address + path)
    # By itself it would come after four seconds.
    expect(page.locator(".bs-colophon")).to_be_visible(timeout=2_000)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_toolbar_and_help_are_accessible(
    browser: Browser, address: str, size: Any, scheme: Any
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    come_back(context)
    remember(context, "seen-papers", "dimmed")
    page = context.new_page()
    for path in (DAY, "months/2025-03/"):
        page.goto(address + path)
        press(page, "Topics")
        page.locator("#bs-panel").wait_for()
        press(page, "Has code")
        assert barriers(page) == []
        press(page, "Keys and choices")
        assert barriers(page) == []
    context.close()
