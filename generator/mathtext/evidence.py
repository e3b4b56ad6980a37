"""The places of a string that only mathematics explains, each with its reason.

A seed is the least that must lie inside a formula; `restore` grows it. Strong seeds need nothing
else. Weak ones (Greek names that are also English) need a neighbour that speaks for them.
"""

from __future__ import annotations

from itertools import pairwise

from ..texmath import symbols as tex
from .amounts import is_hour, is_margin
from .cells import Cell
from .names import KEPT, SHY
from .near import Seed, cell_at, is_differential, is_lone, text_at
from .scripted import script

_BRACED = frozenset(tex.FACES) | frozenset(tex.ACCENTS) | {"sqrt", "frac", "text", "textbf",
    "textit", "texttt", "textrm", "textsc", "operatorname", "max", "min"}  # fmt: skip
_FACTORS = frozenset("times pm mp sim approx leq geq cdot le ge".split())
_BETWEEN = frozenset(
    "subset mid gg ll times pm le ge ne cup cap circ in sim perp mp star vee wedge"
    " succ prec".split()
)
_SIGNS = frozenset("=<>+≤≥≈")
_REACH = 12
"""So many cells an interval may have."""
_CLOSED = (")", "|", "]", "}")


def seeds(cells: list[Cell], intact: bool) -> list[Seed]:
    """Strong seeds in order; of a text with intact mathematics only scripts and backslashes."""
    found: list[Seed] = []
    for i, cell in enumerate(cells):
        if cell.kind == "sign":
            if cell.text == ":" and not intact:
                found += _map(cells, i)
            if cell.text in ("^", "_"):
                found += script(cells, i)
            elif cell.text == "{" and not intact:
                found += _brace(cells, i)
            elif cell.text in ("!", ",") and not intact:
                found += _thin_space(cells, i)
        elif cell.kind == "name":
            if cell.kept:
                if cell.text in KEPT:
                    found.append(Seed(i, i, f"the command \\{cell.text} still has its backslash"))
            elif not intact:
                found += _name(cells, i)
    return found


def _brace(cells: list[Cell], i: int) -> list[Seed]:
    """A brace that a command left behind."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    if after is not None and after.text in ("rm", "bf", "cal") and text_at(cells, i + 2) == " ":
        return [Seed(i, i + 1, f"the switch {after.text} behind a brace")]
    if before is None or after is None:
        return []
    thousands = cell_at(cells, i + 3)
    if before.kind == "number" and after.text == "," and text_at(cells, i + 2) == "}":
        if thousands is not None and thousands.kind == "number" and len(thousands.text) == 3:
            return [Seed(i - 1, i + 3, "a comma of thousands in braces")]
    if (after.text in _SIGNS or after.text in _FACTORS) and text_at(cells, i + 2) == "}":
        behind = cell_at(cells, i + 3)
        glued = before.kind != "space" or (behind is not None and behind.kind != "space")
        if glued and (before.kind not in ("word", "sign") or before.text in ")]}|,"):
            return [Seed(i, i + 2, "braces around an operator")]
    if before.kind == "name" and before.text in _BRACED:
        return [Seed(i - 1, i, f"{before.text} kept its brace: a command stood around it")]
    if (before.kind == "name" and before.text in tex.GREEK) or before.kind in ("letter", "number"):
        plain = after.kind in ("letter", "number", "name") and not after.kept
        if before.text == "d" and is_differential(after) and text_at(cells, i + 2) == "}":
            return [Seed(i - 1, i + 2, "a derivative that lost its command")]
        if plain and not (
            i >= 2 and cells[i - 2].kind in ("word", "name") and before.kind == "letter"
        ):
            return [Seed(i - 1, i, "a brace behind a sign: a command took two arguments")]
    return []


def _thin_space(cells: list[Cell], i: int) -> list[Seed]:
    r"""`k!=!2`, `K!ge!2`, `sim!5`, `3.2,times`: `\!` or `\,` beside an operator."""
    mark, before, after = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i + 1)
    if before is None or after is None or before.kind in ("space", "stop"):
        return []
    operand = after.kind in ("number", "letter", "name")
    if before.kind == "name" and before.text in _FACTORS | _BETWEEN and operand:
        if mark == "!" or after.kind == "number":
            return [Seed(i - 1, i + 1, f"a thin space behind {before.text}")]
    if mark == "!" and after.text in _SIGNS | {":"} and text_at(cells, i + 2) == "!":
        return [Seed(i - 1, i + 2, "thin spaces around an operator")]
    if mark == "," and before.kind == "number" and after.text == "times":
        return [Seed(i - 1, i + 1, "a thin space before times")]
    return []


def _name(cells: list[Cell], i: int) -> list[Seed]:
    cell, before, after = cells[i], cell_at(cells, i - 1), cell_at(cells, i + 1)
    name = cell.text
    if name == "psi" and text_at(cells, i - 1) == " " and text_at(cells, i - 2)[-1:].isdigit():
        return []  # `30 psi`: pounds per square inch
    if cell.loud and not _in_identifier(cells, i):
        if cell.part:
            return [Seed(i, i, f"no word, but wholly made of TeX names such as {name}")]
        return [Seed(i, i, f"the TeX name {name}, which is no English word")]
    if name in ("frac", "dfrac", "tfrac") and after is not None:
        if after.kind == "number" or (after.kind == "letter" and after.text > "\u0370"):
            return [Seed(i, i + 1, f"{name} glued to a number or sign")]
    if name in _FACTORS:
        number_before = before is not None and before.kind == "number"
        number_after = after is not None and after.kind == "number"
        third = cell_at(cells, i + 2)
        if number_after and third is not None and third.kind == "word" and after.text in ("2", "4"):  # type: ignore[union-attr]
            number_after = False  # sim2real
        if number_before and name in ("times", "pm", "cdot"):
            return [Seed(i - 1, i, f"{name} glued to a number")]
        if number_before and name in ("le", "ge") and is_lone(cells, i + 2):
            return [Seed(i - 1, i + 2, f"{name} glued to a number")]  # `1le p`
        if number_after and not (before is not None and before.text in ("-", "_", "/", ".")):
            return [Seed(i, i + 1, f"{name} glued to a number")]
    if name in ("le", "ge", "ne", "ll", "gg", "sim", "subset") and text_at(cells, i - 1) in _CLOSED:
        return [Seed(i, i + 1, f"{name} glued to a bracket")]
    left, right = cell_at(cells, i - 2), cell_at(cells, i + 2)
    spaced = (
        before is not None
        and before.kind == "space"
        and after is not None
        and after.kind == "space"
    )
    if (
        cell.part
        and name == "times"
        and before is not None
        and before.kind == "letter"
        and before.part
    ):
        return [Seed(i - 1, i, "times glued to a single letter")]
    if cell.part and name == "log" and before is not None and before.part and _has_value(cells, i):
        return [Seed(i - 1, i + 1, "log glued to what stands before it")]
    if cell.part and name in tex.GREEK and before is not None and before.part:
        if text_at(cells, i + 1) == " " and text_at(cells, i + 3) in ("^", "_"):
            return [Seed(i - 1, i, f"{name} between a letter and a scripted one")]
    if name in tex.ACCENTS:
        return _accent(cells, i)
    if text_at(cells, i + 1).isspace() and (framed := _framed(cells, i)):
        return framed
    if cell.part and name == "to":
        return [Seed(i, i, "to glued to a number or letter")]
    if name == "sim" and right is not None and right.kind == "letter" and right.text.isupper():
        if text_at(cells, i + 3) == "(" and after is not None and after.kind == "space":
            return [Seed(i, i + 2, "sim before a distribution or an order")]
    if name == "pm" and spaced and left is not None and left.text.lower() in ("mean", "average"):
        return [Seed(i, i, "pm behind a mean")]
    if cell.part and name in (
        "in", "ne", "le", "ge", "sim", "subset", "cap", "cup", "gg", "ll", "mid", "circ", "parallel"
    ):  # fmt: skip
        joined = before is not None and (
            before.part or (name == "in" and (before.text > "\u0370" or before.text == ")"))
        )
        if after is not None and joined:
            return [
                Seed(
                    i - 1, i if after.kind == "space" else i + 1, f"{name} glued to a single letter"
                )
            ]
    if name in ("in", "dots"):
        return _set_or_list(cells, i, name)
    if (
        name == "pm"
        and right is not None
        and right.kind == "number"
        and text_at(cells, i - 1 - spaced) == "%"
    ):
        return [Seed(i, i + 1 + spaced, "pm between percentages")]
    if spaced and left is not None and right is not None:
        found = _between(cells, i, left, right)
        if found:
            return [found]
    if after is not None and after.kind == "space" and right is not None and right.kind == "number":
        opened = before is None or before.kind == "space" or before.text in ("(", "[")
        if (
            name in ("sim", "approx", "le", "ge") or (name == "pm" and is_margin(cells, i))
        ) and opened:
            ranged = left is not None and left.text == "to"  # `sim 10^3 to sim 10^8`
            if left is None or left.kind != "name" or ranged or text_at(cells, i - 1) == "(":
                return [Seed(i, i + 2, f"{name} before a number")]
        if name == "times" and left is not None and left.text in ("a", "an", "of"):
            return [Seed(i, i + 2, f"{name} between an article and a number")]
    if (
        name in ("left", "bigl", "big", "Big", "biggl")
        and after is not None
        and after.text in ("(", "[", "{", "|", ".")
    ):
        end = {"left": "right", "bigl": "bigr", "biggl": "biggr"}.get(name, name)
        if any(other.kind == "name" and other.text == end for other in cells[i + 1 : i + 200]):
            return [Seed(i, i + 1, f"{name} and {end} around brackets")]
    return []


def _framed(cells: list[Cell], i: int) -> list[Seed]:
    """`partial H/partial p`, `d/n to gamma`, `[0,1] times [-1,1]`: shown by both of its sides."""
    name = cells[i].text
    if name == "partial" and text_at(cells, i + 3) == "/" and text_at(cells, i + 4) == name:
        return [Seed(i, i + 4, "one partial over another")]
    if not text_at(cells, i - 1).isspace():
        return []
    if name == "to" and text_at(cells, i + 2) in tex.GREEK:
        kinds = [cell.kind for cell in cells[max(0, i - 5) : i - 1]]
        quotient = kinds == ["space", "letter", "sign", "letter"] and cells[i - 3].text == "/"
        if quotient and text_at(cells, i - 6) != "from":
            return [Seed(i - 4, i + 2, "a quotient that goes to a limit")]
    if name == "times" and text_at(cells, i - 2) in (")", "]"):
        return _product_of_intervals(cells, i)
    return []


def _product_of_intervals(cells: list[Cell], i: int) -> list[Seed]:
    """`[0,1] times [-1,1]`, at its name."""
    opened = next((k for k in range(i - 3, max(-1, i - _REACH), -1) if cells[k].text in "(["), None)
    if opened is None or not (_is_interval(cells, opened) and _is_interval(cells, i + 2)):
        return []
    return [Seed(opened, i + 2, "times between intervals")]


def _is_interval(cells: list[Cell], i: int) -> bool:
    """`[-1,1]`, `(0, T]`, at its bracket: two signs or numbers with a comma."""
    if text_at(cells, i) not in ("(", "["):
        return False
    inside = cells[i + 1 : i + _REACH]
    end = next((k for k, cell in enumerate(inside) if cell.text in (")", "]")), 0)
    return sum(cell.text == "," for cell in inside[:end]) == 1 and all(
        cell.kind in ("number", "letter", "space")
        or cell.text in (",", "-", "+", "infty", "/")
        or cell.text in tex.GREEK
        for cell in inside[:end]
    )


def _accent(cells: list[Cell], i: int) -> list[Seed]:
    """`hatSigma`, `barλ`, `hat x`."""
    name, after, right = cells[i].text, cell_at(cells, i + 1), cell_at(cells, i + 2)
    if after is None:
        return []
    if cells[i].part and after.part and after.text in tex.GREEK:
        return [Seed(i, i + 1, f"{name} glued to {after.text}")]
    spaced = after.kind == "space" and text_at(cells, i - 1).isspace()
    if after.kind == "letter" and after.text > "\u0370" and not spaced:
        return [Seed(i, i + 1, f"{name} glued to a letter")]
    if spaced and right is not None and right.kind in ("letter", "name"):
        third = cell_at(cells, i + 3)
        operand = right.text not in "aAI" if right.kind == "letter" else right.text in tex.GREEK
        sure = right.kind == "name" or name in ("hat", "tilde")
        equal = third is not None and third.kind == "space" and text_at(cells, i + 4) == "="
        if operand and (sure or equal or third is None or third.text in ("(", "_", "^", ")")):
            return [Seed(i, i + 2, f"{name} before a single letter")]
    return []


def _has_value(cells: list[Cell], i: int) -> bool:
    """`log n`, `log(n)`, `log^2 n`: what a function is of stands behind it."""
    after = text_at(cells, i + 1)
    return after in ("(", "^", "_") or (after == " " and len(text_at(cells, i + 2)) == 1)


def _set_or_list(cells: list[Cell], i: int, name: str) -> list[Seed]:
    """`p in [1,2)`, `0, 1, dots, T`, `phi: G to H`."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    left, right = cell_at(cells, i - 2), cell_at(cells, i + 2)
    if name == "dots":
        commas = (left is not None and left.text == ",") or (
            before is not None and before.text == ","
        )
        return (
            [Seed(i, i, "dots between commas")]
            if commas and after is not None and after.text == ","
            else []
        )
    if before is None or after is None or before.kind != "space" or after.kind != "space":
        return []
    if left is None or right is None:
        return []
    primed = left.text == "'" and text_at(cells, i - 4) == " " and cells[i - 3].kind == "letter"
    if not (primed or is_lone(cells, i - 2)):
        return []
    if text_at(cells, i - 3) == " " and cells[i - 4].kind == "number":
        return []  # `5 m in X`: a unit
    if text_at(cells, i - 4) in ("least", "most"):
        return []  # `of degree at least k in G`
    if (
        right.kind == "letter"
        and right.text.isupper()
        and left.text.islower()
        and is_lone(cells, i + 2)
    ):
        return [Seed(i - 2, i + 2, "a small letter in a capital one")]
    if right.kind != "sign" or right.text not in "([{":
        return []
    inside = cells[i + 3 : i + 24]
    ends = [k for k, cell in enumerate(inside) if cell.text in (")", "]", "}")]
    inside = inside[: ends[0]] if ends else []
    plain = inside and all(
        cell.kind in ("number", "letter", "space")
        or cell.text in (",", "-", "+", ".", "infty", "dots", "/")
        or (cell.text == "'" and before.kind == "letter")
        for before, cell in pairwise([right, *inside])
    )
    comma = any("," in cell.text for cell in inside)
    letter = right.text == "[" and len(inside) == 1 and inside[0].kind == "letter"
    if plain and (comma or letter):
        return [Seed(i - 2 - primed, i + 2, "a sign in a set or an interval")]
    return []


def _map(cells: list[Cell], i: int) -> list[Seed]:
    """`f: R^d to R` at its colon."""
    before = cell_at(cells, i - 1)
    if before is None or not (before.kind == "letter" or before.text in tex.GREEK):
        return []
    if text_at(cells, i - 2) in ("-", "'", "’", ".") or (
        i > 1 and cells[i - 2].kind in ("letter", "word")
    ):
        return []
    for k in range(i + 2, min(len(cells) - 2, i + 14)):
        cell = cells[k]
        if cell.kind in ("word", "stop"):
            return []
        if cell.kind == "name" and cell.text == "to" and cells[k + 1].kind == "space":
            after = cells[k + 2]
            capital = after.kind == "letter" and after.text.isupper()
            if capital or after.text in ("{", "["):
                return [Seed(i - 1, k + 2, "a map from one set to another")]
    return []


def _in_identifier(cells: list[Cell], i: int) -> bool:
    """`epsilon_greedy_v2`, `cdot-agent`: a name used as part of another."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    if before is not None and before.text in ("_", "/", "@", ".") and before.kind == "sign":
        ahead = cell_at(cells, i - 2)
        return before.text != "/" and (ahead is not None and ahead.kind in ("word", "stop"))
    return after is not None and after.kind == "stop"


def _between(cells: list[Cell], i: int, left: Cell, right: Cell) -> Seed | None:
    """A quiet name with spaces, between two single letters or two numbers: `m gg n`."""
    name = cells[i].text
    if name not in _BETWEEN:
        return None
    numbers = left.kind == right.kind == "number"
    if numbers and name == "pm" and is_hour(cells, i):
        return None
    if numbers and name in ("times", "pm", "ll", "gg"):
        # not `$8 times 10 minutes`: between two numbers a word of English would need a unit
        return Seed(i - 2, i + 2, f"{name} between two numbers")
    if name in ("pm", "in"):
        return None
    if name in ("le", "ge", "ne", "ll", "gg"):
        bracket = left.text in (")", "|", "]")
        call = right.text in tex.FUNCTIONS and text_at(cells, i + 3) in ("(", "{", "_")
        call = call or (right.text in tex.ACCENTS and text_at(cells, i + 3) == " ")
        if bracket and (call or right.kind == "number" or is_lone(cells, i + 2)):
            return Seed(i, i + 2, f"{name} behind a bracket")
        if call and is_lone(cells, i - 2):
            return Seed(i - 2, i + 2, f"{name} before a function")
    if name == "sim" and left.text == ")" and right.text.isupper() and is_lone(cells, i + 2):
        return Seed(i, i + 2, "sim behind a bracket")
    lone = is_lone(cells, i - 2) and (is_lone(cells, i + 2) or right.text in tex.GREEK)
    if name in ("cap", "cup", "vee", "wedge") and left.text == "A":
        lone = right.kind == "letter" and right.text.isupper()
    mixed = {left.kind, right.kind} == {"letter", "number"} and name in (
        "gg",
        "ll",
        "le",
        "ge",
        "ne",
    )
    mixed = mixed and (is_lone(cells, i - 2) or is_lone(cells, i + 2))
    shy = left.kind == "name" and left.text in SHY and name in ("le", "ge", "ne", "ll", "gg")
    greek = right.kind == "name" and right.text in tex.GREEK
    mixed = mixed or (shy and (greek or right.kind == "number" or is_lone(cells, i + 2)))
    return Seed(i - 2, i + 2, f"{name} between two signs") if lone or mixed else None
