"""Formulas as MathML, as plain text and as HTML."""

from __future__ import annotations

import re
import time
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.texmath import NAMES, parse, to_html, to_mathml, to_plain

FORMULAS = [
    r"O(1/\epsilon^4)",
    r"\left(dB_L\right)^{\max\{p \log(1/ \epsilon)\}}",
    r"\sqrt[3]{x}",
    r"a < b \& c",
    r"\frac{\partial f}{\partial x}",
    r"x_{i,j}^{*}",
    r"\mathbb{R}^{d\times n}",
    r"\text{a b}_c",
    r"50\%",
    r"\begin{cases}a & b\\c&d\end{cases}",
    r"\hat{\theta}",
    r"\widetilde{\mathcal{O}}(n)",
    "f'_i",
    r"\ours",
    r"\langle x, y\rangle",
    r"\{0,1\}^n",
    r"\|x\|_2",
    "2^{[a](b)}",
    "x*y*z",
    "a_b c{}",
    r"\not= b",
    r"\underbrace{a+b}_{\text{sum}} + \overbrace{c}^n",
]
sources = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "\\frac",
                "{",
                "}",
                "x",
                "_",
                "^",
                "\\left(",
                "\\right)",
                "\\alpha",
                "&",
                "\\\\",
                "\\begin{cases}",
                "\\end{cases}",
                "\\sqrt",
                "[",
                "]",
                "'",
                "\\text{a}",
                "\\not",
                "12",
                " ",
                "$",
                "\\hat",
                "\\mathbb{R}",
                "<",
                "*",
            ]
        ),
        max_size=12,
    ).map("".join),
)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"O(1/\epsilon^4)", "O(1/ε⁴)"),
        (r"\ell_0", "ℓ₀"),
        (r"512\times512", "512×512"),
        (r"C_{\Phi\circ \Psi} > C_\Psi", "C_(Φ∘Ψ) > C_Ψ"),
        (r"\widetilde{\mathcal{O}}(\sqrt{\mathcal{C}_\Phi/m})", "Õ(√(C_Φ/m))"),
        (r"(1/\sqrt m + 1/\sqrt n )", "(1/√m + 1/√n)"),
        (r"XQK^\top X^\top", "XQKᵀXᵀ"),
        (r"\gamma \to \infty", "γ → ∞"),
        (r"\text{AV}^2\text{A}", "AV²A"),
        (r"90^{\circ}", "90°"),
        (r"\sum_{i=1}^n f(x_i), x_{\sum_i y}", "∑ᵢ₌₁ⁿ f(xᵢ), x_(∑ᵢy)"),
        (r"n\log^2 t, \log_2{n^2}", "n log² t, log₂ n²"),
        (r"P \neq", "P ≠"),
        (r"X \perp\!\!\!\perp Y, X \not\!\perp\!\perp Y", "X ⟂⟂ Y, X ⟂̸⟂ Y"),
        (r"X \indep Y \mid Z \perp W", "X ⟂⟂ Y ∣ Z ⟂ W"),
        (r"X_n\xrightarrow{p}\mu, A \leq_p B, X\xrightarrow{}Y", "Xₙ →ᵖ μ, A ≤ₚ B, X → Y"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{1}{2}J(X)", "(1/2)J(X)"),
        (r"\frac12 \log n, (a+b) \max x", "(1/2) log n, (a+b) max x"),
        (r"\frac{a}{b} + c", "a/b + c"),
        (r"\frac{\partial u}{\partial t}", "∂u/∂t"),
        (r"\nu\frac{\partial^2 u}{\partial x^2}", "ν∂²u/∂x²"),
        (r"\frac{d}{dt}, \frac{dx}{dt}, \frac{a}{dt}, \frac{{}}{dt}", "d/dt, dx/dt, a/(dt), /(dt)"),
        (r"\frac{\frac{a}{b}}{c} + \inf_x\int f", "(a/b)/c + infₓ ∫f"),
        (r"\mathcal R(v):=1", "R(v) := 1"),
        (r"4 \pmod 6", "4 (mod 6)"),
        (r"x_{t-1}", "xₜ₋₁"),
        (r"n \log n", "n log n"),
        (r"\ours{}", "ours"),
        (r"\begin{cases}\left|a\right| & b\\c & d\end{cases}", "{|a|, b; c, d"),
        (r"\begin{aligned}a &= b + c \\ d &\leq e\end{aligned}", "a = b + c; d ≤ e"),
        (r"\begin{cases}a & b \\ c & \\ \end{cases}", "{a, b; c,"),
        (r"\operatorname{tr}A + \operatorname{Var}(x)", "tr A + Var(x)"),
        (r"\operatorname*{arg\,min}_x f(x)", "arg minₓ f(x)"),
        (r"{n \choose k} + {a+b \over c} - {1 \over 2}", "C(n, k) + (a+b)/c − 1/2"),
        (r"\begin{cases}1 \over 2 & x\end{cases}", "{1/2, x"),
        (r"a \unicode{x2022} b\unicode{8226}c\unicode{32}d", "a•b•c d"),
    ],
)
def test_plain_text_follows_the_readers_conventions(tex: str, plain: str) -> None:
    assert to_plain(tex) == plain


def test_html_has_elements_only_where_unicode_has_no_sign() -> None:
    assert to_html(r"C_\Phi^2 < x_1") == "C<sub>Φ</sub>² &lt; x₁"


@pytest.mark.parametrize("number", ["xd800", "0", "x1", "x202e", "xffff", "x110000", "9" * 5000])
def test_a_number_that_is_no_sign_is_shown_as_it_is_written(number: str) -> None:
    tex = rf"a\unicode{{{number}}}"
    assert to_plain(tex) == to_html(tex) == f"aunicode{number}"
    assert to_mathml(tex) is None


@given(sources)
def test_no_source_stops_a_renderer(tex: str) -> None:
    to_plain(tex)
    html = to_html(tex)
    assert not re.search(r"<(?!/?su[bp]>)", html)
    made = to_mathml(tex)
    if made is not None:
        ElementTree.fromstring(made)


def test_no_depth_stops_a_renderer() -> None:
    for name in sorted(NAMES | {"mb", "norm", "ce", "ours"}):
        for tex in (f"\\{name} " * 400, f"\\{name}{{" * 400 + "}" * 400):
            to_mathml(tex)
            to_html(tex)
    to_mathml("\\left(" * 400 + "\\right)^2" * 400)
    to_mathml(("\\big(" * 30 + "{") * 30 + ("}" + "\\big)^2" * 30) * 30)
    assert to_mathml("\\hat" * 400 + " x") is None
    assert to_plain("\\hat" * 400 + " x") == "hat" * 400 + "x"


@pytest.mark.parametrize("unit", [r"\text{a}", r"\SI{1}{m}", r"\begin{cases}a\end{cases}"])
def test_a_group_costs_no_more_the_more_follows(unit: str) -> None:
    before = time.process_time()
    assert parse(unit * 100_000) is not None
    assert time.process_time() - before < 20  # minutes where the time is quadratic


@given(sources)
def test_plain_text_holds_no_markup_that_the_source_lacked(tex: str) -> None:
    plain = to_plain(tex)
    assert not re.search(r"\\[A-Za-z]", plain) or "\\\\" in tex


def canonical(html: str) -> bytes:
    """The DOM, whatever entities it was written with."""
    return ElementTree.tostring(ElementTree.fromstring(html.strip()))


@pytest.mark.parametrize("tex", FORMULAS)
def test_mathml_passes_both_markdowns_unharmed(tex: str) -> None:
    made = to_mathml(tex)
    assert made is not None
    block = f"<p>Here {made} it is.</p>"
    wanted = ElementTree.tostring(ElementTree.fromstring(block))
    page = f"Before\n\n{block}\n\nAfter *that*\n"
    for html in (
        markdown.markdown(page, extensions=["extra", "md_in_html"]),
        MarkdownIt("commonmark").render(page),
    ):
        assert made in html
    # In a line of its own CommonMark decodes the entities: the DOM is the same.
    inline = MarkdownIt("commonmark", {"typographer": True}).render(f"Inline {made} too.")
    assert canonical(inline) == canonical(f"<p>Inline {made} too.</p>")
    block_out = re.search(r"<p>Here .*?</p>", markdown.markdown(page), re.DOTALL)
    assert block_out is not None
    assert ElementTree.tostring(ElementTree.fromstring(block_out[0])) == wanted


@pytest.mark.parametrize("tex", FORMULAS)
def test_mathml_holds_no_raw_sign_that_markdown_or_jinja_knows(tex: str) -> None:
    made = to_mathml(tex)
    assert made is not None
    between = re.sub(r"<[^<>]*>|&#\d+;", "", made)
    assert re.fullmatch(r"[A-Za-z0-9 ]*", between)


def test_a_script_behind_a_bracket_is_over_all_of_it() -> None:
    made = to_mathml(r"\left(dB\right)^2") or ""
    assert "<msup><mrow><mo" in made


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [
        ("aligned", ' class="aligned" columnalign="right left"'),
        ("split", ' class="aligned" columnalign="right left"'),
        ("cases", ' class="cases" columnalign="left"'),
        ("pmatrix", ""),
    ],
)
def test_formulas_below_each_other_meet_at_their_relation(kind: str, attributes: str) -> None:
    drawn = to_mathml(rf"\begin{{{kind}}}a &= b \\ cd &= e\end{{{kind}}}")
    assert drawn is not None
    assert f"<mtable{attributes}>" in drawn


def test_mathml_carries_its_tex() -> None:
    root = ElementTree.fromstring(to_mathml(r"\epsilon_1 < 2") or "")
    annotation = root.find(".//annotation")
    assert annotation is not None
    assert annotation.text == r"\epsilon_1 < 2"
    assert annotation.get("encoding") == "application/x-tex"


def test_what_cannot_be_read_has_no_mathml() -> None:
    assert to_mathml("x_{") is None
    assert to_mathml(r"\frac{a}") is None
    assert to_mathml(r"\begin{cases}a}b\end{cases}") is None


def test_the_label_of_a_brace_is_no_subscript() -> None:
    drawn = to_mathml(r"\underbrace{a}_{\text{sum}}") or ""
    brace = '<munder><mi>a</mi><mo stretchy="true">&#9183;</mo></munder>'
    assert f"<munder>{brace}<mi>sum</mi></munder>" in drawn
    assert to_plain(r"\underbrace{a+b}_{\text{sum}}c") == "a+bc"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\norm{x}_2", "‖x‖₂"),
        (r"\abs{x}", "|x|"),
        (r"\ket{\psi}", "|ψ⟩"),
        (r"\braket{\phi|\psi}", "⟨φ|ψ⟩"),
        (r"\set{x_i}", "{xᵢ}"),
        (r"\poly{n}", "poly(n)"),
        (r"\vect{x}", "x"),
        (r"\eps", "eps"),
        (r"\ours", "ours"),
    ],
)
def test_a_macro_that_no_file_defines_is_read_as_most_authors_mean_it(
    source: str, shown: str
) -> None:
    assert to_plain(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\sum_{\substack{i<j\\k}} x", "∑_(i<j, k) x"),
        (r"\mathclap{x}", "x"),
        (r"\scalebox{0.8}{x}", "x"),
        (r"\ce{H2O}", "H₂O"),
        (r"\ce{CO2 -> O2}", "CO₂ → O₂"),
        (r"\SI{10}{\meter\per\second}", "10\u00a0m/s"),
        (r"\num{1.5e-3}", "1.5×10⁻³"),
        (r"\unit{\milli\watt\per\cm\squared}", "mW/cm²"),
    ],
)
def test_commands_of_common_packages_are_read(source: str, shown: str) -> None:
    assert to_plain(source) == shown
