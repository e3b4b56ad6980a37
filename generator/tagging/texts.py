"""Joins the texts of some papers into one, so that all are read at once.

Reading a paper at a time in plain Python takes ten times as long: of a text of 180 words, the
words, pairs, phrases and points are some thousand small values.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..hashing import WIDTH, Hashes, Index, Numbers, word_hashes
from ..model import PaperText

# What ends a word becomes a space, one for one, so that places stay what they are. `İ` is the one
# letter that becomes two in lower case.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_ENDS = "-‐‑‒–—−/_\"'“”‘’„«»().,;:!?[]{}<>|&$~^*=…"
_BREAKS = str.maketrans(dict.fromkeys(_SPACES + _ENDS, " ") | {"İ": "i"})
_SPACE = ord(" ")

PARTS = ("title", "abstract", "keyword")
"""What is read of a paper, in this order."""
TITLE, ABSTRACT, KEYWORD = range(len(PARTS))

_APART = "\n\n"
"""Between texts: two, so that no phrase, which has single spaces, reaches over."""
_OTHER = 0xFFFF
"""In place of all characters beyond the first 65,535, and of those that are none: no words of a
vocabulary have them."""


def spaced(text: str) -> str:
    """With a space for whatever ends a word; as long as it was.

    >>> spaced("GAN-based (new)")
    'GAN based  new '
    """
    return text.translate(_BREAKS)


def _table(signs: str) -> NDArray[np.bool_]:
    """By code point: whether it is one of the signs."""
    table = np.zeros(_OTHER + 1, np.bool_)
    table[[ord(sign) for sign in signs]] = True
    return table


# A sentence ends at a stop before a white space and a capital, so not at "e.g. images" or "3.5".
_BLANK = _table(_SPACES)
_CAPITAL = _table('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"“(')


class Words(NamedTuple):
    """The words of some texts, in order; all of one length."""

    start: Numbers
    end: Numbers
    hashes: Hashes
    """Of each word in lower case."""
    part: Numbers
    """The number of the part that it is in."""


class Texts:
    """All parts of some papers in one text, in forms of one length: a place in one is one in all.

    By their numbers, the parts of a paper follow one another as `PARTS` has them.
    """

    def __init__(self, papers: Sequence[PaperText]) -> None:
        parts = [
            part
            for paper in papers
            for part in (paper.title, paper.abstract, _APART.join(paper.keywords))
        ]
        self.count = len(papers)
        self.whole = _APART + _APART.join(parts) + _APART
        lengths = np.array([len(part) + len(_APART) for part in parts], np.int64)
        self.parts: Numbers = np.cumsum([len(_APART), *lengths])[:-1]
        """Where each part begins."""
        codes = np.frombuffer(self.whole.encode("utf-32-le", "surrogatepass"), "<u4")
        stop = np.flatnonzero((codes == ord(".")) | (codes == ord("!")) | (codes == ord("?")))
        stop = stop[_BLANK.take(codes[stop + 1], mode="clip")]
        stop = stop[_CAPITAL.take(codes[stop + 2], mode="clip")]
        begin = np.sort(np.concatenate([self.parts, stop + 2]))
        self.sentences: Numbers = begin[np.diff(begin, prepend=-1) > 0]
        """Where each sentence begins; every part begins one."""
        letters = _letters().take(codes, mode="clip")
        self.lowered = letters.tobytes().decode("utf-16-le")
        """In lower case, with a space for whatever ends a word."""
        start, end, hashes = _words(letters)
        first = np.searchsorted(start, [*self.parts.tolist(), len(codes)])
        self.words = Words(start, end, hashes, np.repeat(np.arange(len(parts)), np.diff(first)))

    def part_of(self, places: Numbers) -> Numbers:
        """The number of the part that a place is in."""
        return np.searchsorted(self.parts, places, side="right") - 1

    def sentence_of(self, places: Numbers) -> Numbers:
        """The number of the sentence that a place is in."""
        return np.searchsorted(self.sentences, places, side="right") - 1


class Lexicon:
    """Knows some words by their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        """No word holds what ends one."""
        codes = np.array([min(ord(sign), _OTHER) for sign in " ".join(words)], np.int64)
        _, _, hashes = _words(_letters()[codes])
        once, self.numbers = np.unique(hashes, return_inverse=True)
        """The number of each word, in the order given."""
        self._index = Index(once)

    def find(self, words: Words) -> Numbers:
        """The number of each word; of one that is not known, -1."""
        return self._index.places(words.hashes)


def _words(letters: NDArray[np.uint16]) -> tuple[Numbers, Numbers, Hashes]:
    """Where each word begins and ends, and its hash."""
    # Spaces around, so that the first and the last word have bounds, and room for a hash behind.
    room = np.full(WIDTH, _SPACE, np.uint16)
    letters = np.concatenate([room, letters, room])
    bounds = np.flatnonzero(np.diff(letters == _SPACE)) + 1
    start, end = bounds[::2], bounds[1::2]
    return start - len(room), end - len(room), word_hashes(letters, start, end)


@cache
def _letters() -> NDArray[np.uint16]:
    """By code point: its letter in lower case, or a space for what ends a word."""
    every = "".join(map(chr, range(_OTHER + 1)))
    codes = np.frombuffer(spaced(every).lower().encode("utf-32-le", "surrogatepass"), "<u4")
    letters = codes.astype("<u2")
    letters[0] = letters[0xD800:0xE000] = _OTHER  # nothing, and halves of characters
    letters[ord("ς")] = ord("σ")  # one letter in two forms
    return letters
