"""What holds of anything that is read, whatever it is: for property tests and for the fuzzer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from xml.parsers import expat

from generator.errors import Report
from generator.model import Capture
from generator.prose import parse_prose, split_opening, to_html, to_markdown, to_plain, to_tex
from generator.prose.characters import tidy
from generator.sources import SourceFile, decode, read_capture
from generator.texmath import to_html as formula_to_html
from generator.texmath import to_mathml
from generator.texmath import to_plain as formula_to_plain

from .mathml import MATHML, MATHML_ATTRIBUTES

PAGE_ELEMENTS = MATHML | frozenset(
    "a abbr bdi bs-copy bs-keep bs-random bs-tools caption code dd details div dl dt em figcaption "
    "figure h1 h2 h3 header li nav ol p path pre section span strong summary svg table tbody td "
    "th thead tr ul".split()
)
"""What a page may be made of where texts of digests stand in it."""
PAGE_ATTRIBUTES = MATHML_ATTRIBUTES | frozenset(
    "aria-hidden aria-label aria-labelledby class d data-authors data-code data-key data-papers "
    "data-record data-seen data-topics dir height href id preserveaspectratio rel role scope title "
    "type viewbox width".split()
)
INLINE = frozenset(["p", "a", "code", "sub", "sup"])
"""Elements that we make of a text, beside those of MathML."""


def is_sound(captures: tuple[Capture, ...]) -> bool:
    """Whether what was read keeps the promises of the model."""
    return all(
        item.title.strip() and item.line > 0 and json.dumps(item.extra)
        for capture in captures
        for item in capture.items
    )


def elements(html: str) -> frozenset[str]:
    """The elements of some inline HTML that is well-formed XML, too; `ExpatError` where it is not.

    >>> sorted(elements("<b>1</b> &lt;i&gt;"))
    ['b', 'p']
    """
    found: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: found.add(name)
    parser.Parse(f"<p>{html}</p>", True)
    return frozenset(found)


def check_sources(content: bytes) -> None:
    """Any bytes are read as captures that hold what they promise, or are named."""
    text, remark = decode(content)
    if text is None:
        assert remark
        return
    report = Report()
    captures = read_capture(SourceFile("2025-03-12.txt", text), report)
    assert is_sound(captures)
    assert captures or len(report)


def check_prose(content: bytes) -> None:
    """Any text is read without loss, and what is made of it holds no elements but ours."""
    raw = content.decode("utf-8", "surrogateescape")
    prose = parse_prose(raw)
    assert prose.source == raw
    assert elements(to_html(prose)) <= INLINE
    assert elements(to_markdown(prose)) <= INLINE | MATHML | {"span"}
    assert "".join(map(to_plain, split_opening(prose, 40))) == to_plain(prose)
    to_tex(prose)


def check_formula(content: bytes) -> None:
    """Any TeX is drawn, with elements of ours alone, or is left as it is."""
    tex = tidy(content.decode("utf-8", "surrogateescape")).strip()  # as `prose` hands it over
    formula_to_plain(tex)
    assert elements(formula_to_html(tex)) <= INLINE
    assert elements(to_mathml(tex) or "") <= MATHML | {"p"}


LAWS: Mapping[str, Callable[[bytes], None]] = {
    "sources": check_sources,
    "prose": check_prose,
    "formula": check_formula,
}
