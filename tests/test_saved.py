"""Keeping papers, in a real browser: kept by any hand, told in words, taken away whole."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, BrowserContext, Page

from generator.outputs.citation import bibtex

from .browsing import DESK, PHONE, barriers, hosted, until, watch
from .conftest import CASES, ROOT
from .hostile import FORMULAS, HOSTILE
from .sites import run, workspace
from .test_citing import paper as paper_by

pytestmark = pytest.mark.browser

DAY = "days/2025-03-12/"
MATH = r"An $O(1/\epsilon^4)$ bound for 50% of \{A\} & B_C~D^2"
PAPERS: list[dict[str, Any]] = [
    {
        "title": "Graph Neural Networks for Naïve Readers",
        "abstract": "A graph neural network reads; the paragraph is no graph. GRAPHS differ.",
        "authors": ["Zoë Gruber", "José García-López"],
        "arxiv_id": "2503.01234",
        "published": "2025-03-01",
        "primary": "cs.LG",
    },
    {"title": MATH, "abstract": "Where graph theory and $G_1$ meet.", "authors": ["Ann Lee"]},
    {"title": "A Paper by Nobody", "abstract": "It is about robotics."},
    *({"title": f"Case {n} {text}", "abstract": text} for n, text in enumerate(HOSTILE + FORMULAS)),
    {
        "title": "A Paper of a Team",
        "abstract": "So.",
        "arxiv_id": "2501.00007",
        "doi": "10.1000/a_b%c",
        "authors": ["Research and Engineering", "The A & B Team", "Cy de Xu, Jr.", "Misha Sra"],
    },
]
LIST_MODULES = ("keep", "kept", "marks", "notice", "store", "terms")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host of one site at two addresses, `/broadsheet/` and `/other/`."""
    folder = tmp_path_factory.mktemp("saved")
    digests = folder / "digests"
    digests.mkdir()
    (digests / "2025-03-12.json").write_text(json.dumps(PAPERS), encoding="utf-8")
    repository = workspace(folder / "repository", digests)
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    with hosted(broadsheet=repository / "site", other=repository / "site") as address:
        yield address


@pytest.fixture
def address(host: str) -> str:
    return host + "broadsheet/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    page = context.new_page()
    wrong = watch(page, address)
    yield page
    assert wrong == []


def keep(page: Page, address: str, *numbers: int) -> None:
    """Keep these papers of the day, and wait for what their own pages know of them."""
    page.goto(address + DAY)
    for number in numbers:
        page.locator(".bs-foot .bs-keep").nth(number).click()
    whole = "n => JSON.parse(localStorage['/broadsheet/v1.saved']).filter(p => p.url).length == n"
    until(page, whole, len(numbers))


def open_saved(page: Page, address: str) -> None:
    """Open the page of what is kept, and wait for its script, which comes after the load event."""
    page.goto(address + "saved/")
    page.locator(".bs-saved[data-ready]").wait_for()


def stored(page: Page, site: str = "/broadsheet/") -> list[dict[str, Any]]:
    found = page.evaluate(f"localStorage['{site}v1.saved']")
    papers: list[dict[str, Any]] = json.loads(found or "[]")
    return papers


def notice(page: Page) -> str:
    words = page.locator(".bs-notice span")
    words.wait_for()
    return words.inner_text()


def exported(page: Page, kind: str) -> str:
    """The file that the page Saved makes."""
    page.locator("#saved-format").select_option(kind)
    with page.expect_download() as download:
        page.locator("#saved-download").click()
    return Path(download.value.path()).read_bytes().decode("utf-8")


def bring_back(page: Page, file: str | dict[str, Any]) -> None:
    text = file if isinstance(file, str) else json.dumps(file)
    page.locator("#saved-file").set_input_files(
        {"name": "saved.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def file_of(*papers: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"format": "broadsheet-saved", "version": 1, "papers": list(papers), **others}


def tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector}")


# Keeping


def test_before_the_first_label_all_is_chosen(page: Page, address: str) -> None:
    open_saved(page, address)
    assert page.locator("#saved-label option").all_inner_texts() == ["All"]


def test_where_nothing_is_listed_there_is_nothing_to_take_away(page: Page, address: str) -> None:
    open_saved(page, address)
    buttons = [page.locator("#saved-download"), page.locator("#saved-copy")]
    assert [button.is_disabled() for button in buttons] == [True, True]
    assert not page.locator("#saved-list").is_visible()  # it would draw its rule
    page.locator("#saved-terms [name=text]").fill("graph")
    page.locator("#saved-terms button").click()
    assert not any(button.is_disabled() for button in buttons)  # JSON holds terms
    page.locator("#saved-format").select_option("bibtex")
    assert all(button.is_disabled() for button in buttons)
    keep(page, address, 0)
    open_saved(page, address)
    page.locator("#saved-format").select_option("bibtex")
    assert not any(button.is_disabled() for button in buttons)
    page.locator("#saved-list button").click()
    assert all(button.is_disabled() for button in buttons)
    assert not page.locator("#saved-list").is_visible()


def test_what_orders_a_list_is_there_while_there_is_one(page: Page, address: str) -> None:
    open_saved(page, address)
    assert not page.get_by_label("Order").is_visible()
    keep(page, address, 0)
    open_saved(page, address)
    assert page.get_by_label("Order").is_visible()
    page.locator("#saved-list button").press("Enter")
    assert not page.get_by_label("Order").is_visible()
    assert page.evaluate("document.activeElement.id") == "saved-none"
    page.locator(".bs-notice button", has_text="Undo").click()
    assert page.get_by_label("Order").is_visible()


def test_on_a_narrow_phone_nothing_of_the_page_is_cut_off(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    open_saved(page, address)
    field = page.locator("#saved-file").bounding_box()
    assert field
    assert field["x"] + field["width"] <= 320


def test_a_paper_is_kept_from_a_list_with_what_its_own_page_knows(page: Page, address: str) -> None:
    keep(page, address, 0)
    button = page.locator(".bs-foot .bs-keep").first
    assert button.inner_text() == "Kept"
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(".bs-sections .bs-count").inner_text() == "1"
    [paper] = stored(page)
    assert paper.pop("kept").startswith("20")
    assert paper == {
        "key": "graph-neural-networks-for-naive-readers",
        "title": "Graph Neural Networks for Naïve Readers",
        "authors": ["Zoë Gruber", "José García-López"],
        "arxiv_id": "2503.01234",
        "primary": "cs.LG",
        "year": 2025,
        "published": "2025-03-01",
        "doi": "10.48550/arXiv.2503.01234",
        "url": "https://example.org/broadsheet/papers/graph-neural-networks-for-naive-readers/",
        "first_seen": "2025-03-12",
        "topics": paper["topics"],
    }
    assert "graph-learning" in paper["topics"]


def test_a_paper_is_kept_and_dropped_on_its_own_page(page: Page, address: str) -> None:
    page.goto(address + "papers/a-paper-by-nobody/")
    page.locator("bs-keep button").click()
    assert [paper["title"] for paper in stored(page)] == ["A Paper by Nobody"]
    page.reload()
    page.locator("bs-keep button", has_text="Kept").click()
    assert stored(page) == []
    assert notice(page) == "No longer kept: A Paper by Nobody"
    page.locator(".bs-notice button", has_text="Undo").click()
    assert len(stored(page)) == 1


def test_what_is_kept_without_a_connection_is_completed_later(page: Page, address: str) -> None:
    page.goto(address + DAY)
    page.route("**/papers/**", lambda route: route.fulfill(status=200, body="a captive portal"))
    page.locator(".bs-foot .bs-keep").nth(1).click()
    [paper] = stored(page)
    assert paper["title"].startswith("An O(1/ε4) bound")
    assert "url" not in paper
    page.unroute("**/papers/**")
    open_saved(page, address)
    page.locator(".bs-authors", has_text="Ann Lee").wait_for()
    assert page.locator("#saved-list h3").inner_text().startswith("An O(1/ε⁴) bound")


def test_from_home_to_a_kept_paper_to_its_citation_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    tab_to(page, ".bs-keep")
    page.keyboard.press("Enter")
    until(page, "JSON.parse(localStorage['/broadsheet/v1.saved'])[0].url")
    page.reload()
    tab_to(page, ".bs-sections a[href*=saved]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved/")
    page.locator("#saved-list > li").wait_for()
    tab_to(page, "#saved-list a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")
    assert page.locator(".bs-cite").first.inner_text().startswith("@misc{graph-neural")
    page.go_back()
    tab_to(page, "#saved-format")
    page.keyboard.press("b")
    tab_to(page, "#saved-download")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("@misc{graph-neural")


def test_from_home_to_a_kept_paper_to_its_citation_by_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.locator(".bs-keep").first.tap()
    page.locator(".bs-sections a", has_text="Saved").tap()
    page.locator("#saved-list a").first.tap()
    page.wait_for_url("**/papers/**")
    assert page.locator(".bs-cite").first.inner_text().startswith("@misc{graph-neural")
    for button in page.locator("bs-keep button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
    context.close()


def test_a_change_shows_in_another_tab(context: BrowserContext, page: Page, address: str) -> None:
    other = context.new_page()
    other.goto(address + DAY)
    keep(page, address, 2)
    other.locator(".bs-keep[aria-pressed=true]").wait_for()
    assert other.locator(".bs-sections .bs-count").inner_text() == "1"
    other.locator(".bs-foot .bs-keep").first.click()
    page.locator(".bs-foot .bs-keep[aria-pressed=true]").nth(1).wait_for()
    assert len(stored(page)) == 2


def test_two_sites_on_one_host_keep_apart(page: Page, host: str, address: str) -> None:
    keep(page, address, 0, 2)
    page.goto(host + "other/" + DAY)
    assert page.locator(".bs-keep[aria-pressed=true]").count() == 0
    page.locator(".bs-foot .bs-keep").nth(1).click()
    assert len(stored(page, "/other/")) == 1
    assert len(stored(page)) == 2


# Storage that fails


def test_a_full_storage_is_told_in_words_and_loses_nothing(page: Page, address: str) -> None:
    keep(page, address, 0)
    page.evaluate("""() => {
        for (let size = 2 ** 22, n = 0; size; size = Math.floor(size / 2)) {
            try { for (;;) localStorage.setItem(`filler ${n++}`, "x".repeat(size)); } catch {}
        }
    }""")
    page.locator(".bs-foot .bs-keep").nth(1).click()
    assert "space in the browser is full" in notice(page)
    assert page.locator(".bs-foot .bs-keep").nth(1).inner_text() == "Keep"
    assert len(stored(page)) == 1


def test_a_blocked_storage_is_told_in_words(page: Page, address: str) -> None:
    page.add_init_script("""Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("denied", "SecurityError"); }
    });""")
    page.goto(address + DAY)
    page.locator(".bs-foot .bs-keep").first.click()
    assert "lets this site store nothing" in notice(page)
    assert page.locator(".bs-foot .bs-keep").first.get_attribute("aria-pressed") == "false"
    open_saved(page, address)
    page.locator("#saved-none").wait_for()


@pytest.mark.parametrize("text", ["{not JSON", '{"papers": []}', "7", "null"])
def test_what_cannot_be_read_is_put_aside(page: Page, address: str, text: str) -> None:
    page.goto(address + DAY)
    page.evaluate("t => localStorage['/broadsheet/v1.saved'] = t", text)
    page.evaluate("localStorage['/broadsheet/v2.saved'] = 'of a version to come'")
    page.reload()
    keep(page, address, 0)
    assert "put aside" in notice(page)
    assert page.evaluate("localStorage['/broadsheet/v2.saved']") == "of a version to come"
    open_saved(page, address)
    with page.expect_download() as download:
        page.locator("#saved-rescue").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == text
    page.locator("#saved-forget").click()
    assert page.locator("#saved-damaged").is_hidden()


def test_a_strange_record_harms_no_other_and_stays(page: Page, address: str) -> None:
    page.goto(address)
    strange = [{"key": "a", "title": 7}, None, {"key": "../x", "title": "out"}]
    damaged = {
        "key": "b",
        "title": "<b>B</b>",
        "authors": 5,
        "labels": {},
        "topics": "x",
        "note": [],
    }
    damaged |= {"url": "javascript:alert(1)", "first_seen": "never", "kept": 0}
    page.evaluate("t => localStorage['/broadsheet/v1.saved'] = t", json.dumps([damaged, *strange]))
    page.goto(address + DAY)
    page.locator(".bs-foot .bs-keep").first.click()
    open_saved(page, address)
    page.locator("#saved-list > li").first.wait_for()
    assert page.locator("#saved-list h3").all_inner_texts() == [PAPERS[0]["title"], "<b>B</b>"]
    for kind in ("json", "bibtex", "ris", "csv", "markdown"):
        assert "javascript" not in exported(page, kind)
    assert stored(page)[1:] == [damaged, *strange]


# The page


def test_notes_and_labels_stay_and_labels_filter(page: Page, address: str) -> None:
    keep(page, address, 2, 1, 0)
    open_saved(page, address)
    page.locator("#saved-list textarea").first.fill("Read section 3.\nAsk about λ.")
    page.locator("#saved-list input").first.fill("to read, proofs ,, to read")
    page.locator("#saved-list input").nth(1).fill("proofs")
    page.locator("#saved-list textarea").nth(2).fill("typed a moment ago")
    page.reload()
    assert page.locator("#saved-list textarea").nth(2).input_value() == "typed a moment ago"
    assert page.locator("#saved-list textarea").first.input_value().endswith("Ask about λ.")
    assert page.locator("#saved-list input").first.input_value() == "to read, proofs"
    assert page.locator("#saved-label option").all_inner_texts() == ["All", "proofs", "to read"]
    page.locator("#saved-label").select_option("to read")
    assert page.locator("#saved-list h3").all_inner_texts() == [PAPERS[0]["title"]]
    assert page.locator("#saved-count").inner_text() == "1 of 3 shown"
    page.locator("#saved-label").select_option("")
    page.locator("#saved-order").select_option("title")
    titles = page.locator("#saved-list h3").all_inner_texts()
    assert [title[:7] for title in titles] == ["A Paper", "An O(1/", "Graph N"]


def test_a_removed_paper_comes_back_with_its_note(page: Page, address: str) -> None:
    keep(page, address, 0, 1)
    open_saved(page, address)
    page.locator("#saved-list textarea").first.fill("mine")
    page.locator("#saved-list button").first.click()
    assert page.locator("#saved-list > li").count() == 1
    assert page.evaluate("document.activeElement.ariaLabel").startswith("Remove: Graph")
    page.locator(".bs-notice button", has_text="Undo").click()
    assert page.locator("#saved-list textarea").first.input_value() == "mine"


def test_without_script_the_page_says_what_it_needs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "saved/")
    assert "needs JavaScript" in page.locator(".bs-scriptless").inner_text()
    assert page.locator(".bs-saved :is(select, input, button):visible").count() == 0
    page.goto(address + DAY)
    assert page.locator(".bs-keep").count() == 0
    context.close()


def test_names_of_hundreds_take_three_lines(page: Page, address: str) -> None:
    open_saved(page, address)
    authors = [f"Ann Number {number}" for number in range(500)]
    paper = {"key": "by-many", "title": "By Many", "authors": authors, "url": "https://b.org/"}
    page.evaluate("t => localStorage['/broadsheet/v1.saved'] = t", json.dumps([paper]))
    page.set_viewport_size(PHONE)
    open_saved(page, address)
    names = page.locator("#saved-list .bs-authors")
    assert names.evaluate("p => p.clientHeight <= 3 * parseFloat(getComputedStyle(p).lineHeight)")
    assert authors[-1] in exported(page, "json")


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_everybody_can_use_it(browser: Browser, address: str, size: Any, scheme: Any) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()

    def wrong(path: str) -> list[Any]:
        page.goto(address + path, wait_until="networkidle")
        return barriers(page)

    assert wrong("saved/") == []
    keep(page, address, 0, 1, 2, 3, 4)
    terms = [{"kind": "word", "text": "graph"}, {"kind": "topic", "text": "graph-learning"}]
    page.evaluate("t => localStorage['/broadsheet/v1.terms'] = t", json.dumps(terms))
    for path in ("saved/", DAY, "papers/graph-neural-networks-for-naive-readers/"):
        assert wrong(path) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_nothing_moves_when_buttons_and_marks_come(page: Page, address: str) -> None:
    keep(page, address, 0, 2)
    page.evaluate("""() => localStorage['/broadsheet/v1.terms'] =
        '[{"kind":"word","text":"graph"},{"kind":"author","text":"Ann Lee"}]'""")
    page.add_init_script("""window.moved = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({type: "layout-shift", buffered: true});""")
    for path in ("", DAY, "papers/a-paper-by-nobody/", "saved/"):
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("window.moved") == 0, path


# Taking away


@pytest.fixture(scope="module")
def everything(browser: Browser, host: str) -> str:
    """What the storage holds once every paper of the day is kept, hostile ones too, with notes."""
    page = browser.new_page()
    keep(page, f"{host}broadsheet/", *reversed(range(len(PAPERS))))
    papers = stored(page)
    page.close()
    for number, paper in enumerate(papers):
        paper["note"] = f"=1+1 on {paper['title']}\n# second line"
        paper["noted"] = "2025-03-13T00:00:00Z"
        paper["labels"] = ["mine", f"<b>{number}</b>"]
    return json.dumps(papers)


@pytest.fixture
def full(page: Page, address: str, everything: str) -> Page:
    """The page Saved with all of it."""
    open_saved(page, address)
    page.evaluate("t => localStorage['/broadsheet/v1.saved'] = t", everything)
    page.reload()
    page.locator("#saved-list > li").first.wait_for()
    return page


TITLE = re.compile("^  title = .*$", re.MULTILINE)


def test_a_kept_paper_is_cited_as_on_its_own_page(full: Page, address: str) -> None:
    bibtex = exported(full, "bibtex")
    keys = [paper["key"] for paper in stored(full)]
    cited = []
    for key in keys:
        full.goto(f"{address}papers/{key}/")
        cited.append(full.locator(".bs-cite code").first.text_content() or "")
    written = "\n".join(f"{entry}\n" for entry in cited)
    # Formulas in titles are TeX on pages alone.
    assert TITLE.sub("", bibtex) == TITLE.sub("", written)
    titles = zip(TITLE.findall(bibtex), TITLE.findall(written), strict=True)
    assert {own for own, there in titles if own != there and "$" not in there} == set()
    library = parse_string(bibtex)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == keys
    assert library.entries[0]["author"] == "Zoë Gruber and José García-López"


def test_ris_is_that_of_the_papers_own_page_with_what_the_reader_added(
    full: Page, address: str
) -> None:
    written = exported(full, "ris").removesuffix("\r\n").split("\r\n\r\n")
    papers = stored(full)
    for text, paper in zip(written, papers, strict=True):
        lines = text.split("\r\n")
        own = [line for line in lines if line.startswith("KW") or line.endswith("# second line")]
        assert len(own) == len(paper["labels"]) + len(paper["topics"]) + 1
        full.goto(f"{address}papers/{paper['key']}/")
        cited = (full.locator(".bs-cite code").nth(1).text_content() or "").splitlines()
        assert [line for line in lines if line not in own] == cited


def test_ris_is_read_back(full: Page) -> None:
    records = rispy.loads(exported(full, "ris"))
    papers = stored(full)
    assert [record["title"] for record in records] == [paper["title"] for paper in papers]
    assert records[0]["authors"] == ["Gruber, Zoë", "García-López, José"]
    assert (records[0]["year"], records[0]["date"]) == ("2025", "2025/03/01")
    assert records[0]["doi"] == "10.48550/arXiv.2503.01234"
    assert records[0]["urls"] == ["https://arxiv.org/abs/2503.01234"]
    assert records[0]["keywords"][:2] == ["mine", "<b>0</b>"]
    assert all("# second line" in record["notes"][-1] for record in records)


def test_csl_is_that_of_the_data_with_what_the_reader_added(full: Page, address: str) -> None:
    written = json.loads(exported(full, "csl"))
    published = full.request.get(f"{address}data/papers.csl.json").json()
    items = {item["id"]: item for item in published}
    papers = stored(full)
    assert [item["id"] for item in written] == [paper["key"] for paper in papers]
    for item, paper in zip(written, papers, strict=True):
        assert item.pop("annote") == paper["note"]
        assert item.pop("keyword") == ", ".join(paper["labels"])
        assert item == items[item["id"]]
    assert any("suffix" in name for item in written for name in item.get("author", []))


def test_names_have_the_parts_that_they_have_on_pages(page: Page, address: str) -> None:
    open_saved(page, address)
    cases = [yaml.safe_load(path.read_text()) for path in (CASES / "citing").glob("*.yml")]
    expected = {name: filed for case in cases for name, filed in case["names"].items()}
    names = "(await import(new URL('../assets/names.js', location)))"
    split = f"async ns => ns.map({names}.familyFirst)"
    assert page.evaluate(split, list(expected)) == list(expected.values())
    people = [{"key": "a", "title": "A", "authors": [name]} for name in expected]
    write = """async all => {
        const { FORMATS } = await import(new URL("../assets/exports.js", location));
        return all.map((one) => FORMATS.bibtex.write([one]));
    }"""
    for name, entry in zip(expected, page.evaluate(write, people), strict=True):
        cited = bibtex(paper_by("A", name), "").splitlines()
        assert next(line for line in cited if "author" in line) in entry.splitlines()


def test_csv_is_read_back_and_holds_no_formula(full: Page) -> None:
    text = exported(full, "csv")
    assert text.startswith("\ufeffkey,title,authors,")
    assert re.search(r"[^\r]\n", re.sub(r'"(?:[^"]|"")*"', "", text)) is None
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    papers = stored(full)
    assert [row["key"] for row in rows] == [paper["key"] for paper in papers]
    assert rows[0]["authors"] == "Zoë Gruber; José García-López"
    for row, paper in zip(rows, papers, strict=True):
        assert row["title"].removeprefix("'") == paper["title"]
        assert row["note"] == f"'{paper['note']}"
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_markdown_shows_text_as_text(full: Page) -> None:
    html = MarkdownIt("commonmark").enable("strikethrough").render(exported(full, "markdown"))
    papers = stored(full)
    assert len(re.findall("<a ", html)) == len(papers)
    assert set(re.findall(r"<(\w+)", html)) == {"h1", "ul", "li", "p", "a", "blockquote"}
    text = MarkdownIt("commonmark").parse(exported(full, "markdown"))
    shown = [
        "".join(child.content for child in token.children or [] if child.type == "text")
        for token in text
        if token.type == "inline"
    ]
    for paper in papers:
        assert any(line.startswith(paper["title"]) for line in shown), paper["title"]
        assert f"=1+1 on {paper['title']}" in shown
    assert shown.count("# second line") == len(papers)


def test_json_comes_back_whole(full: Page, address: str) -> None:
    before = stored(full)
    file = exported(full, "json")
    full.evaluate("localStorage.clear()")
    open_saved(full, address)
    bring_back(full, file)
    assert notice(full) == f"Read {len(before)} papers; 0 were here before."
    assert stored(full) == before


def test_copying_gives_what_downloading_gives(full: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = exported(full, "bibtex")
    full.locator("#saved-copy").click()
    assert notice(full) == "Copied."
    assert full.evaluate("navigator.clipboard.readText()") == text


def test_hostile_text_stays_text(full: Page) -> None:
    titles = full.locator("#saved-list h3").all_inner_texts()
    assert [" ".join(t.split()) for t in titles] == [
        " ".join(paper["title"].split()) for paper in stored(full)
    ]
    assert full.locator("#saved-list :is(img, svg, script, iframe, b)").count() == 0
    assert "<b>0</b>" in full.locator("#saved-label option").all_inner_texts()


# Bringing back


def test_a_file_is_united_with_what_is_here(page: Page, address: str) -> None:
    keep(page, address, 0)
    [own] = stored(page)
    own |= {"note": "newer", "noted": "2025-03-14T00:00:00Z", "labels": ["a", "b"]}
    page.evaluate("t => localStorage['/broadsheet/v1.saved'] = t", json.dumps([own]))
    open_saved(page, address)
    older = own | {"note": "older", "noted": "2025-03-13T00:00:00Z", "labels": ["b", "c"]}
    foreign = {
        "key": "elsewhere-only",
        "title": "Elsewhere",
        "url": "https://b.example/p/",
        "x": "left out",
    }
    terms = [{"kind": "word", "text": "graph"}]
    page.route("**/papers/**", lambda route: route.fulfill(status=200, body="no such page"))
    bring_back(page, file_of(older, foreign, terms=terms))
    assert notice(page) == "Read 2 papers; 1 was here before."
    new, kept = stored(page)
    assert new == {"key": "elsewhere-only", "title": "Elsewhere", "url": "https://b.example/p/"}
    assert kept == own | {"labels": ["a", "b", "c"]}
    assert page.locator("#saved-list a").first.get_attribute("href") == "https://b.example/p/"
    bring_back(page, file_of(own | {"note": "newest", "noted": "2025-03-15T00:00:00Z"}))
    until(page, "localStorage['/broadsheet/v1.saved'].includes('newest')")
    assert page.evaluate("JSON.parse(localStorage['/broadsheet/v1.terms'])") == terms


GOOD = {"key": "a", "title": "A"}
REFUSED: list[str | dict[str, Any]] = [
    "", "{", "[]", "null", "7", '"saved"', "\x00", "[" * 100_000,
    {"papers": [GOOD]},
    {"format": "broadsheet-saved", "version": 2, "papers": []},
    {"format": "broadsheet-saved", "version": 1},
    file_of(None),  # type: ignore[arg-type]
    file_of({"key": "a"}), file_of({"title": "A"}),
    file_of(GOOD, {"key": "../../x", "title": "out"}),
    file_of({"key": "__proto__", "title": "A"}),
    file_of(GOOD | {"title": {"a": 1}}), file_of(GOOD | {"title": " "}),
    file_of(GOOD | {"authors": "A B"}), file_of(GOOD | {"authors": [1]}),
    file_of(GOOD | {"url": "javascript:alert(1)"}), file_of(GOOD | {"url": "data:text/html,x"}),
    file_of(GOOD | {"arxiv_id": "2503.01234}, note={x"}), file_of(GOOD | {"year": "2025"}),
    file_of(GOOD | {"primary": "cs.LG}, note={x"}), file_of(GOOD | {"primary": ["cs.LG"]}),
    file_of(GOOD | {"primary": "cs.LG}, note={x"}), file_of(GOOD | {"primary": ["cs.LG"]}),
    file_of(GOOD | {"doi": "10.1/a\nER  - "}), file_of(GOOD | {"published": "March"}),
    file_of(GOOD | {"kept": "yesterday"}), file_of(GOOD | {"first_seen": "<b>"}),
    file_of(GOOD | {"topics": ["../x/"]}), file_of(GOOD | {"labels": [["a"]]}),
    file_of(GOOD | {"note": "x" * 100_001}), file_of(GOOD | {"labels": ["x"] * 201}),
    file_of(GOOD, terms=[{"kind": "word"}]), file_of(GOOD, terms=[{"kind": "x", "text": "y"}]),
    file_of(GOOD, terms="graph"),
]  # fmt: skip


def test_a_damaged_or_hostile_file_is_refused_in_one_sentence(page: Page, address: str) -> None:
    keep(page, address, 0)
    before = stored(page)
    open_saved(page, address)
    for file in REFUSED:
        bring_back(page, file)
        words = notice(page)
        assert re.fullmatch(r"The file [^.]+\.", words), file
        page.locator(".bs-notice button").click()
    assert stored(page) == before
    assert page.evaluate("localStorage['/broadsheet/v1.terms']") is None


def test_texts_of_a_file_are_cleaned_of_what_hides_and_turns(page: Page, address: str) -> None:
    open_saved(page, address)
    url = "https://example.org/broadsheet/papers/a/"
    bring_back(page, file_of(GOOD | {"title": "A\u202eb\x00 \n c", "note": "1\x1b\n2", "url": url}))
    notice(page)
    [paper] = stored(page)
    assert paper["title"] == "Ab c"
    assert paper["note"] == "1\n2"


# The reader's own terms


def add_term(page: Page, kind: str, text: str) -> None:
    page.locator("#saved-terms [name=kind]").select_option(kind)
    page.locator("#saved-terms [name=text]").fill(text)
    page.locator("#saved-terms button").click()


def marks(page: Page) -> list[str]:
    """The texts of all painted ranges."""
    until(page, "CSS.highlights.has('bs-terms')")
    found: list[str] = page.evaluate("[...CSS.highlights.get('bs-terms')].map(String)")
    return found


def test_own_terms_are_marked_as_whole_words_in_any_case(page: Page, address: str) -> None:
    page.goto(address + DAY)
    before = page.locator(".bs-list").evaluate("list => list.textContent")
    open_saved(page, address)
    add_term(page, "word", "graph")
    add_term(page, "word", "graph theory")
    add_term(page, "word", "no such phrase (at all")
    page.goto(address + DAY)
    assert marks(page) == ["Graph", "graph", "graph", "graph theory"]
    first, second, third = page.locator(".bs-list > li").all()[:3]
    assert first.locator(".bs-yours").inner_text() == "Yours: Graph"
    assert second.locator(".bs-yours").inner_text() == "Yours: graph theory"
    assert third.locator(".bs-yours").count() == 0
    assert second.locator(".bs-opening math").count() == 1
    shown = page.locator(".bs-list").evaluate("""list => {
        for (const own of list.querySelectorAll(".bs-keep, .bs-yours")) own.remove();
        return list.textContent;
    }""")
    assert shown == before.replace("Keep", "")


def test_topics_and_authors_are_terms_too(page: Page, address: str) -> None:
    open_saved(page, address)
    add_term(page, "author", "garcía-lópez")
    add_term(page, "topic", "theory")
    add_term(page, "topic", "no topic")
    assert notice(page) == "No topic has this name: choose one of the list."
    page.goto(address + DAY)
    page.locator(".bs-yours").first.wait_for()
    assert page.locator(".bs-yours").all_inner_texts()[:2] == [
        "Yours: García-López", "Yours: Theory",
    ]  # fmt: skip
    page.goto(address + "papers/graph-neural-networks-for-naive-readers/")
    assert marks(page) == ["García-López"]
    open_saved(page, address)
    for button in page.locator("#saved-term-list button").all()[::-1]:
        button.click()
    page.goto(address + DAY, wait_until="networkidle")
    assert page.locator(".bs-yours").count() == 0


def test_the_modules_of_a_list_are_small() -> None:
    assets = ROOT / "docs" / "assets"
    sizes = {
        name: len(gzip.compress((assets / f"{name}.js").read_bytes(), 9)) for name in LIST_MODULES
    }
    assert sum(sizes.values()) <= 8 * 1024, sizes
