"""Which papers have which terms, and in which field."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import runs_of, terms_of

STOP_WORDS = frozenset(
    "a about all also an and are as at be been between both by can do for from has have how in "
    "into is it its more most not of on or other our over such than that the their them then there "
    "these they this those to under up via was we were when where which while who will with "
    "within".split()
)
"""Words of a text that say nothing of it; in a title they count, as some have no other."""

FIELDS = TITLE, _NAMES, _TEXT = range(3)
"""The weightiest first."""

Numbers = NDArray[np.int64]


class Document(NamedTuple):
    """What the index reads of a paper, in plain Unicode."""

    key: str
    title: str
    names: str
    """Of its authors, and its numbers."""
    text: str
    marks: tuple[str, ...]
    """What it can be filtered by; each holds a character that no word does."""


class _Vocabulary(dict[str, int]):
    """The number of every run of letters in the order of their first sight, and its terms.

    A mapping that adds what it lacks, as a corpus has ten times more words than different ones.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        """Number of each term."""
        self.runs: list[list[int]] = []
        """Terms of each run."""

    def __missing__(self, run: str) -> int:
        self.runs.append([self.number(term) for term in terms_of(run)])
        self[run] = len(self.runs) - 1
        return self[run]

    def number(self, term: str) -> int:
        return self.terms.setdefault(term, len(self.terms))

    def expand(self, runs: Numbers, papers: Numbers) -> tuple[Numbers, Numbers]:
        """The terms of these runs, each beside its paper."""
        sizes = np.array([len(terms) for terms in self.runs], dtype=np.int64)
        flat = np.array([term for terms in self.runs for term in terms], dtype=np.int64)
        counts = sizes[runs]
        ends = np.cumsum(counts)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
        starts = np.repeat((np.cumsum(sizes) - sizes)[runs], counts)
        return flat[starts + within], np.repeat(papers, counts)


class Postings(NamedTuple):
    """Which papers have which terms: entries in the order of term, field and paper.

    A paper stands once under a term, in its weightiest field. Marks are terms as they are, in the
    field of the text.
    """

    terms: list[str]
    """Some may have no entry."""
    heads: Numbers
    """Of each entry, the place of its term times the number of fields, and its field."""
    papers: Numbers
    """Of each entry, its paper."""


def postings(documents: Sequence[Document], first: int) -> Postings:
    """The postings of some documents, of which the first one has that number."""
    vocabulary = _Vocabulary()
    number_of = vocabulary.__getitem__
    read: list[tuple[Numbers, Numbers]] = []
    for texts in zip(*((d.title, d.names, d.text) for d in documents), strict=True):
        runs = array("q")
        ends = array("q")
        for text in texts:
            runs.extend(map(number_of, runs_of(text)))
            ends.append(len(runs))
        papers = np.repeat(np.arange(len(documents)), np.diff(np.array(ends), prepend=0))
        read.append(vocabulary.expand(np.array(runs), papers))
    marks = [
        (vocabulary.number(mark), paper)
        for paper, document in enumerate(documents)
        for mark in document.marks
    ]
    term, paper = np.array(marks, dtype=np.int64).reshape(-1, 2).T
    read.append((term, paper))
    terms = list(vocabulary.terms)
    said = np.array([term not in STOP_WORDS for term in terms], dtype=np.bool_)
    parts: list[Numbers] = []
    for field, (term, paper) in zip((*FIELDS, _TEXT), read, strict=True):
        entries = term << 34 | paper << 2 | field
        parts.append(entries[said[term]] if field == _TEXT else entries)
    # `np.unique` hashes, which for so many takes five times as long as to sort.
    found = np.sort(np.concatenate(parts))
    # Of a term and a paper, the weightiest field, once.
    found = found[np.flatnonzero(np.diff(found >> 2, prepend=-1))]
    found = (found >> 34) * len(FIELDS) + (found & 3) << 32 | found >> 2 & 0xFFFFFFFF
    found.sort()
    return Postings(terms, heads=found >> 32, papers=(found & 0xFFFFFFFF) + first)
