"""Finds mathematics that lost its dollars and backslashes, and writes its TeX again.

Each seed of `evidence` is grown to the left over what can only belong to it, and `grammar` reads
to the right from there. What cannot be read stays text.
"""

from __future__ import annotations

import re

from ..texmath import parse
from ..texmath import symbols as tex
from .cells import Cell, cut
from .evidence import seeds
from .gate import may_hold
from .grammar import read
from .greek import weak_seeds
from .names import RELATIONS
from .near import Seed, is_lone, text_at
from .reader import Budget, NoFormula, closings
from .span import MathSpan

REACH = 80
"""So many cells a formula may begin before its first seed."""
_GLUE = frozenset("+*/=<>^_,;:|'-!")
_SENTENCE = re.compile(r"[a-z)][.!?]\s+(?=[A-Z][a-z])")
_OPERANDS = (
    frozenset(tex.GREEK) | tex.FUNCTIONS | frozenset(tex.LARGE) | frozenset(tex.FACES)
    | frozenset(tex.ACCENTS) | {"left", "bigl", "Bigl", "partial"}
)  # fmt: skip


def find_damaged(text: str, intact: bool = False) -> list[MathSpan]:
    """The formulas of a text without dollars, in order, without overlap."""
    cells = _cells(text, intact)
    closing = closings(cells)
    strong = seeds(cells, intact)
    found = _grow(cells, strong, closing)
    if intact:
        return [span for _, _, span in found]
    mathematical = bool(found)
    known: set[str] = set()
    weak: dict[int, Seed] = {}
    for _ in range(2):
        # What stands in mathematics somewhere in the text is mathematics everywhere in it:
        # at first what is so beyond doubt, then `gamma = 0.99` too.
        known |= _names(cells, found)
        for seed in weak_seeds(cells, known, mathematical):
            weak.setdefault(seed.first, seed)  # the first reason is its own
        if weak:
            every = sorted([*strong, *weak.values()], key=lambda seed: (seed.first, seed.last))
            found = _grow(cells, every, closing)
        if _names(cells, found) <= known:
            break
    return [span for _, _, span in found]


def _names(cells: list[Cell], found: list[tuple[int, int, MathSpan]]) -> set[str]:
    """The names that stand in formulas."""
    return {
        cells[k].text
        for first, end, _ in found
        for k in range(first, end)
        if cells[k].kind == "name"
    }


def _cells(text: str, intact: bool) -> list[Cell]:
    """The cells of the text; a sentence without any evidence is one word of it."""
    cells: list[Cell] = []
    at = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        if may_hold(text[at:end], intact):
            cut(text, at, end, cells)
        elif at < end:
            words = text[at:end].rstrip()
            cells.append(Cell("word", words, at, at + len(words)))
            if at + len(words) < end:
                cells.append(Cell("space", text[at + len(words) : end], at + len(words), end))
        at = end
    return cells


def _grow(
    cells: list[Cell], all_seeds: list[Seed], closing: dict[int, int]
) -> list[tuple[int, int, MathSpan]]:
    """The formulas around the seeds, with their first cell and the cell behind them.

    A seed that nothing grows from may not take the steps of those behind it.
    """
    budget = Budget(len(cells))
    found: list[tuple[int, int, MathSpan]] = []
    done = 0
    for seed in all_seeds:
        if seed.first < done:
            if seed.last < done:
                continue
            seed = Seed(done, seed.last, seed.because)
        starts = _starts(cells, seed, done)
        budget.steps -= (seed.first - starts[0]) // 4
        if budget.steps < 0:
            break
        share = budget.share()
        for start in starts:
            try:
                source, end = read(cells, start, closing, share)
            except NoFormula:
                continue
            if start != seed.first and _only_brackets(cells, start, end, closing):
                continue
            if end > seed.last and source and parse(source) is not None:
                first, last = cells[start], cells[end - 1]
                span = MathSpan(first.start, last.end, source, seed.because)
                found.append((start, end, span))
                done = end
                break
        budget.settle(share)
    return found


def _only_brackets(cells: list[Cell], start: int, end: int, closing: dict[int, int]) -> bool:
    """Parentheses of the sentence, with a formula in them: `(BT^2)`; not a tuple."""
    if cells[start].text != "(" or closing.get(start) != end - 1:
        return False
    return not any(
        cells[i].kind == "name" and cells[i - 1].text == cells[i + 1].text == ","
        for i in range(start + 2, end - 2)
    )


def _starts(cells: list[Cell], seed: Seed, done: int) -> list[int]:
    """Cells a formula around the seed may begin with, the farthest first."""
    starts = [seed.first]
    at = seed.first
    low = max(done, seed.first - REACH)
    pending = 0
    while at > low:
        before = cells[at - 1]
        if before.kind in ("letter", "number") or before.kind == "name":
            at -= 1
        elif before.kind == "space":
            step = _over_space(cells, at, low)
            if not step:
                if pending or not _inside_bracket(cells, at, low):
                    break
                at -= 1
                continue
            at -= step
        elif before.kind == "sign" and before.text in "([{":
            at -= 1
            if at > low and before.text != "{":
                head = cells[at - 1]
                if head.kind in ("word", "name", "letter"):
                    at -= 1
        elif (before.kind == "sign" and (before.text in _GLUE or before.text in ")]}")) or (
            before.kind == "word"
            and (cells[at].text in ("^", "_") or _is_between_bars(cells, at - 1))
        ):
            at -= 1
        else:
            break
        if _may_start(cells, at):
            starts.append(at)
        if len(starts) > 12:
            starts = starts[:1] + starts[2:]
    starts.reverse()
    return starts


def _is_between_bars(cells: list[Cell], i: int) -> bool:
    """`|Ax|_2` at its letters."""
    return len(cells[i].text) < 4 and text_at(cells, i - 1) == text_at(cells, i + 1) == "|"


def _may_start(cells: list[Cell], at: int) -> bool:
    cell = cells[at]
    before = cells[at - 1] if at else None
    if before is not None and before.kind == "word" and cell.kind in ("letter", "name"):
        return False
    if cell.kind == "letter" and cell.text in "aAI" and at + 1 < len(cells):
        if cells[at + 1].kind == "space":
            return _is_no_article(cells, at)
    if before is not None and before.text in ("-", "'", "’") and cell.kind == "letter":
        return False
    if cell.kind == "sign":
        return cell.text in "([{|"
    if cell.kind == "name" and not cell.loud and not cell.kept:
        return cell.text in _OPERANDS or cell.text == "pm"
    return cell.kind in ("letter", "number", "name", "word")


def _is_no_article(cells: list[Cell], at: int) -> bool:
    """`A in R^{n`, `A in {0,1}^n`, `a equiv b`, as opposed to the article or a name."""
    following = [cell.text for cell in cells[at + 1 : at + 6]]
    if following[:3] == [" ", "in", " "] and (following[3:4] == ["{"] or "^" in following[4:]):
        return True
    related = len(following) > 3 and cells[at + 2].loud and following[1] in RELATIONS
    return related and following[2] == " " and is_lone(cells, at + 4)


def _over_space(cells: list[Cell], at: int, low: int) -> int:
    """How many cells to go left from a space: over an operator to its other side."""
    if at - 2 < low:
        return 0
    here, before = cells[at], cells[at - 2]
    if before.text == "to" and _same_sign(cells, at, low):
        return 2  # `E to E^2`
    if before.text == "to" and here.text in "+-" and text_at(cells, at + 1) == "infty":
        return 2
    operators = "=<>+*/≤≥×±→∈≈−-"
    if here.kind == "sign" and here.text in operators and before.text != "to":
        return 1  # what stands before `= x`
    if before.kind == "sign" and before.text in operators:
        return 2
    if here.kind == "name" and (here.text in RELATIONS or here.text in tex.BINARY):
        return 1 if _thing(before) else 0
    if before.kind == "name" and not (here.kind == "name" and here.text in RELATIONS):
        relation = before.text in RELATIONS or before.text in tex.BINARY
        quiet = ("times", "in", "sim", "circ", "gg", "ll", "pm")
        if relation and (before.loud or before.text in quiet):
            return 2
        if before.text == "to" and (
            here.text == "infty" or (cells[at + 1 : at + 2] and cells[at + 1].text == "infty")
        ):
            return 2
        if before.text in tex.GREEK and here.text in tex.LARGE and text_at(cells, at + 1) == "_":
            return 2  # `lambda sum_i |z_i|`
        if (before.text in tex.LARGE and before.text != here.text) or (
            before.text == "partial"
            and (text_at(cells, at + 1) in ("_", "^") or _is_under(cells, at + 1, "partial"))
        ):
            return 2
        if before.text in tex.FACES or before.text in tex.FUNCTIONS or before.text in tex.ACCENTS:
            return 2
    return 0


def _is_under(cells: list[Cell], i: int, name: str) -> bool:
    """True where a brace opens on a name: `u{partial t}`."""
    return text_at(cells, i) == "{" and text_at(cells, i + 1) == name


def _same_sign(cells: list[Cell], at: int, low: int) -> bool:
    """True for `E to E^2` at its second sign; not for `from d to d^2`."""
    if at - 4 < low or cells[at - 4].text != cells[at].text or not is_lone(cells, at - 4):
        return False
    script = at + 1 < len(cells) and cells[at + 1].text in ("^", "_")
    return script and text_at(cells, at - 6) not in ("from", "between")


def _thing(cell: Cell) -> bool:
    if cell.kind == "name":
        return cell.text in tex.GREEK or cell.text in tex.LETTERS
    return cell.kind in ("letter", "number") or cell.text in ")]}|"


def _inside_bracket(cells: list[Cell], at: int, low: int) -> bool:
    """True where an opening bracket stands a few cells to the left, still open."""
    depth = 0
    for k in range(at - 1, max(low, at - 40) - 1, -1):
        cell = cells[k]
        if cell.kind in ("word", "stop"):
            return False
        if cell.text in ")]}":
            depth += 1
        elif cell.text in "([{" and cell.text:
            if not depth:
                return True
            depth -= 1
    return False
