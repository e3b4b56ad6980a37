"""Hostile text in every field, on every output of one built site: nothing of it is more than text.

What a reader may see otherwise than it is written, the README says, and `bare` once more.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, BrowserContext, Page

from generator.bounds import BOUNDS
from generator.sources.untrusted import is_missing

from .browsing import PHONE, served, until, watch
from .hostile import CHARACTERS, CLASSES, MARKUP, TEX, bare
from .mathml import MATHML, MATHML_ATTRIBUTES
from .sites import run, workspace, write_records

DAY = "2025-03-11"
LONGEST = {
    "title": BOUNDS.longest_title,
    "abstract": BOUNDS.longest_abstract,
    "summary": BOUNDS.longest_remark,
    "remark": BOUNDS.longest_remark,
}

# The same record in harmless words: whatever elements its pages have are ours.
PLAIN = "Plain words, no more"
SETTINGS = "    markdown: true\n    offline: true\n    ai_summaries: true\n"
NOTES = """\
# Notes

!!! note
    Written by hand, with what the theme has for manuals.

| left | right |
|:-----|------:|
| a    | b     |

```python
print("a block to copy")
```
"""


def cases(*kinds: Any) -> list[str]:
    """Every hostile text of some kinds, once; one that another differs from in signs alone, too."""
    return list(dict.fromkeys(text for kind in kinds for texts in kind.values() for text in texts))


def record(text: str) -> dict[str, object]:
    """A record that says the same in every field."""
    return {
        "title": text,
        "abstract": text,
        "authors": [{"name": text, "affiliation": text}, {"name": "Ann Lee", "affiliation": text}],
        "organisation": {"name": text},
        "comment": text,
        "keywords": [text],
        "categories": [text, "cs.LG"],
        "primary": text,
        "summary_ai": text,
        "summary_ai_model": text,
        "code": f"https://github.com/a/{text}",
        "links": [
            {"kind": "project", "url": text},
            {"kind": "pdf", "url": f"https://x.org/{text}"},
        ],
        "url": text,
        "doi": text,
        "arxiv_id": text,
        "license": text,
        "withdrawn": text,
        "published": text,
        "version": text,
        "upvotes": text,
        "extra": {text: text},
    }


FIELDS = len(record(""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of all cases on one day, with harmless papers on two others; its `site` folder."""
    folder = tmp_path_factory.mktemp("hostile")
    plain = [
        record(PLAIN)
        | {
            "title": f"Harmless Graph Attention, Part {number}",
            "abstract": "It is on graph attention networks: $x^2$ at https://x.org/a. " * 8,
            "withdrawn": "no" if number else "yes",
            "code": "https://github.com/a/b" if number else "",
            "url": "https://x.org/u",
        }
        for number in range(3)
    ]
    write_records(folder / "digests", "2025-02-10.json", plain[:2])
    write_records(folder / "digests", f"{DAY}.json", [record(text) for text in cases(CLASSES)])
    write_records(folder / "digests", "2025-03-12.json", plain[1:])
    (folder / "digests" / "keys.yml").write_text("harmless-graph-attention-part-0: [a-former]\n")
    repository = workspace(folder / "repository", folder / "digests")
    (repository / "docs" / "notes.md").write_text(NOTES, encoding="utf-8")
    config = repository / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  broadsheet:\n", f"  broadsheet:\n{SETTINGS}"))
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site"


@pytest.fixture(scope="module")
def papers(site: Path) -> dict[str, dict[str, Any]]:
    """What the data say of each case's paper, by its text."""
    records = {paper["key"]: paper for paper in lines_of(site / "data" / "papers.jsonl")}
    (day,) = (day for day in lines_of(site / "data" / "days.jsonl") if day["date"] == DAY)
    return {t: records[key] for t, key in zip(cases(CLASSES), day["papers"], strict=True)}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def same(text: str, shown: str, field: str = "") -> bool:
    """Whether what is shown is the text, or its beginning where it is longer than its field."""
    most = LONGEST.get(field, len(text))
    if len(text) > most:
        return len(shown) > most - 20 and bare(text).startswith(bare(shown.removesuffix("…")))
    return bare(text) == bare(shown)


LITERAL = cases(MARKUP, CHARACTERS)

# In Chromium

READ = """async paths => {
  const text = (page, selector) => page.querySelector(selector)?.textContent ?? "";
  return Promise.all(paths.map(async (path) => {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    const elements = [...page.querySelectorAll("*")];
    return {
      signs: [...new Set(elements.map((e) => `${e.localName} ${e.getAttributeNames().sort()}`))],
      headings: page.querySelectorAll("h1").length,
      links: [...page.querySelectorAll("a")].map((a) => [a.getAttribute("href"), a.rel]),
      title: text(page, "h1"),
      abstract: text(page, ".bs-abstract"),
      authors: text(page, ".bs-authors"),
      facts: [...page.querySelectorAll(".bs-facts")].map((e) => e.textContent).join(" "),
      summary: text(page, "#summary + p"),
      items: [...page.querySelectorAll("li[data-key] .bs-title a")].map((a) => a.textContent),
    };
  }));
}"""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def pages(site: Path, address: str, browser: Browser) -> dict[str, Any]:
    """Every page of the site as Chromium reads it, by its path."""
    page = browser.new_page()
    page.goto(address + "about/")
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    ours = [path for path in found if not path.startswith("take/")]  # they have styles of their own
    read = page.evaluate(READ, [address + path for path in ours])
    page.close()
    return dict(zip(ours, read, strict=True))


@pytest.mark.browser
def test_no_page_holds_an_element_that_pages_of_harmless_text_have_not(
    pages: dict[str, Any], papers: dict[str, dict[str, Any]]
) -> None:
    hostile = {f"papers/{paper['key']}/index.html" for paper in papers.values()}
    hostile |= {path for path in pages if DAY[:7] in path}
    known = {sign for path in pages.keys() - hostile for sign in pages[path]["signs"]}
    for path, found in pages.items():
        for sign in set(found["signs"]) - known:
            name, _, attributes = sign.partition(" ")
            own = MATHML_ATTRIBUTES if name in MATHML else frozenset()
            assert name in MATHML, (path, sign)
            assert set(filter(None, attributes.split(","))) <= own, (path, sign)
        assert found["headings"] == 1, path


@pytest.mark.browser
@pytest.mark.parametrize("field", ["title", "abstract", "summary"])
def test_a_page_shows_a_text_as_it_is_written(
    pages: dict[str, Any], papers: dict[str, dict[str, Any]], field: str
) -> None:
    for text in LITERAL:
        shown = pages[f"papers/{papers[text]['key']}/index.html"][field]
        assert same(text, shown, field), (text, shown)


@pytest.mark.browser
def test_a_page_shows_names_and_remarks_as_they_are_written(
    pages: dict[str, Any], papers: dict[str, dict[str, Any]]
) -> None:
    for text in LITERAL:
        shown = pages[f"papers/{papers[text]['key']}/index.html"]
        assert bare(shown["facts"]).count(bare(text[:1900])) >= 2, (text, shown["facts"])
        # Addresses of mail are no names, nor is what has no letter, and what stands in brackets
        # behind one is an affiliation.
        named = "@" not in text and "(" not in text and not is_missing(text)
        if named and len(text) <= 1_000:
            assert bare(shown["authors"]) == bare(text) + ",AnnLee", (text, shown["authors"])
        else:
            assert shown["authors"].strip().endswith("Ann Lee")


@pytest.mark.browser
def test_a_list_shows_titles_as_they_are_written(pages: dict[str, Any]) -> None:
    items = pages[f"days/{DAY}/index.html"]["items"]
    for text, shown in zip(cases(CLASSES), items, strict=True):
        assert text in TEX["TeX"] or same(text, shown, "title"), (text, shown)


@pytest.mark.browser
def test_links_lead_to_the_web_alone_and_those_of_digests_say_so(
    pages: dict[str, Any], papers: dict[str, dict[str, Any]]
) -> None:
    for path, found in pages.items():
        for href, rel in found["links"]:
            assert re.match(r"https?://|[./#?]|[\w-]+/|$", href), (path, href)
            assert re.fullmatch(r"[^\s\"<>\\^`{|}]*", href), (path, href)
            if re.match(r"https?://(?:evil\.example|x\.org|github\.com/a)", href):
                assert rel == "noopener nofollow ugc", (path, href)


@pytest.mark.browser
def test_nothing_runs_nothing_is_asked_for_elsewhere_and_no_word_breaks_the_layout(
    page: Page, address: str, papers: dict[str, dict[str, Any]]
) -> None:
    wrong = watch(page, address)
    # The page of the day holds all of them; what only its own page says of a paper, by its kind.
    kinds = [texts[0] for texts in (*MARKUP.values(), *TEX.values())]
    words = [text for text in CHARACTERS["lengths"] if len(text) > 400]
    paths = [f"days/{DAY}/", *(f"papers/{papers[text]['key']}/" for text in kinds + words)]
    for path in paths:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.wait_for_load_state("networkidle")
    assert wrong == []


@pytest.mark.browser
def test_what_is_found_and_kept_stays_text(page: Page, address: str) -> None:
    wrong = watch(page, address)
    page.goto(f"{address}search/?q=alert")
    page.locator("#search-results mark").first.wait_for()
    until(page, ALL_OF_THEM)
    shown = page.locator("#search-results .bs-title a").all_text_contents()
    assert {bare(text) for text in HTML} <= {bare(text) for text in shown}
    made = "[...document.querySelectorAll('#search-results *')].map(e => e.localName)"
    plain = set("li h3 a mark p ul span div bs-keep button code".split())
    assert set(page.evaluate(made)) <= plain | MATHML
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for button in page.locator("#search-results button.bs-keep").all()[:5]:
        button.click()
    page.goto(address + "saved/")
    page.locator(".bs-saved[data-ready]").wait_for()
    kept = page.locator("#saved-list .bs-title").all_text_contents()
    assert kept == shown[4::-1]
    assert page.locator("#saved-list :is(img, svg, script, iframe, style)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert wrong == []


ALL_OF_THEM = """() => {
  const more = document.querySelector("#search-more");
  if (!more.hidden) more.click();
  return more.hidden;
}"""
HTML = [text for text in MARKUP["elements of HTML"] if "alert" in text]

# The policy

BEGINS = re.compile(
    r'<head>\s*<meta http-equiv="content-security-policy" content="([^"]+)">\s*'
    r'<meta charset="utf-8">'
)


def test_every_page_begins_with_a_policy_that_lets_nothing_inline_run(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = BEGINS.search(text[:1024])
        assert found, path
        allowed = dict(part.split(" ", 1) for part in found[1].split("; "))
        assert allowed["default-src"] == "'none'", path
        assert allowed.get("script-src", "'self'") == "'self'", path
        assert "unsafe" not in found[1].replace("style-src-attr 'unsafe-inline'", ""), path
        by_hand = path.parent.name in ("about", "notes")
        assert ("unsafe-inline" in found[1]) == by_hand, path


@pytest.mark.browser
def test_no_page_has_a_script_or_a_style_in_it(pages: dict[str, Any]) -> None:
    for path, found in pages.items():
        for sign in found["signs"]:
            name, _, attributes = sign.partition(" ")
            assert name != "style", path
            assert "style" not in attributes.split(",") or path == "notes/index.html", path
            assert not re.search(r"\bon\w+", attributes), (path, sign)
            assert name != "script" or attributes, path


TOLD = """addEventListener("securitypolicyviolation", (event) =>
  console.error("policy", event.effectiveDirective, event.blockedURI, location.href));"""


@pytest.mark.browser
def test_no_kind_of_page_needs_more_than_its_policy_allows(page: Page, address: str) -> None:
    page.add_init_script(TOLD)
    wrong = watch(page, address)
    kinds = ["503.html", f"take/{DAY}.html", "authors/ann-lee/", "subscribe/"]
    for path in (*kinds, "tags/graph-learning/", "trends/", "archive/", "months/2025-03/"):
        page.goto(address + path)
    page.goto(address + "papers/a-former/", wait_until="commit")
    page.wait_for_url("**/papers/harmless-*/")
    page.goto(address + "notes/")
    page.locator(".md-clipboard, .md-code__button").first.wait_for(state="attached")
    alignment = "getComputedStyle(document.querySelector('tbody td:last-child')).textAlign"
    assert page.evaluate(alignment) == "right"
    page.goto(f"{address}days/{DAY}/?code=1")
    page.get_by_role("button", name="All topics").click()
    page.get_by_role("button", name="By title").click()
    page.locator("button.bs-keep:visible").first.click()
    page.keyboard.press("?")
    page.get_by_role("button", name="Close").last.click()
    page.goto(address + "saved/")
    page.locator(".bs-saved[data-ready]").wait_for()
    with page.expect_download():
        page.locator("#saved-download").click()
    page.keyboard.press("/")
    page.locator("#search-q").fill("graph")
    page.locator("#search-results mark").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert wrong == []
    page.goto(address + "papers/graph-attention-harmless/")
    page.locator("#sought .bs-title").first.wait_for()
    assert [said for said in wrong if "404" not in said] == []


@pytest.mark.browser
def test_what_came_into_a_page_all_the_same_would_neither_run_nor_ask(
    page: Page, address: str
) -> None:
    page.add_init_script(TOLD)
    wrong = watch(page, address)
    page.goto(address)
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "alert(1)";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", `
        <img src=https://evil.example/x.png onerror="alert(1)"><p style="color: red">red</p>
        <iframe src=https://evil.example/></iframe><base href="https://evil.example/">`);
    }""")
    wanted = {"script-src-elem", "script-src-attr", "img-src", "style-src-attr", "frame-src"}
    wanted.add("base-uri")
    for _ in range(200):  # the browser tells of each when it comes to it
        if wanted <= {said.split()[1] for said in wrong if said.startswith("policy ")}:
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail(f"not refused, of {wanted}: {wrong}")
    assert "a dialog" not in wrong


# Read back


class Html(HTMLParser):
    """Elements, addresses and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.addresses: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.addresses |= {value or "" for name, value in attrs if (name, value) != ("dir", "auto")}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("file", ["atom.xml", "rss.xml"])
def test_a_feed_says_a_text_as_it_is_written(
    site: Path, papers: dict[str, dict[str, Any]], file: str
) -> None:
    content = (site / "feeds" / "all" / file).read_bytes()
    read = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    items = {item.id.rpartition("/")[2]: item for item in read.entries}
    # feedparser takes what looks like HTML in an RSS title for it; Atom says that it is none.
    names = dict(zip(items, xml_titles(content, file), strict=True))
    for text in LITERAL:
        key = papers[text]["key"]
        held = items[key].content[0].value if "content" in items[key] else items[key].summary
        page = Html(held)
        assert same(text, names[key], "title"), (text, names[key])
        assert page.elements <= {"p", "a"}, (text, held)
        assert all(re.match("https?://", found) for found in page.addresses), (text, held)
        assert bare(text)[:15_000] in bare(page.text), (text, page.text)


def xml_titles(content: bytes, file: str) -> list[str]:
    space = "{http://www.w3.org/2005/Atom}" if file == "atom.xml" else ""
    items = ElementTree.fromstring(content).iter(f"{space}{'entry' if space else 'item'}")
    return [item.findtext(f"{space}title", "") for item in items]


def test_a_json_feed_and_the_data_say_a_text_as_it_is_written(
    site: Path, papers: dict[str, dict[str, Any]]
) -> None:
    feed = json.loads((site / "feeds" / "all" / "feed.json").read_bytes())
    items = {item["id"].rpartition("/")[2]: item for item in feed["items"]}
    for text in LITERAL:
        paper = papers[text]
        assert same(text, items[paper["key"]]["title"], "title"), text
        assert same(text, paper["title"], "title"), text
        assert same(text, paper["abstract"], "abstract"), text
        assert same(text, paper["organisation"], "remark"), text
        assert same(text, paper["comment"], "remark"), text
        assert set(paper["categories"]) <= {text, "cs.LG"}, text
        assert all(
            re.fullmatch(r"[a-z-]+(\.[A-Za-z-]{2,})?", name) for name in paper["categories"]
        ), text
        assert paper["arxiv_id"] is None, text
        urls = [link["url"] for link in paper["links"]]
        assert all(re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", url) for url in urls), urls


def test_every_xml_file_is_well_formed_and_holds_nothing_that_a_browser_would_run(
    site: Path,
) -> None:
    found = [*site.rglob("*.xml"), *site.rglob("*.opml")]
    assert len(found) > 10
    for path in found:
        for element in ElementTree.fromstring(path.read_bytes()).iter():
            assert not re.search("xhtml|svg|MathML", element.tag), (path, element.tag)


def test_a_day_to_take_along_says_titles_as_they_are_written(site: Path) -> None:
    space = {"x": "http://www.w3.org/1999/xhtml"}
    with zipfile.ZipFile(site / "take" / f"{DAY}.epub") as archive:
        book = ElementTree.fromstring(archive.read("EPUB/day.xhtml"))
        contents = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    titles = ["".join(title.itertext()) for title in book.iterfind(".//x:section/x:h2", space)]
    listed = ["".join(link.itertext()) for link in contents.iterfind(".//x:a", space)][1:]
    for text, title, entry in zip(cases(CLASSES), titles, listed, strict=True):
        assert text in TEX["TeX"] or same(text, title, "title"), (text, title)
        assert text in TEX["TeX"] or same(text, entry, "title"), (text, entry)
    names = {element.tag.rpartition("}")[2] for element in book.iter()}
    assert names <= set("html head title link body header section h1 h2 p a sub sup code".split())


def test_markdown_beside_a_page_says_a_text_as_it_is_written(
    site: Path, papers: dict[str, dict[str, Any]]
) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for text in LITERAL:
        written = (site / "papers" / papers[text]["key"] / "index.md").read_text(encoding="utf-8")
        tokens = reader.parse(written)
        inline = [token for token in tokens if token.type == "inline"]
        words = ["".join(part.content for part in token.children or ()) for token in inline]
        assert same(text, words[0], "title"), (text, words[0])
        assert any(same(text, part, "abstract") for part in words[1:3]), (text, words[1:3])
        kinds = {part.type for token in inline for part in token.children or ()}
        assert kinds <= {"text", "text_special", "link_open", "link_close"}, (text, kinds)
        blocks = {token.type.partition("_")[0] for token in tokens}
        assert blocks <= {"heading", "inline", "paragraph", "bullet", "list"}, (text, blocks)


def test_citations_are_read_back_one_a_paper(site: Path, papers: dict[str, dict[str, Any]]) -> None:
    cite = site / "cite" / "days"
    entries = parse_string((cite / f"{DAY}.bib").read_text(encoding="utf-8"))
    keys = [paper["key"] for paper in papers.values()]
    assert [entry.key for entry in entries.entries] == keys
    assert not entries.failed_blocks
    for text, entry in zip(papers, entries.entries, strict=True):
        known = {"title", "author", "year", "eprint", "archiveprefix", "url", "note"}
        assert set(entry.fields_dict) <= known, text
    records = rispy.loads((cite / f"{DAY}.ris").read_bytes().decode())
    assert [record["id"] for record in records] == keys
    for text, entry in zip(papers, records, strict=True):
        assert text in TEX["TeX"] or same(text, entry["title"], "title"), (text, entry)


def test_no_title_names_a_file_outside_its_folder_or_a_device(site: Path) -> None:
    devices = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
    for path in site.rglob("*"):
        parts = path.relative_to(site).parts
        assert not {part.partition(".")[0].lower() for part in parts} & devices, path
        assert all(part.isascii() and len(part) <= 100 for part in parts), path


def test_so_many_cases_were_tried() -> None:
    assert len(cases(CLASSES)) * FIELDS >= 300
    assert min(len(texts) for texts in CLASSES.values()) >= 3
