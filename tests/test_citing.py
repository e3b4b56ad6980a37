"""Citations are read back by programs that others wrote, and say what was written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # ships no types

from generator.config import Settings
from generator.errors import Report
from generator.model import Author, Link, Paper, Site
from generator.outputs.citation import bibtex
from generator.outputs.citing import Cited, article, coins, csl, highwire, ris
from generator.outputs.citing.names import split_name
from generator.pipeline import build_site, render
from generator.prose import parse_prose, to_plain

from .conftest import CASES
from .hostile import FORMULAS, HOSTILE
from .sites import render_site, settings_for, write_digest

PAGE = "https://example.org/papers/{}/"
LATEX = LatexNodes2Text(keep_braced_groups=False)

ZOTERO = {
    "citation_title", "citation_author", "citation_publication_date", "citation_doi",
    "citation_pdf_url", "citation_public_url", "DC.type",
}  # fmt: skip
"""What Zotero's "Embedded Metadata" (of 13 June 2024) makes title, creators, date, DOI, attachment,
address and type of. `citation_arxiv_id` is for Google Scholar."""


def paper(title: str, *authors: str, key: str = "a", **facts: object) -> Paper:
    people = tuple(map(Author, authors))
    prose = parse_prose(title)
    return Paper(key, prose, prose, (date(2025, 3, 12),), (), authors=people, **facts)  # type: ignore[arg-type]


def as_latex_prints(text: str) -> str:
    """The parser reads BibTeX as LaTeX does, with its ligatures; its circumflex is a letter."""
    for signs, printed in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("^", "ˆ")):
        text = text.replace(signs, printed)
    return text


def read_title(field: str) -> str:
    """A title as its readers see it: formulas as we draw them, all else as the parser says."""
    text, *others = re.split(r"(?<!\\)(\$.*?\$)", field[1:-1])
    parts = [LATEX.latex_to_text(text)]
    for formula, text in zip(others[::2], others[1::2], strict=True):
        parts += (as_latex_prints(to_plain(parse_prose(formula))), LATEX.latex_to_text(text))
    return "".join(parts)


def in_order(name: str) -> str:
    """A name of BibTeX as it is spoken."""
    family, *others = name.split(", ")
    return " ".join([*others[-1:], family, *others[:-1]])


def spoken(parts: dict[str, str]) -> str:
    if "literal" in parts:
        return parts["literal"]
    order = ("given", "non-dropping-particle", "family", "suffix")
    return " ".join(parts[name] for name in order if name in parts)


def read_back(papers: Sequence[Paper]) -> None:
    """All of them as one file a format, read by a parser of that format: nothing differs."""
    cited = [Cited.of(one, PAGE.format(one.key)) for one in papers]
    titles = [one.title for one in cited]

    bibliography = "\n\n".join(bibtex(one, PAGE.format(one.key)) for one in papers)
    library = parse_string(bibliography, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [one.key for one in papers]
    as_written = [entry["title"] for entry in parse_string(bibliography).entries]
    assert [*map(read_title, as_written)] == [*map(as_latex_prints, titles)]
    for entry, one in zip(library.entries, papers, strict=True):
        people = entry["author"].split(" and ") if one.authors else []
        names = [as_latex_prints(author.name) for author in one.authors]
        assert [*map(in_order, people)] == names

    records = rispy.loads("\r\n".join(map(ris, cited)))
    assert [record["id"] for record in records] == [one.key for one in papers]
    assert [record["title"] for record in records] == titles
    for record, fact in zip(records, cited, strict=True):
        assert record.get("authors", []) == list(map(filed, fact.authors))
        assert record["urls"] == [fact.url]

    source = CiteProcJSON(json.loads(json.dumps([csl(fact) for fact in cited])))
    for fact in cited:
        item = source[fact.key]
        assert "".join(item["title"]) == fact.title
        people = [spoken(dict(name)) for name in item.get("author", [])]
        assert people == [re.sub(", (?=[JS]r)", " ", name) for name in fact.authors]


def filed(name: str) -> str:
    parts = split_name(name)
    if not parts:
        return name
    family = f"{parts.particle} {parts.family}".strip()
    return ", ".join(part for part in (family, parts.given, parts.suffix) if part)


@pytest.mark.parametrize("case", sorted((CASES / "citing").glob("*.yml")), ids=lambda p: p.stem)
def test_names_are_filed_under_their_family_name(case: Path) -> None:
    names = yaml.safe_load(case.read_text(encoding="utf-8"))["names"]
    for name, expected in names.items():
        record = rispy.loads(ris(Cited.of(paper("A", name), PAGE)))[0]
        assert record["authors"] == [expected]


def test_titles_of_all_kinds_are_read_back() -> None:
    titles = [
        *HOSTILE,
        *FORMULAS,
        r"50% of {A} & B_C: $O(1/\varepsilon^4)$ for #1 ~ x^2, \path",
        "Über naïve Schrödinger–Łukasiewicz maps: “yes”, ‘no’ and «maybe»",
        "ER  - TY  - JOUR",
        "@misc{x, title = {y}}",
    ]
    read_back(
        [paper(title, "Ada Byron", "Łu van der Berg", "50% Team", key=f"k-{n}")
         for n, title in enumerate(titles)]
    )  # fmt: skip


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_is_read_back(titles: list[str], names: list[str]) -> None:
    people = [name for text in names if (name := " ".join(re.findall(r"[\w.-]+", text)))]
    people = [name for name in people if " and " not in f" {name.lower()} "]
    read_back([
        paper(f"A {title} B", *people, key=f"k-{n}") for n, title in enumerate(titles)
    ])  # fmt: skip


def papers_of(digests: Path) -> list[Paper]:
    settings = settings_for(digests, digests.parent / "docs")
    return list(build_site(replace(settings, year=2025), Report()).library.papers.values())


def test_all_papers_of_the_captures_are_read_back(shared: Path) -> None:
    read_back(papers_of(shared / "captures"))


def test_the_papers_of_a_day_with_authors_are_read_back(shared: Path, tmp_path: Path) -> None:
    path = next(iter(sorted((shared / "corpus").glob("2026-06-*.jsonl"))))
    (tmp_path / path.name).write_bytes(path.read_bytes())
    found = papers_of(tmp_path)
    assert sum(len(one.authors) > 1 for one in found) > 100
    read_back(found)


KNOWN = paper(
    "A <b>Title</b> & more",
    "Ada Byron",
    "Cy Xu, Jr.",
    arxiv_id="1412.6980",
    published=datetime(2014, 12, 22, tzinfo=UTC),
)


class Metas(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.data: list[str] = []
        self.coins: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.inside = tag == "script" and values.get("type") == "application/ld+json"
        if tag == "meta" and "name" in values:
            self.found.append((values["name"], values["content"]))
        if values.get("class") == "Z3988":
            self.coins.append(values["title"])

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def test_the_head_of_a_paper_says_what_zotero_reads() -> None:
    assert Metas(highwire(Cited.of(KNOWN, PAGE.format("a")))).found == [
        ("DC.type", "preprint"),
        ("citation_title", "A <b>Title</b> & more"),
        ("citation_author", "Ada Byron"),
        ("citation_author", "Cy Xu, Jr."),
        ("citation_publication_date", "2014/12/22"),
        ("citation_doi", "10.48550/arXiv.1412.6980"),
        ("citation_arxiv_id", "1412.6980"),
        ("citation_pdf_url", "https://arxiv.org/pdf/1412.6980"),
        ("citation_public_url", "https://arxiv.org/abs/1412.6980"),
    ]


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        (
            "https://doi.org/10.1002/(SICI)1097(1998)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
            "10.1002/(SICI)1097(1998)49:8<693::AID-ASI4>3.0.CO;2-O",
        ),
        ("https://doi.org/10.1000/a%23b", "10.1000/a#b"),
    ],
)
def test_a_doi_that_a_source_knows_is_cited_as_it_is_registered(address: str, doi: str) -> None:
    cited = Cited.of(replace(KNOWN, links=(Link("doi", address),)), "")
    assert csl(cited)["DOI"] == cited.doi == doi
    assert rispy.loads(ris(cited))[0]["doi"] == doi
    assert ("rft_id", f"info:doi/{doi}") in parse_qsl(coins(cited))
    assert ("citation_doi", doi) in Metas(highwire(cited)).found
    assert address in json.loads(Metas(article(cited, ())).data[0])["sameAs"]


@pytest.mark.parametrize("hidden", ["%0D%0AER  - ", "%00", "%20", "%FF", "%E2%80%AE"])
def test_no_doi_hides_what_a_line_may_not_hold(hidden: str) -> None:
    doi = Link("doi", f"https://doi.org/10.1000/a{hidden}")
    assert Cited.of(replace(KNOWN, links=(doi,)), "").doi == f"10.1000/a{hidden}"


def test_an_arxiv_id_says_the_month_where_no_source_says_the_day() -> None:
    one = paper("Nets", arxiv_id="2401.00001")
    cited = Cited.of(one, PAGE)
    assert "PY  - 2024\r\n" in ris(cited)
    assert "DA  -" not in ris(cited)
    assert csl(cited)["issued"] == {"date-parts": [[2024, 1]]}
    assert "&rft.date=2024-01&" in coins(cited)
    assert 'name="citation_publication_date" content="2024/01"' in highwire(cited)
    assert '"datePublished":"2024-01"' in article(cited, ())
    assert "year = {2024}" in bibtex(one, PAGE)


def test_no_title_ends_the_block_of_data() -> None:
    for text in ("</script><script>alert(1)</script>", "<!--<script>", "]]> & \u2028 \\u003c"):
        cited = Cited.of(paper(f"A {text} B"), PAGE.format("a"))
        block = article(cited, ["A & B"])
        assert block.count("<") == 2, block
        assert json.loads(Metas(block).data[0])["name"] == cited.title


def test_a_list_says_each_citation_to_zotero() -> None:
    assert parse_qsl(coins(Cited.of(KNOWN, PAGE.format("a")))) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", "A <b>Title</b> & more"),
        ("rft.au", "Ada Byron"),
        ("rft.au", "Cy Xu, Jr."),
        ("rft.identifier", "https://arxiv.org/abs/1412.6980"),
        ("rft.date", "2014-12-22"),
        ("rft_id", "info:doi/10.48550/arXiv.1412.6980"),
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Settings]:
    digests = tmp_path_factory.mktemp("citing") / "digests"
    many = [(f"Graph Attention, Part {n}", "On graph attention networks.") for n in range(210)]
    write_digest(digests, "2025-03-11.txt", *many)
    write_digest(digests, "2025-04-01.txt", *((f"A Paper on {text}", "It is.") for text in HOSTILE))
    settings = settings_for(digests, digests.parent / "docs")
    return build_site(settings, Report()), settings


def test_every_paper_and_every_day_is_there_for_programs(built: Path) -> None:
    for page in (built / "papers").glob("*/index.html"):
        text = page.read_text(encoding="utf-8")
        if "bs-paper" not in text:
            continue  # an address that leads on, or is empty
        metas = Metas(text)
        names = {name for name, _ in metas.found}
        assert {"DC.type", "citation_title", "citation_public_url"} <= names, page
        assert {n for n in names if n.startswith("citation_")} <= ZOTERO | {"citation_arxiv_id"}
        title = dict(metas.found)["citation_title"]
        assert [json.loads(data)["name"] for data in metas.data] == [title]
    for page in (built / "days").glob("*/index.html"):
        metas = Metas(page.read_text(encoding="utf-8"))
        items = json.loads(metas.data[0])["mainEntity"]["itemListElement"]
        assert len(items) == len(metas.coins) > 0
        assert all(dict(parse_qsl(title))["rft.title"] for title in metas.coins)


def test_days_months_and_topics_have_files_with_what_they_list(
    small: tuple[Site, Settings],
) -> None:
    site, settings = small
    rendered = [a for a in render(site, settings) if a.path.endswith((".md", ".bib", ".ris"))]
    files = {artifact.path: artifact.content.decode() for artifact in rendered}
    names = {path.rpartition(".")[0] for path in files if path.startswith("cite/")}
    tagged = {f"cite/tags/{hit.tag}" for hits in site.tags.values() for hit in hits}
    assert names == tagged | {
        "cite/days/2025-03-11", "cite/months/2025-03", "cite/days/2025-04-01", "cite/months/2025-04"
    }  # fmt: skip
    for name in names:
        entries = parse_string(files[f"{name}.bib"]).entries
        records = rispy.loads(files[f"{name}.ris"])
        assert [entry.key for entry in entries] == [record["id"] for record in records]
        page = files[f"{name.removeprefix('cite/')}.md"]
        listed = re.findall(r'<li [^>]*data-key="([^"]+)"', page)
        assert listed == [entry.key for entry in entries]
        assert f"../{name}.bib" in page
        assert f"../{name}.ris" in page


def test_a_publisher_may_leave_the_files_out(small: tuple[Site, Settings]) -> None:
    site, settings = small
    rendered = list(render(site, replace(settings, citations=False)))
    assert not any(artifact.path.startswith("cite/") for artifact in rendered)
    assert not any(b"cite/" in a.content for a in rendered if a.path.endswith(".md"))


def test_a_paper_shows_records_that_can_be_copied_whole(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", ("A & B", "It is."))
    page = render_site(tmp_path / "digests")["papers/a-b.md"].decode()
    blocks = re.findall(
        r'<bs-copy></bs-copy>\n<pre class="bs-cite"><code>(.*?)</code>', page, re.DOTALL
    )
    text = html.unescape("".join(blocks))
    entry, _, record = text.partition("TY  - ")
    assert parse_string(entry).entries[0].key == "a-b"
    assert rispy.loads("TY  - " + record)[0]["title"] == to_plain(parse_prose("A & B"))
