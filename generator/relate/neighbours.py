"""Finds the nearest papers among all that are no newer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .likely import likely
from .reading import UNIT, Readings
from .words import Numbers

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
"""Papers of which the terms are compared with others' in one go."""


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
    places: tuple[int, ...]
    """Where the paper's text first has each of these terms."""


def nearest(papers: Readings, ends: Sequence[int], wanted: Sequence[int]) -> Iterator[Link]:
    """The nearest papers of each wanted row among rows 0 to its end, nearest first.

    Wanted rows ascend; `ends` has an end for each, none lower than the one before.
    """
    shelf = _Terms(papers)
    for rows, columns, values in likely(papers.senses, np.array(ends), np.array(wanted)):
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        bounds = [*starts[::_BLOCK].tolist(), len(rows)]
        for start, stop in pairwise(bounds):
            own, numbers = np.unique(rows[start:stop], return_inverse=True)
            yield from shelf.rank(own, numbers, columns[start:stop], values[start:stop])


def _best(rows: Numbers, columns: Numbers, scores: Numbers) -> Numbers:
    """Where the `MOST` highest scores of each row are, highest first; of equal ones, the first."""
    # All three in one number, since sorting one column is quicker than three.
    order = np.argsort(rows << 48 | (1 << 23) - scores << 24 | columns)
    starts = np.searchsorted(rows[order], rows[order])
    return order[np.arange(len(order)) - starts < MOST]


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
        self._places = papers.places
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
        top = _best(rows, columns, scores)
        rows, columns, shared = rows[top], columns[top], shared[top]
        scored = np.minimum(scores[top] / (10 * (_SENSE + _TERMS) * UNIT**2), 1).round(4)
        place = np.arange(len(rows)) - np.searchsorted(rows, rows)
        close = scored >= np.where(place < SURE, NEAR, NEARER)
        order = np.argsort(-shared, axis=1, kind="stable")[:, :MOST_TERMS]
        names = np.take_along_axis(self._original[columns], order, axis=1)
        own = self._original[wanted[rows]]
        at = (own[:, None, :] == names[:, :, None]).argmax(axis=2)
        places = np.take_along_axis(self._places[wanted[rows]], at, axis=1).tolist()
        told = names.tolist()
        counts = np.count_nonzero(shared, axis=1).tolist()
        papers, nearer, scored = wanted[rows].tolist(), columns.tolist(), scored.tolist()
        for one in np.flatnonzero(close).tolist():
            number = counts[one]
            terms, there = tuple(told[one][:number]), tuple(places[one][:number])
            yield Link(papers[one], nearer[one], scored[one], terms, there)
