"""Finds the words of many texts at once, and numbers to know them by.

Whole arrays of characters are worked on, since a Python string for each of the 200 words of a paper
is what reading would mostly cost. What a word is, `terms.stems_of` says; a test compares the two.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
_AT_ONCE = 8
"""Letters that one number of a hash holds."""
_LONGEST = 64
"""Letters by which a word is known: longer ones are not words of any language, but noise."""
_HELD = np.array([(1 << 8 * letters) - 1 for letters in range(_AT_ONCE + 1)], dtype=np.uint64)
"""By a number of letters: the bits that hold them."""
_BITS = 18
"""Highest bits of a hash by which an `Index` is entered."""
_PARTS, _JOINS = 0, 1
"""In place of a letter: what parts words, and what joins them to pairs."""
_C, _E, _H, _I, _S, _U, _X, _Y, _NINE = map(ord, "cehisuxy9")

Letters = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order, as columns."""

    starts: Numbers
    """The place of the first letter."""
    whole: Hashes
    """Of the word in lower case: equal words have equal hashes, on any machine."""
    stems: Hashes
    """Of its stem."""
    cut: Numbers
    """Which words are not their own stems."""
    counts: NDArray[np.bool_]
    """False for a single letter and for a number."""
    joined: NDArray[np.bool_]
    """Whether only blanks and joints stand between this word and the next."""


def find_words(text: str) -> Words:
    """The words of a text that begins and ends with a `BREAK`."""
    # Whatever is read at once, past the last word too, is there.
    letters = _letters(text + BREAK * _AT_ONCE)
    inside = letters > _JOINS
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2].copy(), edges[1::2].copy()
    joined = np.zeros(len(starts), dtype=np.bool_)
    joined[:-1] = letters[ends[:-1]] == _JOINS
    far = np.flatnonzero(joined[:-1] & (starts[1:] - ends[:-1] > 1))
    joined[far] = _between(np.minimum, letters, ends[far], starts[far + 1]) == _JOINS
    counts = ends - starts > 1
    digits = np.flatnonzero(letters[starts] <= _NINE)
    counts[digits] &= _between(np.maximum, letters, starts[digits], ends[digits]) > _NINE
    whole = _hashes(letters, starts, ends)
    cuts = _cut(letters, starts, ends)
    cut = np.flatnonzero(cuts != ends)
    stems = whole.copy()
    stems[cut] = _hashes(letters, starts[cut], cuts[cut])
    return Words(starts, whole, stems, cut, counts, joined)


def hashes_of(stems: Sequence[str]) -> Hashes:
    """The hashes of stems in ASCII."""
    letters = np.frombuffer("".join([*stems, BREAK * _AT_ONCE]).encode("ascii"), dtype=np.uint8)
    ends = np.cumsum([0, *map(len, stems)])
    return _hashes(letters, ends[:-1], ends[1:])


def _hashes(letters: Letters, starts: Numbers, ends: Numbers) -> Hashes:
    """Hashes of words; within `_AT_ONCE` letters, only equal words have equal ones."""
    # Eight letters from every place on, read as one number.
    numbers = np.ndarray(len(letters) - _AT_ONCE + 1, np.dtype("<u8"), letters, strides=(1,))
    lengths = ends - starts
    hashes: Hashes = numbers[starts] & _HELD[np.minimum(lengths, _AT_ONCE)]
    hashes *= np.uint64(SPREAD)
    longer = np.flatnonzero(lengths > _AT_ONCE)
    for done in range(_AT_ONCE, _LONGEST, _AT_ONCE):
        more = numbers[starts[longer] + done] & _HELD[np.minimum(lengths[longer] - done, _AT_ONCE)]
        hashes[longer] = (hashes[longer] + more) * np.uint64(SPREAD)
        longer = longer[lengths[longer] > done + _AT_ONCE]
    return hashes


def _between(ufunc: np.ufunc, letters: Letters, starts: Numbers, ends: Numbers) -> Letters:
    """The least or greatest letter from each start to before its end."""
    spans = np.stack([starts, ends], axis=1).ravel()
    least: Letters = ufunc.reduceat(letters, spans)[::2] if len(spans) else letters[:0]
    return least


def _cut(letters: Letters, starts: Numbers, ends: Numbers) -> Numbers:
    """Where the stems of words end, as `stem` says. Where they end in y, that is written there."""
    cuts = ends.copy()
    plural = np.flatnonzero((letters[ends - 1] == _S) & (ends - starts > 3))
    last = letters[ends[plural] - 2]
    plural = plural[(last != _S) & (last != _U) & (last != _I)]
    cuts[plural] -= 1
    # Of the rest only those in -es are of more than one kind.
    plural = plural[letters[ends[plural] - 2] == _E]
    third, fourth = letters[ends[plural] - 3], letters[ends[plural] - 4]
    in_y = plural[(third == _I) & (ends[plural] - starts[plural] > 4)]
    cuts[in_y] -= 1
    letters[cuts[in_y] - 1] = _Y
    hisses = (third == _X) | (third == _S) & (fourth == _S)
    hushes = (third == _H) & ((fourth == _C) | (fourth == _S))
    cuts[plural[hisses | hushes]] -= 1
    return cuts


def _letters(text: str) -> Letters:
    """A letter in lower case for each character, or `_PARTS` or `_JOINS` outside words."""
    codes = bytearray(text.encode("ascii", _BEYOND))
    return np.frombuffer(codes.translate(_ASCII), dtype=np.uint8)


def _letter(code: int) -> int:
    """Of a character of ASCII."""
    one = chr(code).lower()
    return ord(one) if WORD.match(one) else _JOINS if one.isspace() or one in JOINTS else _PARTS


def _beyond_ascii(error: UnicodeError) -> tuple[bytes, int]:
    """For `str.encode`: a byte in place of each character that is not in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return bytes(map(_byte, error.object[error.start : error.end])), error.end


def _byte(one: str) -> int:
    """What stands in ASCII for a character beyond; for most letters a code above it."""
    if not WORD.match(one):
        return ord(" " if one.isspace() or one in JOINTS else BREAK)
    # All digits are one kind, so that what follows 9 is no digit.
    code = ord(str(int(one)) if one.isdecimal() else one.lower()[0])
    # Beyond ASCII letters share numbers: words of several letters hardly ever.
    return code if code < 128 else 128 + code % 128


_ASCII = bytes(map(_letter, range(128))) + bytes(range(128, 256))
_BEYOND = "broadsheet-letters"
codecs.register_error(_BEYOND, _beyond_ascii)


class Index:
    """Finds the numbers of hashes."""

    def __init__(self, hashes: Hashes, numbers: Numbers) -> None:
        """All hashes differ, and no number is negative but those that the caller knows."""
        order = np.argsort(hashes)
        self._hashes = np.append(hashes[order], ~np.uint64(0))
        self._numbers = np.append(numbers[order], -1)
        highest = np.arange(1 << _BITS, dtype=np.uint64) << np.uint64(64 - _BITS)
        self._first = np.searchsorted(hashes[order], highest)

    def find(self, hashes: Hashes) -> Numbers:
        """The number of each hash; -1 for those not listed."""
        # By the highest bits, then one by one: far quicker than a binary search.
        at = self._first[(hashes >> np.uint64(64 - _BITS)).view(np.int64)]
        behind = np.flatnonzero(self._hashes[at] < hashes)
        while len(behind):
            at[behind] += 1
            behind = behind[self._hashes[at[behind]] < hashes[behind]]
        numbers: Numbers = np.where(self._hashes[at] == hashes, self._numbers[at], -1)
        return numbers
