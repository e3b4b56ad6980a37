"""Finds the nearest papers among all that are no newer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .reading import UNIT, Readings

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]

MOST = 5
"""Neighbours of one paper at most."""
SURE = 3
"""Of these, as many as need only be `NEAR`; the others have to be `NEARER`."""
MOST_TERMS = 6
"""Shared terms told of one link."""
NEAR, NEARER = 0.335, 0.43
"""Least score of a neighbour. Chosen on the half `tuned` of `benchmarks/related.py`, so that nine
in ten of its papers have three, and of all links more than 0.86 share a reference tag."""

_LIKELY = 16
"""Papers nearest in sense, of which the terms are compared."""
_SENSE, _TERMS = 1.0, 0.7
"""What the product of the senses and that of the terms weigh in a score."""
_BLOCK = 256
"""Papers compared with all others in one go: 40 MB where there are 40,000."""
_FOLD = 64
"""Papers of which at first only the nearest is looked at."""
_NONE = np.float32(-(2**20))
"""Below any product of two senses."""


@dataclass(frozen=True, slots=True)
class Link:
    """One paper near another."""

    paper: int
    """The row whose neighbour is told."""
    near: int
    """The row of the neighbour."""
    score: float
    """0 to 1."""
    terms: tuple[int, ...]
    """The numbers of terms both have, weightiest first; `MOST_TERMS` at most."""


def nearest(papers: Readings, ends: Sequence[int], wanted: Sequence[int]) -> Iterator[Link]:
    """The nearest papers of each wanted row among rows 0 to its end, nearest first.

    Wanted rows ascend; `ends` has an end for each, none lower than the one before.
    """
    # Padded, so that a row of products folds evenly; and as floats of whole numbers: products add
    # up to 2**14 at most, so they are exact in whatever order a machine adds them.
    height = -(-len(papers.keys) // _FOLD) * _FOLD
    senses = np.zeros((height, papers.senses.shape[1]), dtype=np.float32)
    senses[: len(papers.keys)] = papers.senses
    shelf = _Terms(papers)
    for start in range(0, len(wanted), _BLOCK):
        rows = np.array(wanted[start : start + _BLOCK])
        last = ends[start : start + _BLOCK]
        width = -(-last[-1] // _FOLD)
        products = senses[rows] @ senses[: width * _FOLD].T
        for product, end in zip(products, last, strict=True):
            product[end:] = _NONE
        products[np.arange(len(rows)), rows] = _NONE
        yield from shelf.rank(rows, *_highest(products, width))


def _highest(products: Floats, width: int) -> tuple[Numbers, Numbers, Numbers]:
    """Rows, columns and values of the `_LIKELY` highest positive products of each row."""
    # The sixteenth highest peak of folds is no higher than the sixteenth highest of all. A floor is
    # the same on any machine, where the places of equal numbers in a partial sort are not.
    peaks = products.reshape(len(products), _FOLD, width).max(axis=1)
    floor = np.ones(len(products), dtype=np.float32)
    if width > _LIKELY:
        floor = np.maximum(floor, np.partition(peaks, -_LIKELY, axis=1)[:, -_LIKELY])
    rows, columns = np.nonzero(products >= floor[:, None])
    values = products[rows, columns].astype(np.int64)
    best = _best(rows, columns, values, _LIKELY)
    return rows[best], columns[best], values[best]


def _best(rows: Numbers, columns: Numbers, values: Numbers, most: int) -> Numbers:
    """Where the highest values of each row are, highest first; of equal ones, the first column."""
    # All three in one number, since sorting one column is quicker than three.
    order = np.argsort(rows << 48 | (1 << 23) - values << 24 | columns)
    starts = np.searchsorted(rows[order], rows[order])
    return order[np.arange(len(order)) - starts < most]


class _Terms:
    """Compares the terms of some papers with those of others."""

    def __init__(self, papers: Readings) -> None:
        # Numbered anew and densely: there are far fewer terms than numbers of terms, and a term of
        # one paper alone, here 0, is shared by none.
        self._numbers, terms, holders = np.unique(
            papers.terms, return_inverse=True, return_counts=True
        )
        dense = np.cumsum(holders > 1) * (holders > 1) * (self._numbers >= 0)
        self._original = papers.terms
        self._terms = dense[terms.reshape(papers.terms.shape)]
        self._weights = papers.weights
        self._own = np.zeros((_BLOCK, int(dense.max(initial=0)) + 1), dtype=np.int8)

    def rank(
        self, wanted: Numbers, rows: Numbers, columns: Numbers, dots: Numbers
    ) -> Iterator[Link]:
        """Links of the wanted papers to the nearest of their likely ones.

        `rows` are numbers within `wanted`, and `columns` papers likely to be near.
        """
        every = np.arange(len(wanted))[:, None]
        self._own[every, self._terms[wanted]] = self._weights[wanted]
        self._own[:, 0] = 0
        shared = self._own[rows[:, None], self._terms[columns]].astype(np.int32)
        shared *= self._weights[columns]
        self._own[every, self._terms[wanted]] = 0
        both = shared.sum(axis=1)
        scores = round(10 * _SENSE) * dots + round(10 * _TERMS) * both
        # Without a shared term no reason could be shown.
        scores[both == 0] = 0
        best = _best(rows, columns, scores, MOST)
        rows, columns, shared = rows[best], columns[best], shared[best]
        scored = np.minimum(scores[best] / (10 * (_SENSE + _TERMS) * UNIT**2), 1).round(4)
        place = np.arange(len(rows)) - np.searchsorted(rows, rows)
        close = scored >= np.where(place < SURE, NEAR, NEARER)
        order = np.argsort(-shared, axis=1, kind="stable")[:, :MOST_TERMS]
        names = np.take_along_axis(self._original[columns], order, axis=1).tolist()
        counts = np.count_nonzero(shared, axis=1).tolist()
        papers, scored = wanted[rows].tolist(), scored.tolist()
        for at in np.flatnonzero(close).tolist():
            terms = tuple(names[at][: counts[at]])
            yield Link(papers[at], int(columns[at]), scored[at], terms)
