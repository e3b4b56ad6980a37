"""The index of one period, in pieces small enough to fetch a few of.

    terms-NNN.json      terms in order, each with the papers that have it, in three fields:
                        [["graph", [3, 1, 5], [], [0, 2]], …]
    words-NNN.json      the words worth a correction, by length and alphabet: "the\nand\nmodel"
    papers-NNN.json     keys of `PAPERS` papers: ["attention-is-all-you-need", …]

Papers of a period are numbered from its oldest on, so those of a new day come last. A list of
papers holds the first one's number, then how far each is from the one before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..jsontext import in_json
from .growing import Index
from .postings import TITLE

LARGEST = 24_000
"""Characters of a piece of terms or words, before the host compresses it, unless one term or the
words of one length have more: a search fetches one for each word and period, and an archive of
40,000 papers has some 1,200 pieces, those of papers among them."""

PAPERS = 128
"""Papers of which one piece holds the keys."""

SHORTEST = 3
"""Letters of a word that another is corrected to."""

COMMON = 3
"""Papers from which on a word that is in no title is worth correcting another one to."""


class Piece(NamedTuple):
    """One file of a period."""

    name: str
    content: bytes


class Pieces(NamedTuple):
    """All files of a period, and what the browser must know to ask for one."""

    files: list[Piece]
    stamp: str
    """Changes with their content, so that no old copy of a file is taken for a new one."""
    titles: str
    """How many words each title has, as a digit to the base 36."""
    terms: list[str]
    """First term of each piece of terms."""
    keys: int
    """How many keys each piece of papers has; the last may have fewer."""
    words: list[int]
    """Length of the first word of each piece of words; those of one length stand in one piece."""


def pieces_of(index: Index) -> Pieces:
    """The files of an index."""
    terms, papers = index.rows.terms, index.rows.papers
    rows = [f'["{term}",[{lists}]]' for term, lists in zip(terms, index.rows.lists, strict=True)]
    by_length: dict[int, list[str]] = defaultdict(list)
    for row in np.flatnonzero((papers[:, TITLE] > 0) | (papers.sum(axis=1) >= COMMON)).tolist():
        if _is_word(terms[row]):
            by_length[len(terms[row])].append(terms[row])
    lengths = sorted(by_length)
    lines = ["\n".join(by_length[length]) for length in lengths]
    of_terms = _cut(map(len, rows))
    of_words = _cut(map(len, lines))
    contents = {
        "terms": ["[" + ",\n".join(rows[a:b]) + "]\n" for a, b in of_terms],
        "words": [_json("\n".join(lines[a:b])) for a, b in of_words],
        "papers": [_json(index.keys[a : a + PAPERS]) for a in range(0, len(index.keys), PAPERS)],
    }
    files = [
        Piece(f"{kind}-{number:03}.json", content.encode())
        for kind, made in contents.items()
        for number, content in enumerate(made)
    ]
    return Pieces(
        files=files,
        stamp=sha256(b"".join(file.content for file in files)).hexdigest()[:8],
        titles=index.titles,
        terms=[terms[a] for a, _ in of_terms],
        keys=PAPERS,
        words=[lengths[a] for a, _ in of_words],
    )


def _is_word(term: str) -> bool:
    """Whether somebody may have meant it and mistyped: it is no mark and no number."""
    return len(term) >= SHORTEST and term.isalnum() and not term.isdigit()


def _cut(sizes: Iterable[int]) -> list[tuple[int, int]]:
    """Where to cut a list whose parts have these sizes, so that pieces have up to `LARGEST`.

    >>> _cut([10_000, 10_000, 10_000, 90_000, 10])
    [(0, 2), (2, 3), (3, 4), (4, 5)]
    """
    cuts, held = [0], 0
    count = 0
    for count, size in enumerate(sizes):
        if held and held + size > LARGEST:
            cuts.append(count)
            held = 0
        held += size
    return list(pairwise([*cuts, count + 1])) if held else []


def _json(value: object) -> str:
    return in_json(value) + "\n"
