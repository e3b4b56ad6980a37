"""The places of a string that only mathematics explains, each with its reason.

A seed is the least that must lie inside a formula; `restore` grows it. Strong seeds need nothing
else. Weak ones (Greek names that are also English) need a neighbour that speaks for them.
"""

from __future__ import annotations

from ..texmath import symbols as tex
from .amounts import is_hour, is_margin
from .cells import Cell
from .names import KEPT, LOUD, SHY
from .near import Seed, cell_at, is_differential, is_lone, text_at

_BRACED = frozenset(tex.FACES) | frozenset(tex.ACCENTS) | {"sqrt", "frac", "text", "textbf",
    "textit", "texttt", "textrm", "textsc", "operatorname", "max", "min"}  # fmt: skip
_FACTORS = frozenset("times pm mp sim approx leq geq cdot le ge".split())
_BETWEEN = frozenset(
    "subset mid gg ll times pm le ge ne cup cap circ in sim perp mp star vee wedge".split()
)
_SIGNS = frozenset("=<>+≤≥≈")
_CLOSED = (")", "|", "]", "}")
_LONGEST_NAME = 12
"""So many cells the name of a file may have."""
_TWO = frozenset(
    "as is at by do go he if in it me my no of on or so to up us we am an be ai id".split()
)


def seeds(cells: list[Cell], intact: bool) -> list[Seed]:
    """Strong seeds in order; of a text with intact mathematics only scripts and backslashes."""
    found: list[Seed] = []
    for i, cell in enumerate(cells):
        if cell.kind == "sign":
            if cell.text == ":" and not intact:
                found += _map(cells, i)
            if cell.text in ("^", "_"):
                found += _script(cells, i)
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


def _script(cells: list[Cell], i: int) -> list[Seed]:
    """`^` and `_` with a base and something to raise or lower."""
    mark, before, after = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i + 1)
    if after is None or after.kind in ("space", "stop"):
        return []
    because = f"a {'raised' if mark == '^' else 'lowered'} sign"
    if mark == "^" and (before is None or before.kind == "space") and _is_isotope(cells, i):
        return [Seed(i, i + 1, "a raised number before a letter")]
    if mark == "^":
        if after.kind == "sign" and after.text not in ("{", "+", "-", "*", "'"):
            return []
        if before is not None and before.kind == "space" and _is_set_off(cells, i):
            return [Seed(i, i + 1, because)]
        if before is None or before.kind in ("space", "stop") or before.text in ("^", "_"):
            return []
        suffix = after.text in ("th", "st", "nd", "rd")  # `i^\text{th}`
        if (
            after.kind == "word"
            and not suffix
            and not (after.text.isupper() and len(after.text) == 2)
        ):
            return []
        return [Seed(i if before.kind == "sign" else i - 1, i + 1, because)]
    if before is None or before.kind in ("space", "stop") or before.text in ("_", "/", "."):
        return []
    if _is_file(cells, i) or (before.kind == "number" and after.text != "{"):
        return []
    third = cell_at(cells, i + 2)
    if third is not None and third.text == "_":
        # `x_ix_j`; but file_a_name
        return [Seed(i - 1, i + 1, because)] if _is_product(cells, i) else []
    if after.kind == "sign":
        if after.text == "{":
            closed = any(cell.text == "}" for cell in cells[i + 2 : i + 40])
            return [Seed(i - 1, i + 1, because)] if closed and before.text != "\\" else []
        ends = third is None or third.kind in {"space", "sign"}
        return [Seed(i - 1, i + 1, because)] if after.text in "+-*" and ends else []
    if before.kind == "word":
        if _in_flag(cells, i):
            return []
        if after.kind == "name" and (after.loud or after.text in SHY):
            return [Seed(i - 1, i + 1, because)]
        if (
            len(before.text) == 2
            and (before.text == "NO" or before.text.lower() not in _TWO)
            and not _in_name(cells, i)
        ):
            if after.kind == "letter" or (after.kind == "number" and len(after.text) < 3):
                return [Seed(i - 1, i + 1, because)]
        short = before.text[:1].isupper() and len(before.text) <= 4
        digit = after.kind == "number" and len(after.text) == 1
        return [Seed(i - 1, i + 1, because)] if short and digit and not _in_name(cells, i) else []
    if before.kind == "sign" and before.text not in ")]}|'":
        return []
    if after.kind == "word":  # `D_KL`, `k_cat`: the letter alone before it is a sign
        if before.kind == "letter" and after.text.islower() and len(after.text) > 3:
            return []  # `k_means`, `n_heads`: a name as programs have it
        greek = before.kind == "name" and before.text in tex.GREEK
        begins = _starts_word(cells, i - 1) or (
            after.text == "BT" and _follows_number(cells, i - 1)
        )
        lone = (before.kind == "letter" and not before.part and begins) or greek
        ends = third is None or (third.kind in ("space", "sign") and third.text not in "_/.-") or (
            third.text in ".-" and text_at(cells, i + 3) in ("", " ", "\n")
        )  # fmt: skip
        return [Seed(i - 1, i + 1, because)] if lone and ends and len(after.text) < 9 else []
    if after.kind == "number" and len(after.text) > 2:
        return []
    if before.text in tex.GREEK and after.kind == "number" and third is not None:
        if third.kind in ("letter", "name"):
            return [Seed(i - 1, i + 1, because)]  # `lambda_1L_cls`
    if _in_name(cells, i):
        return []
    if (
        before.kind == "name"
        and not before.loud
        and before.text not in SHY | {"sum", "int", "prod"}
    ):
        if before.text not in tex.FUNCTIONS and before.text not in ("mu", "xi", "partial"):
            return []
    return [Seed(i - 1, i + 1, because)]


def _starts_word(cells: list[Cell], i: int) -> bool:
    before = cell_at(cells, i - 1)
    return (
        before is None
        or before.kind == "space"
        or before.text in ("(", "[", "{", "=", "+", "|", ",")
    )


def _follows_number(cells: list[Cell], i: int) -> bool:
    before = cell_at(cells, i - 1)
    return before is not None and before.kind == "number"


def _in_name(cells: list[Cell], i: int) -> bool:
    """True for `run_a_test.py` and `x_y_z`: underscores that hold a name together."""
    start, end = i, i
    while (start and cells[start - 1].kind in ("word", "number", "letter", "name")) or (
        start and cells[start - 1].text == "_"
    ):
        start -= 1
        if i - start > 6:
            break
    while end + 1 < len(cells) and (
        cells[end + 1].kind in ("word", "number", "letter", "name") or cells[end + 1].text == "_"
    ):
        end += 1
        if end - i > 6:
            break
    run = cells[start : end + 1]
    if any(cell.part and cell.kind == "name" and _is_sign(cell.text) for cell in run):
        return False  # `sigma_1gesigma_2`
    marks = [cell for cell in run if cell.text == "_"]
    behind = cells[i + 2 : end + 1]
    return len(marks) > 1 or any(cell.kind == "word" and cell.text.islower() for cell in behind)


def _is_file(cells: list[Cell], i: int) -> bool:
    """`x_1.npy`, `a_ib_i.py`, `net_a.fit()`: a small word is glued to a full stop."""
    end = i + 1
    while end < len(cells) and end - i < _LONGEST_NAME:
        if cells[end].kind not in ("word", "number", "letter", "name") and cells[end].text != "_":
            break
        end += 1
    return end > i + 1 and text_at(cells, end) == "." and text_at(cells, end + 1).islower()


def _in_flag(cells: list[Cell], i: int) -> bool:
    """`--lr_1e-4`: an option of a program."""
    return text_at(cells, i - 2) == text_at(cells, i - 3) == "-"


def _is_isotope(cells: list[Cell], i: int) -> bool:
    """`^{13}C`, `^1H`."""
    braced = text_at(cells, i + 1) == "{" and text_at(cells, i + 3) == "}"
    number, behind = cell_at(cells, i + 1 + braced), text_at(cells, i + 2 + 2 * braced)
    return number is not None and number.kind == "number" and behind[:1].isupper()


def _is_set_off(cells: list[Cell], i: int) -> bool:
    """`T ^{2}-Net`, `10 ^{5}`: a raised group a space behind a sign or number."""
    left = cell_at(cells, i - 2)
    number = text_at(cells, i + 2).isdigit() or text_at(cells, i + 2) in ("-", "+")
    return (
        left is not None
        and (left.kind == "number" or is_lone(cells, i - 2))
        and text_at(cells, i + 1) == "{"
        and number
    )


def _is_product(cells: list[Cell], i: int) -> bool:
    """`x_ix_j`, `a_ib_i`: a sign or an index comes twice."""
    before, pair, last = cells[i - 1], text_at(cells, i + 1), cell_at(cells, i + 3)
    if len(pair) != 2 or last is None or last.kind != "letter":
        return False
    if before.text in ("sum", "prod"):
        return pair[0] == last.text  # `sum_kw_k`
    if before.kind != "letter":
        return False
    return _starts_word(cells, i - 1) and (pair[1] == before.text or pair[0] == last.text)


def _is_sign(name: str) -> bool:
    return len(name) > 3 and (name in tex.GREEK or name in LOUD)


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
            if left is None or left.kind != "name" or before is None or before.text == "(":
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
    if left is None or right is None or not is_lone(cells, i - 2):
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
        for cell in inside
    )
    comma = any("," in cell.text for cell in inside)
    letter = right.text == "[" and len(inside) == 1 and inside[0].kind == "letter"
    if plain and (comma or letter):
        return [Seed(i - 2, i + 2, "a sign in a set or an interval")]
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
        if bracket and (call or right.kind == "number" or is_lone(cells, i + 2)):
            return Seed(i, i + 2, f"{name} behind a bracket")
        if call and is_lone(cells, i - 2):
            return Seed(i - 2, i + 2, f"{name} before a function")
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
    return Seed(i - 2, i + 2, f"{name} between two signs") if lone or mixed else None
