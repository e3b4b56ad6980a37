"""Digests for property tests: files of every format, of pieces that some reader takes for more.

`digests` gives a folder as names and bytes: one to three files, each in the shape of a source, with
what people and programs do to such files: odd types, missing names, a cut, a line twice, another
line end.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from generator.sources.schema import NAMES

LATEX = (
    "O(varepsilon^{-2})", "100times", "$x^2$", "$\\frac{a}{b}$", "$\\frac{a", "$", "$$",
    "\\(x_1\\)", "\\[", "\\]", "1/epsilon^4", "Oleft(left(dB_Lright)^{max{p}}right)",
    "mathcal{O}(n)", "{ell_2}", "\\emph{", "\\cite{a}", "\\ours{}", "\\'e", "\\texttt{a\\_b}",
    "\\href{https://x.org}{x}", "$\\text{<b>a</b>}$", "$\\begin{cases}a&b\\\\c\\end{cases}$",
    "\\u", '\\"{\\i}', "\\v{s}", "``a''", "---", "~", "%", "\\%", "{{{{{{{{", "}}}}}}}}", "^^^^",
    "____", "\\left(", "\\sqrt[3]{",
)  # fmt: skip
MARKUP = (
    "<script class=evil>alert(1)</script>", "</p></div></article><h1 class=evil>out</h1>",
    "<img class=evil src=x onerror=alert(1)>", "<svg class=evil onload=alert(1)>", "]]>",
    "</title><base href=//evil.example>", '" onmouseover="alert(1)', "' onfocus='alert(1)",
    "<!-- ", " -->", "<![CDATA[", "<?php ?>", "&lt;b&gt;", "&#60;i&#62;", "&amp;amp;",
    "&#x110000;", "&nbsp;", "&", "<", ">", "<a href=javascript:alert(1)>x</a>", "<b",
    "a<b and c>d", "<sub>2</sub>", "<annotation-xml><style>", "</math>", "</textarea>",
    "</script>", "<!ENTITY a 'b'>", "&a;",
)  # fmt: skip
MARKDOWN = (
    "[link](javascript:alert(1))", "![image](https://evil.example/x.png)",
    "[a]: https://evil.example", "[^1]: note", "[^1]", "*a*", "__b__", "~~c~~", "==d==", "++e++",
    "^^f^^", "`code`", "```", "~~~", "# heading", "> quote", "- item", "1. first", "!!! note",
    "??? more", "=== tab", "::: module", "| a | b |", "|---|---|",
    "{: #id .evil onclick=alert(1) }", '--8<-- "mkdocs.yml"', ":smile:", "(c)", "+/-", "-->",
    "[TOC]", "*[HTML]: x", "wzxhzdk:0", "klzzwxh:0", "\x02wzxhzdk:0\x03",
)  # fmt: skip
DATA = (
    "---", "--- title: x", "...", "title: yes", "!!python/object/apply:os.system [ls]", "&a *a",
    ": no", "? key", "{{ config.site_name }}", "{% include 'x' %}", "{# note #}", "{{", "%}", '"',
    "'", "\\", "=1+1", "@sum", "TY  - JOUR", "@article{a,", "ER  - ", "a,b;c\td|e", "null", "NaN",
    "[", "{", "//",
)  # fmt: skip
CHARACTERS = (
    "\x00", "\x01", "\x02", "\x03", "\x08", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x9f",
    "\ud800", "\udfff", "\ufffc", "\ufffd", "\ufffe", "\n", "\r", "\t", "\x0b", "\x0c",
    "\x85", "\xa0",
    "\u2007", "\u2028", "\u2029", "\u3000", "\u200b", "\u200c", "\u200d", "\u200e", "\u202a",
    "\u202e", "\u2066", "\u2069", "\ufeff", "\xad", "\u061c", "\U000e0041", "אב", "ال", "😀",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", "中文", "e\u0301", "\u0e33", "\u1100\u1161",
    "ﬁ", "ß", "İ", "ǅ", "𝔸",
    "Å", "\U0010ffff",
)  # fmt: skip
NAMED = (
    "CON", "NUL", "aux.txt", "index", "..", ".", "../../etc/passwd", "C:\\path", "/", "-", "?",
    "!!!", "new", "Subscribe", "Mar 12", "2025-03-12", "42", "https://x.org/a_(b)",
    "https://github.com/a/b", "javascript:alert(1)", "data:text/html,<script>", "mailto:a@b.cd",
    "arXiv:2401.12340", "withdrawn",
)  # fmt: skip
LONG = ("a" * 300, "é" * 300, "a-" * 150, "\u0301" * 200, "(" * 200, "🙂" * 100, "x" * 3000)
PLAIN = (
    "A Study of Graph Neural Networks", "We propose a method.", "It is fast; code is at", "Deep",
    "learning", "transformer", "of", "the", "and",
    "Diffusion models are slow. We make them faster.",
)  # fmt: skip

pieces = st.one_of(
    *map(st.sampled_from, (PLAIN, PLAIN, LATEX, MARKUP, MARKDOWN, DATA, CHARACTERS, NAMED)),
    st.text(st.characters(exclude_categories=()), max_size=4),
)
joints = st.sampled_from([" ", " ", " ", "", "\n", "  ", ". "])
texts = st.lists(
    st.tuples(st.integers(0, 31).flatmap(lambda n: pieces if n else st.sampled_from(LONG)), joints),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(piece + joint for piece, joint in parts))
"""A title, an abstract, a name: anything that a digest shows."""

DATES = (
    "2025-03-12", "2025-03-12T23:59:60Z", "Wed, 12 Mar 2025 04:00:00 -0400", "12 March 2025",
    "Mar 12", "2025-02-30", "0000-00-00", "9999-12-31", "1e9", "1741737600", "yesterday", "", "-1",
    "٢٠٢٥-٠٣-١٢", "2025-03-12T00:00:00+99:99", "Feb 29", "2025-13-01", "1969-12-31",
)  # fmt: skip
dates = st.sampled_from(DATES)

odd: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            10**40,
            1e999,
            float("nan"),
            2401.1234,
            "",
            " ",
            "a" * 2000,
            [],
            {},
        ]
    )
    | pieces,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(pieces, inner, max_size=3),
    max_leaves=6,
)
"""A value of a type or form that no field expects."""

ids = st.sampled_from(["2401.12340", "2401.12341v2", "cs/9912001", "2401.1234", "0", "../x"])
addresses = st.sampled_from(
    ["https://github.com/a/b", "https://x.org/a?b=c&d#e", "javascript:alert(1)", "//x", "https://["]
) | texts.map("https://x.org/".__add__)
names = st.lists(texts | st.sampled_from(["Ann Lee", "Bo Wu (MIT)", "Cy, Jr."]), max_size=3)

FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "title": texts, "abstract": texts, "arxiv_id": ids, "listed_on": dates, "published": dates,
    "updated": dates, "authors": names | names.map(", ".join), "organisation": texts,
    "categories": st.sampled_from([["cs.LG"], "cs.CL stat.ML", ["<b>"]]), "keywords": names,
    "comment": texts, "url": addresses, "code": addresses, "doi": addresses | texts, "links":
    st.dictionaries(st.sampled_from(["code", "pdf", "x"]), addresses, max_size=2),
    "upvotes": st.integers(-1, 10**12), "license": addresses, "summary_ai": texts,
    "summary_ai_model": texts, "withdrawn": dates | texts, "version": st.integers(-1, 99),
}  # fmt: skip


def field(name: str) -> st.SearchStrategy[Any]:
    """A value for a field of the schema, once in eight of no sense at all."""
    sensible = FIELDS.get(name, texts)
    return st.integers(0, 7).flatmap(lambda n: odd if n == 0 else sensible)


def record(*wanted: str, **called: str) -> st.SearchStrategy[dict[str, Any]]:
    """An object with a title and these fields, each `called` as it is there, and perhaps others."""
    known = {called.get(name, name): field(name) for name in ("title", *wanted)}
    optional = {
        "x": odd,
        **{other: field(name) for name in wanted for other in NAMES.get(name, ())},
    }
    rest = {name: optional[name] for name in sorted(optional.keys() - known.keys())}
    return st.fixed_dictionaries(known, optional=rest)


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_records(papers: list[dict[str, Any]], form: int) -> str:
    """Records in one of the forms that they may have."""
    match form % 4:
        case 0:
            return written(papers)
        case 1:
            return "\n".join(map(written, papers))
        case 2:
            return written({"date": "2025-03-12", "papers": papers})
        case _:
            lines = (
                "".join(f"  {name}: {written(value)}\n" for name, value in paper.items())
                for paper in papers
            )
            return "papers:\n" + "".join(f"-{text[1:]}" for text in lines)


def as_text(papers: list[dict[str, Any]], form: int) -> str:
    header = ["new\n\nSubscribe\n\nMar 12", "Mar 12", "", "12 March 2025\n\nnew"][form % 4]
    parts = [str(paper[name]) for paper in papers for name in ("title", "abstract")]
    return "\n\n".join([header, *parts])


def as_daily(papers: list[dict[str, Any]], form: int) -> str:
    items: list[Any] = [{"paper": paper, "publishedAt": paper.get("published")} for paper in papers]
    if form % 3 == 2:
        return written({"periodType": "day", "dateString": "2025-03-12", "dailyPapers": items})
    return written(items if form % 3 else papers[0] | {"submittedOnDailyAt": "2025-03-12"})


def as_page(papers: list[dict[str, Any]], form: int) -> str:
    props = html.escape(as_daily(papers, 2))
    return f'<!doctype html><p>x</p><div data-props="{props}">' + "</div>" * (form % 2)


def as_collection(papers: list[dict[str, Any]], form: int) -> str:
    return "\n".join(written({"abs": "x", "AI": {"tldr": form}, **paper}) for paper in papers)


def as_scholar(papers: list[dict[str, Any]], form: int) -> str:
    items = [{"paperId": "a", "externalIds": {"ArXiv": "2401.12340"}, **paper} for paper in papers]
    return written({"data": items, "total": form})


def as_json_feed(papers: list[dict[str, Any]], form: int) -> str:
    version = "https://jsonfeed.org/version/1.1"
    return written({"version": version, "title": "x", "items": papers, "icon": form})


def as_table(papers: list[dict[str, Any]], form: int) -> str:
    delimiter = ",\t;|"[form % 4]
    columns = sorted({name for paper in papers for name in paper} | {"title", "abstract"})
    rows = [[str(paper.get(name, "")) for name in columns] for paper in papers]
    cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    return "\n".join(delimiter.join(row) for row in [columns, *cells])


def _xml(value: object, form: int) -> str:
    text = value if isinstance(value, str) else written(value)
    # Escaped as it should be, twice, as data, or not at all.
    escaped = html.escape(text, quote=False)
    return [escaped, html.escape(escaped), f"<![CDATA[{text}]]>", text][form % 4]


def as_rss(papers: list[dict[str, Any]], form: int) -> str:
    kind = "<arxiv:announce_type>new</arxiv:announce_type>" if form % 2 else ""
    items = "".join(
        f"<item><title>{_xml(p['title'], form)}</title><link>{_xml(p['url'], 0)}</link>{kind}"
        f"<description>{_xml(p['abstract'], form)}</description><pubDate>{p['published']}</pubDate>"
        f"<dc:creator>{_xml(p['authors'], form)}</dc:creator></item>"
        for p in papers
    )
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def as_atom(papers: list[dict[str, Any]], form: int) -> str:
    query = "<id>http://arxiv.org/api/x</id>" if form % 2 else ""
    entries = "".join(
        f"<entry><title>{_xml(p['title'], form)}</title><id>{_xml(p['url'], 0)}</id>"
        f'<summary type="html">{_xml(p["abstract"], form)}</summary><published>{p["published"]}'
        f"</published><author><name>{_xml(p['authors'], form)}</name></author></entry>"
        for p in papers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{query}<title>x</title>{entries}</feed>'


SHAPES: Mapping[
    str, tuple[st.SearchStrategy[dict[str, Any]], Callable[[list[dict[str, Any]], int], str], str]
] = {
    "records": (record("abstract", *FIELDS), as_records, "json"),
    "text": (record("abstract"), as_text, "txt"),
    "daily": (record("abstract", "published", "authors", "upvotes"), as_daily, "json"),
    "page": (record("abstract", "published", "authors", abstract="summary"), as_page, "html"),
    "collection": (record("categories", "abstract", abstract="summary"), as_collection, "jsonl"),
    "scholar": (record("abstract", "authors", "url"), as_scholar, "json"),
    "feed": (record("abstract", "published", abstract="content_html"), as_json_feed, "json"),
    "table": (record("abstract", "authors", "code"), as_table, "csv"),
    "rss": (record("abstract", "published", "authors", "url"), as_rss, "xml"),
    "atom": (record("abstract", "published", "authors", "url"), as_atom, "xml"),
}
"""For each source its records, how a file holds them, and the ending of its name."""


DATED = ("2025-03-11", "2025-03-12", "2025-03-12-evening", "2024-02-29", "<b>é 2025-03-12", "x")
"""Names of files: all but the last say which day they are of."""


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name and the bytes of a file: as a source would write it, or after an accident."""
    papers, shape, ending = draw(st.sampled_from(list(SHAPES.values())))
    text = shape(draw(st.lists(papers, min_size=1, max_size=3)), draw(st.integers(0, 11)))
    accident = draw(st.integers(0, 15))
    if accident < 3:
        place, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        between = [text[place:end] * 2, "", draw(pieces)][accident]
        text = text[:place] + between + text[end:]
    elif accident == 3:
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\u2028", "\v"])))
    encoding = "utf-16" if accident == 4 else "latin-1" if accident == 5 else "utf-8"
    errors = "surrogatepass" if accident == 6 else "replace"
    name = draw(st.sampled_from(DATED))
    return f"{name}.{ending}", text.encode(encoding, errors)


digests = st.lists(files(), min_size=1, max_size=2).map(dict)
"""The files of a digest folder."""
