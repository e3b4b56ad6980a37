"""Evidence of mathematics: what is raised or lowered, and what only looks like it."""

from __future__ import annotations

import re

from ..texmath import symbols as tex
from .cells import Cell
from .names import LOUD, SHY, TWO
from .near import Seed, cell_at, is_lone, text_at

_COMPOUND = re.compile(
    "(?:MA|FA|A[lgurs]|B[aierk]?|C[adelorsu]?|E[ru]|F[e]?|G[ade]|H[efgo]?|I[nr]?|K|L[aiu]|M[gno]"
    "|N[abdi]?|O[s]?|P[bdrt]?|R[bhu]|S[bceimnr]?|T[aeil]|U|V|W|Y[b]?|Z[nr])+"
)
"""Elements, and the two cations of perovskites that are written like them: `MAPbI_3`."""
_BASES = SHY | {"sum", "int", "prod", "mu", "xi", "partial"}
"""Names of TeX that are English too, or parts of it, yet have an index often."""
_FUNCTIONS = tex.FUNCTIONS - {"max", "min", "sup", "inf", "lim"}
_LONGEST_NAME = 12
"""So many cells the name of a file may have."""


def script(cells: list[Cell], i: int) -> Seed | None:
    """`^` and `_` with a base and something to raise or lower."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    if after is None or after.kind in ("space", "stop"):
        return None
    if cells[i].text == "^":
        return _raised(cells, i, before, after)
    if before is None or before.kind in ("space", "stop") or before.text in ("_", "/", "."):
        return None
    if text_at(cells, i - 2) == "." and text_at(cells, i - 3).islower():
        return None  # `self.x_1`
    if _is_lowered(cells, i, before, after):
        return Seed(i - 1, i + 1, "a lowered sign")
    return None


def _raised(cells: list[Cell], i: int, before: Cell | None, after: Cell) -> Seed | None:
    because = "a raised sign"
    if (before is None or before.kind == "space") and _is_isotope(cells, i):
        return Seed(i, i + 1, "a raised number before a letter")
    if after.kind == "sign" and after.text not in ("{", "+", "-", "*", "'"):
        return None
    if before is not None and before.kind == "space" and _is_set_off(cells, i):
        return Seed(i, i + 1, because)
    if before is None or before.kind in ("space", "stop") or before.text in ("^", "_"):
        return None
    suffix = after.text in ("th", "st", "nd", "rd")  # `i^\text{th}`
    initials = after.text.isupper() and len(after.text) == 2
    if after.kind == "word" and not suffix and not initials:
        return None
    return Seed(i if before.kind == "sign" else i - 1, i + 1, because)


def _is_lowered(cells: list[Cell], i: int, before: Cell, after: Cell) -> bool:
    """Whether the sign before a `_` is the base of what stands behind it."""
    third = cell_at(cells, i + 2)
    if _is_file(cells, i) or (before.kind == "number" and after.text != "{"):
        return False
    if third is not None and third.text == "_":
        return _is_product(cells, i)  # `x_ix_j`; but file_a_name
    if after.text == "{" and after.kind == "sign":
        closed = any(cell.text == "}" for cell in cells[i + 2 : i + 40])
        return closed and before.text != "\\"
    if after.kind == "sign":
        return after.text in "+-*" and (third is None or third.kind in {"space", "sign"})
    if before.kind == "word":
        return _is_of_word(cells, i, before, after)
    if before.kind == "sign" and before.text not in ")]}|'":
        return False
    if after.kind == "word":
        return _is_worded(cells, i, before, after)
    if after.kind == "number" and len(after.text) > 2:
        return False
    if before.kind == "letter" and before.text.islower() and after.text in _FUNCTIONS:
        return False  # `a_log`, `i_dim`: columns of a table; but `L_cos` is a loss
    greek = before.text in tex.GREEK and after.kind == "number"
    if greek and third is not None and third.kind in ("letter", "name"):
        return True  # `lambda_1L_cls`
    if _in_name(cells, i):
        return False
    quiet = before.kind == "name" and not before.loud and before.text not in _BASES
    return not quiet or before.text in tex.FUNCTIONS


def _is_of_word(cells: list[Cell], i: int, before: Cell, after: Cell) -> bool:
    """`NO_2`, `MAPbI_3`, `ab_i`, `Loss_alpha`: a word before the `_`."""
    if _in_flag(cells, i):
        return False
    if after.kind == "name" and (after.loud or after.text in SHY):
        return True
    number = after.kind == "number"
    if not (number or after.kind == "letter") or _in_name(cells, i):
        return False
    pair = len(before.text) == 2 and (before.text == "NO" or before.text.lower() not in TWO)
    if pair and not (number and len(after.text) > 2):
        return True
    compound = len(before.text) <= 4 or _COMPOUND.fullmatch(before.text) is not None
    return number and len(after.text) == 1 and before.text[:1].isupper() and compound


def _is_worded(cells: list[Cell], i: int, before: Cell, after: Cell) -> bool:
    """`D_KL`, `k_cat`, `theta_old`: a word behind the `_`, and a sign alone before it."""
    if before.kind == "letter" and after.text.islower() and len(after.text) > 3:
        return False  # `k_means`, `n_heads`: a name as programs have it
    third = cell_at(cells, i + 2)
    greek = before.kind == "name" and before.text in tex.GREEK
    begins = _starts_word(cells, i - 1) or (after.text == "BT" and _follows_number(cells, i - 1))
    lone = (before.kind == "letter" and not before.part and begins) or greek
    ends = third is None or (third.kind in ("space", "sign") and third.text not in "_/.-") or (
        third.text in ".-" and text_at(cells, i + 3) in ("", " ", "\n")
    )  # fmt: skip
    return lone and ends and len(after.text) < 9


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
        return False  # `sigma_1gesigma_2`, `min_xmax_y`
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
    if name in tex.FUNCTIONS or name in tex.LARGE:
        return True
    return len(name) > 3 and (name in tex.GREEK or name in LOUD)
