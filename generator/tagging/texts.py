"""Joins the texts of some papers into one, so that all are read at once.

Reading a paper at a time in plain Python takes five times as long: of a text of 180 words, the
words, pairs, phrases and points are some thousand small values.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import PaperText

Numbers = NDArray[np.int64]

# What ends a word becomes a space, one for one, so that places stay what they are. `İ` is the one
# letter that becomes two in lower case.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_ENDS = "-‐‑‒–—−/_\"'“”‘’„«»().,;:!?[]{}<>|&$~^*=…"
_BREAKS = str.maketrans(dict.fromkeys(_SPACES + _ENDS, " ") | {"İ": "i"})

# A sentence ends at a stop before a white space and a capital, so not at "e.g. images" or "3.5".
_BLANKS = [ord(sign) for sign in _SPACES]
_CAPITALS = [ord(sign) for sign in 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"“(']

_APART = "\n\n"
"""Between texts: two, so that no phrase, which has single spaces, reaches over."""


def spaced(text: str) -> str:
    """With a space for whatever ends a word; as long as it was.

    >>> spaced("GAN-based (new)")
    'GAN based  new '
    """
    return text.translate(_BREAKS)


class Texts:
    """Titles and abstracts in one text, in forms of one length: a place in one is one in all."""

    def __init__(self, papers: Sequence[PaperText]) -> None:
        parts = [part for paper in papers for part in (paper.title, paper.abstract)]
        self.count = len(papers)
        self.whole = _APART + _APART.join(parts) + _APART
        # One by one, since translating is ten times faster where all letters are ASCII.
        self.spaced = "  ".join(["", *map(spaced, parts), ""])
        """With a space for whatever ends a word."""
        self.lowered = self.spaced.lower()
        lengths = np.array([len(part) + len(_APART) for part in parts], np.int64)
        self.parts: Numbers = np.cumsum([len(_APART), *lengths])[:-1]
        """Where each title and abstract begins."""
        codes = _codes(self.whole)
        stop = np.flatnonzero((codes == ord(".")) | (codes == ord("!")) | (codes == ord("?")))
        stop = stop[np.isin(codes[stop + 1], _BLANKS) & np.isin(codes[stop + 2], _CAPITALS)]
        self.sentences: Numbers = np.unique(np.concatenate([self.parts, stop + 2]))
        """Where each sentence begins; a title and an abstract begin one."""

    def words(self) -> tuple[list[str], Numbers, Numbers]:
        """All words in lower case, and where each begins and ends."""
        bounds = np.flatnonzero(np.diff(_codes(self.lowered) == ord(" "))) + 1
        return self.lowered.split(), bounds[::2], bounds[1::2]

    def part_of(self, places: Numbers) -> Numbers:
        """The number of the title (even) or abstract (odd) that a place is in."""
        return np.searchsorted(self.parts, places, side="right") - 1

    def sentence_of(self, places: Numbers) -> Numbers:
        """The number of the sentence that a place is in."""
        return np.searchsorted(self.sentences, places, side="right") - 1


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
