"""Turns words into terms, and knows of each term how rare it is and what it is about.

A term is the stem of a word, or a pair of adjacent ones. The table of terms ships with the package
and is made by `benchmarks/make_terms.py`: whatever papers a site holds, a term weighs the same.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..hashing import Hashes, Index, Numbers, number_hashes
from .words import JOINTS, WORD, Words, hashes_of

TERMS = Path(__file__).parents[1] / "data" / "terms.tsv"
"""First line: number of documents, number of components. Then a line a term, sorted: the term, how
many of the documents hold it, its sense: a character a component, from `0` (-31) to `n` (31), and
how it is mostly written."""
ZERO = ord("O")
"""The character of a component that is 0."""

_BITS = 22
"""Of a hash, to number words that the table does not list. Two of them rarely share a number: of a
million pairs of papers with 30 such words each, about 200 seem to share a word that they do not."""

_UNLISTED, _STOPPED = -1, -2
"""In place of the number of a word that the table does not list, and of one that says nothing."""

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


VAGUE = frozenset(
    """
    approach existing method proposed feasibility shared unified improve improved improving enhance
    enhanced enhancing effectively significantly involve achieve provide introduce reduce enable
    called study
    """.split()
)
"""Words that papers of any subject share: no good reason where there is a better one."""
TORN = frozenset("aware based driven end free guided level related specific".split())
"""Vague alone, and where they begin a pair, which was torn from `learning-based point clouds`."""
ALONE = frozenset("case class long new self".split())
"""Vague alone; in a pair, as in `self-supervised`, they are not."""


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
    for match in WORD.finditer(token):
        if match.start() > at and token[at : match.start()].strip(JOINTS):
            stems.append("")
        word = match.group()
        counts = len(word) > 1 and not word.isdecimal() and word not in STOP
        stems.append(stem(word) if counts else "")
        at = match.end()
    if token[at:].strip(JOINTS):
        stems.append("")
    return tuple(stems)


class Terms:
    """The table of terms. Words come first, from 0, then pairs, then words not in the table."""

    def __init__(self, table: Path) -> None:
        head, *lines = table.read_text(encoding="ascii").splitlines()
        documents, components = map(int, head.split("\t"))
        rows = sorted((line.split("\t") for line in lines), key=lambda row: (" " in row[0], row[0]))
        names = [name for name, _, _, _ in rows]
        self.forms = [form for _, _, _, form in rows]
        """How papers mostly write a term, by its number."""
        words = {name: number for number, name in enumerate(names) if " " not in name}
        self._words = len(words)
        self.unlisted = len(rows)
        """The first number of words that are not in the table."""
        # Whole hundredths, because the last digit of a logarithm may differ between machines. What
        # the table does not list is rarer than anything it lists, and so counts as its rarest.
        rarity = [round(100 * math.log(documents / int(count))) for _, count, _, _ in rows]
        self.rarity: Numbers = np.array([*rarity, max(rarity)], dtype=np.int64)
        """By number; the last is that of all unlisted words. Hundredths of a natural logarithm."""
        signs = "".join(sense for _, _, sense, _ in rows).encode("ascii")
        senses = np.frombuffer(signs, dtype=np.uint8).reshape(len(rows), components)
        self.senses: NDArray[np.float32] = np.zeros((len(rows) + 1, components), np.float32)
        """By number; the last, of all unlisted words, is nothing. Whole numbers."""
        self.senses[:-1] = senses.astype(np.float32) - ZERO
        # Pairs are sorted by name, and not by the numbers of their words.
        halves = [tuple(words[half] for half in name.split(" ")) for name in names[len(words) :]]
        self.halves: Numbers = np.full((len(rows) + 1, 2), -2, dtype=np.int64)
        """The numbers of the words of a pair, by its number; a word has none, but -2."""
        self.halves[len(words) : -1] = np.reshape(halves, (-1, 2))
        self.vague: NDArray[np.bool_] = np.zeros(len(rows) + 1, dtype=np.bool_)
        """By number, whether a term is a poor reason."""
        self.vague[[words[word] for word in VAGUE & words.keys()]] = True
        torn = np.zeros(len(rows), dtype=np.bool_)
        torn[[words[word] for word in TORN & words.keys()]] = True
        one, other = self.halves[len(words) : -1].T
        self.vague[len(words) : -1] = self.vague[one] | self.vague[other] | torn[one]
        self.vague[:-1] |= torn
        self.vague[[words[word] for word in ALONE & words.keys()]] = True
        known = [*words, *sorted(STOP - words.keys())]
        self._known = Index(hashes_of(known))
        self._stems: Numbers = np.append(np.arange(len(known)), _UNLISTED)
        """By number of a word in the index that of a stem; the last is that of no word there."""
        self._stems[len(words) : -1] = _UNLISTED
        self._whole = self._stems.copy()
        """The same of a word that need not be a stem."""
        self._whole[[number for number, word in enumerate(known) if word in STOP]] = _STOPPED
        self._pairs = Index(_both(*self.halves[len(words) : -1].T))

    def numbers(self, words: Words) -> Numbers:
        """The number of each word; negative for those that say nothing of a subject."""
        numbers = self._whole[self._known.places(words.whole)]
        cut = words.cut[numbers[words.cut] != _STOPPED]
        numbers[cut] = self._stems[self._known.places(words.stems[cut])]
        rare = np.flatnonzero(numbers == _UNLISTED)
        hashes = words.stems[rare] >> np.uint64(64 - _BITS)
        numbers[rare] = self.unlisted + hashes.view(np.int64)
        numbers[np.flatnonzero(~words.counts)] = _STOPPED
        return numbers

    def pairs(self, numbers: Numbers, joined: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Where in a row of numbers a pair of the table begins, and the numbers of these pairs."""
        listed = (numbers >= 0) & (numbers < self._words)
        at = np.flatnonzero(listed[:-1] & listed[1:] & joined[:-1])
        hit, places = self._pairs.find(_both(numbers[at], numbers[at + 1]))
        return at[hit], self._words + places


def _both(one: Numbers, other: Numbers) -> Hashes:
    """A hash for each pair of words, by their numbers."""
    return number_hashes(one << 32 | other)


@cache  # a server relates again and again
def terms_table(table: Path = TERMS) -> Terms:
    """The table, read once. It can be pickled, which is far quicker read."""
    return Terms(table)
