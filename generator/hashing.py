"""Knows words by numbers, and finds many of them in a list at once.

Whole arrays are worked on, since a Python string for each of the 200 words of a paper is what
reading would mostly cost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Letters = NDArray[np.uint8] | NDArray[np.uint16]

WIDTH = 8
"""Bytes that one number of a hash holds."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Any large odd number would do: this is 2**64 over the golden ratio, whose bits look random."""
_LONGEST = 64
"""Letters by which a word is known: longer ones are not words of any language, but noise."""
_HELD = np.array([(1 << 8 * held) - 1 for held in range(WIDTH + 1)], dtype=np.uint64)
"""By a number of bytes: the bits that hold them."""


def word_hashes(letters: Letters, starts: Numbers, ends: Numbers) -> Hashes:
    """Hashes of words, by which equal ones are known on any machine.

    Words of up to `WIDTH` bytes have equal hashes only if they are equal; of longer ones, two in
    2**64. After the last word must follow letters that fill `WIDTH` bytes.
    """
    size = letters.itemsize
    # Letters of eight bytes from every place on, read as one number.
    numbers = np.ndarray(
        len(letters) - WIDTH // size + 1, np.dtype("<u8"), letters, strides=(size,)
    )
    lengths = ends - starts
    hashes: Hashes = numbers[starts] & _HELD[np.minimum(lengths * size, WIDTH)]
    hashes *= _SPREAD
    longer = np.arange(len(starts))
    for done in range(WIDTH // size, _LONGEST, WIDTH // size):
        longer = longer[lengths[longer] > done]
        if not len(longer):
            break
        left = np.minimum((lengths[longer] - done) * size, WIDTH)
        more = numbers[starts[longer] + done] & _HELD[left]
        hashes[longer] = (hashes[longer] + more) * _SPREAD
    return hashes


def number_hashes(numbers: Numbers) -> Hashes:
    """Hashes of numbers: only equal ones have equal hashes."""
    return numbers.astype(np.uint64) * _SPREAD


class Index:
    """Finds hashes among those listed."""

    def __init__(self, hashes: Hashes) -> None:
        """All listed hashes differ."""
        order = np.argsort(hashes)
        # Four entries or more for each hash, so that most have one of their own.
        bits = len(hashes).bit_length() + 2
        self._shift = np.uint64(64 - bits)
        highest = np.arange(1 << bits, dtype=np.uint64) << self._shift
        self._first = np.searchsorted(hashes[order], highest)
        self._sorted = np.append(hashes[order], ~np.uint64(0))
        self._places = np.append(order, -1)

    def places(self, hashes: Hashes) -> Numbers:
        """The place of each hash in the list; of one that is not listed, -1."""
        # By the highest bits, then one by one: far quicker than a binary search.
        at = self._first[(hashes >> self._shift).view(np.int64)]
        near = self._sorted[at]
        behind = np.flatnonzero(near < hashes)
        while len(behind):
            at[behind] += 1
            near[behind] = self._sorted[at[behind]]
            behind = behind[near[behind] < hashes[behind]]
        places: Numbers = self._places[at]
        places[near != hashes] = -1
        return places

    def find(self, hashes: Hashes) -> tuple[Numbers, Numbers]:
        """Which of some hashes are listed; and of each that is, its place in the list."""
        places = self.places(hashes)
        hit = np.flatnonzero(places >= 0)
        return hit, places[hit]
