"""Evidence of mathematics: a name of TeX that lost its backslash, and what stands beside it.

`_RULES` says what is asked of which name, and in which order; the first answer holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise

from ..texmath import symbols as tex
from .amounts import is_hour, is_margin
from .cells import Cell
from .names import GROUPS, SHY
from .near import Seed, cell_at, is_lone, kind_at, text_at

FACTORS = frozenset("times pm mp sim approx leq geq cdot le ge".split())
BETWEEN = frozenset(
    "subset mid gg ll times pm le ge ne cup cap circ in sim perp mp star vee wedge"
    " succ prec".split()
)
"""What may stand with spaces between two signs: `m gg n`."""
_ORDERS = frozenset(("le", "ge", "ne", "ll", "gg"))
_JOINING = frozenset("in ne le ge sim subset cap cup gg ll mid circ parallel".split())
_CLOSED = (")", "|", "]", "}")
_RHYTHMS = frozenset(
    "band bands wave waves rhythm rhythms oscillation oscillations power activity coupling bursts"
    " frequency frequencies".split()
)
_SIZES = {"left": "right", "bigl": "bigr", "big": "big", "Big": "Big", "biggl": "biggr"}
"""The size of an opening bracket, and that of the closing one."""
_REACH = 12
"""So many cells an interval may have."""


def named(cells: list[Cell], i: int) -> Seed | None:
    """What shows that the name at a place is meant as TeX, if anything does."""
    cell = cells[i]
    name = cell.text
    if name == "psi" and text_at(cells, i - 1) == " " and text_at(cells, i - 2)[-1:].isdigit():
        return None  # `30 psi`: pounds per square inch
    if name == "theta" and _is_rhythm(cells, i):
        return None
    if cell.loud and not _in_identifier(cells, i):
        if cell.part:
            return Seed(i, i, f"no word, but wholly made of TeX names such as {name}")
        return Seed(i, i, f"the TeX name {name}, which is no English word")
    for rule in _RULES_OF.get(name, ()):
        if seed := rule(cells, i):
            return seed
    return None


def _in_identifier(cells: list[Cell], i: int) -> bool:
    """`epsilon_greedy_v2`, `cdot-agent`: a name used as part of another."""
    before, after = cell_at(cells, i - 1), cell_at(cells, i + 1)
    if before is not None and before.text in ("_", "/", "@", ".") and before.kind == "sign":
        ahead = cell_at(cells, i - 2)
        return before.text != "/" and (ahead is not None and ahead.kind in ("word", "stop"))
    return after is not None and after.kind == "stop"


def _is_rhythm(cells: list[Cell], i: int) -> bool:
    """`theta waves`, `theta and gamma oscillations`: of a brain, not in a formula."""
    for cell in cells[i + 1 : i + _REACH]:
        if cell.kind == "word" and cell.text not in ("and", "or"):
            return cell.text in _RHYTHMS
        if not (cell.kind in ("space", "word", "name") or cell.text in (",", "/", "-", "&")):
            return False
    return False


def _fraction(cells: list[Cell], i: int) -> Seed | None:
    """`frac12`, `fracπ2`."""
    after = cell_at(cells, i + 1)
    if after is None:
        return None
    if after.kind == "number" or (after.kind == "letter" and after.text > "\u0370"):
        return Seed(i, i + 1, f"{cells[i].text} glued to a number or sign")
    return None


def _factor(cells: list[Cell], i: int) -> Seed | None:
    """`100times`, `1le p`, `pm5`."""
    name = cells[i].text
    because = f"{name} glued to a number"
    if kind_at(cells, i - 1) == "number":
        if name in ("times", "pm", "cdot"):
            return Seed(i - 1, i, because)
        if name in ("le", "ge") and is_lone(cells, i + 2):
            return Seed(i - 1, i + 2, because)
    sim2real = text_at(cells, i + 1) in ("2", "4") and kind_at(cells, i + 2) == "word"
    if kind_at(cells, i + 1) == "number" and not sim2real:
        return None if text_at(cells, i - 1) in ("-", "_", "/", ".") else Seed(i, i + 1, because)
    return None


def _behind_bracket(cells: list[Cell], i: int) -> Seed | None:
    """`f(x)le 1`."""
    if text_at(cells, i - 1) in _CLOSED:
        return Seed(i, i + 1, f"{cells[i].text} glued to a bracket")
    return None


def _times_letter(cells: list[Cell], i: int) -> Seed | None:
    """`ntimes`, `mutimes`, cut into its two parts."""
    before = cell_at(cells, i - 1)
    if before is None or not (cells[i].part and before.part):
        return None
    if before.kind == "letter" or before.text in tex.GREEK:
        return Seed(i - 1, i, "times glued to a single letter")
    return None


def _times_bracket(cells: list[Cell], i: int) -> Seed | None:
    """`[0,1]times Omega`, `(n)times(m)`."""
    if text_at(cells, i - 1) in (")", "]"):
        if cells[i].part or text_at(cells, i + 1) in ("(", "["):
            return Seed(i - 1, i + 1, "times glued to brackets")
    return None


def _logarithm(cells: list[Cell], i: int) -> Seed | None:
    """`nlog n`, `klog(n)`, `log^2 n`: what it is of stands behind it."""
    if not (cells[i].part and _is_part(cells, i - 1)):
        return None
    after = text_at(cells, i + 1)
    if after in ("(", "^", "_") or (after == " " and len(text_at(cells, i + 2)) == 1):
        return Seed(i - 1, i + 1, "log glued to what stands before it")
    return None


def _greek(cells: list[Cell], i: int) -> Seed | None:
    """`Calpha`, `partialOmega`, `nmu x^2`, cut into its two parts."""
    name, before, after = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i + 1)
    if before is None or not (cells[i].part and before.part):
        return None
    if before.text == "partial":
        return Seed(i - 1, i, "partial glued to a sign")
    if before.kind == "letter" and before.text.isupper() and not (after and after.part):
        return Seed(i - 1, i, f"{name} glued to a capital")
    if text_at(cells, i + 1) == " " and text_at(cells, i + 3) in ("^", "_"):
        return Seed(i - 1, i, f"{name} between a letter and a scripted one")
    return None


def _accent(cells: list[Cell], i: int) -> Seed | None:
    """`hatSigma`, `barλ`, `hat x`."""
    name, after, right = cells[i].text, cell_at(cells, i + 1), cell_at(cells, i + 2)
    if after is None:
        return None
    if cells[i].part and after.part and after.text in tex.GREEK:
        return Seed(i, i + 1, f"{name} glued to {after.text}")
    spaced = after.kind == "space" and text_at(cells, i - 1).isspace()
    if after.kind == "letter" and after.text > "\u0370" and not spaced:
        return Seed(i, i + 1, f"{name} glued to a letter")
    if spaced and right is not None and right.kind in ("letter", "name"):
        third = cell_at(cells, i + 3)
        operand = right.text not in "aAI" if right.kind == "letter" else right.text in tex.GREEK
        sure = right.kind == "name" or name in ("hat", "tilde")
        equal = third is not None and third.kind == "space" and text_at(cells, i + 4) == "="
        if operand and (sure or equal or third is None or third.text in ("(", "_", "^", ")")):
            return Seed(i, i + 2, f"{name} before a single letter")
    return None


def _derivative(cells: list[Cell], i: int) -> Seed | None:
    """`partial H/partial p`."""
    name = cells[i].text
    over = text_at(cells, i + 3) == "/" and text_at(cells, i + 4) == name
    if over and text_at(cells, i + 1).isspace():
        return Seed(i, i + 4, "one partial over another")
    return None


def _limit(cells: list[Cell], i: int) -> Seed | None:
    """`d/n to gamma`; not `from d/n to gamma`."""
    if not _is_spaced(cells, i) or text_at(cells, i + 2) not in tex.GREEK:
        return None
    kinds = [cell.kind for cell in cells[max(0, i - 5) : i - 1]]
    quotient = kinds == ["space", "letter", "sign", "letter"] and cells[i - 3].text == "/"
    if quotient and text_at(cells, i - 6) != "from":
        return Seed(i - 4, i + 2, "a quotient that goes to a limit")
    return None


def _intervals(cells: list[Cell], i: int) -> Seed | None:
    """`[0,1] times [-1,1]`, `[0,T] times Omega`."""
    if not _is_spaced(cells, i) or text_at(cells, i - 2) not in (")", "]"):
        return None
    opened = next((k for k in range(i - 3, max(-1, i - _REACH), -1) if cells[k].text in "(["), None)
    if opened is None or not _is_interval(cells, opened):
        return None
    if not (_is_interval(cells, i + 2) or text_at(cells, i + 2) in ("Omega", "Theta")):
        return None
    return Seed(opened, i + 2, "times between intervals")


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


def _condition(cells: list[Cell], i: int) -> Seed | None:
    """`E[Y(1) - Y(0) mid X]`, `E[Y(t)mid X]`, `P(Y=1 mid do(X))`: signs alone in the bracket."""
    right = cell_at(cells, i + 2)
    if right is None or not text_at(cells, i + 1).isspace():
        return None
    if not (text_at(cells, i - 1).isspace() or text_at(cells, i - 1) in _CLOSED):
        return None
    if right.kind not in ("letter", "word", "name") or right.text == "a":
        return None
    if right.kind == "word" and text_at(cells, i + 3) not in ("(", "_"):
        return None
    depth = 0
    for k in range(i - 1, max(0, i - 2 * _REACH), -1):
        cell = cells[k]
        if cell.kind in ("word", "stop"):
            return None
        depth += (cell.text in ("]", ")")) - (cell.text in ("[", "("))
        if depth < 0:
            head = text_at(cells, k - 1)
            return Seed(i, i + 2, "mid in a bracket") if head.isupper() or head == "p" else None
    return None


def _glued_to(cells: list[Cell], i: int) -> Seed | None:
    """`Ato B`, cut into its parts."""
    return Seed(i, i, "to glued to a number or letter") if cells[i].part else None


def _distribution(cells: list[Cell], i: int) -> Seed | None:
    """`sim N(0, 1)`."""
    right = cell_at(cells, i + 2)
    if right is None or right.kind != "letter" or not right.text.isupper():
        return None
    if kind_at(cells, i + 1) == "space" and text_at(cells, i + 3) == "(":
        return Seed(i, i + 2, "sim before a distribution or an order")
    return None


def _mean(cells: list[Cell], i: int) -> Seed | None:
    """`mean pm standard deviation`."""
    if _is_spaced(cells, i) and text_at(cells, i - 2).lower() in ("mean", "average"):
        return Seed(i, i, "pm behind a mean")
    return None


def _joined(cells: list[Cell], i: int) -> Seed | None:
    """`kle n`, `xin X`, `λin R`, cut into their parts."""
    name, before, after = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i + 1)
    if not cells[i].part or before is None or after is None:
        return None
    if before.part or (name == "in" and (before.text > "\u0370" or before.text == ")")):
        last = i if after.kind == "space" else i + 1
        return Seed(i - 1, last, f"{name} glued to a single letter")
    return None


def _list(cells: list[Cell], i: int) -> Seed | None:
    """`0, 1, dots, T`."""
    if text_at(cells, i + 1) == "," and "," in (text_at(cells, i - 1), text_at(cells, i - 2)):
        return Seed(i, i, "dots between commas")
    return None


def _member(cells: list[Cell], i: int) -> Seed | None:
    """`p in [1,2)`, `k in K`; not `5 m in X`, whose m is a unit."""
    left, right = cell_at(cells, i - 2), cell_at(cells, i + 2)
    if left is None or right is None or not _is_spaced(cells, i):
        return None
    primed = left.text == "'" and text_at(cells, i - 4) == " " and cells[i - 3].kind == "letter"
    if not (primed or is_lone(cells, i - 2)):
        return None
    if text_at(cells, i - 3) == " " and kind_at(cells, i - 4) == "number":
        return None
    if text_at(cells, i - 4) in ("least", "most"):
        return None  # `of degree at least k in G`
    capital = right.kind == "letter" and right.text.isupper()
    if capital and left.text.islower() and is_lone(cells, i + 2):
        return Seed(i - 2, i + 2, "a small letter in a capital one")
    if right.text in GROUPS and text_at(cells, i + 3) == "(":
        return Seed(i - 2, i + 2, "a sign in a group of matrices")
    if _is_set(cells, i + 2):
        return Seed(i - 2 - primed, i + 2, "a sign in a set or an interval")
    return None


def _is_set(cells: list[Cell], i: int) -> bool:
    """`[1,2)`, `{0, 1, dots, T}`, `[n]`, at its bracket."""
    opened = cells[i]
    if opened.kind != "sign" or opened.text not in "([{":
        return False
    inside = cells[i + 1 : i + 22]
    end = next((k for k, cell in enumerate(inside) if cell.text in (")", "]", "}")), 0)
    inside = inside[:end]
    plain = all(
        cell.kind in ("number", "letter", "space")
        or cell.text in (",", "-", "+", ".", "infty", "dots", "/")
        or (cell.text == "'" and before.kind == "letter")
        for before, cell in pairwise([opened, *inside])
    )
    comma = any("," in cell.text for cell in inside)
    letter = opened.text == "[" and len(inside) == 1 and inside[0].kind == "letter"
    return plain and (comma or letter)


def _percentages(cells: list[Cell], i: int) -> Seed | None:
    """`5% pm 1`, `5%pm 1`."""
    spaced = _is_spaced(cells, i)
    if kind_at(cells, i + 2) == "number" and text_at(cells, i - 1 - spaced) == "%":
        return Seed(i, i + 1 + spaced, "pm between percentages")
    return None


def _between(cells: list[Cell], i: int) -> Seed | None:
    """A quiet name with spaces, between two single letters or two numbers: `m gg n`."""
    name, left, right = cells[i].text, cell_at(cells, i - 2), cell_at(cells, i + 2)
    if left is None or right is None or not _is_spaced(cells, i):
        return None
    if left.kind == right.kind == "number":
        if name == "pm" and is_hour(cells, i):
            return None
        if name in ("times", "pm", "ll", "gg"):
            # not `$8 times 10 minutes`: between two numbers a word of English would need a unit
            return Seed(i - 2, i + 2, f"{name} between two numbers")
    if name == "pm":
        return None
    if name in _ORDERS and (seed := _of_function(cells, i, left, right)):
        return seed
    if name == "perp" and left.text == ")" and right.kind == "letter" and right.text.isupper():
        return Seed(i, i + 2, "perp behind a bracket")
    if name in ("succ", "prec") and left.kind == "letter" and right.text == "0":
        return Seed(i - 2, i + 2, f"{name} before zero")  # `lambda I succ 0`
    if name == "sim" and left.text == ")" and right.text.isupper() and is_lone(cells, i + 2):
        return Seed(i, i + 2, "sim behind a bracket")
    if _is_between_signs(cells, i, left, right):
        return Seed(i - 2, i + 2, f"{name} between two signs")
    return None


def _of_function(cells: list[Cell], i: int, left: Cell, right: Cell) -> Seed | None:
    """`|x| le 1`, `k le log(n)`: the value of a function stands on either side."""
    name = cells[i].text
    call = right.text in tex.FUNCTIONS and text_at(cells, i + 3) in ("(", "{", "_")
    call = call or (right.text in tex.ACCENTS and text_at(cells, i + 3) == " ")
    operand = call or right.kind == "number" or is_lone(cells, i + 2)
    if left.text in (")", "|", "]") and operand:
        return Seed(i, i + 2, f"{name} behind a bracket")
    call = call or (right.text in ("log", "ln") and is_lone(cells, i + 4))
    if call and (is_lone(cells, i - 2) or left.text in tex.GREEK):
        return Seed(i - 2, i + 2, f"{name} before a function")
    return None


def _is_between_signs(cells: list[Cell], i: int, left: Cell, right: Cell) -> bool:
    """`m gg n`, `x perp mu`, `m gg 1`, `mu le 2`; not `vitamin A cup c`."""
    name = cells[i].text
    lone = is_lone(cells, i - 2) and (is_lone(cells, i + 2) or right.text in tex.GREEK)
    if name in ("cap", "cup", "vee", "wedge") and left.text == "A":
        lone = right.kind == "letter" and right.text.isupper()
    if lone or name not in _ORDERS:
        return lone
    if {left.kind, right.kind} == {"letter", "number"}:
        return is_lone(cells, i - 2) or is_lone(cells, i + 2)
    shy = left.kind == "name" and left.text in SHY
    greek = right.kind == "name" and right.text in tex.GREEK
    return shy and (greek or right.kind == "number" or is_lone(cells, i + 2))


def _before_number(cells: list[Cell], i: int) -> Seed | None:
    """`sim 10`, `(approx 5`, `an error of pm 3`."""
    if kind_at(cells, i + 1) != "space" or kind_at(cells, i + 2) != "number":
        return None
    name, before, left = cells[i].text, cell_at(cells, i - 1), cell_at(cells, i - 2)
    if name == "pm" and not is_margin(cells, i):
        return None
    if not (before is None or before.kind == "space" or before.text in ("(", "[")):
        return None
    ranged = left is not None and left.text == "to"  # `sim 10^3 to sim 10^8`
    if left is None or left.kind != "name" or ranged or text_at(cells, i - 1) == "(":
        return Seed(i, i + 2, f"{name} before a number")
    return None


def _with_article(cells: list[Cell], i: int) -> Seed | None:
    """`a times 3 speedup`, `of times 3`."""
    if text_at(cells, i - 2) not in ("a", "an", "of"):
        return None
    if kind_at(cells, i + 1) == "space" and kind_at(cells, i + 2) == "number":
        return Seed(i, i + 2, f"{cells[i].text} between an article and a number")
    return None


def _sized(cells: list[Cell], i: int) -> Seed | None:
    """`left( x right)`."""
    name = cells[i].text
    if text_at(cells, i + 1) not in ("(", "[", "{", "|", "."):
        return None
    end = _SIZES[name]
    if any(other.kind == "name" and other.text == end for other in cells[i + 1 : i + 200]):
        return Seed(i, i + 1, f"{name} and {end} around brackets")
    return None


def _is_part(cells: list[Cell], i: int) -> bool:
    """True for a piece of a glued word."""
    cell = cell_at(cells, i)
    return cell is not None and cell.part


def _is_spaced(cells: list[Cell], i: int) -> bool:
    """True for what has a space on either side."""
    return kind_at(cells, i - 1) == "space" == kind_at(cells, i + 1)


_Rule = Callable[[list[Cell], int], Seed | None]
_RULES: tuple[tuple[_Rule, Collection[str]], ...] = (
    (_fraction, ("frac", "dfrac", "tfrac")),
    (_factor, FACTORS),
    (_behind_bracket, _ORDERS | {"sim", "subset"}),
    (_times_letter, ("times",)),
    (_times_bracket, ("times",)),
    (_logarithm, ("log",)),
    (_greek, tex.GREEK),
    (_accent, tex.ACCENTS),
    (_derivative, ("partial",)),
    (_limit, ("to",)),
    (_intervals, ("times",)),
    (_condition, ("mid",)),
    (_glued_to, ("to",)),
    (_distribution, ("sim",)),
    (_mean, ("pm",)),
    (_joined, _JOINING),
    (_list, ("dots",)),
    (_member, ("in",)),
    (_percentages, ("pm",)),
    (_between, BETWEEN - {"in"}),
    (_before_number, ("sim", "approx", "le", "ge", "pm")),
    (_with_article, ("times",)),
    (_sized, _SIZES),
)
_RULES_OF = {
    name: tuple(rule for rule, theirs in _RULES if name in theirs)
    for _, names in _RULES
    for name in names
}
