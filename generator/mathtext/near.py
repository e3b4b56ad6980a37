"""What stands beside a cell, and the seed of a formula: shared by the kinds of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from ..texmath import symbols as tex
from .cells import Cell
from .names import SHY


@dataclass(frozen=True, slots=True)
class Seed:
    """The least that must lie inside a formula."""

    first: int
    """Its first cell."""
    last: int
    because: str


def cell_at(cells: list[Cell], i: int) -> Cell | None:
    """The cell at a place, or None beyond either end."""
    return cells[i] if 0 <= i < len(cells) else None


def text_at(cells: list[Cell], i: int) -> str:
    """Its text; empty beyond either end."""
    cell = cell_at(cells, i)
    return "" if cell is None else cell.text


def kind_at(cells: list[Cell], i: int) -> str:
    """Its kind; empty beyond either end."""
    cell = cell_at(cells, i)
    return "" if cell is None else cell.kind


def is_lone(cells: list[Cell], i: int) -> bool:
    """A single letter that is a sign: no article, initial, or part of a hyphened word."""
    if not 0 <= i < len(cells):
        return False
    cell, before, after = cells[i], cell_at(cells, i - 1), cell_at(cells, i + 1)
    if cell.kind == "name":
        return cell.text in tex.GREEK and cell.text not in SHY
    if cell.kind != "letter" or cell.text in ("a", "A", "I"):
        return False
    hyphens = ("-", "'", "’", "/", "&")
    return not (before is not None and before.text in hyphens) and not (
        after is not None and after.text in hyphens
    )


def is_differential(cell: Cell) -> bool:
    """`dt`, `dx`: a word of two letters that a derivative may be by."""
    return cell.kind == "word" and len(cell.text) == 2 and cell.text[0] == "d"
