"""The index that a reader's browser searches, as files that any host can serve.

    words      what a word is, to the index and to whoever searches
    periods    which months stand together
    postings   which papers have which terms
    rows       the row of one term
    growing    the index of one period, and how it goes on
    pieces     the same in pieces small enough to fetch a few of

Nothing in the pieces of a period depends on another one, so a new day changes those of the newest
period alone; a browser asks all of them and unites what they say. The other half is
`docs/assets/search/`.
"""

from __future__ import annotations

from .growing import NOTHING, Index
from .periods import part
from .pieces import Piece, Pieces, pieces_of
from .postings import Document

__all__ = ["NOTHING", "Document", "Index", "Piece", "Pieces", "part", "pieces_of"]
