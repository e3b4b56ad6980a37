"""Joins the texts of some papers into one, so that all are read at once.

Reading a paper at a time in plain Python takes ten times as long: of a text of 180 words, the
words, pairs, phrases and points are some thousand small values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..hashing import Hashes, Index, Numbers, word_hashes
from ..letters import bounds, join, letters_of
from ..model import PaperText

# What ends a word becomes a space, one for one, so that places stay what they are. `İ` is the one
# letter that becomes two in lower case.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_ENDS = "-‐‑‒–—−/_\"'“”‘’„«»().,;:!?[]{}<>|&$~^*=…"
_BREAKS = str.maketrans(dict.fromkeys(_SPACES + _ENDS, " ") | {"İ": "i"})

PARTS = ("title", "abstract", "keyword")
"""What is read of a paper, in this order."""
TITLE, ABSTRACT, KEYWORD = range(len(PARTS))

_APART = "\n\n"
"""Between texts: two, so that no phrase, which has single spaces, reaches over."""
# A sentence ends at a stop before a white space and a capital, so not at "e.g. images" or "3.5".
_STOPS = ".!?"
_CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"('


def spaced(text: str) -> str:
    """With a space for whatever ends a word; as long as it was.

    >>> spaced("GAN-based (new)")
    'GAN based  new '
    """
    return text.translate(_BREAKS)


# By byte of `letters.join`.
_LOWER = spaced("".join(map(chr, range(128)))).lower().encode("ascii") + bytes(range(128, 256))
_BLANK = np.array([code < 128 and chr(code).isspace() for code in range(256)])
_CAPITAL = np.array([chr(code) in _CAPITALS for code in range(256)])


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
        self.whole = _APART.join(["", *parts, ""])
        lengths = [len(part) + len(_APART) for part in parts]
        self.parts: Numbers = np.cumsum([len(_APART), *lengths])[:-1]
        """Where each part begins."""
        self.part: Numbers = np.tile(np.arange(len(PARTS)), len(papers))
        """By number of a part which of `PARTS` it is."""
        self.paper: Numbers = np.repeat(np.arange(len(papers)), len(PARTS))
        """By number of a part its paper."""
        self.letters = join(parts, _APART)
        """A byte a character, and some more."""
        letters = np.frombuffer(self.letters, np.uint8)
        stop = np.flatnonzero(np.logical_or.reduce([letters == ord(sign) for sign in _STOPS]))
        stop = stop[_BLANK[letters[stop + 1]] & _CAPITAL[letters[stop + 2]]]
        begin = np.sort(np.concatenate([self.parts, stop + 2]))
        self.sentences: Numbers = begin[np.diff(begin, prepend=-1) > 0]
        """Where each sentence begins; every part begins one."""
        self.lowered = letters_of(self.letters, _LOWER)
        """In lower case, with a space for whatever ends a word."""
        start, end = bounds(self.lowered != ord(" "))
        hashes = word_hashes(self.lowered, start, end)
        first = np.searchsorted(start, [*self.parts.tolist(), len(self.letters)])
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
        letters = letters_of(join(words, " "), _LOWER)
        ends = np.cumsum([0, *(len(word) + 1 for word in words)])
        once, self.numbers = np.unique(
            word_hashes(letters, ends[:-1] + 1, ends[1:]), return_inverse=True
        )
        """The number of each word, in the order given."""
        self._index = Index(once)

    def find(self, words: Words) -> Numbers:
        """The number of each word; of one that is not known, -1."""
        return self._index.places(words.hashes)
