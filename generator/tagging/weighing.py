"""Weighs what was found of a tag by how it speaks and where it stands. 100 points earn the tag."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..hashing import Numbers
from .phrases import PLACES, SPEECHES, Mentions, Place, Speech

EARNS = 100
"""Points that earn a tag."""

# Points of one distinct word, by how it speaks and the best place it stands in. Logistic regression
# over all tags at once, on half of the reference sets: 100 is where the chance that a reader would
# give the tag is 0.3, which had the best F1. Rounded to 5. No reference paper has keywords: they
# name what a paper uses as well as what it is about, so each counts as a word in passing.
_POINTS: Mapping[Speech, Mapping[Place, int]] = {
    "firm": {"title": 140, "aim": 80, "opening": 70, "rest": 50, "keyword": 50},
    "synonym": {"title": 90, "aim": 50, "opening": 50, "rest": 40, "keyword": 40},
    "weak": {"title": 50, "aim": 20, "opening": 15, "rest": 15, "keyword": 15},
    "cue": {"title": 35, "aim": 40, "opening": 5, "rest": 20, "keyword": 20},
}
_AGAIN: Mapping[Speech, int] = {"firm": 20, "synonym": 15, "weak": 5, "cue": 30}
"""Points of each further mention, of words of one kind together."""
_ENOUGH = 3
"""So many words of one kind and place, and so many repeats, count at most: as the fit had it."""
_MOST = 250
"""Points that phrases give at most: no number of them outweighs every other word of a text."""

POINTS: Numbers = np.array([[_POINTS[speech][place] for place in PLACES] for speech in SPEECHES])
"""By numbers of speech and place, points of a word."""
_REPEAT = np.array([_AGAIN[speech] for speech in SPEECHES])


def weigh(found: Mentions, papers: int, tags: int) -> Numbers:
    """The points of each paper's mentions of each tag: papers by tags."""
    kinds, places = len(SPEECHES), len(PLACES)
    group = (found.paper * tags + found.tag) * kinds + found.speech
    # The best mention of each word comes first: points are below 2**8, places below 2**3.
    rank = (255 - POINTS[found.speech, found.place]) << 3 | found.place
    order = np.sort(group << 32 | found.word << 11 | rank)
    first = np.diff(order >> 11, prepend=-1) > 0
    words = _enough((order[first] >> 32) * places + (order[first] & 7))
    again = _enough(order[~first] >> 32)
    points = np.bincount(
        np.concatenate([words // (kinds * places), again // kinds]),
        np.concatenate([POINTS.ravel()[words % (kinds * places)], _REPEAT[again % kinds]]),
        papers * tags,
    )
    enough: Numbers = np.minimum(points, _MOST).astype(np.int64).reshape(papers, tags)
    return enough


def _enough(numbers: Numbers) -> Numbers:
    """Each number as often as it is there, but `_ENOUGH` times at most."""
    numbers = np.sort(numbers)
    return numbers[np.arange(len(numbers)) - np.searchsorted(numbers, numbers) < _ENOUGH]
