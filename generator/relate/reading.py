"""Reads papers into small rows of numbers, all that comparing them needs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from ..model import PaperText
from .terms import BREAK, END, Terms, pack, terms_table

KEPT = 30
"""Terms of one paper that are compared one by one. All of them find no better links."""
UNIT = 127
"""Length of a vector, about: its parts are whole numbers that one byte holds."""
_TITLE = 3
"""Times a term in the title counts."""
_MORE = np.array([0, *(round(100 * (1 + math.log(times))) for times in range(1, 100))], np.int64)
"""Hundredfold weight of a term by the times it stands: less and less for each; level from 99."""
_AT_ONCE = 512
"""Papers read in one go, so that memory does not grow with their number."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of some papers. Says nothing of other papers, so it can be kept for good."""

    keys: tuple[str, ...]
    senses: NDArray[np.int8]
    """A row a paper: what it is about, of length `UNIT`; zeros where no term is known."""
    terms: NDArray[np.int32]
    """A row a paper: the numbers of its weightiest terms, weightiest first, then -1."""
    weights: NDArray[np.int8]
    """The weights of these terms, a row of length `UNIT`; 0 where there is none."""

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> Readings:
        """Some of the papers, in the order asked for."""
        keys = tuple(self.keys[row] for row in rows)
        at = np.asarray(rows, dtype=np.int64)
        return Readings(keys, self.senses[at], self.terms[at], self.weights[at])

    def join(self, other: Readings) -> Readings:
        """These papers, then those of the other that are not among them."""
        here = set(self.keys)
        rest = other.take([row for row, key in enumerate(other.keys) if key not in here])
        return Readings(
            self.keys + rest.keys,
            np.concatenate([self.senses, rest.senses]),
            np.concatenate([self.terms, rest.terms]),
            np.concatenate([self.weights, rest.weights]),
        )

    def to_bytes(self) -> bytes:
        """For a cache; the same on any machine. Some 200 bytes a paper, and its key."""
        shape = [len(self.keys), self.senses.shape[1]]
        head = json.dumps([*shape, *self.keys]).encode("ascii")
        terms = self.terms.astype("<i4").tobytes()
        return b"\n".join([head, self.senses.tobytes() + terms + self.weights.tobytes()])

    @classmethod
    def from_bytes(cls, data: bytes) -> Readings:
        """What `to_bytes` gave; `ValueError` for anything else."""
        head, _, body = data.partition(b"\n")
        papers, components, *keys = json.loads(head)
        if len(keys) != papers or len(body) != papers * (components + 5 * KEPT):
            raise ValueError("not as long as it says")
        first, second = papers * components, papers * (components + 4 * KEPT)
        return cls(
            tuple(keys),
            np.frombuffer(body[:first], np.int8).reshape(papers, components),
            np.frombuffer(body[first:second], "<i4").astype(np.int32).reshape(papers, KEPT),
            np.frombuffer(body[second:], np.int8).reshape(papers, KEPT),
        )


def read_papers(texts: Mapping[str, PaperText]) -> Readings:
    """Read every paper, in the order given."""
    table = terms_table()
    left = iter(texts.values())
    parts = [_read([], table)]
    while some := list(islice(left, _AT_ONCE)):
        parts.append(_read(some, table))
    senses, terms, weights = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    return Readings(tuple(texts), senses, terms, weights)


def _read(
    texts: Sequence[PaperText], table: Terms
) -> tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.int8]]:
    """Rows of senses, terms and weights."""
    paper, terms, times = _count(_numbers(texts, table), table)
    listed = np.minimum(terms, table.unlisted)
    weights = table.rarity[listed] * _MORE[np.minimum(times, len(_MORE) - 1)] // 100
    bounds = np.searchsorted(paper, np.arange(len(texts) + 1))
    senses = np.zeros((len(texts), table.senses.shape[1]))
    for row, (start, stop) in enumerate(pairwise(bounds.tolist())):
        # Sums of whole numbers far below 2**53: exact, in whatever order a machine adds them.
        senses[row] = weights[start:stop] @ table.senses[listed[start:stop]]
    # By paper and weight, all in one number, since sorting one column is quicker than three.
    order = np.sort(paper << 40 | (1 << 16) - weights << 23 | terms)
    rank = np.arange(len(order)) - bounds[paper]
    best = order[rank < KEPT]
    at = best >> 40, rank[rank < KEPT]
    kept = np.full((len(texts), KEPT), -1, dtype=np.int32)
    heavy = np.zeros((len(texts), KEPT))
    kept[at] = best & (1 << 23) - 1
    heavy[at] = (1 << 16) - (best >> 23 & (1 << 17) - 1)
    return _unit(senses), kept, _unit(heavy)


def _numbers(texts: Iterable[PaperText], table: Terms) -> NDArray[np.int64]:
    """The numbers of all stems, in a row, with a `BREAK` between phrases and `END` after papers."""
    rows: list[bytes] = []
    read = table.__getitem__
    stop, end = pack([BREAK]), pack([END])
    for text in texts:
        rows += map(read, text.abstract.split())
        rows += [stop, *map(read, text.title.split())] * _TITLE
        rows.append(end)
    return np.frombuffer(b"".join(rows), dtype=np.intc).astype(np.int64)


def _count(
    numbers: NDArray[np.int64], table: Terms
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Paper, term and the times it stands there, by paper and term."""
    paper = np.cumsum(numbers == END)
    at, pairs = table.pairs(numbers)
    words = numbers >= 0
    # Both in one number, since sorting one column is quicker than two.
    both = np.concatenate([paper[words] << 32 | numbers[words], paper[at] << 32 | pairs])
    found, times = np.unique(both, return_counts=True)
    return found >> 32, found & (1 << 32) - 1, times


def _unit(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    """Rows of whole numbers, about `UNIT` long: a root and a quotient round alike everywhere."""
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    unit: NDArray[np.int8] = np.rint(rows * UNIT / np.maximum(lengths, 1)).astype(np.int8)
    return unit
