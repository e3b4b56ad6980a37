"""How a paper is cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import accumulate

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

from generator.model import Author, Link, Paper, Prose, Span
from generator.outputs.citation import bibtex
from generator.prose import parse_prose

URL = "https://example.org/papers/a/"


def paper(title: str, **facts: object) -> Paper:
    prose = parse_prose(title)
    return Paper("a", prose, prose, (date(2025, 3, 12),), (), **facts)  # type: ignore[arg-type]


def test_a_paper_known_by_its_title_alone_has_no_year_made_up() -> None:
    assert bibtex(paper("A Title"), URL) == (
        "@misc{a,\n"
        "  title = {{A Title}},\n"
        "  url = {https://example.org/papers/a/},\n"
        "  note = {Listed on 2025-03-12},\n"
        "}"
    )


def test_what_sources_know_is_cited() -> None:
    known = paper(
        "A Title",
        arxiv_id="1412.6980",
        authors=(Author("Ada Byron"), Author("Charles Babbage")),
        published=datetime(2014, 12, 22, tzinfo=UTC),
    )
    entry = bibtex(known, URL)
    assert "author = {Ada Byron and Charles Babbage}" in entry
    assert "year = {2014}" in entry
    assert "eprint = {1412.6980}" in entry
    assert "primaryclass" not in entry
    entry = bibtex(replace(known, primary="cs.LG"), URL)
    assert "  archiveprefix = {arXiv},\n  primaryclass = {cs.LG},\n" in entry
    assert "primaryclass" not in bibtex(paper("A Title", primary="cs.LG"), URL)


def test_a_doi_is_cited_unless_it_is_the_arxiv_id_again() -> None:
    doi = Link("doi", "https://doi.org/10.1000/x_y")
    assert "  doi = {10.1000/x_y},\n}" in bibtex(paper("A Title", links=(doi,)), URL)
    hidden = Link("doi", "https://doi.org/10.1002/8%3C693::AID%3E3.0")
    assert "  doi = {10.1002/8<693::AID>3.0},\n}" in bibtex(paper("A Title", links=(hidden,)), URL)
    own = Link("doi", "https://doi.org/10.48550/arXiv.1412.6980")
    entry = bibtex(paper("A Title", arxiv_id="1412.6980", links=(own,)), URL)
    assert "doi" not in entry


def test_signs_that_bibtex_knows_are_escaped() -> None:
    assert r"title = {{50\% of \{A\} \& a\_file.py}}" in bibtex(
        paper(r"50\% of \{A\} & a_file.py"), URL
    )


@pytest.mark.parametrize("text", ["A {0, 1} B", "Sets {x", "Or x}", "} to {", r"\\{", "{{}"])
def test_braces_come_in_pairs_as_bibtex_counts_them(text: str) -> None:
    prose = Prose((Span("text", text, text),))
    entry = bibtex(replace(paper("A"), title=prose, authors=(Author(text),)), URL)
    depths = [*accumulate({"{": 1, "}": -1}.get(char, 0) for char in entry)]
    assert min(depths[len("@misc{") : -1]) == 1
    assert depths[-1] == 0


def test_a_name_that_holds_what_parts_names_is_one_name() -> None:
    names = ("Research and Engineering", "others", "Ann Anderson", "and Bo Wu", "Cy Xu and")
    entry = bibtex(paper("A Title", authors=tuple(map(Author, names))), URL)
    assert (
        "author = {{Research and Engineering} and {others} and Ann Anderson"
        " and {and Bo Wu} and {Cy Xu and}}"
    ) in entry


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (r"An $O(1/\epsilon^4)$ Bound", r"An $O(1/\epsilon^4)$ Bound"),
        (r"$\mathbb{F}_2$: {A} & $\{0, 1\}$", r"$\mathbb{F}_2$: \{A\} \& $\{0, 1\}$"),
        # Signs that LaTeX's fonts lack.
        ("αDepth → ∞ – “é”", r"$\alpha$Depth $\to$ $\infty$ – “é”"),
        ("The $(0,δ)$-Polytope, $δx$", r"The $(0,\delta)$-Polytope, $\delta x$"),
        # What it might not print: a macro of the authors, half a pair, words with signs in them.
        (r"$\ours{x}$ nets", "ours(x) nets"),
        (r"$\left(x$ nets", "(x nets"),
        (r"$\text{a_b}$ nets", r"a\_b nets"),
        (r"$\coloneqq$ nets", "≔ nets"),
    ],
)  # fmt: skip
def test_a_title_is_what_latex_prints(title: str, printed: str) -> None:
    assert f"  title = {{{{{printed}}}}},\n" in bibtex(paper(title), URL)


@pytest.mark.parametrize(
    ("name", "first", "von", "last", "jr"),
    [
        ("Ada Byron", "Ada", "", "Byron", ""),
        ("Ludwig van der Berg", "Ludwig", "van der", "Berg", ""),
        ("Cy Xu, Jr.", "Cy", "", "Xu", "Jr."),
        ("Ludwig van der Berg III", "Ludwig", "van der", "Berg", "III"),
        ("Guy Van den Berg", "Guy", "Van den", "Berg", ""),
        ("Ana de Pinho Souza", "Ana de Pinho", "", "Souza", ""),
        ("Edson da Cruz Filho", "Edson", "da", "Cruz Filho", ""),
        ("Ana Cruz Filho", "Ana", "", "Cruz Filho", ""),
        ("ATLAS Collaboration", "", "", "{ATLAS Collaboration}", ""),
        ("Plato", "", "", "Plato", ""),
    ],
)
def test_bibtex_takes_a_name_apart_as_it_is_meant(
    name: str, first: str, von: str, last: str, jr: str
) -> None:
    entry = bibtex(paper("A Title", authors=(Author(name), Author("Bo Wu"))), URL)
    library = parse_string(entry, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    read, other = library.entries[0]["author"]
    parts = (read.first, read.von, read.last, read.jr)
    assert tuple(map(" ".join, parts)) == (first, von, last, jr)
    assert other.last == ["Wu"]


def test_a_group_is_one_name_and_a_suffix_is_none() -> None:
    names = ("The Gemini Team", "DeepSeek-AI", "Cy Xu, Jr.", "Ludwig van der Berg III", "Xu, Cy")
    entry = bibtex(paper("A Title", authors=tuple(map(Author, names))), URL)
    written = next(line for line in entry.splitlines() if line.startswith("  author"))
    assert written == (
        "  author = {{The Gemini Team} and DeepSeek-AI and Xu, Jr., Cy"
        " and van der Berg, III, Ludwig and Xu, Cy},"
    )
