"""Shows shared terms to a reader: a few, and as papers mostly write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import PaperText
from .terms import terms_table

_SHOWN = 4
"""Shared terms shown at most: what a reader takes in at a glance."""


class Names:
    """What terms are called. Words that the table does not list are looked up in the texts."""

    def __init__(self, texts: Mapping[str, PaperText]) -> None:
        self._texts = texts
        self._table = terms_table()

    def shown(self, key: str, terms: Sequence[int]) -> tuple[str, ...]:
        """The first few of a paper's terms; a word says nothing more where a pair holds it, too."""
        listed = self._table.unlisted
        inside = {word for term in terms if term < listed for word in self._table.halves[term]}
        told = [term for term in terms if term not in inside][:_SHOWN]
        return tuple(
            self._table.forms[term] if term < listed else self._unlisted(key, term) for term in told
        )

    def _unlisted(self, key: str, term: int) -> str:
        text = self._texts[key]
        form = self._table.written(f"{text.title}\n{text.abstract}", term)
        if form is None:
            raise ValueError(f"the text of {key} is not the one that was read")
        return form
