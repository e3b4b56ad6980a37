"""Shows shared terms to a reader: a few, and as papers mostly write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers
from ..model import PaperText
from .neighbours import Links
from .reading import part_at
from .terms import Terms
from .words import WORD

_SHOWN = 4
"""Shared terms shown at most: what a reader takes in at a glance."""
_WORD = 20
"""Letters of a word at most, and the sign behind it."""


class Names:
    """What terms are called. Words that the table does not list are looked up in the texts."""

    def __init__(self, keys: Sequence[str], texts: Mapping[str, PaperText], table: Terms) -> None:
        self._keys = keys
        self._texts = texts
        self._table = table
        self._forms = np.array([*self._table.forms, ""], dtype=np.object_)

    def shown(self, links: Links) -> Iterator[tuple[str, ...]]:
        """The first few shared terms of each link."""
        listed = self._table.unlisted
        some, tails = self._telling(links.terms, links.places)
        terms, tails = links.terms[some], tails[some]
        names: list[str] = self._forms[np.minimum(terms, listed)].tolist()
        rows = np.nonzero(some)[0]
        for at in np.flatnonzero(tails >= 0).tolist():
            names[at] = _merged(names[at], self._forms[tails[at]])
        unlisted = np.flatnonzero(terms >= listed)
        papers, places = links.papers[rows[unlisted]], links.places[some][unlisted]
        for at, paper, place in zip(
            unlisted.tolist(), papers.tolist(), places.tolist(), strict=True
        ):
            names[at] = self._unlisted(self._keys[paper], place)
        bounds = np.searchsorted(rows, np.arange(len(some) + 1)).tolist()
        for start, stop in pairwise(bounds):
            yield tuple(names[start:stop])

    def _telling(
        self, terms: NDArray[np.int32], places: NDArray[np.int32]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """Which terms are shown, and the pair that goes on where one ends, or -1.

        A word says nothing more where a pair holds it, too; a vague term, where another is shared.
        """
        listed = np.minimum(terms, self._table.unlisted)
        halves = self._table.halves[listed]
        shared = terms >= 0
        telling = _unheld(terms, halves, shared & ~self._table.vague[listed])
        bare = ~telling.any(axis=1)
        telling[bare] = _unheld(terms[bare], halves[bare], shared[bare])
        # Of `remote sensing images` the first pair takes the other with it; not where the two
        # first stand apart, as `long video` and `video-language` may.
        goes_on = (halves[:, :, None, 1] == halves[:, None, :, 0]) & (halves[:, :, None, 1] >= 0)
        apart = places[:, None, :] - places[:, :, None]
        goes_on &= (apart > 0) & (apart <= _WORD)
        goes_on &= telling[:, :, None] & telling[:, None, :]
        goes_on &= ~goes_on.any(axis=1)[:, :, None]
        tails = np.where(
            goes_on.any(axis=2),
            np.take_along_axis(terms, goes_on.argmax(axis=2), axis=1),
            np.int32(-1),
        )
        telling &= ~goes_on.any(axis=1)
        telling &= telling.cumsum(axis=1) <= _SHOWN
        return telling, tails

    def _unlisted(self, key: str, place: int) -> str:
        word = WORD.match(*part_at(self._texts[key], place))
        if word is None:
            raise ValueError(f"the text of {key} is not the one that was read")
        return word.group()


def _unheld(
    terms: NDArray[np.int32], halves: Numbers, some: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of some terms are in no pair among them."""
    pairs = np.where(some[:, :, None], halves, -3).reshape(len(terms), 1, 2 * terms.shape[1])
    unheld: NDArray[np.bool_] = some & ~(terms[:, :, None] == pairs).any(axis=2)
    return unheld


def _merged(one: str, other: str) -> str:
    """Two pairs that share a word, as one name.

    >>> _merged("retrieval-augmented", "augmented generation"), _merged("point clouds", "cloud map")
    ('retrieval-augmented generation', 'point cloud map')
    """
    joint = max(one.rfind(" "), one.rfind("-"))
    return one[: joint + 1] + other
