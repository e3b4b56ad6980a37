"""What was learned from papers that readers tagged: what speaks for a tag, or against it.

A linear model: every term of a text adds its weight to a tag's points, once for the whole text and
once more if it stands in the title. The arXiv classes that a paper is filed under correct the sum
a little, where a source names them. `data/weights.tsv` holds the weights, and says how
`benchmarks/make_weights.py` made them. They are whole numbers, so sums are the same on every
machine and in every order.

Weights were learned for one meaning of a tag. They are used for the tags of a vocabulary whose
slug, or a former one, and definition are those they were learned for; any other tag is judged by
its phrases alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..hashing import Index, Numbers, first_of_each, number_hashes
from ..model import PaperText, Tag
from .texts import KEYWORD, TITLE, Lexicon, Texts

WEIGHTS = Path(__file__).parents[1] / "data" / "weights.tsv"
"""Lines of five kinds, by their first field: `#` a comment; `tag`, a number, slug, meaning,
slope and the points that every paper begins with; `text` or `title`, a term and its weights;
`filed`, an arXiv class and what it weighs."""

Term = str | tuple[str, str]
"""A word, or two that follow one another."""

_REASONS = 3
"""Learned terms given as reasons at most: the strongest say enough."""
_TOLD = 5
"""Points from which on a class is given as a reason: less says nothing to a reader."""

_KINDS = ("text", "title")
"""What a line of a term begins with: where the term must stand."""
_BITS = 24
"""Of the number of a word in the texts, and of that of a term, where they share one number."""
FINE = 10
"""Learned weights are in tenths of a point, as most are small and only their sum tells."""
FILED = 30
"""Points that the classes of a paper give or take at most, together: a tag begins with 51 at most
and 100 earn it, so they decide only where words have all but decided."""


def meaning(tag: Tag) -> str:
    """What the weights of a tag were learned for: a digest of its definition, 8 hex digits."""
    return hashlib.sha256(" ".join(tag.definition.split()).encode()).hexdigest()[:8]


def singular(word: str) -> str:
    """Folds the plural of a word.

    >>> [singular(word) for word in ("graphs", "loss", "bias", "analysis")]
    ['graph', 'loss', 'bia', 'analysis']
    """
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def terms_of(words: Sequence[str]) -> set[Term]:
    """The terms of a text: its words and each two neighbours.

    >>> sorted(map(str, terms_of(["deep", "network"])))
    ["('deep', 'network')", 'deep', 'network']
    """
    return {*words, *pairwise(words)}


class Found(NamedTuple):
    """The known terms of some texts, sorted by paper, each once; all of one length."""

    paper: Numbers
    row: Numbers
    """Of the table of weights."""
    start: Numbers
    end: Numbers
    """Where it first stands: characters of the joined texts."""


class Reasons(NamedTuple):
    """The terms that speak most for some tags of papers; all of one length."""

    asked: Numbers
    """Which of the tags asked for."""
    points: Numbers
    start: Numbers
    end: Numbers


class _Learned(NamedTuple):
    """What lines of the file say of the tags of one vocabulary, each by its number there."""

    slopes: Numbers
    offsets: Numbers
    filed: dict[str, Numbers]
    terms: dict[Term, dict[tuple[int, int], int]]
    """Of each term what it weighs, by number into `_KINDS` and tag."""


class _Terms:
    """Finds some terms in texts."""

    def __init__(self, terms: Sequence[Term]) -> None:
        known = sorted({word for term in terms for word in _words(term)})
        number_of = {word: number for number, word in enumerate(known)}
        forms = {
            form: number
            for word, number in number_of.items()
            for form in (word, word + "s")
            if singular(form) == word
        }
        self._words = Lexicon([*forms])
        self._stems: Numbers = np.full(len(forms) + 1, -1)
        """By number of a word as written, that of its singular; the last, of -1, is -1."""
        self._stems[self._words.numbers] = [*forms.values()]
        self.doubles = np.array([isinstance(term, tuple) for term in terms], np.int64)
        """By number of a term, how many words follow its first."""
        rows = {term: row for row, term in enumerate(terms)}
        self._single: Numbers = np.array([rows.get(word, -1) for word in known] + [-1])
        """By number of a word its term, or -1; the last is that of an unknown word."""
        self._width = len(known)
        pairs = {
            number_of[term[0]] * self._width + number_of[term[1]]: row
            for term, row in rows.items()
            if isinstance(term, tuple)
        }
        self._pairs = Index(number_hashes(np.array([*pairs], np.int64)))
        """Numbers of two words in one."""
        self._pair_rows: Numbers = np.array([*pairs.values()], np.int64)
        """The term of each pair."""

    def find(self, texts: Texts) -> Found:
        """The terms of every text."""
        words = texts.words
        number = self._stems[self._words.find(words)]
        # Nothing was learned of keywords.
        number[texts.part[words.part] == KEYWORD] = -1
        known = number >= 0
        pair = np.flatnonzero(known[:-1] & known[1:] & (words.part[:-1] == words.part[1:]))
        hit, near = self._pairs.find(number_hashes(number[pair] * self._width + number[pair + 1]))
        single = self._single[number]
        at = np.flatnonzero(single >= 0)
        row = np.concatenate([single[at], self._pair_rows[near]])
        first = np.concatenate([at, pair[hit]])
        # All in one number, since sorting one column is quicker than three: of the places where a
        # paper has a term, the first one comes first.
        order = (texts.paper[words.part[first]] << _BITS | row) << _BITS | first
        order.sort()
        order = order[first_of_each(order >> _BITS)]
        first, row = order & (1 << _BITS) - 1, order >> _BITS & (1 << _BITS) - 1
        titled = texts.part[words.part[first]] == TITLE
        last = first + self.doubles[row]
        return Found(order >> 2 * _BITS, 2 * row + titled, words.start[first], words.end[last])


class Weights:
    """The learned part, for the tags of one vocabulary."""

    def __init__(self, tags: Sequence[Tag], lines: Iterable[str]) -> None:
        learned = _read(tags, lines)
        self.slopes = learned.slopes
        """By number of a tag, what 100 points of its phrases count beside the learned ones."""
        self.offsets = learned.offsets
        """By number of a tag, the points that every paper begins with."""
        self.filed = learned.filed
        """By arXiv class what it weighs: a point for each tag."""
        self.told = {
            (name, number): points
            for name, weighs in self.filed.items()
            for number, points in enumerate(weighs.tolist())
            if points >= _TOLD
        }
        """By arXiv class and number of a tag the points that are given as a reason."""
        weights = {term: of for term, of in learned.terms.items() if of}
        self.terms = _Terms([*weights])
        self.table = _table([*weights.values()], len(tags))
        """Two rows a term: what it weighs in an abstract, and in a title. Whole numbers, small
        enough for sums to be exact: 9,600 terms of 1,700 would reach 2**24."""
        self.by_tag: NDArray[np.int16] = self.table.T.astype(np.int16).ravel()
        """The same weights, a row a tag: those of one are near one another, to be found faster."""

    def find(self, texts: Texts) -> Found:
        """The known terms of every text."""
        return self.terms.find(texts)

    def points(self, found: Found, papers: int) -> Numbers:
        """Points of each tag: papers by tags."""
        begin = np.searchsorted(found.paper, np.arange(papers + 1)).tolist()
        points = np.zeros((papers, len(self.slopes)), np.float32)
        each = np.ones(max(np.diff(begin), default=0), np.float32)
        for paper, (start, stop) in enumerate(pairwise(begin)):
            np.matmul(
                each[: stop - start],
                self.table.take(found.row[start:stop], axis=0),
                out=points[paper],
            )
        return points.astype(np.int64) // FINE + self.offsets

    def corrections(self, papers: Sequence[PaperText]) -> Numbers:
        """Points by the classes that papers are filed under: papers by tags.

        Classes that nothing was learned of, whatever they say, give none.
        """
        points = np.zeros((len(papers), len(self.slopes)), np.int64)
        for row, paper in enumerate(papers):
            for name in self.filed.keys() & {*paper.categories}:
                points[row] += self.filed[name]
        return points.clip(-FILED, FILED)

    def filed_for(self, tag: int, paper: PaperText) -> list[tuple[str, int]]:
        """The classes of a paper that speak for a tag, in its order, and what each weighs."""
        return [
            (name, self.told[name, tag])
            for name in dict.fromkeys(paper.categories)
            if (name, tag) in self.told
        ]

    def reasons(self, found: Found, paper: Numbers, tag: Numbers) -> Reasons:
        """The terms that speak most for tags of papers, strongest first."""
        begin = np.searchsorted(found.paper, paper)
        count = np.searchsorted(found.paper, paper, side="right") - begin
        asked = np.repeat(np.arange(len(paper)), count)
        at = np.arange(len(asked)) - np.repeat(np.cumsum(count) - count - begin, count)
        points = self.by_tag.take(tag[asked] * len(self.table) + found.row[at])
        # A small part of what the strongest says is no reason.
        spoke = np.flatnonzero(points > 0)
        asked, at, points = asked[spoke], at[spoke], points[spoke].astype(np.int64)
        most = np.zeros(len(paper), np.int64)
        np.maximum.at(most, asked, points)
        kept = np.flatnonzero(points >= most[asked] // 3)
        asked, at, points = asked[kept], at[kept], points[kept]
        # Strongest first, then as they stand, the shorter first of two that begin together: in one
        # number, since sorting one column is quicker than four.
        place = found.start[at] << 1 | self.terms.doubles[found.row[at] >> 1]
        order = np.argsort(asked << 48 | (1 << 16) - points << 31 | place)
        begin = np.searchsorted(asked, np.arange(len(paper)))
        order = order[np.arange(len(order)) - begin[asked] < _REASONS]
        return Reasons(
            asked[order], points[order] // FINE, found.start[at[order]], found.end[at[order]]
        )


def read_weights(tags: Sequence[Tag]) -> Weights:
    """The package's weights, for the tags they were learned for."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        return Weights(tags, map(str.rstrip, lines))


def _read(tags: Sequence[Tag], lines: Iterable[str]) -> _Learned:
    """What lines of the file say of these tags; of others, nothing."""
    mine = {
        (slug, meaning(tag)): number
        for number, tag in enumerate(tags)
        for slug in (tag.slug, *tag.former)
    }
    learned = _Learned(np.full(len(tags), 100), np.zeros(len(tags), np.int64), {}, {})
    numbers: dict[str, int] = {}

    def pairs(written: str) -> Iterator[tuple[int, int]]:
        for pair in written.split():
            theirs, _, weight = pair.partition(":")
            if theirs in numbers:
                yield numbers[theirs], int(weight)

    for line in lines:
        kind, *rest = line.split("\t")
        if kind == "tag":
            theirs, slug, meant, slope, offset = rest
            if (slug, meant) in mine:
                numbers[theirs] = number = mine[slug, meant]
                learned.slopes[number], learned.offsets[number] = int(slope), int(offset)
        elif kind in _KINDS:
            place, of = _KINDS.index(kind), learned.terms.setdefault(term_of(rest[0]), {})
            of.update(((place, number), weight) for number, weight in pairs(rest[1]))
        elif kind == "filed":
            weighs = learned.filed.setdefault(rest[0], np.zeros(len(tags), np.int64))
            for number, weight in pairs(rest[1]):
                weighs[number] = weight
    return learned


def _table(weights: Sequence[dict[tuple[int, int], int]], tags: int) -> NDArray[np.float32]:
    """Of each term a row for a text without it in the title, and one for a text with it."""
    table = np.zeros((2 * len(weights), tags), np.float32)
    for row, of in enumerate(weights):
        for (place, number), points in of.items():
            table[2 * row + 1, number] += points
            if not place:
                table[2 * row, number] = points
    return table


def term_of(written: str) -> Term:
    """A term as a line of the file has it: one word, or two with a space."""
    first, _, second = written.partition(" ")
    return (first, second) if second else first


def _words(term: Term) -> tuple[str, ...]:
    return (term,) if isinstance(term, str) else term
