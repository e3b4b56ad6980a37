"""The index of a period as it grows: what it holds of documents that are still the same stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from struct import Struct

import numpy as np

from ..stamps import SIZE, stamp_of
from .postings import FIELDS, Document, postings
from .rows import Rows
from .words import stem, words_of

Read = Callable[[int], Document]
"""Gives the document at a place of its period."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HEAD = Struct("<3I")
"""How many documents there are, how many bytes each stamp has, and how many terms there are."""
_NUMBER = np.dtype("<i4")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The index of some documents, oldest first."""

    stamps: tuple[bytes, ...]
    """Of each document, all of one length: where a document says something else, it is another."""
    keys: tuple[str, ...]
    titles: str
    """How many different words each title has, as a digit to the base 36."""
    rows: Rows

    def grown(self, stamps: Sequence[bytes], read: Read) -> Index:
        """The index of the documents with these stamps, the same as if it was made from nothing.

        Documents are read from the first one on that this index does not hold at its place.
        """
        pairs = zip(self.stamps, stamps, strict=False)
        ends = min(len(self.stamps), len(stamps))
        same = next((place for place, (one, other) in enumerate(pairs) if one != other), ends)
        new = [read(place) for place in range(same, len(stamps))]
        rows = self.rows if same == len(self.stamps) else self.rows.until(same)
        return Index(
            stamps=tuple(stamps),
            keys=(*self.keys[:same], *(document.key for document in new)),
            titles=self.titles[:same] + "".join(_length(document.title) for document in new),
            rows=rows.joined(postings(new, same)) if new else rows,
        )

    def to_bytes(self) -> bytes:
        """All of it, for `from_bytes`."""
        rows = self.rows
        size = len(self.stamps[0]) if self.stamps else 0
        content = b"".join(
            (
                _HEAD.pack(len(self.stamps), size, len(rows.terms)),
                *self.stamps,
                rows.papers.astype(_NUMBER).tobytes(),
                rows.lasts.astype(_NUMBER).tobytes(),
                "\n".join([self.titles, *self.keys, *rows.terms, *rows.lists]).encode(),
            )
        )
        return stamp_of(content) + content

    @classmethod
    def from_bytes(cls, content: bytes) -> Index:
        """The index that these bytes were made of; `ValueError` for bytes of anything else."""
        digest, content = content[:SIZE], content[SIZE:]
        if digest != stamp_of(content):
            raise ValueError("these bytes hold no index of a period")
        documents, size, terms = _HEAD.unpack_from(content)
        numbers = _HEAD.size + documents * size
        table = (terms, len(FIELDS))
        both = np.frombuffer(content, _NUMBER, 2 * terms * len(FIELDS), numbers)
        papers, lasts = both.reshape(2, *table).astype(np.int32)
        titles, *lines = content[numbers + both.nbytes :].decode().split("\n")
        return cls(
            stamps=tuple(content[at : at + size] for at in range(_HEAD.size, numbers, size or 1)),
            keys=tuple(lines[:documents]),
            titles=titles,
            rows=Rows(
                terms=lines[documents : documents + terms],
                lists=lines[documents + terms :],
                papers=papers,
                lasts=lasts,
            ),
        )


def _length(title: str) -> str:
    """How many different words a title has, as one digit."""
    return _DIGITS[min(len({stem(word) for word in words_of(title)}), len(_DIGITS) - 1)]


NOTHING = Index((), (), "", Rows([], [], *np.zeros((2, 0, len(FIELDS)), np.int32)))
"""The index of no document."""
