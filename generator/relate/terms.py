"""Turns words into terms, and knows of each term how rare it is and what it is about.

A term is the stem of a word, or a pair of adjacent ones. The table of terms ships with the package
and is made by `benchmarks/make_terms.py`: whatever papers a site holds, a term weighs the same.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TERMS = Path(__file__).parents[1] / "data" / "terms.tsv"
"""First line: number of documents, number of components. Then a line a term, sorted: the term, how
many of the documents hold it, its sense: a character a component, from `0` (-31) to `n` (31), and
how it is mostly written."""
ZERO = ord("O")
"""The character of a component that is 0."""

BREAK, END = -1, -2
"""What stands between two phrases, and after a paper, in a row of term numbers."""
_NAMES = 1 << 22
"""Numbers for words that the table does not list. Two of them rarely share one: of a million pairs
of papers with 30 such words each, about 200 seem to share a word that they do not."""
_WORD = re.compile(r"[^\W_]+")
_JOINTS = "-‐‑"
"""What joins the words of a pair within one token, as a blank does between tokens."""

STOP = frozenset(
    """
    a about above across after against all allow allows along also although among an and another any
    are as at be because been before being below between both but by can cannot could despite did do
    does doing due during each e either especially et etc even every few first for from full further
    furthermore g given had has have having he hence her here his how however i if in instead into
    is it its itself just large larger less like made main make makes making many may more moreover
    most much must near nearly need neither new no nor not novel of often on one ones only or other
    others our out over own per perhaps quite rather s same several she should since so some still
    such than that the their them then there thereby therefore these they this those though three
    through thus to together too toward towards two under until up upon us use used uses using very
    via was we well were what when where whereas whether which while who whose why will with within
    without would yet you your
    """.split()
)
"""Words that say nothing of a paper's subject: English function words."""


def stem(word: str) -> str:
    """The form under which a lower-case word is counted: its singular, roughly.

    >>> [stem(word) for word in ("networks", "studies", "classes", "loss", "analysis", "gas")]
    ['network', 'study', 'class', 'loss', 'analysis', 'gas']
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def stems_of(token: str) -> tuple[str, ...]:
    """The stems of one token between blanks; "" stands for whatever parts the words beside it.

    A sign other than a hyphen, a stop word, a single letter and a number part words.

    >>> stems_of("low-rank"), stems_of("(networks),"), stems_of("the")
    (('low', 'rank'), ('', 'network', ''), ('',))
    """
    token = token.lower()
    stems: list[str] = []
    at = 0
    for match in _WORD.finditer(token):
        if match.start() > at and token[at : match.start()].strip(_JOINTS):
            stems.append("")
        word = match.group()
        counts = len(word) > 1 and not word.isdigit() and word not in STOP
        stems.append(stem(word) if counts else "")
        at = match.end()
    if token[at:].strip(_JOINTS):
        stems.append("")
    return tuple(stems)


def pack(numbers: Iterable[int]) -> bytes:
    """Four bytes a number."""
    return array("i", numbers).tobytes()


class Terms(dict[str, bytes]):
    """The table of terms; and, by token, the numbers of its stems, kept since tokens come again.

    These are packed, four bytes each as this machine orders them: joining bytes is by far the
    quickest way to a row of numbers.

    Words come first, from 0, then pairs; `unlisted` is the first number of words not in the table.
    """

    def __init__(self, table: Path) -> None:
        head, *lines = table.read_text(encoding="ascii").splitlines()
        documents, components = map(int, head.split("\t"))
        rows = sorted((line.split("\t") for line in lines), key=lambda row: (" " in row[0], row[0]))
        names = [name for name, _, _, _ in rows]
        self.forms = [form for _, _, _, form in rows]
        """How papers mostly write a term, by its number."""
        self.words = {name: number for number, name in enumerate(names) if " " not in name}
        self.unlisted = len(rows)
        # Whole hundredths, because the last digit of a logarithm may differ between machines. What
        # the table does not list is rarer than anything it lists, and so counts as its rarest.
        rarity = [round(100 * math.log(documents / int(count))) for _, count, _, _ in rows]
        self.rarity: NDArray[np.int64] = np.array([*rarity, max(rarity)], dtype=np.int64)
        """By number; the last is that of all unlisted words. Hundredths of a natural logarithm."""
        signs = "".join(sense for _, _, sense, _ in rows).encode("ascii")
        senses = np.frombuffer(signs, dtype=np.uint8).reshape(len(rows), components)
        self.senses: NDArray[np.float64] = np.zeros((len(rows) + 1, components))
        """By number; the last, of all unlisted words, is nothing. Whole numbers."""
        self.senses[:-1] = senses.astype(np.float64) - ZERO
        # Pairs are sorted by name, and not by the numbers of their words.
        pairs = [name.split(" ") for name in names[len(self.words) :]]
        self.halves: list[tuple[int, ...]] = [()] * len(self.words) + [
            (self.words[a], self.words[b]) for a, b in pairs
        ]
        """The numbers of the words of a pair, by its number; a word has none."""
        codes = np.array([self.code(*pair) for pair in self.halves[len(self.words) :]], np.int64)
        self._order = np.argsort(codes)
        self._codes = codes[self._order]

    def __missing__(self, token: str) -> bytes:
        packed = pack(self._number(one) if one else BREAK for one in stems_of(token))
        self[token] = packed
        return packed

    def code(self, one: int, other: int) -> int:
        """A number for a pair of words by their numbers."""
        return one * len(self.words) + other

    def pairs(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where in a row of numbers a pair of the table begins, and the numbers of these pairs."""
        listed = (numbers >= 0) & (numbers < len(self.words))
        (at,) = np.nonzero(listed[:-1] & listed[1:])
        codes = numbers[at] * len(self.words) + numbers[at + 1]
        found = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        hit = self._codes[found] == codes
        return at[hit], len(self.words) + self._order[found[hit]]

    def written(self, text: str, number: int) -> str | None:
        """The first word of a text that has this number, in its own case."""
        packed = pack([number])
        tokens = text.split()
        for token, stems in zip(tokens, map(self.__getitem__, tokens), strict=True):
            if packed in stems:
                for match in _WORD.finditer(token):
                    if self[match.group()] == packed:
                        return match.group()
        return None

    def _number(self, word: str) -> int:
        number = self.words.get(word)
        if number is None:
            return self.unlisted + zlib.crc32(word.encode("utf-8", "replace")) % _NAMES
        return number


@cache  # a server relates again and again
def terms_table(table: Path = TERMS) -> Terms:
    """The table, read once."""
    return Terms(table)
