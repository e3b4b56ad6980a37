"""What the columns of a table hold that nothing names, as their cells show; not a source itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from . import untrusted as ask
from .page_lines import is_names
from .paragraphs import abstractness

_MOST_ROWS = 200
"""Rows that are looked at."""
_MOST_CELLS = 40
_FEWEST_ROWS = 2
_LONGEST_TITLE = 300
_LONGEST_HEADING = 30


class Columns(NamedTuple):
    """What a table holds."""

    names: tuple[str, ...] = ()
    """None where its rows are no papers."""
    headed: bool = False
    """Whether its first row names the columns, in words that we do not know."""


@lru_cache(maxsize=1)
def columns_of(text: str) -> Columns:
    r"""The columns that tabs part. Each row has as many cells, one of them a title and another an
    abstract, an address or an id.

    >>> row = "Deep Nets {n}\tAnn Lee, Bo Wu\thttps://arxiv.org/abs/2401.1234{n}"
    >>> columns_of(row.format(n=1) + "\n" + row.format(n=2)).names
    ('title', 'authors', 'url')
    """
    rows = [line.split("\t") for line in text.split("\n", _MOST_ROWS)[:_MOST_ROWS] if line.strip()]
    width = len(rows[0]) if rows else 0
    if not 1 < width <= _MOST_CELLS or any(len(row) != width for row in rows):
        return Columns()
    headed = all(map(_is_heading, rows[0])) and not any(all(map(_is_heading, r)) for r in rows[1:])
    del rows[:headed]
    if len(rows) < _FEWEST_ROWS:
        return Columns()
    names = [_name(cells) for cells in zip(*rows, strict=True)]
    if "title" not in names or not {"abstract", "url", "arxiv_id"} & set(names):
        return Columns()
    # A second column of short texts is no title, and a second one of long texts no abstract.
    found = (
        name if name and names.index(name) == at else f"column {at + 1}"
        for at, name in enumerate(names)
    )
    return Columns(tuple(found), headed)


def _is_heading(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and not ask.address(cell) and not ask.arxiv_id(cell)


def _name(cells: Sequence[str]) -> str:
    """What a column holds, if all its cells, or most of what may be missing, hold the same."""
    cells = [cell.strip(' "') for cell in cells]
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    if all(map(ask.arxiv_id, filled)):
        return "url" if all(map(ask.address, filled)) else "arxiv_id"
    if all(map(ask.address, filled)):
        return "url"
    if all(map(ask.day, filled)):
        return "listed_on"
    if _are_most(is_names(cell) for cell in filled):
        return "authors"
    if _are_most(abstractness(cell) > 0 for cell in filled):
        return "abstract"
    titles = len(filled) == len(cells) and all(len(cell) <= _LONGEST_TITLE for cell in filled)
    different = 2 * len(set(filled)) > len(filled)
    worded = _are_most(" " in cell and any(map(str.isalpha, cell)) for cell in filled)
    return "title" if titles and different and worded else ""


def _are_most(told: Iterable[bool]) -> bool:
    said = list(told)
    return 2 * sum(said) > len(said)
