"""Prose: what reading mends, and that whatever it holds stays text wherever it is rendered."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unicodedata import category, normalize
from xml.etree import ElementTree as ET

import jinja2
import markdown
import pyromark
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import texmath
from generator.model import Prose, Span
from generator.prose import (
    escape_html,
    escape_markdown,
    parse_prose,
    plain_opening,
    split_opening,
    to_headline,
    to_html,
    to_markdown,
    to_plain,
)
from generator.texmath import to_mathml

from .mathml import MATHML, MATHML_ATTRIBUTES

CASES = sorted((Path(__file__).parent / "cases" / "prose").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    prose = parse_prose(case["input"])
    assert prose.source == case["input"]
    assert to_plain(prose) == case["plain"]
    if "html" in case:
        assert to_html(prose) == case["html"]
    if "markdown" in case:
        assert to_markdown(prose) == case["markdown"]
    if "links" in case:
        assert [span.url for span in prose.spans if span.kind == "link"] == case["links"]


def test_halves_of_a_surrogate_pair_join_and_single_ones_are_replaced() -> None:
    assert to_plain(parse_prose("\ud83d\ude00 \ud83d \ude00\uffff")) == "😀 � ��"


def test_nothing_gives_no_spans() -> None:
    assert parse_prose("") == Prose(())


# What follows holds for every string. The pieces are what some reader, of ours or another's, gives
# a meaning to; between them stands anything at all, single surrogates and controls included.

PIECES = [
    *"a b e 1 é ı ☃ 中 . , : ; ! ? - _ * + = ~ ^ ` ' \" | # $ % & @ / \\ < > ( ) [ ] { }".split(),
    *"`` '' -- --- ~~ == ++ ** __ ^^ $$ \\( \\) \\[ \\% \\& \\_ \\{ \\} \\\\ \\, \\@".split(),
    *"\\' \\\" \\'e \\\"{\\i} \\v{s} \\o {\\o} \\ss \\emph{ \\texttt{ {\\em \\eg".split(),
    *"\\footnote{ \\textless \\textsuperscript{2} \\href{ \\url{ }{ http:// https:// https://x.org".split(),
    *"https://x.org/a_(b) https://x.org/'\" x.org/a github.com/a/b www.a.bc javascript:".split(),
    *"&amp; &lt; &#42; &copy <b> </p> </div> <!-- --> <a <? ]]> {{ }} {% %} {# #}".split(),
    *":smile: :a: (c) (tm) +/- -> <-- =/= 1/2 1st --8<-- ;--8<-- {++ ++} {-- {>> <<}".split(),
    *"{: #a .b } ??? !!! [^1] [^1]: *[HTML]: [TOC] \\|---| ::: /// - 1. 1) > ``` ~~~".split(),
    *"=== klzzwxh:0 wzxhzdk:0 ![ ]( [a](b) [a]: <https://x.org> a@b.cd".split(),
    *"$x$ $\\frac{a}{b}$ \\(x_1\\) x_1 ^2 \\alpha mathcal{O}( left( right)".split(),
    *"100times sqrt{ $".split(),
    *"\\cite{a} \\ours{} \\tool {Word} *word* %Word".split(),
    *(" ", "  ", "\n", "\n\n", "\n    ", "\t", "\r", "\x00", "\x02", "\x85", "\u2028", "\xa0"),
]
ANY = st.text(st.characters(exclude_categories=()), max_size=3)
NASTY = st.lists(st.sampled_from(PIECES) | ANY, max_size=14).map("".join)

every = settings(max_examples=120)

EXTENSIONS = (
    "toc attr_list md_in_html tables admonition footnotes abbr def_list sane_lists smarty "
    "pymdownx.superfences pymdownx.emoji pymdownx.smartsymbols pymdownx.tilde pymdownx.caret "
    "pymdownx.mark pymdownx.keys pymdownx.snippets pymdownx.arithmatex pymdownx.magiclink "
    "pymdownx.critic pymdownx.betterem pymdownx.details pymdownx.tasklist pymdownx.blocks.html"
).split()
PYTHON_MARKDOWN = markdown.Markdown(extensions=EXTENSIONS)
PYROMARK = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_SMART_PUNCTUATION
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_MATH
)
MARKDOWN_IT = MarkdownIt("js-default", {"html": True, "typographer": True})


class Dom(HTMLParser):
    """The text, without that of formulas, and the tags a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.formulas = 0
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        if not self.formulas:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.formulas -= tag == "math"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.formulas += tag == "math"
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    handle_pi = unknown_decl = handle_comment


def beside_mathml(prose: Prose) -> str:
    """What a page shows of a text outside its formulas."""
    shown = (span.text for span in prose.spans if not (span.tex and to_mathml(span.tex)))
    return "".join(shown)


def in_a_feed(prose: Prose) -> str:
    """What a feed shows of a text; scripts of formulas may be elements there."""
    return "".join(
        Dom(texmath.to_html(span.tex)).text if span.tex else span.text for span in prose.spans
    )


@every
@given(NASTY)
def test_sources_join_to_what_was_read(raw: str) -> None:
    assert parse_prose(raw).source == raw


@every
@given(NASTY)
def test_text_is_one_tidy_line_in_nfc(raw: str) -> None:
    prose = parse_prose(raw)
    text = to_plain(prose)
    assert text == text.strip()
    assert not re.search(r"[^\S \xa0]|[ \xa0] | \xa0", text)
    assert not {category(char) for char in text} & {"Cc", "Cs", "Zl", "Zp"}
    for span in prose.spans:
        assert span.text == normalize("NFC", span.text)


@every
@given(NASTY)
def test_reading_makes_no_active_character_that_was_not_there(raw: str) -> None:
    if "\\text" not in raw:  # \textless and the like name them
        # NFC itself turns U+1FEF into a backquote.
        assert set(to_plain(parse_prose(raw))) & set("<>&*_`|{}[]@\n") <= set(normalize("NFC", raw))


TEX = re.compile(r"[\\{}`~]|''|--|[^\S\s]")


@every
@given(NASTY)
def test_text_without_tex_is_read_the_same_the_second_time(raw: str) -> None:
    # With TeX it need not be: \{\em x\} is {\em x}, and that is x. Nor with characters that vanish:
    # what stood apart may then stand together.
    visible = all(char.isprintable() or char.isspace() for char in raw)
    if visible and not TEX.search(normalize("NFC", raw)):
        text = to_plain(parse_prose(raw))
        assert to_plain(parse_prose(text)) == text


@every
@given(NASTY)
def test_only_links_to_the_web_code_and_formulas_become_elements(raw: str) -> None:
    prose = parse_prose(raw)
    for html, shown, allowed in (
        (to_html(prose), in_a_feed(prose), {"a", "code", "sub", "sup"}),
        (to_markdown(prose), beside_mathml(prose), {"a", "code", "span", *MATHML}),
        (to_headline(prose), beside_mathml(prose), {"a", "code", "span", *MATHML}),
    ):
        dom = Dom(html)
        assert dom.text == shown
        assert not dom.others
        for tag, attributes in dom.tags:
            assert tag in allowed
            if tag in MATHML:
                assert set(attributes) <= MATHML_ATTRIBUTES
            else:
                told = {"a": {"href", "rel"}, "span": {"class"}}
                assert set(attributes) <= told.get(tag, set())
            if tag == "span":
                assert attributes == {"class": "bs-tie"}
            if tag == "a":
                assert re.match(r"https?://[\w.-]+\.[A-Za-z-]", attributes["href"] or "")
                assert re.fullmatch(r"[!-~]+", attributes["href"] or "")


def test_a_formula_of_a_headline_has_a_name() -> None:
    prose = parse_prose("Sums in $O(n^2)$")
    drawn = to_mathml("O(n^2)") or ""
    assert to_headline(prose) == "Sums in " + drawn.replace("<math>", '<math aria-label="O(n²)">')
    assert to_headline(parse_prose("Sums & more")) == to_markdown(parse_prose("Sums & more"))


@pytest.mark.parametrize(
    ("raw", "tied"),
    [
        ("an ($x$, $y$)-net", ["($x$,", "$y$)-"]),
        ("for $n$-gons", ["$n$-"]),
        ("at $x$ steps", []),
        ("a self-$x$", []),
        ("$x$th of ~$y$.", ["$x$th", "~$y$."]),
        ("of$x$$y$", ["of$x$"]),
        ("$x$,$y$", ["$x$,"]),
        ("$x$/unpronounceable", ["$x$/unpronounce"]),
    ],
)
def test_a_formula_stands_in_one_line_with_what_it_touches(raw: str, tied: list[str]) -> None:
    prose = parse_prose(raw)
    for html in (to_markdown(prose), to_headline(prose)):
        shown = re.sub(r"<math.*?<annotation.*?>(.*?)</annotation>.*?</math>", r"$\1$", html)
        assert re.findall('<span class="bs-tie">(.*?)</span>', unescape(shown)) == tied


@every
@given(NASTY)
def test_html_is_well_formed_xml(raw: str) -> None:
    prose = parse_prose(raw)
    root = ET.fromstring(f"<p>{to_html(prose)}</p>")
    assert "".join(root.itertext()) == in_a_feed(prose)
    ET.fromstring(f"<p>{to_markdown(prose)}</p>")


@every
@given(NASTY)
def test_a_page_passes_every_markdown_processor_and_jinja_unchanged(raw: str) -> None:
    prose = parse_prose(raw)
    page = f"<div>\n<p>{to_markdown(prose)}</p>\n</div>"
    assert PYTHON_MARKDOWN.reset().convert(page) == page
    assert PYROMARK.html(page).strip() == page
    assert MARKDOWN_IT.render(page).strip() == page
    assert jinja2.Template(page).render() == page  # no variables at all: nothing to autoescape
    assert Dom(page).text.strip("\n") == beside_mathml(prose)


@every
@given(NASTY)
def test_even_in_running_text_plain_markdown_finds_nothing_to_do(raw: str) -> None:
    # Not how we write pages: the second line of defence.
    prose = parse_prose(raw)
    line = f"x {to_markdown(prose)} x"
    for html in (
        markdown.markdown(line),
        pyromark.html(line),
        MarkdownIt("commonmark").render(line),
    ):
        dom = Dom(html)
        assert dom.text.strip("\n") == f"x {beside_mathml(prose)} x"
        assert {tag for tag, _ in dom.tags} <= {"p", "a", "code", "span", *MATHML}


@every
@given(NASTY)
def test_escaping_is_safe_for_any_string_in_content_and_attributes(raw: str) -> None:
    for escape in (escape_html, escape_markdown):
        escaped = escape(raw)
        assert not re.search(r"[\n\r\x00-\x08<>\"']", escaped)
        for quote in "\"'":
            (tag, attributes), *more = Dom(f"<p title={quote}{escaped}{quote}>{escaped}</p>").tags
            assert (tag, set(attributes), more) == ("p", {"title"}, [])
        assert ET.fromstring(f"<p a='{escaped}'>{escaped}</p>").get("a") is not None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "", None])
def test_no_span_whoever_made_it_links_anywhere_but_the_web(url: str | None) -> None:
    prose = Prose((Span("link", "x", "x", url=url),))
    assert to_html(prose) == to_markdown(prose) == "x"


REPEATED = [
    *"{ } $ \\ ` `` ' '' ( [ ~ a~1 -- a-- \\' \\'{ {\\ {\\em \\em{ \\textbf{ {{}} - . ,".split(),
    *"http:// https://x.org https://x.org/( https://x.org/(/ https://x.org{ \\href{ \\url{".split(),
    *"\\href{a.bc}{ \\texttt{ \\texttt{a} \\textcolor{ github.com/ www.a- a.b a@".split(),
    *"\\o \\v{ \\{ '_ A. $x$ $x_".split(),
    *"x_1 mathcal{ left( 1times \\cite \\cite{a} {A} *a \\ours [1]".split(),
    *("\x00", "\n", "\ufffc", " ", "a ", "`a ", "`a' ", "A. ", "https: //", "\\o ", "\n."),
]


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_length_alone(piece: str) -> None:
    before = time.process_time()
    for raw in (piece * 8_000, "https://x.org/" + piece * 1_000 + "}" * 1_000):
        prose = parse_prose(raw)
        assert prose.source == raw
        assert len(to_markdown(prose)) >= len(to_plain(prose))
        assert split_opening(prose)
    # Half a second at most; a minute where a loop goes through the text for each of them.
    assert time.process_time() - before < 5


def test_opening_takes_whole_sentences_up_to_the_limit() -> None:
    text = "One is here. Two is here. Three is here. Four."
    opening, rest = split_opening(parse_prose(text), 26)
    assert to_plain(opening) == "One is here. Two is here."
    assert to_plain(rest) == " Three is here. Four."
    assert split_opening(parse_prose(text)) == (parse_prose(text), Prose(()))


@pytest.mark.parametrize(
    "first",
    [
        "Work, e.g. Chen et al. (2020) or J. Smith, vs. Fig. 3, gains 3.5 approx. In a day.",
        "See https://x.org/a.B or \\href{https://x.org}{Our page. Here} at e3.5.",
        "Is it “Why?” or “Why not!”, iCaRL etc. differ, cf. Eq. 2!",
        "(It was “so.”)",
        "So it is…",
    ],
)
@pytest.mark.parametrize("second", ["We do.", "“We” do.", "3 do.", "[2] does.", "\\emph{We} do."])
def test_opening_knows_where_a_sentence_ends(first: str, second: str) -> None:
    whole = to_plain(parse_prose(first))
    opening, rest = split_opening(parse_prose(f"{first} {second}"), len(whole))
    assert to_plain(opening) == whole
    assert to_plain(rest) == " " + to_plain(parse_prose(second))


def test_opening_cuts_a_far_too_long_sentence_between_words() -> None:
    text = "word " * 30 + "end. More."
    opening, rest = split_opening(parse_prose(text), 52)
    assert to_plain(opening) == " ".join(["word"] * 10)
    assert to_plain(rest) == " " + "word " * 20 + "end. More."


def test_opening_never_cuts_a_link_nor_a_single_word() -> None:
    link = parse_prose("\\href{https://x.org}{" + "so many words " * 10 + "} end")
    opening, rest = split_opening(link, 40)
    assert (opening.spans, to_plain(rest)) == (link.spans[:1], " end")
    word = parse_prose("x" * 1000)
    assert split_opening(word, 40) == (word, Prose(()))


@every
@given(NASTY, st.integers(1, 40))
def test_opening_and_rest_are_the_whole(raw: str, limit: int) -> None:
    prose = parse_prose(raw)
    opening, rest = split_opening(prose, limit)
    assert to_plain(opening) + to_plain(rest) == to_plain(prose)
    assert opening.source + rest.source == raw
    assert plain_opening(prose, limit) == to_plain(opening)
    assert bool(to_plain(opening)) == bool(to_plain(prose))
    links = [span for span in prose.spans if span.kind != "text"]
    assert [span for span in opening.spans + rest.spans if span.kind != "text"] == links


def records(shared: Path) -> Iterator[dict[str, str]]:
    """Title and abstract of every paper of the captures, by title."""
    for path in sorted((shared / "captures").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        for title, abstract in zip(lines[5::2], lines[6::2], strict=True):
            yield {"title": title, "abstract": abstract}


def gold(shared: Path, name: str) -> list[tuple[dict[str, Any], str]]:
    """The entries of a reference file, each with the text it is about."""
    papers = {paper["title"]: paper for paper in reversed(list(records(shared)))}
    entries = json.loads((shared / "gold" / name).read_text(encoding="utf-8"))
    return [(entry, papers[entry["title"]][entry["field"]]) for entry in entries]


@pytest.mark.shared
def test_text_mode_tex_quotes_and_addresses_read_as_labelled(shared: Path) -> None:
    wrong = []
    for entry, raw in gold(shared, "repair.json"):
        # Mathematics is measured, with the rest, by `benchmarks/text.py`.
        if entry["kind"] in ("math", "other"):
            continue
        prose = parse_prose(raw, entry["title"])
        plain = to_plain(prose).replace("\xa0", " ")
        start = raw.index(entry["damaged"])
        before = to_plain(parse_prose(raw[:start]))[-8:]
        readings = [entry["reader"], *entry.get("also_right", [])]
        urls = [span.url for span in prose.spans if span.kind == "link"]
        right = any(f"{before.rstrip()} {r}" in plain or before + r in plain for r in readings)
        if not right or entry.get("href") not in [None, *urls]:
            wrong.append(entry["damaged"])
    assert not wrong


@pytest.mark.shared
def test_traps_stay_as_they_are(shared: Path) -> None:
    for entry, raw in gold(shared, "traps.json"):
        assert entry["text"] in to_plain(parse_prose(raw))
        assert to_plain(parse_prose(entry["text"])) == entry["text"]


@pytest.mark.shared
def test_captures_read_the_same_the_second_time(shared: Path) -> None:
    for paper in records(shared):
        for raw in paper.values():
            text = to_plain(parse_prose(raw))
            assert to_plain(parse_prose(text)) == text
