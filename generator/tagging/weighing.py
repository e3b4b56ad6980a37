"""Weighs what was found of a tag by how it speaks and where it stands. 100 points earn the tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .phrases import Mention, Place, Speech

EARNS = 100
"""Points that earn a tag."""

# Points of one distinct word, by how it speaks and the best place it stands in. Logistic regression
# over all tags at once, on half of the reference sets: 100 is where the chance that a reader would
# give the tag is 0.3, which had the best F1. Rounded to 5.
POINTS: Mapping[Speech, Mapping[Place, int]] = {
    "firm": {"title": 140, "aim": 80, "opening": 70, "rest": 50},
    "synonym": {"title": 90, "aim": 50, "opening": 50, "rest": 40},
    "weak": {"title": 50, "aim": 20, "opening": 15, "rest": 15},
    "cue": {"title": 35, "aim": 40, "opening": 5, "rest": 20},
}
_AGAIN: Mapping[Speech, int] = {"firm": 20, "synonym": 15, "weak": 5, "cue": 30}
"""Points of each further mention, of words of one kind together."""
_ENOUGH = 3
"""So many words of one kind and place, and so many repeats, count at most: as the fit had it."""
_MOST = 250
"""Points that phrases give at most: no number of them outweighs every other word of a text."""


def weigh(lowered: str, found: Sequence[Mention]) -> int:
    """The points of a tag's mentions in a text, given in lower case."""
    if len(found) == 1:  # most often
        return POINTS[found[0].speech][found[0].place]
    best: dict[tuple[Speech, str], Place] = {}
    again: dict[Speech, int] = {}
    for start, end, speech, place in found:
        # Cues are many ways to say one thing, so all of them are one word with repeats.
        word = (speech, "" if speech == "cue" else lowered[start:end].removesuffix("s"))
        if word not in best:
            best[word] = place
            continue
        again[speech] = again.get(speech, 0) + 1
        if POINTS[speech][place] > POINTS[speech][best[word]]:
            best[word] = place
    counted: dict[tuple[Speech, Place], int] = {}
    for (speech, _), place in best.items():
        counted[speech, place] = counted.get((speech, place), 0) + 1
    points = sum(POINTS[speech][place] * min(n, _ENOUGH) for (speech, place), n in counted.items())
    points += sum(_AGAIN[speech] * min(n, _ENOUGH) for speech, n in again.items())
    return min(points, _MOST)
