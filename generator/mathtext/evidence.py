"""The places of a string that only mathematics explains, each with its reason.

A seed is the least that must lie inside a formula; `restore` grows it. Strong seeds need nothing
else. Weak ones (Greek names that are also English) need a neighbour that speaks for them.
"""

from __future__ import annotations

from ..texmath import symbols as tex
from .cells import Cell
from .named import BETWEEN, FACTORS, named
from .names import KEPT
from .near import Seed, cell_at, is_differential, text_at
from .scripted import script

_BRACED = frozenset(tex.FACES) | frozenset(tex.ACCENTS) | {"sqrt", "frac", "text", "textbf",
    "textit", "texttt", "textrm", "textsc", "operatorname", "max", "min"}  # fmt: skip
_INFIX = FACTORS | BETWEEN
_SIGNS = frozenset("=<>+≤≥≈")


def seeds(cells: list[Cell], intact: bool) -> list[Seed]:
    """Strong seeds in order; of a text with intact mathematics only scripts and backslashes."""
    found = (
        _seed(cells, i, intact) for i, cell in enumerate(cells) if cell.kind in ("sign", "name")
    )
    return [seed for seed in found if seed]


def _seed(cells: list[Cell], i: int, intact: bool) -> Seed | None:
    cell = cells[i]
    if cell.kept:
        if cell.text in KEPT:
            return Seed(i, i, f"the command \\{cell.text} still has its backslash")
        return None
    if cell.text in ("^", "_"):
        return script(cells, i)
    if intact:
        return None
    if cell.kind == "name":
        return named(cells, i)
    if cell.text == ":":
        return _map(cells, i)
    if cell.text == "{":
        return _brace(cells, i)
    return _thin_space(cells, i) if cell.text in ("!", ",") else None


def _brace(cells: list[Cell], i: int) -> Seed | None:
    """A brace that a command left behind."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    if after is not None and after.text in ("rm", "bf", "cal") and text_at(cells, i + 2) == " ":
        return Seed(i, i + 1, f"the switch {after.text} behind a brace")
    if before is None or after is None:
        return None
    thousands = cell_at(cells, i + 3)
    if before.kind == "number" and after.text == "," and text_at(cells, i + 2) == "}":
        if thousands is not None and thousands.kind == "number" and len(thousands.text) == 3:
            return Seed(i - 1, i + 3, "a comma of thousands in braces")
    if (after.text in _SIGNS or after.text in FACTORS) and text_at(cells, i + 2) == "}":
        behind = cell_at(cells, i + 3)
        glued = before.kind != "space" or (behind is not None and behind.kind != "space")
        if glued and (before.kind not in ("word", "sign") or before.text in ")]}|,"):
            return Seed(i, i + 2, "braces around an operator")
    if before.kind == "name" and before.text in _BRACED:
        return Seed(i - 1, i, f"{before.text} kept its brace: a command stood around it")
    if (before.kind == "name" and before.text in tex.GREEK) or before.kind in ("letter", "number"):
        plain = after.kind in ("letter", "number", "name") and not after.kept
        if before.text == "d" and is_differential(after) and text_at(cells, i + 2) == "}":
            return Seed(i - 1, i + 2, "a derivative that lost its command")
        if plain and not (
            i >= 2 and cells[i - 2].kind in ("word", "name") and before.kind == "letter"
        ):
            return Seed(i - 1, i, "a brace behind a sign: a command took two arguments")
    return None


def _thin_space(cells: list[Cell], i: int) -> Seed | None:
    r"""`k!=!2`, `K!ge!2`, `sim!5`, `3.2,times`: `\!` or `\,` beside an operator."""
    mark, before, after = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i + 1)
    if before is None or after is None or before.kind == "stop":
        return None
    if mark == "," and after.text == "|" and text_at(cells, i + 2) == ",":
        return Seed(i, i + 2, "thin spaces around a bar")
    if before.kind == "space":
        return None
    operand = after.kind in ("number", "letter", "name")
    if before.kind == "name" and before.text in _INFIX and operand:
        if mark == "!" or after.kind == "number":
            return Seed(i - 1, i + 1, f"a thin space behind {before.text}")
    if mark == "!" and after.text in _SIGNS | {":"} and text_at(cells, i + 2) == "!":
        return Seed(i - 1, i + 2, "thin spaces around an operator")
    if mark == "," and before.kind == "number" and after.text == "times":
        return Seed(i - 1, i + 1, "a thin space before times")
    return None


def _map(cells: list[Cell], i: int) -> Seed | None:
    """`f: R^d to R` at its colon."""
    before = cell_at(cells, i - 1)
    if before is None or not (before.kind == "letter" or before.text in tex.GREEK):
        return None
    if text_at(cells, i - 2) in ("-", "'", "’", ".") or (
        i > 1 and cells[i - 2].kind in ("letter", "word")
    ):
        return None
    for k in range(i + 2, min(len(cells) - 2, i + 14)):
        cell = cells[k]
        if cell.kind in ("word", "stop"):
            return None
        if cell.kind == "name" and cell.text == "to" and cells[k + 1].kind == "space":
            after = cells[k + 2]
            capital = after.kind == "letter" and after.text.isupper()
            if capital or after.text in ("{", "["):
                return Seed(i - 1, k + 2, "a map from one set to another")
    return None
