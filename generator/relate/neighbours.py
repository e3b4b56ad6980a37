"""Finds the nearest papers among all that are no newer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers
from .likely import likely
from .reading import KEPT, UNIT, Readings

MOST = 5
"""Neighbours of one paper at most."""
SURE = 3
"""Of these, as many as need only be `NEAR`; the others have to be `NEARER`."""
MOST_TERMS = 6
"""Shared terms told of one link."""
NEAR, NEARER = 0.335, 0.43
"""Least score of a neighbour. Chosen on the half `tuned` of `benchmarks/related.py`, so that nine
in ten of its papers have three, and of all links more than 0.86 share a reference tag."""

_SENSE, _TERMS = 1.0, 0.7
"""What the product of the senses and that of the terms weigh in a score."""
_BLOCK = 256
"""Papers of which the nearest are ranked in one go."""
_AT_ONCE = 8
"""Papers of which the terms are compared with others' in one go: few, so that what each weighs,
a byte a term, stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Links:
    """Papers near others, as columns; those of one paper nearest first."""

    papers: Numbers
    """The row of the paper whose neighbour is told."""
    near: Numbers
    """The row of the neighbour."""
    scores: NDArray[np.float64]
    """0 to 1."""
    terms: NDArray[np.int32]
    """The numbers of terms both have, weightiest first, then -1; `MOST_TERMS` a link."""
    places: NDArray[np.int32]
    """Where the paper's text first has each of these terms."""


def nearest(papers: Readings, ends: Sequence[int], wanted: Sequence[int]) -> Iterator[Links]:
    """The nearest papers of each wanted row among rows 0 to its end.

    Wanted rows ascend; `ends` has an end for each, none lower than the one before.
    """
    shelf = _Terms(papers, wanted)
    for rows, columns, values in likely(papers.senses, np.array(ends), np.array(wanted)):
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        bounds = [*starts[::_BLOCK].tolist(), len(rows)]
        for start, stop in pairwise(bounds):
            own, numbers = np.unique(rows[start:stop], return_inverse=True)
            yield shelf.rank(own, numbers, columns[start:stop], values[start:stop])


def _best(rows: Numbers, columns: Numbers, scores: Numbers) -> Numbers:
    """Where the `MOST` highest scores of each row are, highest first; of equal ones, the first."""
    # All three in one number, since sorting one column is quicker than three.
    order = np.argsort(rows << 48 | (1 << 23) - scores << 24 | columns)
    starts = np.searchsorted(rows[order], rows[order])
    return order[np.arange(len(order)) - starts < MOST]


class _Terms:
    """Compares the terms of some papers with those of others."""

    def __init__(self, papers: Readings, wanted: Sequence[int]) -> None:
        """`wanted` has the rows of all that will be compared with others."""
        # Numbered anew and densely: of four million numbers a site's papers have a few ten
        # thousand, and those of one day one or two. Whatever cannot be shared is 0.
        held = np.zeros(papers.terms.max(initial=0) + 2, dtype=np.bool_)
        held[papers.terms[wanted] + 1] = True
        held[0] = False
        numbers = _numbered(held)[papers.terms + 1]
        shared = np.bincount(numbers.ravel()) > 1
        shared[:1] = False
        dense = _numbered(shared)
        self._original = papers.terms
        self._terms = dense[numbers]
        self._weights = papers.weights
        self._places = papers.places
        self._width = int(dense.max(initial=0)) + 1
        self._own = np.zeros((_AT_ONCE, self._width), dtype=np.int8)

    def rank(self, wanted: Numbers, rows: Numbers, columns: Numbers, dots: Numbers) -> Links:
        """Links of the wanted papers to the nearest of their likely ones.

        `rows` are numbers within `wanted`, and `columns` papers likely to be near.
        """
        shared = self._shared(wanted, rows, columns)
        both = shared.sum(axis=1, dtype=np.int64)
        scores = round(10 * _SENSE) * dots + round(10 * _TERMS) * both
        # Without a shared term no reason could be shown.
        scores[both == 0] = 0
        top = _best(rows, columns, scores)
        scored = np.minimum(scores[top] / (10 * (_SENSE + _TERMS) * UNIT**2), 1).round(4)
        place = np.arange(len(top)) - np.searchsorted(rows[top], rows[top])
        close = scored >= np.where(place < SURE, NEAR, NEARER)
        top, scored = top[close], scored[close]
        rows, columns, shared = wanted[rows[top]], columns[top], shared[top]
        # Of equally weighty terms the first, by its place in the same number.
        ranked = np.sort(shared.astype(np.int32) * -KEPT + np.arange(KEPT, dtype=np.int32), axis=1)
        order = ranked[:, :MOST_TERMS] % KEPT
        terms = np.take_along_axis(self._original[columns], order, axis=1)
        at = (self._original[rows][:, None, :] == terms[:, :, None]).argmax(axis=2)
        places = np.take_along_axis(self._places[rows], at, axis=1)
        terms[np.take_along_axis(shared, order, axis=1) == 0] = -1
        return Links(rows, columns, scored, terms, places)

    def _shared(self, wanted: Numbers, rows: Numbers, columns: Numbers) -> NDArray[np.int16]:
        """The product of both weights, by pair of papers and term of the column's paper."""
        terms = self._terms[columns]
        shared = np.empty(terms.shape, dtype=np.int8)
        bounds = np.searchsorted(rows, np.arange(len(wanted) + _AT_ONCE, step=_AT_ONCE)).tolist()
        for first, (start, stop) in zip(
            range(0, len(wanted), _AT_ONCE), pairwise(bounds), strict=True
        ):
            some = wanted[first : first + _AT_ONCE]
            own = np.arange(len(some))[:, None], self._terms[some]
            self._own[own] = self._weights[some]
            self._own[:, 0] = 0
            shared[start:stop] = self._own[rows[start:stop, None] - first, terms[start:stop]]
            self._own[own] = 0
        return np.multiply(shared, self._weights[columns], dtype=np.int16)


def _numbered(marked: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Numbers from 1 for those that are marked, in their order, and 0 for all else."""
    numbers = np.zeros(len(marked), dtype=np.int32)
    places = np.flatnonzero(marked)
    numbers[places] = np.arange(1, len(places) + 1)
    return numbers
