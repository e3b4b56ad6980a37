"""Shows shared terms to a reader: a few, and as papers mostly write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..model import PaperText
from .neighbours import Links
from .reading import part_at
from .terms import terms_table
from .words import WORD

_SHOWN = 4
"""Shared terms shown at most: what a reader takes in at a glance."""


class Names:
    """What terms are called. Words that the table does not list are looked up in the texts."""

    def __init__(self, keys: Sequence[str], texts: Mapping[str, PaperText]) -> None:
        self._keys = keys
        self._texts = texts
        self._table = terms_table()
        self._forms = np.array([*self._table.forms, ""], dtype=np.object_)

    def shown(self, links: Links) -> Iterator[tuple[str, ...]]:
        """The first few shared terms of each link."""
        listed = self._table.unlisted
        some = self._telling(links.terms)
        terms = links.terms[some]
        names: list[str] = self._forms[np.minimum(terms, listed)].tolist()
        rows = np.nonzero(some)[0]
        unlisted = np.flatnonzero(terms >= listed)
        papers, places = links.papers[rows[unlisted]], links.places[some][unlisted]
        for at, paper, place in zip(
            unlisted.tolist(), papers.tolist(), places.tolist(), strict=True
        ):
            names[at] = self._unlisted(self._keys[paper], place)
        bounds = np.searchsorted(rows, np.arange(len(some) + 1)).tolist()
        for start, stop in pairwise(bounds):
            yield tuple(names[start:stop])

    def _telling(self, terms: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which terms are shown; a word says nothing more where a pair holds it, too."""
        halves = self._table.halves[np.minimum(terms, self._table.unlisted)]
        inside = (terms[:, :, None] == halves.reshape(len(terms), 1, 2 * terms.shape[1])).any(
            axis=2
        )
        telling: NDArray[np.bool_] = (terms >= 0) & ~inside
        telling &= telling.cumsum(axis=1) <= _SHOWN
        return telling

    def _unlisted(self, key: str, place: int) -> str:
        word = WORD.match(*part_at(self._texts[key], place))
        if word is None:
            raise ValueError(f"the text of {key} is not the one that was read")
        return word.group()
