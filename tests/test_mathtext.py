"""What `mathtext` finds, what it leaves alone, and that it always comes to an end."""

from __future__ import annotations

import json
import string
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.mathtext import find_intact, find_math, restore
from generator.texmath import to_plain

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases" / "mathtext").glob("*.yml"))
FRAGMENTS = [
    "alpha",
    "x_1",
    "^2",
    "{",
    "}",
    "$",
    "$x$",
    "\\(",
    "\\)",
    "mathcal{O}(",
    "(1/n)",
    "left(",
    "right)",
    "100times",
    " times ",
    "n",
    "a",
    " ",
    "\n",
    ",",
    ".",
    "in",
    "to infty",
    "sqrt m",
    "\\alpha",
    "{\\mu}",
    "epsilon",
    "the",
    "of",
    "$5",
    "=",
    "-",
    "_",
    "drightarrow",
    "frac{a}{b}",
    "max{p}",
    "|",
    "1{2}",
    "=0.5",
    "β\\betaβ",
    "nn^2",
    "\u200b",
]
pieces = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
texts = st.one_of(pieces, st.text(alphabet=string.printable + "αβ≤×−ε", max_size=60))


def reader(text: str) -> str:
    """The text with its formulas as a reader sees them."""
    parts, at = [], 0
    for span in find_math(text):
        parts += [text[at : span.start], to_plain(span.tex)]
        at = span.end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_reads_as_it_should(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    assert reader(case["text"]) == case["reader"], case["why"]


def test_a_formula_that_cannot_be_read_leaves_the_others_their_steps() -> None:
    torn = "Oleft(N+NMlogleft(frac{N log M{eta}right)}right)"
    shown = reader(f"from O left( m log log m right) to {torn} with parameter beta of it")
    assert shown.startswith("from O (m log log m) to ")
    assert shown.endswith(" with parameter β of it")


@given(texts)
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    at = 0
    for span in find_math(text):
        assert at <= span.start < span.end <= len(text)
        assert span.tex
        assert span.because
        at = span.end


@given(texts)
def test_restoring_twice_equals_restoring_once(text: str) -> None:
    once = restore(text)
    assert restore(once) == once


@given(st.lists(st.sampled_from(["the", "of", "times", "in", "max", "left", "log", "to"])))
def test_english_words_alone_are_never_mathematics(words: list[str]) -> None:
    assert find_math("a " + " ".join(words) + " thing") == ()


@given(texts)
def test_plain_text_has_no_markup_the_original_lacked(text: str) -> None:
    plain = reader(text)
    for char in "\\${}":
        assert char not in plain or char in text


def calls(text: str) -> int:
    """Python and C calls made while reading a text: a clock that is never late."""
    count = 0

    def step(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    find_math.cache_clear()
    sys.setprofile(step)
    try:
        find_math(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "$",
        "left(",
        "\\left(",
        "_",
        "x_1",
        "a{",
        "^",
        "alpha ",
        "(",
        "x_(",
        "$x ",
        "mathcal{",
        "1{",
        "1 times ",
        "x^{",
        "\\(",
        "\\alpha",
        "sqrt ",
        "mathbb ",
        "|",
        "x_1, ",
        "langle ",
        "frac{a",
        "\\(1{n}\\) ",
        "x^{a}{b",
        "β\\betaβ ",
        "n\\times nn",
        "x\u200b_ix_i",
        "nn^n ",
        "a-a^-",
    ],
)
def test_twice_the_text_costs_about_twice_the_steps(unit: str) -> None:
    find_math(unit * 8)  # tables are read once
    small, large = calls(unit * 400), calls(unit * 800)
    assert large < 2.6 * small + 2_000
    assert large < 150 * len(unit) * 800


@pytest.mark.parametrize("unit", ["\\(", "\\[ a", "\\(\\[", "\\(a$"])
def test_what_closes_a_formula_is_sought_once(unit: str) -> None:
    before = time.process_time()
    find_intact(unit * 300_000 + "\\)\\]")
    assert time.process_time() - before < 20  # minutes where the time is quadratic


def test_a_long_row_of_braces_is_no_deep_recursion() -> None:
    for unit in ("{", "(", "x_{", "\\left(", "|x", "\\frac{"):
        find_math(unit * 20_000)


@pytest.mark.shared
def test_traps_stay_as_they_are(shared: Path) -> None:
    for trap in json.loads((shared / "gold" / "traps.json").read_text("utf-8")):
        assert reader(trap["text"]) == trap["text"], trap["why"]
