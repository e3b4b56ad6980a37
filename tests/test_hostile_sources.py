"""Hostile text in every format of a digest: what was written is read, and no paper more."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest

from generator.errors import Report
from generator.model import RawPaper
from generator.sources import SOURCES, SourceFile, read_capture

from .hostile import CHARACTERS, MARKUP, bare

TEXTS = [t for kind in (MARKUP, CHARACTERS) for texts in kind.values() for t in texts]
CASES = [text for text in dict.fromkeys(TEXTS) if len(text) < 200]

LONE = re.compile("[\ud800-\udfff]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NOT_IN_YAML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
NOT_IN_A_LINE = re.compile(r"https?:|[|]|\.+(?=\s|$)|[\ud800-\udfff]")
"""What the formats cannot hold: no file of theirs has it."""


class Paper(NamedTuple):
    title: str
    abstract: str


def as_json(papers: Sequence[Paper]) -> str:
    return json.dumps([paper._asdict() for paper in papers])


def as_lines(papers: Sequence[Paper]) -> str:
    return "\n".join(json.dumps(paper._asdict(), ensure_ascii=False) for paper in papers)


def as_yaml(papers: Sequence[Paper]) -> str:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return "\n".join(
        f"- title: {quoted(p.title)}\n  abstract: {quoted(p.abstract)}" for p in papers
    )


def as_table(papers: Sequence[Paper]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([Paper._fields, *papers])
    return file.getvalue().replace("\r\n", "\n")


def as_text(papers: Sequence[Paper]) -> str:
    return "new\n\nSubscribe\n\nMar 12\n\n" + "\n\n".join(
        part for paper in papers for part in paper
    )


def as_daily_papers(papers: Sequence[Paper]) -> str:
    listed = "2025-03-12T00:00:00.000Z"
    items = [{"paper": {"title": p.title, "summary": p.abstract}} for p in papers]
    return json.dumps([{**item, "publishedAt": listed} for item in items])


def as_saved_page(papers: Sequence[Paper]) -> str:
    props = html.escape(f'{{"dailyPapers": {as_daily_papers(papers)}}}')
    return f'<!doctype html><div data-props="{props}"></div>'


def as_arxiv_lines(papers: Sequence[Paper]) -> str:
    fixed = {"abs": "https://arxiv.org/abs/2401.12340", "categories": ["cs.LG"]}
    lines = ({"title": p.title, "summary": p.abstract, "id": str(n)} for n, p in enumerate(papers))
    return "\n".join(json.dumps({**line, **fixed, "abs": ""}) for line in lines)


def as_semantic_scholar(papers: Sequence[Paper]) -> str:
    return json.dumps([{"paperId": str(n), **p._asdict()} for n, p in enumerate(papers)])


def as_json_feed(papers: Sequence[Paper]) -> str:
    items = [{"title": p.title, "content_text": p.abstract} for p in papers]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


def as_rss(papers: Sequence[Paper]) -> str:
    def marked(text: str) -> str:
        return html.escape(html.escape(text))

    items = (
        f"<item><title>{marked(p.title)}</title><description>{marked(p.abstract)}</description></item>"
        for p in papers
    )
    return f'<rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'


def as_arxiv_feed(papers: Sequence[Paper]) -> str:
    items = (
        f"<item><title>{html.escape(p.title)}</title><description>arXiv:2401.12340v1 Announce "
        f"Type: new Abstract: {html.escape(p.abstract)}</description>"
        "<arxiv:announce_type>new</arxiv:announce_type></item>"
        for p in papers
    )
    space = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f'<rss {space} version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'


def as_old_arxiv_feed(papers: Sequence[Paper]) -> str:
    def marked(text: str) -> str:
        return html.escape(html.escape(text))

    items = (
        f"<item><title>{marked(p.title)}. (arXiv:2303.08112v1 [cs.LG])</title>"
        f"<description>&lt;p&gt;{marked(p.abstract)}&lt;/p&gt;</description></item>"
        for p in papers
    )
    spaces = (
        'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    )
    return f"<rdf:RDF {spaces}><channel><title>x</title></channel>{''.join(items)}</rdf:RDF>"


def as_arxiv_answer(papers: Sequence[Paper]) -> str:
    entries = (
        f"<entry><title>{html.escape(p.title)}</title><summary>{html.escape(p.abstract)}</summary>"
        "</entry>"
        for p in papers
    )
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
    return f"{head}{''.join(entries)}</feed>"


def as_arxiv_mail(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return text.replace("\n", "\n  ")

    entries = (
        f"\\\\\narXiv:2401.{n:05}\nDate: Tue, 11 Mar 2025 17:59:58 GMT   (12kb)\n\n"
        f"Title: {on(p.title)}\nAuthors: Ann Lee\n\\\\\n  {on(p.abstract)}\n"
        f"\\\\ ( https://arxiv.org/abs/2401.{n:05} ,  12kb)\n{'-' * 78}\n"
        for n, p in enumerate(papers)
    )
    return "".join(entries)


def as_arxiv_page(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return " ".join(text.split("\n"))

    return "\n".join(
        f"[{n}] arXiv:2401.{n:05} [pdf, html, other]\nTitle: {on(p.title)}\nAnn Lee\n"
        f"Subjects: Machine Learning (cs.LG)\n{on(p.abstract)}"
        for n, p in enumerate(papers)
    )


def as_hf_paper(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return " ".join(text.split("\n"))

    return "\n".join(
        f"arxiv:2401.{n:05}\n{on(p.title)}\nPublished on Jan 3\nAuthors:\nAnn Lee\nAbstract\n"
        f"{on(p.abstract)}\nView PDF"
        for n, p in enumerate(papers)
    )


def as_hf_list(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return " ".join(text.split("\n"))

    return "\n\n".join(
        f"{n}\n\n{on(p.title)}\n\n{on(p.abstract)}\n\n2 authors\n\n·\n\nJan 3"
        for n, p in enumerate(papers)
    )


def _in_markdown(text: str) -> str:
    """Text with all that means something in Markdown escaped."""
    escaped = html.escape(" ".join(text.split("\n")), quote=False)
    return re.sub(r"([\\`*_\[\]()#+.!|~:-])", r"\\\1", escaped)


def as_markdown(papers: Sequence[Paper]) -> str:
    entries = (
        f"## [{_in_markdown(p.title)}](https://arxiv.org/abs/2401.{n:05})\n\n"
        f"{_in_markdown(p.abstract)}\n"
        for n, p in enumerate(papers)
    )
    return "# Daily papers\n\n" + "\n".join(entries)


def as_markdown_list(papers: Sequence[Paper]) -> str:
    entries = (
        f"{n}. **{_in_markdown(p.title)}** — {_in_markdown(p.abstract)}"
        f" [[PDF](https://arxiv.org/abs/2401.{n:05})]"
        for n, p in enumerate(papers, 1)
    )
    return "\n".join(entries)


def as_markdown_table(papers: Sequence[Paper]) -> str:
    rows = (
        f"|{_in_markdown(p.title)}|{_in_markdown(p.abstract)}|[PDF](https://arxiv.org/abs/2401.{n:05})|"
        for n, p in enumerate(papers)
    )
    return "\n".join(["|Title|Abstract|Link|", "|---|---|---|", *rows])


def as_labelled_text(papers: Sequence[Paper]) -> str:
    titles = (" ".join(p.title.split("\n")) for p in papers)
    return "\n".join(
        f"Title: {title}\nURL: https://x.org/a\nAbstract: {p.abstract}\n"
        for title, p in zip(titles, papers, strict=True)
    )


def as_bibtex(papers: Sequence[Paper]) -> str:
    return "\n".join(
        f"@misc{{p{n},\n  title = {{{p.title}}},\n  abstract = {{{p.abstract}}}\n}}"
        for n, p in enumerate(papers)
    )


def as_ris(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return " ".join(text.split("\n"))

    return "\n".join(
        f"TY  - JOUR\nTI  - {on(p.title)}\nAB  - {on(p.abstract)}\nER  - \n" for p in papers
    )


def as_endnote(papers: Sequence[Paper]) -> str:
    def on(text: str) -> str:
        return " ".join(text.split("\n"))

    return "\n".join(f"%0 Journal Article\n%T {on(p.title)}\n%X {on(p.abstract)}\n" for p in papers)


def as_list_of_papers(papers: Sequence[Paper]) -> str:
    return "\n\n".join(
        f"{_in_markdown(p.title)} (arXiv:2401.{n:05})\n{' '.join(p.abstract.split())}"
        for n, p in enumerate(papers, 1)
    )


FORMATS: dict[str, tuple[str, Callable[[Sequence[Paper]], str], re.Pattern[str] | None]] = {
    "BibTeX": ("bibtex", as_bibtex, re.compile("[{}\ud800-\udfff]")),
    "RIS": ("ris", as_ris, LONE),
    "EndNote": ("tagged", as_endnote, LONE),
    "JSON": ("records", as_json, None),
    "JSON Lines": ("records", as_lines, LONE),
    "YAML": ("records", as_yaml, NOT_IN_YAML),
    "CSV": ("table", as_table, LONE),
    "text": ("text_capture", as_text, LONE),
    "daily papers": ("daily_papers", as_daily_papers, None),
    "saved page": ("hf_page", as_saved_page, None),
    "arXiv lines": ("arxiv_lines", as_arxiv_lines, None),
    "Semantic Scholar": ("semantic_scholar", as_semantic_scholar, None),
    "JSON Feed": ("json_feed", as_json_feed, None),
    "RSS": ("web_feed", as_rss, NOT_IN_XML),
    "arXiv's feed": ("arxiv_feed", as_arxiv_feed, NOT_IN_XML),
    "arXiv's old feed": ("arxiv_rdf", as_old_arxiv_feed, NOT_IN_XML),
    "arXiv's mail": ("arxiv_mail", as_arxiv_mail, LONE),
    "arXiv's page": ("arxiv_page", as_arxiv_page, LONE),
    "Hugging Face's page of a paper": ("hf_paper", as_hf_paper, LONE),
    "Hugging Face's list of papers": ("hf_list", as_hf_list, LONE),
    "Markdown": ("markdown_digest", as_markdown, LONE),
    "Markdown list": ("markdown_digest", as_markdown_list, LONE),
    "Markdown table": ("markdown_digest", as_markdown_table, LONE),
    "labelled text": ("labelled_text", as_labelled_text, LONE),
    "list of papers": ("paper_lines", as_list_of_papers, NOT_IN_A_LINE),
    "arXiv's answer": ("arxiv_api", as_arxiv_answer, NOT_IN_XML),
}
"""Name of the source, how a file of it is written, what it cannot hold."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_texts_it_was_given(name: str) -> None:
    source, write, forbidden = FORMATS[name]
    texts = [forbidden.sub("", text) if forbidden else text for text in CASES]
    papers = [Paper(f"A Paper on {text} and More", f"We study {text} at length.") for text in texts]
    (capture,) = read_capture(SourceFile("2025-03-12.x", write(papers)), Report())
    assert capture.source == source
    for paper, found in zip(papers, capture.items, strict=True):
        assert bare(found.title) == bare(paper.title), paper
        assert bare(found.abstract) == bare(paper.abstract), paper


def read_one(**fields: object) -> RawPaper:
    record = {"title": "A Title", "abstract": "It is."} | fields
    (capture,) = read_capture(SourceFile("2025-03-12.json", json.dumps([record])), Report())
    return capture.items[0]


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ('https://x.org/a?<b>"c"|d', "https://x.org/a?%3Cb%3E%22c%22%7Cd"),
        ("https://github.com\\@evil.example/", None),
        ("https://github.com@evil.example/", None),
        ("https://user:word@x.org/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//x.org/a", None),
        ("https://x.org/\u202ea", None),
        ("https://x.org/a\nb", None),
    ],
)
def test_an_address_of_a_record_leads_where_it_says_or_nowhere(url: str, read: str | None) -> None:
    found = read_one(links={"project": url}, code=url, license=url)
    assert [link.url for link in found.links] == ([read] if read else [])
    assert found.license == read


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://c.example.com/?u=https%3A%2F%2Farxiv.org%2Fabs%2F2401.12340&id=me", "arxiv"),
        ("https://c.example.com/CL0/https:%2F%2Fgithub.com%2Fa%2Fb/1/0100-me/xyz=1", "github"),
        ("https://urldefense.com/v3/__https://doi.org/10.1000/x__;!!me", "doi"),
        ("https://x.org/login?next=https%3A%2F%2Fx.org%2Fa", ""),
        ("https://c.example.com/?u=https%3A%2F%2Fa%40arxiv.org%2Fabs%2F2401.12340", ""),
        ("https://c.example.com/?u=https%3A%2F%2Farxiv.org.evil.org%2Fabs%2F1", ""),
        ("https://c.example.com/?u=javascript%3Aalert(1)%2F%2Farxiv.org%2Fabs%2F1", ""),
    ],
)
def test_an_address_that_counts_its_readers_gives_way_to_the_one_of_a_paper(
    url: str, leads: str
) -> None:
    known = {
        "arxiv": "https://arxiv.org/abs/2401.12340",
        "github": "https://github.com/a/b",
        "doi": "https://doi.org/10.1000/x",
    }
    (link,) = read_one(url=url).links
    assert link.url == known.get(leads, url)


def test_what_is_no_doi_is_no_link() -> None:
    assert read_one(doi="<script>", url="").links == ()
    (link,) = read_one(doi="doi:10.1000/x<1>").links
    assert link.url == "https://doi.org/10.1000/x%3C1%3E"


def test_a_class_is_a_word_wherever_it_stands() -> None:
    assert read_one(primary="<b>cs.LG</b>", categories=["cs.LG", "a b", "x\u202e"]).categories == (
        "cs.LG",
    )


def test_every_source_is_among_them() -> None:
    assert {source for source, _, _ in FORMATS.values()} == {source.NAME for source in SOURCES}
