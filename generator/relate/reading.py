"""Reads papers into small rows of numbers, all that comparing them needs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers, first_of_each
from ..model import PaperText
from .terms import Terms, terms_table
from .words import BREAK, find_words

KEPT = 30
"""Terms of one paper that are compared one by one. All of them find no better links."""
UNIT = 127
"""Length of a vector, about: its parts are whole numbers that one byte holds."""
_TITLE = 3
"""Times a term in the title counts."""
_MORE = np.array([0, *(round(100 * (1 + math.log(times))) for times in range(1, 100))], np.int64)
"""Hundredfold weight of a term by the times it stands: less and less for each; level from 99."""
_FELT = 1024
"""Different terms of one paper that make its sense, at most; an abstract has some 150."""
_AT_ONCE = 128
"""Papers read in one go, so that what is at hand stays near the processor."""


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
    places: NDArray[np.int32]
    """Where each of these terms first stands in title and abstract, of which `part_at` gives one;
    or -1."""

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> Readings:
        """Some of the papers, in the order asked for."""
        keys = tuple(self.keys[row] for row in rows)
        at = np.asarray(rows, dtype=np.int64)
        return Readings(keys, self.senses[at], self.terms[at], self.weights[at], self.places[at])

    def join(self, other: Readings) -> Readings:
        """These papers, then those of the other that are not among them."""
        here = set(self.keys)
        rest = other.take([row for row, key in enumerate(other.keys) if key not in here])
        return Readings(
            self.keys + rest.keys,
            np.concatenate([self.senses, rest.senses]),
            np.concatenate([self.terms, rest.terms]),
            np.concatenate([self.weights, rest.weights]),
            np.concatenate([self.places, rest.places]),
        )

    def to_bytes(self) -> bytes:
        """For a cache; the same on any machine. Some 350 bytes a paper, and its key."""
        shape = [len(self.keys), self.senses.shape[1]]
        head = json.dumps([*shape, *self.keys]).encode("ascii")
        small = self.senses.tobytes() + self.weights.tobytes()
        large = np.stack([self.terms, self.places]).astype("<i4").tobytes()
        return b"\n".join([head, small + large])

    @classmethod
    def from_bytes(cls, data: bytes) -> Readings:
        """What `to_bytes` gave; `ValueError` for anything else."""
        head, _, body = data.partition(b"\n")
        papers, components, *keys = json.loads(head)
        if len(keys) != papers or len(body) != papers * (components + 9 * KEPT):
            raise ValueError("not as long as it says")
        first, second = papers * components, papers * (components + KEPT)
        large = np.frombuffer(body[second:], "<i4").astype(np.int32).reshape(2, papers, KEPT)
        return cls(
            tuple(keys),
            np.frombuffer(body[:first], np.int8).reshape(papers, components),
            large[0],
            np.frombuffer(body[first:second], np.int8).reshape(papers, KEPT),
            large[1],
        )


def part_at(text: PaperText, place: int) -> tuple[str, int]:
    """The title or abstract that a place in what is read of a paper lies in, and where there."""
    beyond = place - len(text.title) - len(BREAK)
    return (text.title, place) if beyond < 0 else (text.abstract, beyond)


def read_papers(texts: Mapping[str, PaperText], table: Terms | None = None) -> Readings:
    """Read every paper, in the order given; `table` is the table of terms, if it is at hand."""
    table = table or terms_table()
    left = iter(texts.values())
    parts = [_read([], table)]
    while some := list(islice(left, _AT_ONCE)):
        parts.append(_read(some, table))
    senses, terms, weights, places = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    return Readings(tuple(texts), senses, terms, weights, places)


def _read(texts: Sequence[PaperText], table: Terms) -> tuple[NDArray[np.integer], ...]:
    """Rows of senses, terms, weights and places."""
    paper, terms, times, places = _count(texts, table)
    listed = np.minimum(terms, table.unlisted)
    weights = table.rarity[listed] * _MORE[np.minimum(times, len(_MORE) - 1)] // 100
    bounds = np.searchsorted(paper, np.arange(len(texts) + 1))
    sums = np.zeros((len(texts), table.senses.shape[1]), np.float32)
    # In tenths, and of `_FELT` terms at most, sums stay below 2**24, so floats of four bytes are
    # exact in whatever order a machine adds them.
    tenths = (weights // 10).astype(np.float32)
    for row, (start, stop) in enumerate(pairwise(bounds.tolist())):
        some = slice(start, min(stop, start + _FELT))
        np.matmul(tenths[some], table.senses.take(listed[some], axis=0), out=sums[row])
    # By paper, weight and term, all in one number, since sorting one column is quicker than three:
    # terms stand in order already.
    order = paper << 48 | (1 << 16) - weights << 31 | np.arange(len(paper))
    order.sort()
    rank = np.arange(len(order)) - bounds[paper]
    best = order[rank < KEPT] & (1 << 31) - 1
    at = paper[best], rank[rank < KEPT]
    kept = np.full((3, len(texts), KEPT), -1, dtype=np.int64)
    kept[0][at], kept[1][at], kept[2][at] = terms[best], weights[best], places[best]
    heavy = np.maximum(kept[1], 0).astype(np.float64)
    senses = unit(sums.astype(np.float64))
    return senses, kept[0].astype(np.int32), unit(heavy), kept[2].astype(np.int32)


def _count(texts: Sequence[PaperText], table: Terms) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Paper, term, the times it counts there and its first place, by paper and term."""
    parts = [part for text in texts for part in (text.title, text.abstract)]
    begin = np.cumsum([1, *(len(part) + 1 for part in parts)])
    words = find_words(parts)
    numbers = table.numbers(words)
    pairs_at, pairs = table.pairs(numbers, words.joined)
    words_at = np.flatnonzero(numbers >= 0)
    # Of each word its paper, its place there, and whether the title has it: all in one number, with
    # room for a term, since sorting one column is quicker than three.
    paper = np.arange(len(parts)) // 2
    titled = np.arange(len(parts)) % 2 == 0
    held = np.diff(np.searchsorted(words.starts, begin))
    where = np.repeat((paper << 55) - (begin[paper * 2] << 1) + titled, held) + (words.starts << 1)
    order = np.concatenate(
        [where[words_at] + (numbers[words_at] << 32), where[pairs_at] + (pairs << 32)]
    )
    order.sort()
    both = order >> 32
    first = first_of_each(both)
    counts = 1 + (_TITLE - 1) * (order & 1)
    times = np.add.reduceat(counts, first) if len(first) else first
    order = order[first]
    return order >> 55, order >> 32 & (1 << 23) - 1, times, order >> 1 & (1 << 31) - 1


def unit(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    """Rows of whole numbers, about `UNIT` long: a root and a quotient round alike everywhere."""
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    unit: NDArray[np.int8] = np.rint(rows * UNIT / np.maximum(lengths, 1)).astype(np.int8)
    return unit
