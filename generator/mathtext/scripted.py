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
_LONGEST_NAME = 12
"""So many cells the name of a file may have."""


def script(cells: list[Cell], i: int) -> list[Seed]:
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
            and (before.text == "NO" or before.text.lower() not in TWO)
            and not _in_name(cells, i)
        ):
            if after.kind == "letter" or (after.kind == "number" and len(after.text) < 3):
                return [Seed(i - 1, i + 1, because)]
        short = before.text[:1].isupper() and (
            len(before.text) <= 4 or _COMPOUND.fullmatch(before.text) is not None
        )
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
