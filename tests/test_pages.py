"""Generated pages: every Markdown renderer agrees on them; what a digest says stays text."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import frontmatter
import markdown
import pyromark
import pytest
from markdown_it import MarkdownIt

from generator.errors import Report
from generator.outputs.words import long_date
from generator.pipeline import build_site, render

from .conftest import ROOT
from .hostile import FORMULAS, HOSTILE
from .laws import PAGE_ATTRIBUTES, PAGE_ELEMENTS
from .sites import render_site, settings_for, write_digest

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tasklist",
    "pymdownx.tilde", "smarty",
]  # fmt: skip
DECLARED = {
    "generator", "title", "description", "date", "previous", "next", "feeds", "redirect",
    "head", "hide", "robots", "assets",
}  # fmt: skip
CHOOSER = (
    {"button", "form", "input", "output", "strong"},
    {"data-list", "data-recent", "data-script", "download", "hidden", "name", "value"},
)
"""Elements and attributes of the page of feeds, and of no other."""
ABSTRACT = "We study {0} at length. It stays what it is: {0}. Code is at https://github.com/a/b_c."


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site of hostile papers and names, with a topic of several pages and many weeks."""
    digests = tmp_path_factory.mktemp("hostile") / "digests"
    papers = [(f"A Paper on {text}", ABSTRACT.format(text)) for text in (*HOSTILE, *FORMULAS)]
    many = [
        (f"Graph Neural Networks, Part {n}", f"We propose graph neural network number {n}.")
        for n in range(210)
    ]
    write_digest(digests, "2025-02-10.txt", ("Graph Attention", "It is on graph attention."))
    write_digest(digests, "2025-02-17.txt", ("Trees", "They are decision trees, not graphs."))
    write_digest(digests, "2025-03-03.txt", ("Node Classification", "It is on graph learning."))
    write_digest(digests, "2025-03-11.txt", *papers[:9], *many)
    write_digest(digests, "2025-03-12.txt", *papers, ("No Abstract At All", ""))
    write_digest(digests, "2025-03-13.txt", ("A Withdrawn Paper", "It is."))
    signed = [{"title": f"Signed {n}", "abstract": "So.", "authors": [*HOSTILE]} for n in (1, 2)]
    (digests / "2025-03-12-signed.json").write_text(json.dumps(signed), encoding="utf-8")
    (digests / "keys.yml").write_text("no-abstract-at-all: [a-former-title]\n")
    (digests / "overrides.yml").write_text("a-withdrawn-paper: {hide: yes}\n")
    rendered = render_site(digests)
    return {path: content for path, content in rendered.items() if path.endswith(".md")}


def one_of_each_kind(pages: dict[str, bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, content in sorted(pages.items()):
        kind = re.search(rb'<div class="bs bs-(\w+)"', content)
        assert kind, path
        found.setdefault(kind[1].decode(), path)
    return found


def body(content: bytes) -> str:
    return frontmatter.loads(content.decode()).content


def test_there_is_a_page_of_every_kind(pages: dict[str, bytes]) -> None:
    templates = {
        path.name.removesuffix(".md.j2")
        for path in (ROOT / "generator" / "templates").glob("[!_]*.md.j2")
    }
    kinds = set(one_of_each_kind(pages))
    assert {kind.replace("moved", "redirect") for kind in kinds} == templates


def test_python_markdown_and_commonmark_render_every_page_to_the_same_bytes(
    pages: dict[str, bytes],
) -> None:
    # With every extension a publisher may switch on: inside our one block of HTML none is active.
    python_markdown = markdown.Markdown(extensions=EXTENSIONS)
    commonmark = MarkdownIt("commonmark")
    for path, content in pages.items():
        text = body(content)
        expected = python_markdown.reset().convert(text).strip()
        assert expected == text, path
        assert pyromark.html(text).strip() == expected, path
        assert commonmark.render(text).strip() == expected, path


def test_no_blank_line_ends_the_block_of_html(pages: dict[str, bytes]) -> None:
    assert [path for path, content in pages.items() if "\n\n" in body(content)] == []


def test_front_matter_holds_nothing_but_declared_keys(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        assert set(frontmatter.loads(content.decode()).metadata) <= DECLARED, path


def test_the_theme_reads_nothing_but_declared_keys() -> None:
    theme = (ROOT / "generator" / "theme" / "main.html").read_text()
    assert set(re.findall(r"\bmeta\.(\w+)", theme)) <= DECLARED


class Reader(HTMLParser):
    """What a browser makes of a page: its elements and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


def test_no_element_or_attribute_comes_from_a_digest(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        if path in ("saved.md", "search.md"):  # nothing of them comes from a digest
            continue
        reader = read(body(content))
        tags, attributes = CHOOSER if path == "subscribe.md" else (set(), set())
        assert reader.tags - tags <= PAGE_ELEMENTS, path
        assert reader.attributes - attributes <= PAGE_ATTRIBUTES, path
        assert all(re.match(r"(https?:|\.\.?/|[a-z0-9])", link) for link in reader.links), path
        assert not any("javascript:" in link or "data:" in link for link in reader.links), path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_it_is_written(pages: dict[str, bytes], hostile: str) -> None:
    day = read(body(pages["days/2025-03-12.md"])).text
    # Dashes, quotes and ties of text-mode TeX are read, so compare without them.
    squeeze = re.compile(r"[\s`'\"“”‘’–—~\\-]+")
    assert squeeze.sub("", hostile) in squeeze.sub("", day)


def test_titles_in_front_matter_are_text_and_not_html(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        metadata = frontmatter.loads(content.decode()).metadata
        for name in ("title", "description"):
            assert not re.search(r"[<>\"{}]", str(metadata.get(name, ""))), path


def test_a_paper_without_abstract_says_so(pages: dict[str, bytes]) -> None:
    assert "No abstract was listed." in body(pages["papers/no-abstract-at-all.md"])


def test_a_former_key_redirects(pages: dict[str, bytes]) -> None:
    moved = frontmatter.loads(pages["papers/a-former-title.md"].decode())
    assert moved["redirect"] == "../../papers/no-abstract-at-all/"


def test_older_pages_of_a_topic_never_change(tmp_path: Path) -> None:
    def part(n: int) -> tuple[str, str]:
        return f"Graph Neural Networks, Part {n}", f"We propose graph neural network number {n}."

    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", *(part(n) for n in range(150)))
    write_digest(digests, "2025-03-12.txt", *(part(n) for n in range(150, 210)))
    before = render_site(digests)
    write_digest(digests, "2025-03-13.txt", *(part(n) for n in range(195, 330)))
    after = render_site(digests)
    old = "tags/graph-learning/1.md"
    assert before[old] == after[old]
    assert "tags/graph-learning/2.md" not in before
    assert "tags/graph-learning/2.md" in after


def test_a_day_page_says_what_was_seen_before(pages: dict[str, bytes]) -> None:
    text = body(pages["days/2025-03-12.md"])
    assert text.count("Seen again, first on") == 9
    assert long_date(date(2025, 3, 12)) in re.sub("<.*?>", "", text)


def test_a_citation_keeps_its_lines(pages: dict[str, bytes]) -> None:
    text = body(pages["papers/no-abstract-at-all.md"])
    assert "<code>&#64;misc&#123;no-abstract-at-all,\n  title &#61; " in text


def test_a_chart_says_its_numbers_to_who_cannot_see_it(pages: dict[str, bytes]) -> None:
    text = body(pages["tags/graph-learning.md"])
    label = re.search(r'<svg [^>]*role="img" aria-label="([^"]+)"', text)
    assert label
    numbers = html.unescape(label[1])
    assert re.fullmatch(
        r"Papers a week, oldest first: 1, \d+, no digest, 1, 2\d\d so far", numbers
    ), numbers
    assert "broken, a week had no digest" in text
    assert "last week may go on" in text


def test_a_chart_is_small(pages: dict[str, bytes]) -> None:
    charts = re.findall(r"<svg .*?</svg>", body(pages["tags/graph-learning.md"]))
    assert len(charts) == 1
    assert len(charts[0]) < 1500


def test_older_pages_of_a_topic_have_no_chart(pages: dict[str, bytes]) -> None:
    assert "<svg" not in body(pages["tags/graph-learning/1.md"])


def test_a_topic_without_papers_has_no_chart(pages: dict[str, bytes]) -> None:
    text = body(pages["tags/federated-learning.md"])
    assert "No paper of this topic yet" in text
    assert "<svg" not in text


def test_the_page_of_trends_links_every_topic_that_has_papers(pages: dict[str, bytes]) -> None:
    linked = set(re.findall(r"\.\./tags/([a-z0-9-]+)/", body(pages["trends.md"])))
    with_papers = {
        path.removeprefix("tags/").removesuffix(".md")
        for path, content in pages.items()
        if re.fullmatch(r"tags/[^/]+\.md", path) and b'class="bs-item"' in content
    }
    assert linked == with_papers
    assert len(linked) > 3


def test_a_site_of_one_day_names_the_day_once(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-12.txt", ("Alone", "It is."))
    pages = render_site(tmp_path)
    assert "1 paper on 1 day, 12 Mar 2025." in pages["archive.md"].decode()
    assert "1 paper first seen on 12 Mar 2025<" in pages["trends.md"].decode()


def test_trends_say_why_there_is_nothing_to_compare(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-12.txt", ("New", "It is."))
    assert "once there are digests of more than four" in render_site(tmp_path)["trends.md"].decode()
    write_digest(tmp_path, "2023-07-14.txt", ("Old", "It is."))
    said = render_site(tmp_path)["trends.md"].decode()
    assert "the newest four (16 Jan 2025 to 12 Feb 2025): there is nothing to compare" in said


def test_a_paper_says_on_demand_which_words_earned_its_topics(pages: dict[str, bytes]) -> None:
    text = body(pages["papers/graph-attention.md"])
    _, _, why = text.partition("<summary>Why these topics</summary>")
    assert "Graph Learning & GNNs – " in read(why.partition("</details>")[0]).text
    assert "Graph Attention" in read(why.partition("</details>")[0]).text


def test_papers_of_older_years_can_stand_on_the_pages_of_their_days_alone(tmp_path: Path) -> None:
    write_digest(tmp_path, "2024-12-30.txt", ("Old Nets", "Nets learn to see."))
    write_digest(tmp_path, "2025-01-02.txt", ("New Nets", "Nets learn to see."))
    settings = replace(settings_for(tmp_path, tmp_path / "docs"), paper_pages_from=2025)
    site = build_site(settings, Report())
    files = {artifact.path: artifact.content for artifact in render(site, settings)}
    assert "papers/new-nets.md" in files
    assert "papers/old-nets.md" not in files
    for path, content in files.items():
        assert b"papers/old-nets" not in content, path
    # Lists, data and feeds lead to its place on the day, where the whole abstract is.
    place = "days/2024-12-30/#p-old-nets"
    assert f'href="../../{place}"' in files["months/2024-12.md"].decode()
    assert json.loads(files["data/papers.jsonl"].splitlines()[-1])["url"].endswith(place)
    assert place in files["feeds/all/rss.xml"].decode()
    assert "paper/old-nets<" in files["feeds/all/rss.xml"].decode()
