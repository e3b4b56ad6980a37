"""The index of one period, in pieces small enough to fetch a few of.

    terms-NNN.json      terms in order, each with the papers that have it, in three fields:
                        [["graph", [3, 1, 5], [], [0, 2]], …]
    words-NNN.json      the words worth a correction, by length and alphabet: "the\nand\nmodel"
    papers-NNN.json     keys of `PAPERS` papers: ["attention-is-all-you-need", …]

Papers of a period are numbered from its oldest on, so those of a new day come last. A list of
papers holds the first one's number, then how far each is from the one before. A paper stands once
under a term, in the weightiest field. Marks, such as topics, are terms that no word can be.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import runs_of, stem, terms_of, words_of

LARGEST = 24_000
"""Bytes of a piece, before the host compresses it, unless one term has more: a search fetches as
many as it has words, and an archive of 40,000 papers has some five hundred."""

PAPERS = 128
"""Papers of which one piece holds the keys."""

SHORTEST = 3
"""Letters of a word that another is corrected to."""

COMMON = 3
"""Papers from which on a word that is in no title is worth correcting another one to."""

STOP_WORDS = frozenset(
    "a about all also an and are as at be been between both by can do for from has have how in "
    "into is it its more most not of on or other our over such than that the their them then there "
    "these they this those to under up via was we were when where which while who will with "
    "within".split()
)
"""Words of a text that say nothing of it; in a title they count, as some have no other."""

FIELDS = _TITLE, _NAMES, _TEXT = range(3)
"""The weightiest first."""

Numbers = NDArray[np.int64]

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Document(NamedTuple):
    """What the index reads of a paper, in plain Unicode."""

    key: str
    title: str
    names: str
    """Of its authors, and its numbers."""
    text: str
    marks: tuple[str, ...]
    """What it can be filtered by; each holds a character that no word does."""


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
    words: list[int]
    """Length of the first word of each piece of words; those of one length stand in one piece."""


def index_period(documents: Sequence[Document]) -> Pieces:
    """The index of some papers, oldest first."""
    rows = list(_rows(*_entries(documents)))
    by_length: dict[int, list[str]] = defaultdict(list)
    for word, _, worth in rows:
        if worth and len(word) >= SHORTEST and word.isalnum() and not word.isdigit():
            by_length[len(word)].append(word)
    lengths = sorted(by_length)
    lines = ["\n".join(by_length[length]) for length in lengths]
    terms = _cut(len(row) for _, row, _ in rows)
    words = _cut(len(line) for line in lines)
    keys = [document.key for document in documents]
    contents = {
        "terms": ["[" + ",\n".join(row for _, row, _ in rows[a:b]) + "]\n" for a, b in terms],
        "words": [_json("\n".join(lines[a:b])) for a, b in words],
        "papers": [_json(keys[a : a + PAPERS]) for a in range(0, len(keys), PAPERS)],
    }
    files = [
        Piece(f"{kind}-{number:03}.json", content.encode())
        for kind, made in contents.items()
        for number, content in enumerate(made)
    ]
    return Pieces(
        files=files,
        stamp=sha256(b"".join(file.content for file in files)).hexdigest()[:8],
        titles="".join(_length(document.title) for document in documents),
        terms=[rows[a][0] for a, _ in terms],
        words=[lengths[a] for a, _ in words],
    )


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


def _entries(documents: Sequence[Document]) -> tuple[list[str], Numbers]:
    """The terms in the order of the browser, and all entries in the order of term, field and paper.

    An entry holds, from its highest bits on: the term's place, 2 bits for the field, 32 for the
    paper.
    """
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
    # JavaScript compares units of UTF-16.
    order = sorted(range(len(terms)), key=lambda number: terms[number].encode("utf-16-be"))
    rank = np.empty(len(terms), dtype=np.int64)
    rank[order] = np.arange(len(terms))
    said = np.array([term not in STOP_WORDS for term in terms])
    parts: list[Numbers] = []
    for field, (term, paper) in zip((*FIELDS, _TEXT), read, strict=True):
        entries = rank[term] << 34 | paper << 2 | field
        parts.append(entries[said[term]] if field == _TEXT else entries)
    # `np.unique` hashes, which for so many takes five times as long as to sort.
    found = np.sort(np.concatenate(parts))
    # Of a term and a paper, the weightiest field, once.
    found = found[np.flatnonzero(np.diff(found >> 2, prepend=-1))]
    found = found >> 34 << 34 | (found & 3) << 32 | (found >> 2 & 0xFFFFFFFF)
    found.sort()
    return [terms[number] for number in order], found


def _rows(terms: Sequence[str], entries: Numbers) -> Iterator[tuple[str, str, bool]]:
    """Each term that a paper has: itself, its line, and whether it is worth a correction."""
    places = entries & 0xFFFFFFFF
    steps = np.diff(places, prepend=0)
    starts = np.flatnonzero(np.diff(entries >> 32, prepend=-1))
    steps[starts] = places[starts]
    words = [str(number) for number in range(int(steps.max(initial=0)) + 1)]
    shown = [words[step] for step in steps.tolist()]
    heads = (entries[starts] >> 32).tolist()
    ends = [*starts[1:].tolist(), len(shown)]
    fields: dict[int, list[str]] = {}
    for head, start, end in zip(heads, starts.tolist(), ends, strict=True):
        term, field = divmod(head, 4)
        fields.setdefault(term, [""] * len(FIELDS))[field] = ",".join(shown[start:end])
    papers = np.bincount(entries >> 34, minlength=len(terms)).tolist()
    for term, (title, names, text) in fields.items():
        word = terms[term]
        worth = bool(title) or papers[term] >= COMMON
        yield word, f'["{word}",[{title}],[{names}],[{text}]]', worth


def _length(title: str) -> str:
    """How many different words a title has, as one digit."""
    return _DIGITS[min(len({stem(word) for word in words_of(title)}), len(_DIGITS) - 1)]


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
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
