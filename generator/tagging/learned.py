"""What was learned from papers that readers tagged: words that speak for a tag, or against it.

A linear model: every term of a text adds its weight to a tag's points, once for the whole text and
once more if it stands in the title. `data/weights.tsv` holds the weights, and says how
`benchmarks/make_weights.py` made them. They are whole numbers, so sums are the same on every
machine and in every order.

Weights were learned for one meaning of a tag. They are used for the tags of a vocabulary whose slug
and definition are those they were learned for; any other tag is judged by its phrases alone.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ..model import Tag
from .phrases import Folded

WEIGHTS = Path(__file__).parents[1] / "data" / "weights.tsv"
"""Lines of four kinds, by their first field: `#` a comment; `tag`, a number, slug, meaning,
slope and the points that every paper begins with; `text` or `title`, a term and its weights."""

Term = str | tuple[str, str]
"""A word, or two that follow one another."""

_REASONS = 3
"""Learned terms given as reasons at most: the strongest say enough."""

_KINDS = ("text", "title")
"""What a line of a term begins with: where the term must stand."""
FINE = 10
"""Learned weights are in tenths of a point, as most are small and only their sum tells."""
_BITS = 32
_ZERO = 1 << (_BITS - 1)
"""Weights stay below 2,000 and a text has fewer than a million terms: no sum leaves its field."""
_LONG = 100
"""Characters between the start of a word and the end of the next, at most."""


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
    """The known terms of a text."""

    anywhere: set[Term]
    in_title: set[Term]


class Weights:
    """The learned part, for the tags of one vocabulary."""

    def __init__(self, tags: Sequence[Tag], lines: Iterable[str]) -> None:
        mine = {(tag.slug, meaning(tag)): number for number, tag in enumerate(tags)}
        self.telling: list[tuple[dict[Term, int], dict[Term, int]]] = [({}, {}) for _ in tags]
        """By number of a tag, the weights of terms that speak for it, anywhere and in a title."""
        self.slopes = [100] * len(tags)
        """By number of a tag, what 100 points of its phrases count beside the learned ones."""
        rows: tuple[dict[Term, int], dict[Term, int]] = ({}, {})
        numbers: dict[str, int] = {}
        # A row of weights is one integer with a field for each tag, so that adding two rows is one
        # addition. The zero of each field is far above 0, so that none borrows from the next.
        self.empty = sum(_ZERO << _BITS * number for number in range(len(tags)))
        for line in lines:
            kind, *rest = line.split("\t")
            if kind == "tag":
                theirs, slug, meant, slope, offset = rest
                if (slug, meant) in mine:
                    numbers[theirs] = number = mine[slug, meant]
                    self.slopes[number] = int(slope)
                    self.empty += int(offset) * FINE << _BITS * number
            elif kind in _KINDS:
                term, place = term_of(rest[0]), _KINDS.index(kind)
                row = 0
                for pair in rest[1].split():
                    theirs, _, weight = pair.partition(":")
                    if theirs in numbers:
                        number, points = numbers[theirs], int(weight)
                        row += points << _BITS * number
                        if points > 0:
                            self.telling[number][place][term] = points
                if row:
                    rows[place][term] = row
        self.anywhere, self.in_title = rows
        self.form = struct.Struct(f"<{len(tags)}I")
        words = {word for term in (*self.anywhere, *self.in_title) for word in _words(term)}
        self.known = {
            form: word for word in words for form in (word, word + "s") if singular(form) == word
        }
        """Of a word as it may be written, the word as terms have it."""

    def points(self, text: Folded) -> tuple[list[int], Found]:
        """Points of each tag, and because of which terms."""
        if not self.known:
            return [0] * len(self.telling), Found(set(), set())
        known = self.known.get
        split = text.whole.index("\n")
        title = [known(word, "") for word in text.lowered[:split].split()]
        rest = [known(word, "") for word in text.lowered[split:].split()]
        found = Found(
            # The empty word keeps the last of the title and the first of the abstract apart.
            self.anywhere.keys() & terms_of([*title, "", *rest]),
            self.in_title.keys() & terms_of(title),
        )
        total = sum(map(self.anywhere.__getitem__, found.anywhere), self.empty)
        total = sum(map(self.in_title.__getitem__, found.in_title), total)
        fields = self.form.unpack(total.to_bytes(self.form.size, "little"))
        return [(field - _ZERO) // FINE for field in fields], found

    def reasons(self, text: Folded, found: Found, number: int) -> list[tuple[int, int, int]]:
        """Points, start and end of the terms that speak most for a tag, strongest first."""
        points: dict[Term, int] = {}
        for speaking, terms in zip(self.telling[number], found, strict=True):
            for term in speaking.keys() & terms:
                points[term] = points.get(term, 0) + speaking[term]
        # A small part of what the strongest says is no reason, and sorting such takes long.
        least = max(points.values(), default=0) // 3
        telling = ((-has, _words(term)) for term, has in points.items() if has >= least)
        strongest = sorted(telling)[:_REASONS]
        spans = ((-minus // FINE, self._span(text, words)) for minus, words in strongest)
        return [(has, *span) for has, span in spans if span]

    def _span(self, text: Folded, words: tuple[str, ...]) -> tuple[int, int] | None:
        """Where the words first stand, one after the other."""
        lowered = text.lowered
        at = -1
        while (at := lowered.find(words[0], at + 1)) >= 0:
            if at and lowered[at - 1] != " ":
                continue
            end = at
            for word in words:
                written = lowered[end : end + _LONG].split(None, 1)[:1]
                if not written or self.known.get(written[0]) != word:
                    break
                end = lowered.index(written[0], end) + len(written[0])
            else:
                if "\n" not in text.whole[at:end]:
                    return at, end
        return None


def read_weights(tags: Sequence[Tag]) -> Weights:
    """The package's weights, for the tags they were learned for."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        return Weights(tags, map(str.rstrip, lines))


def term_of(written: str) -> Term:
    """A term as a line of the file has it: one word, or two with a space."""
    first, _, second = written.partition(" ")
    return (first, second) if second else first


def _words(term: Term) -> tuple[str, ...]:
    return (term,) if isinstance(term, str) else term
