"""Finds the formulas of a string, and what dollars around other things meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mathtext import find_copied, find_intact, find_math
from ..model import Span
from ..texmath import to_plain
from .characters import MASK, tidy
from .edits import Edit
from .quantities import find_quantities
from .textmode import FACES, braces

_TYPED = re.compile(r"\\texttt\s?\{[^{}$]*\}")
_CODE = re.compile(r"`(?<![`\w'].)(?=[^\s`'])[^`\n$\\]{1,80}(?<=\S)`(?![`\w'])")  # of Markdown
_FOOTNOTE = re.compile(r"\[\^\w{1,9}\]")  # of Markdown
_ENCLOSED = re.compile(rf"\$\{{?(?=\s*{MASK})(\s*){MASK}+(\s*)\}}?\$")
_INTACT = ("$", "\\(", "\\[")
_WORDS = re.compile(r"\$(?<![\w$\\]\$)([A-Za-z][A-Za-z -]{1,60}[A-Za-z])\$(?![\w$])")
_FACE = re.compile(
    rf"\\(?:{'|'.join(sorted(FACES, key=len, reverse=True))})\s?(?=\{{)"
    r"|\{\\(?:em|it|bf|tt|sc|sl|sf|rm)\b\s?"
)


def find_formulas(text: str) -> Iterator[tuple[int, Span]]:
    r"""Every formula, intact or damaged, in order; not what stands in `\texttt`, between
    backquotes on both sides, or in a quantity.

    >>> [(at, span.text, span.tex) for at, span in find_formulas("an O(varepsilon^{-2}) rate")]
    [(3, 'O(ε⁻²)', 'O(\\varepsilon^{-2})')]
    """
    typed = [match.span() for match in _TYPED.finditer(text)] if "\\texttt" in text else []
    if "`" in text:
        typed += [match.span() for match in _CODE.finditer(text)]
    if "\\" in text:
        typed += [(start, end) for start, end, _ in find_quantities(text)]
    for found in find_math(_without_faces(text)):
        source = text[found.start : found.end]
        if _FOOTNOTE.match(text, found.start - (source[0] == "^")):
            continue
        intact = source.startswith(_INTACT)
        if not intact and any(start < found.end and found.start < end for start, end in typed):
            continue
        tex = tidy(found.tex).strip()
        shown = tidy(to_plain(tex)).strip()
        if shown and tex and MASK not in source:
            yield found.start, Span("math", source, shown, tex=tex, because=found.because)


def _without_faces(text: str) -> str:
    r"""The text with the commands for faces masked, but in formulas, where they may stand.

    Their backslash proves that they stood outside of dollars; a brace after a name would else be
    evidence of a formula.

    >>> _without_faces(r"\emph{in} {\it on} $\text{b}$").replace(MASK, "-")
    '------in- -----on- $\\text{b}$'
    """
    if "\\" not in text:
        return text
    faces = list(_FACE.finditer(text))
    if not faces:
        return text
    inside = iter([*sorted([*find_intact(text), *find_copied(text)]), None])
    formula = next(inside)
    pairs = braces(text)
    chars = list(text)
    for face in faces:
        start, end = face.span()
        while formula and formula.end <= start:
            formula = next(inside)
        opened = start if text[start] == "{" else end
        if opened not in pairs or (formula and formula.start < start):
            continue
        chars[start:end] = MASK * (end - start)
        chars[opened] = chars[pairs[opened]] = MASK
    return "".join(chars)


def dollars(text: str) -> Iterator[Edit]:
    r"""No dollars around a link, code or words: `$\href{...}{...}$` is no formula.

    >>> from .edits import show
    >>> show(dollars, "see $\ufffc\ufffc$ for $5") == "see \ufffc\ufffc for $5"
    True
    """
    if "$" not in text:
        return
    for match in _WORDS.finditer(text):
        yield Edit(match.start(), match.start(1), "")
        yield Edit(match.end(1), match.end(), "")
    if MASK in text:
        for match in _ENCLOSED.finditer(text):
            yield Edit(match.start(), match.end(1), "")
            yield Edit(match.start(2), match.end(), "")
