r"""Mends the quotients between `\(` and `\)`, which outlive the damage, while `\frac` does not.

What stands between these brackets is a formula to its end, whatever it lost: a brace whose
numerator has no certain beginning is shown, as it was typed.
"""

from __future__ import annotations

import re

from ..texmath import symbols as tex
from .cells import Cell, cut
from .near import text_at
from .quotients import begins_numerator, is_raised

_SUSPECT = re.compile(r"(?<!\\)(?:[\w)\]}']|\\[A-Za-z]+)\{")
_WHOLE = re.compile(rf"\\(?!(?:{'|'.join(tex.GREEK)})\{{)[A-Za-z]+\{{[^{{}}]*\}}")
"""A command with its argument, which the damage would have taken; `\\alpha{2}` is a fraction."""
_SWITCHES = frozenset("rm bf it cal sf tt".split())


def is_whole(text: str) -> bool:
    """Whether a text shows that nothing took its dollars or its commands with an argument."""
    return "$" in text or "{" not in text or _WHOLE.search(text) is not None


def mended(source: str) -> str:
    r"""The TeX of a formula, with the fractions that the damage left without command.

    >>> mended(r"n^{-1{2}}"), mended(r"n+d{2} \le 5{,}000")
    ('n^{-\\frac{1}{2}}', 'n+d\\{2\\} \\le 5{,}000')
    """
    if not _SUSPECT.search(source):
        return source
    cells: list[Cell] = []
    cut(source, 0, len(source), cells)
    edits: list[tuple[int, int, str]] = []
    opened: list[int] = []
    for i, cell in enumerate(cells):
        if cell.text == "{":
            opened.append(i)
        elif cell.text == "}" and opened:
            edits += _edits(cells, opened.pop(), i)
    parts, at = [], 0
    for start, end, put in sorted(edits):
        parts += [source[at:start], put]
        at = end
    return "".join([*parts, source[at:]])


def _edits(cells: list[Cell], brace: int, end: int) -> list[tuple[int, int, str]]:
    """What makes a group the denominator it was, or shows its braces."""
    if not brace or _is_grouping(cells, brace, end):
        return []
    start = _operand(cells, brace)
    if start is None:
        return []
    if cells[brace + 1].text == "partial":  # `\\partial F{\\partial x}`
        before = start - 1 - (text_at(cells, start - 1) == " ")
        start = before if text_at(cells, before) == "partial" else start
    at = cells[brace].start
    if _is_numerator(cells, start, brace, end):
        first = cells[start].start
        return [(first, first, "\\frac{"), (at, at, "}")]
    close = cells[end].start
    return [(at, at + 1, "\\{"), (close, close + 1, "\\}")]


def _is_grouping(cells: list[Cell], brace: int, end: int) -> bool:
    """`{=}`, `{,}`, `{\\rm x}`, `{\\circ}`, `{^2}`, `{}`: no argument of a fraction."""
    first = cells[brace + 1]
    if end < brace + 2 or first.text in ("^", "_", ",") or first.text in _SWITCHES:
        return True
    if end > brace + 2:
        return False
    return first.kind == "sign" or (
        first.kind == "name" and first.text not in tex.GREEK and first.text not in tex.LETTERS
    )


def _operand(cells: list[Cell], brace: int) -> int | None:
    """Where what stands directly before a brace begins, if it is no command that takes a group."""
    start = brace - 1
    if cells[start].text == "}":
        while start and cells[start].text != "{":
            start -= 1
        start -= 1  # its mark
    else:
        start += 1
        while start > 2 and text_at(cells, start - 2) in ("^", "_"):
            start -= 2
        start -= 1
        return start if _is_operand(cells[start]) else None
    if start < 1 or cells[start].text not in ("^", "_"):
        return None
    start -= 1
    while start > 1 and text_at(cells, start - 1) in ("^", "_"):
        start -= 2
    return start if _is_operand(cells[start]) else None


def _is_operand(cell: Cell) -> bool:
    if cell.kind == "name":
        return cell.text in tex.GREEK or cell.text in tex.LETTERS
    return cell.kind in ("letter", "number", "word") or cell.text in (")", "]", "'")


def _is_numerator(cells: list[Cell], start: int, brace: int, end: int) -> bool:
    """Whether what stands directly before a brace is all of a numerator."""
    head = cells[start]
    if head.kind == "sign" or (head.kind == "word" and len(head.text) > 2):
        return False
    if head.text in ("n", "m", "N", "d") and start == brace - 1 and end == brace + 2:
        return False  # `n{k}`: a fraction or a binomial coefficient, who knows
    return is_raised(cells, start, brace) and begins_numerator(cells, start, brace)
