r"""What the damage left of `\frac{a}{b}`: `a{b}`, and where `a` began.

The damage ran to the first closing brace, so a numerator holds no group but at its end. To the left
of it nothing marks where it began: `n+d{2}` was `\frac{n+d}{2}` or `n+\frac{d}{2}`. It is known
where an opening bracket, a relation or a group stands there; where only factors do, for then both
are equal; and where only numbers are added, for nobody writes `\frac{1-1}{p}`.
"""

from __future__ import annotations

from ..texmath import symbols as tex
from .cells import Cell
from .names import RELATIONS
from .near import cell_at

_REACH = 12
"""So many cells the factors before a numerator may take."""
_OPENS = frozenset("([{=<>,|;:}≤≥≈→∈") | {"\\{", "\\,", "\\;"}
_LINEAR = frozenset("sum int iint iiint oint".split())
_FACTORS = frozenset("* · × ⋅ times cdot".split())


def begins_numerator(cells: list[Cell], start: int, end: int) -> bool:
    """Whether what stands before a cell leaves no doubt that a numerator begins with it.

    `end` is the cell behind the numerator.
    """
    number = cells[start].kind == "number" and end == start + 1
    alone = True
    i = start - 1
    for _ in range(_REACH):
        cell = cell_at(cells, i)
        if cell is None or cell.kind in ("word", "stop"):
            return True
        if cell.text in ("+", "-", "−"):
            left = _over_space(cells, i - 1)
            other = cell_at(cells, left)
            if other is None or other.text in _OPENS or other.text in ("^", "_"):
                return True
            if not (number and alone and other.kind == "number"):
                return False
            i = left
        elif cell.kind == "name":
            if cell.text in tex.FUNCTIONS:
                return alone and _is_argument(cells, start, number, i)
            if cell.text in RELATIONS or cell.text in tex.OPENING or cell.text in _LINEAR:
                return True
            if cell.text not in tex.GREEK and cell.text not in _FACTORS:
                return False
            alone = False
        elif cell.kind == "sign":
            if cell.text in _OPENS:
                return True
            if cell.text not in _FACTORS and cell.text not in ("^", "_"):
                return False
        elif cell.kind != "space":
            if cells[start].kind == "sign" and i == start - 1:
                return False  # `f(x){2}`
            alone = False
        i -= 1
    return False


def _over_space(cells: list[Cell], i: int) -> int:
    return i - 1 if i > 0 and cells[i].kind == "space" else i


def _is_argument(cells: list[Cell], start: int, number: bool, function: int) -> bool:
    r"""Whether the bar was under the argument of a function alone, not under its name too.

    `log1{n}` can be nothing else; behind a name glued to a letter, as in `logn{m}`, TeX had no
    space, so a command stood there. `log n{m}` was `\frac{\log n}{m}`.
    """
    if function == start - 1:
        return number or cells[start].kind == "letter"
    return number and cells[start].text == "1"


def is_raised(cells: list[Cell], start: int, end: int) -> bool:
    r"""Whether a thing with scripts before `{` may be a numerator.

    `\frac{x^{2}}{d}` left `x^{2}{d}`, but `\frac{x^{2}+1}{d}` left `x^{2+1}{d}`: only where one
    sign or a quotient is raised it stood there alone. What is lowered by a group may name what
    the next is about: `E_{x}{f}`.
    """
    if cells[end - 1].text != "}":
        return True
    for first in range(end - 3, max(start, end - 7), -1):
        if cells[first].text == "{":
            inside = [cell for cell in cells[first + 1 : end - 1] if cell.text != "/"]
            if inside[0].text == "-":
                del inside[0]
            slashes = sum(cell.text == "/" for cell in cells[first:end])
            plain = all(
                cell.kind in ("letter", "number") or cell.text in tex.GREEK for cell in inside
            )
            return cells[first - 1].text == "^" and plain and len(inside) == slashes + 1
    return False
