"""Knows words by numbers, and finds many of them in a list at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Letters = NDArray[np.uint8]

WIDTH = 8
"""Letters that one number of a hash holds."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Any large odd number would do: this is 2**64 over the golden ratio, whose bits look random."""
_LONGEST = 64
"""Letters by which a word is known: longer ones are not words of any language, but noise."""
_HELD = np.array([(1 << 8 * held) - 1 for held in range(WIDTH + 1)], dtype=np.uint64)
"""By a number of letters: the bits that hold them."""


def word_hashes(
    letters: Letters, starts: Numbers, ends: Numbers, longest: int = _LONGEST
) -> Hashes:
    """Hashes of words, by which equal ones are known on any machine.

    Words of up to `WIDTH` letters have equal hashes only if they are equal; of longer ones, two in
    2**64, if they differ within the longest number of letters read. After the last word must follow
    `WIDTH` letters.
    """
    # Eight letters from every place on, read as one number.
    numbers = np.ndarray(len(letters) - WIDTH + 1, np.dtype("<u8"), letters, strides=(1,))
    lengths = ends - starts
    hashes: Hashes = numbers[starts] & _HELD[np.minimum(lengths, WIDTH)]
    hashes *= _SPREAD
    longer = np.flatnonzero(lengths > WIDTH)
    for done in range(WIDTH, longest, WIDTH):
        if not len(longer):
            break
        left = np.minimum(lengths[longer] - done, WIDTH)
        more = numbers[starts[longer] + done] & _HELD[left]
        hashes[longer] = (hashes[longer] + more) * _SPREAD
        longer = longer[lengths[longer] > done + WIDTH]
    return hashes


def number_hashes(numbers: Numbers) -> Hashes:
    """Hashes of numbers: only equal ones have equal hashes."""
    hashes: Hashes = numbers.view(np.uint64) * _SPREAD
    return hashes


def first_of_each(numbers: Numbers) -> Numbers:
    """Where each of some sorted numbers first stands."""
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return np.flatnonzero(first)


class Index:
    """Finds hashes among those listed."""

    def __init__(self, hashes: Hashes) -> None:
        """All listed hashes differ."""
        order = np.argsort(hashes)
        # Sixteen entries or more for each hash, so that most have one of their own.
        bits = len(hashes).bit_length() + 4
        self._shift = np.uint64(64 - bits)
        highest = np.arange(1 << bits, dtype=np.uint64) << self._shift
        self._first = np.searchsorted(hashes[order], highest).astype(np.int32)
        self._sorted = np.append(hashes[order], ~np.uint64(0))
        self._places: Numbers = np.append(order, -1)

    def find(self, hashes: Hashes) -> tuple[Numbers, Numbers]:
        """Which of some hashes are listed; and of each that is, its place in the list."""
        at, listed = self._look(hashes)
        hit = np.flatnonzero(listed)
        return hit, self._places[at[hit]]

    def places(self, hashes: Hashes) -> Numbers:
        """The place of each hash in the list; of one that is not listed, -1."""
        at, listed = self._look(hashes)
        places: Numbers = np.where(listed, self._places[at], -1)
        return places

    def _look(self, hashes: Hashes) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Where in the sorted list each hash would be, and whether it is there."""
        # By the highest bits, then one by one: far quicker than a binary search.
        at = self._first[(hashes >> self._shift).view(np.int64)]
        near = self._sorted[at]
        behind = np.flatnonzero(near < hashes)
        while len(behind):
            at[behind] += 1
            near[behind] = self._sorted[at[behind]]
            behind = behind[near[behind] < hashes[behind]]
        return at, near == hashes
