"""Finds the words of many texts at once, and numbers to know them by.

Whole arrays of characters are worked on, since a Python string for each of the 200 words of a paper
is what reading would mostly cost. What a word is, `terms.stems_of` says; a test compares the two.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]

WORD = re.compile(r"[^\W_]+")
JOINTS = "-‐‑"
"""What joins the words of a pair within one token, as a blank does between tokens."""
BREAK = "\0"
"""Stands between texts: neither in a word nor between two of a pair."""

SPREAD = 0x9E3779B97F4A7C15
"""Any large odd number would do: this is 2**64 over the golden ratio, whose bits look random."""
_BITS = 16
"""Highest bits of a hash by which an `Index` is entered."""
_C, _E, _H, _I, _S, _U, _X, _Y, _NINE = map(ord, "cehisuxy9")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order, as columns."""

    starts: Numbers
    """The place of the first letter."""
    whole: Hashes
    """Of the word in lower case: equal words have equal hashes, on any machine."""
    hashes: Hashes
    """Of its stem."""
    counts: NDArray[np.bool_]
    """False for a single letter and for a number."""
    joined: NDArray[np.bool_]
    """Whether only blanks and joints stand between this word and the next."""


def find_words(text: str) -> Words:
    """The words of a text that begins and ends with a `BREAK`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    lower, parting = _characters()
    letters = lower[codes]
    inside = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    # The hash of letters c0, c1, … is c0·b + c1·b² + …, modulo 2**64: a difference of two sums.
    powers, inverse = _powers(1 << len(text).bit_length())
    sums = np.zeros(len(text) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(text)], out=sums[1:])
    cuts, in_y = _endings(letters, starts, ends)
    whole = (sums[ends] - sums[starts]) * inverse[starts]
    hashes = sums[cuts] - sums[starts]
    hashes[in_y] += np.uint64(_Y) * powers[cuts[in_y]]
    hashes *= inverse[starts]
    counts = ends - starts > 1
    digits = np.flatnonzero(letters[starts] <= _NINE)
    if len(digits):
        spans = np.stack([starts[digits], ends[digits]], axis=1).ravel()
        counts[digits] &= np.maximum.reduceat(letters, spans)[::2] > _NINE
    parts = np.cumsum(parting[codes[~inside]])
    # As many characters outside words stand before each.
    before = starts - np.cumsum(ends - starts) + (ends - starts)
    joined = np.zeros(len(starts), dtype=np.bool_)
    joined[:-1] = parts[before[1:] - 1] == parts[before[:-1] - 1]
    return Words(starts, whole, hashes, counts, joined)


def hashes_of(stems: Sequence[str]) -> Hashes:
    """The hashes of stems."""
    found = np.zeros(len(stems), dtype=np.uint64)
    for row, one in enumerate(stems):
        power = total = 0
        for power, letter in enumerate(one, start=1):
            total += ord(letter) * pow(SPREAD, power, 1 << 64)
        found[row] = total % (1 << 64)
    return found


def _endings(letters: Hashes, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Where the stems of words end, and which words have a y there instead: as `stem` says."""
    cuts = ends.copy()
    plural = np.flatnonzero((letters[ends - 1] == _S) & (ends - starts > 3))
    last = letters[ends[plural] - 2]
    plural = plural[(last != _S) & (last != _U) & (last != _I)]
    cuts[plural] -= 1
    # Of the rest only those in -es are of more than one kind.
    plural = plural[letters[ends[plural] - 2] == _E]
    third, fourth = letters[ends[plural] - 3], letters[ends[plural] - 4]
    in_y = plural[(third == _I) & (ends[plural] - starts[plural] > 4)]
    cuts[in_y] -= 2
    hisses = (third == _X) | (third == _S) & (fourth == _S)
    hushes = (third == _H) & ((fourth == _C) | (fourth == _S))
    cuts[plural[hisses | hushes]] -= 1
    return cuts, in_y


@cache
def _characters() -> tuple[Hashes, NDArray[np.bool_]]:
    """By code point: its letter in lower case, or 0 outside words; and whether it parts words."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    lower = np.zeros(len(every), dtype=np.uint64)
    parting = np.ones(len(every), dtype=np.bool_)
    for run in WORD.finditer(every):
        # All digits are one kind, so that what follows 9 is no digit.
        lower[run.start() : run.end()] = [
            ord(str(int(one)) if one.isdecimal() else one.lower()[0]) for one in run.group()
        ]
        parting[run.start() : run.end()] = False
    parting[[ord(one) for one in JOINTS]] = False
    parting[[at for at, one in enumerate(every) if one.isspace()]] = False
    return lower, parting


@cache  # texts read in one go are about equally long
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Powers of `SPREAD` modulo 2**64, from its first; and what undoes them, from its zeroth."""
    inverse: Hashes = np.full(size, pow(SPREAD, -1, 1 << 64), dtype=np.uint64)
    inverse[0] = 1
    powers: Hashes = np.full(size, SPREAD, dtype=np.uint64)
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverse)


class Index:
    """Finds hashes among those listed."""

    def __init__(self, hashes: Hashes) -> None:
        """All listed hashes differ."""
        self._order = np.argsort(hashes)
        self._sorted = np.append(hashes[self._order], ~np.uint64(0))
        highest = np.arange(1 << _BITS, dtype=np.uint64) << np.uint64(64 - _BITS)
        self._first = np.searchsorted(hashes[self._order], highest)
        self._steps = int(np.diff(self._first, append=len(hashes)).max(initial=0))

    def find(self, hashes: Hashes) -> tuple[NDArray[np.bool_], Numbers]:
        """Which of some hashes are listed; and of each that is, its place in the list."""
        # By the highest bits, then one by one: three times as quick as a binary search.
        at = self._first[hashes >> np.uint64(64 - _BITS)]
        for _ in range(self._steps):
            at += self._sorted[at] < hashes
        hit = self._sorted[at] == hashes
        return hit, self._order[np.minimum(at[hit], len(self._order) - 1)]
