"""Finds the papers that are likely near, by their senses alone, without comparing all with all.

Every paper has its home with one of some hundred subjects, the one nearest in sense. Of a library
of thousands of papers only those are compared whose homes are near. The subjects ship with the
package, and how many of them a paper looks into depends on the papers before it alone: a later day
changes nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers
from .reading import unit
from .terms import ZERO

SUBJECTS = Path(__file__).parents[1] / "data" / "subjects.txt"
"""Made by `benchmarks/make_subjects.py`. A line a subject: its sense, as in the table of terms."""

Floats = NDArray[np.float32]
Found = tuple[Numbers, Numbers, Numbers]

_LIKELY = 16
"""Papers nearest in sense, of which the terms are compared."""
_COMPARED = 2560
"""Papers compared with one, about, if there are so many; in a smaller library, all."""
_ASKING = 1 << 14
"""Papers compared with others in one go, at most: many, since each go calls on every subject."""
_CELLS = 1 << 20
"""Products made in one go: 4 MB."""
_NONE = np.float32(-(2**20))
"""Below any product of two senses."""


def likely(senses: NDArray[np.int8], ends: Numbers, wanted: Numbers) -> Iterator[Found]:
    """The `_LIKELY` nearest, if not beyond their end, of each wanted row: rows, columns, products.

    By row, nearest first. Some of the nearest are missed where there are more than `_COMPARED`.
    """
    # Floats of whole numbers: products add up to 2**14 at most, so they are exact in whatever order
    # a machine adds them.
    papers = senses.astype(np.float32)
    homes = (papers @ _subjects()).argmax(axis=1)
    # Sizes of the library, halved down to powers of two, so that few sets of papers are searched.
    sizes = 1 << np.array([int(end).bit_length() - 1 for end in ends], dtype=np.int64)
    for size in sorted(set(sizes.tolist())):  # `np.unique` would load masked arrays, for 15 ms
        at = np.flatnonzero(sizes == size)
        for part in np.array_split(at, -(-len(at) // _ASKING)):
            yield _search(papers, homes, ends[part], wanted[part], size)


def _search(papers: Floats, homes: Numbers, ends: Numbers, wanted: Numbers, size: int) -> Found:
    """As `likely`, where there are about `size` papers or up to twice as many."""
    last = int(ends.max(initial=0))
    floors = np.ones(len(wanted), dtype=np.float32)
    if size < _COMPARED:
        found = [
            _above(papers, np.arange(last), ends, wanted, floors, np.arange(len(wanted)), True)
        ]
    else:
        subjects = _subjects().shape[1]
        visits = _visits(papers[wanted], homes[wanted], subjects * _COMPARED // size)
        order = np.argsort(homes[:last], kind="stable")
        bounds = np.searchsorted(homes[order], np.arange(subjects + 1))
        found = []
        # Those at home first: what they find is the least that others must come up to.
        for guests in (False, True):
            for subject in range(subjects):
                there = order[bounds[subject] : bounds[subject + 1]]
                asking = np.flatnonzero(visits[:, subject] if guests else homes[wanted] == subject)
                if len(there) and len(asking):
                    found.append(_above(papers, there, ends, wanted, floors, asking, not guests))
    rows, columns, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    rows, columns, values = _best(rows, columns, values)
    return wanted[rows], columns, values


def _visits(senses: Floats, homes: Numbers, number: int) -> NDArray[np.bool_]:
    """Which subjects each row looks into besides its home: in all as many as asked."""
    products = senses @ _subjects()
    # Of equally near subjects the first, on any machine.
    subjects = products.shape[1]
    ranked = products * subjects - np.arange(subjects, dtype=np.float32)
    number = min(number, subjects)
    least = np.partition(ranked, -number, axis=1)[:, -number]
    visits: NDArray[np.bool_] = ranked >= least[:, None]
    visits[np.arange(len(homes)), homes] = False
    return visits


def _above(
    papers: Floats,
    there: Numbers,
    ends: Numbers,
    wanted: Numbers,
    floors: Floats,
    asking: Numbers,
    raising: bool,
) -> Found:
    """Products, not below their floors, of those asking with those there; floors may be raised."""
    others = papers[there].T.copy()
    found = []
    step = max(1, _CELLS // len(there))
    for start in range(0, len(asking), step):
        some = asking[start : start + step]
        products = papers[wanted[some]] @ others
        if raising and len(there) > _LIKELY:
            products[there >= ends[some, None]] = _NONE
            highest = np.partition(products, -_LIKELY - 1, axis=1)
            # One more, since the paper itself is among them.
            floors[some] = np.maximum(1, highest[:, -_LIKELY - 1])
        at = np.flatnonzero(products >= floors[some, None])
        row = at // len(there)
        rows, columns = some[row], there[at - row * len(there)]
        right = (columns < ends[rows]) & (columns != wanted[rows])
        values = products.ravel()[at[right]].astype(np.int64)
        found.append((rows[right], columns[right], values))
    every, columns, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return every, columns, values


def _best(rows: Numbers, columns: Numbers, values: Numbers) -> Found:
    """The `_LIKELY` highest values of each row, highest first; of equal ones, the first column."""
    # All three in one number, since sorting one column is quicker than three.
    order = rows << 48 | (1 << 23) - values << 24 | columns
    order.sort()
    rows = order >> 48
    starts = np.searchsorted(rows, np.arange(len(rows) and int(rows[-1]) + 1))
    order = order[np.arange(len(order)) - starts[rows] < _LIKELY]
    low = (1 << 24) - 1
    return order >> 48, order & low, (1 << 23) - (order >> 24 & low)


@cache
def _subjects() -> Floats:
    """A column a subject."""
    lines = SUBJECTS.read_text(encoding="ascii").split()
    signs = np.frombuffer("".join(lines).encode("ascii"), dtype=np.uint8)
    senses = signs.reshape(len(lines), -1).astype(np.float64) - ZERO
    return unit(senses).T.astype(np.float32, order="C")
