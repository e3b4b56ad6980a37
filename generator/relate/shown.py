"""Shows shared terms to a reader: a few, and as papers mostly write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import PaperText
from .reading import written
from .terms import terms_table
from .words import WORD

_SHOWN = 4
"""Shared terms shown at most: what a reader takes in at a glance."""


class Names:
    """What terms are called. Words that the table does not list are looked up in the texts."""

    def __init__(self, texts: Mapping[str, PaperText]) -> None:
        self._texts = texts
        self._table = terms_table()

    def shown(self, key: str, terms: Sequence[int], places: Sequence[int]) -> tuple[str, ...]:
        """The first few of a paper's terms; a word says nothing more where a pair holds it, too.

        `places` has where the paper's text first has each, as in `Readings`.
        """
        forms, halves, listed = self._table.forms, self._table.halves, self._table.unlisted
        inside = [word for term in terms if term < listed for word in halves[term]]
        told: list[str] = []
        for term, at in zip(terms, places, strict=True):
            if term not in inside:
                told.append(forms[term] if term < listed else self._unlisted(key, at))
                if len(told) == _SHOWN:
                    break
        return tuple(told)

    def _unlisted(self, key: str, place: int) -> str:
        word = WORD.match(written(self._texts[key]), place)
        if word is None:
            raise ValueError(f"the text of {key} is not the one that was read")
        return word.group()
