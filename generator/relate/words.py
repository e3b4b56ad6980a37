"""Finds the words of many texts at once, and numbers to know them by.

What a word is, `terms.stems_of` says; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..hashing import Hashes, Letters, Numbers, word_hashes
from ..letters import HYPHENS, bounds, join, letters_of

WORD = re.compile(r"[^\W_]+")
JOINTS = "-" + HYPHENS
"""What joins the words of a pair within one token, as a blank does between tokens."""
BREAK = "\0"
"""Stands between texts: neither in a word nor between two of a pair."""

_PARTS, _JOINS = 0, 1
"""In place of a letter: what parts words, and what joins them to pairs."""
_C, _E, _H, _I, _S, _U, _X, _Y, _NINE = map(ord, "cehisuxy9")


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


def find_words(parts: Iterable[str]) -> Words:
    """The words of some texts joined, with a `BREAK` before the first and after each."""
    letters = letters_of(join(parts, BREAK), _LETTERS)
    starts, ends = bounds(letters > _JOINS)
    joined = np.zeros(len(starts), dtype=np.bool_)
    joined[:-1] = letters[ends[:-1]] == _JOINS
    far = np.flatnonzero(joined[:-1] & (starts[1:] - ends[:-1] > 1))
    joined[far] = _over(np.minimum, letters, ends[far], starts[far + 1]) == _JOINS
    counts = ends - starts > 1
    digits = np.flatnonzero(letters[starts] <= _NINE)
    counts[digits] &= _over(np.maximum, letters, starts[digits], ends[digits]) > _NINE
    whole = word_hashes(letters, starts, ends)
    cuts = _cut(letters, starts, ends)
    cut = np.flatnonzero(cuts != ends)
    stems = whole.copy()
    stems[cut] = word_hashes(letters, starts[cut], cuts[cut])
    return Words(starts, whole, stems, cut, counts, joined)


def hashes_of(stems: Sequence[str]) -> Hashes:
    """The hashes of stems in ASCII."""
    ends = np.cumsum([0, *(len(stem) + 1 for stem in stems)])
    return word_hashes(letters_of(join(stems, BREAK), _LETTERS), ends[:-1] + 1, ends[1:])


def _over(ufunc: np.ufunc, letters: Letters, starts: Numbers, ends: Numbers) -> Letters:
    """The least or greatest letter from each start to before its end."""
    spans = np.stack([starts, ends], axis=1).ravel()
    over: Letters = ufunc.reduceat(letters, spans)[::2] if len(spans) else letters[:0]
    return over


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


def _letter(code: int) -> int:
    """In place of a byte of `letters.join`: a letter in lower case, `_PARTS` or `_JOINS`."""
    one = chr(code).lower()
    if code >= 128 or WORD.match(one):
        return ord(one) if code < 128 else code
    return _JOINS if one.isspace() or one in JOINTS else _PARTS


_LETTERS = bytes(map(_letter, range(256)))
