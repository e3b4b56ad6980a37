"""Finds all of some thousand phrases in texts, word by word, in one pass.

A trie has a node for each beginning of a phrase. Texts walk down it from all their words at once,
so there are as many steps as the longest phrase has words. As words have hashes anyway, this takes
0.015 ms an abstract; the Aho-Corasick automata of ahocorasick_rs, letter by letter, took 0.05.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..hashing import Index, Numbers, number_hashes
from .texts import Lexicon, Texts

_SPACED_WORD = re.compile(r"( *)([^ ]+)")
_FAR = 4
"""Numbers of spaces between words that are told apart; more are as many as the last."""


class Trie:
    """Some phrases: words in lower case, with as many spaces between as in texts."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """All phrases differ; spaces around one are signs that belong to it."""
        split = [_SPACED_WORD.findall(phrase) for phrase in phrases]
        words = list(dict.fromkeys(word for steps in split for _, word in steps))
        self._words = Lexicon(words)
        number_of = dict(zip(words, self._words.numbers.tolist(), strict=True))
        self._width = len(words)
        self._before = np.array(
            [len(phrase) - len(phrase.lstrip()) for phrase in phrases], np.int64
        )
        self._after = np.array([len(phrase) - len(phrase.rstrip()) for phrase in phrases], np.int64)
        # Nodes are numbered from 1; 0 is the root, and the word before the first has no number.
        nodes: dict[int, int] = {}
        phrase_at = [-1]
        for phrase, steps in enumerate(split):
            node = 0
            for place, (spaces, word) in enumerate(steps):
                gap = min(len(spaces), _FAR - 1) if place else 0
                key = (node * _FAR + gap) * self._width + number_of[word]
                node = nodes.setdefault(key, len(nodes) + 1)
                if node == len(phrase_at):
                    phrase_at.append(-1)
            phrase_at[node] = phrase
        self._phrase_at: Numbers = np.array(phrase_at)
        """By node the phrase that ends there, or -1."""
        keys = np.array([*nodes], np.int64)
        self._first = np.zeros(self._width + 1, np.int64)
        """By number of a word the node of phrases that begin with it, or 0; last, for -1, 0."""
        at_root = np.flatnonzero(keys < self._width)
        self._first[keys[at_root]] = at_root + 1
        self._goes_on = np.zeros(len(phrase_at), np.bool_)
        self._goes_on[keys // (self._width * _FAR)] = True
        self._index = Index(number_hashes(keys))

    def find(self, texts: Texts) -> tuple[Numbers, Numbers, Numbers]:
        """Number, start and end of each phrase that stands in the texts, in no order."""
        words = texts.words
        number = self._words.find(words)
        following = np.append(number[1:], -1)
        node = self._first[number]
        first = last = np.flatnonzero(node)
        node = node[first]
        found = [(node[:0], first[:0], last[:0])]
        while len(node):
            phrase = self._phrase_at[node]
            ends = np.flatnonzero(phrase >= 0)
            found.append((phrase[ends], first[ends], last[ends]))
            on = np.flatnonzero(self._goes_on[node] & (following[last] >= 0))
            node, first, last = node[on], first[on], last[on] + 1
            gap = np.minimum(words.start[last] - words.end[last - 1], _FAR - 1)
            key = (node * _FAR + gap) * self._width + number[last]
            hit, places = self._index.find(number_hashes(key))
            node, first, last = places + 1, first[hit], last[hit]
        phrase, first, last = (np.concatenate(rows) for rows in zip(*found, strict=True))
        start = np.maximum(
            words.start[first] - self._before[phrase], texts.parts[words.part[first]]
        )
        return phrase, start, words.end[last] + self._after[phrase]
