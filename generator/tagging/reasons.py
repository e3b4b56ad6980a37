"""Says because of which words a paper has a tag, and where they stand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .learned import Reasons
from .phrases import PLACES, Mentions
from .texts import Numbers, Texts
from .weighing import POINTS

_SAID = {"title": "title", "aim": "aim", "opening": "abstract", "rest": "abstract"}
_WHERE = [_SAID[place] for place in PLACES]
_TITLE, _ABSTRACT = _WHERE.index("title"), _WHERE.index("abstract")


class Reason(NamedTuple):
    """Words that speak for a tag."""

    points: int
    said: str
    """Where they stand and what they are."""


def reasons_of(
    texts: Texts, asked: Numbers, mentions: Mentions, learned: Reasons, tags: int
) -> list[list[Reason]]:
    """For each tag of a paper asked for, the words that speak for it, strongest first, each once.

    `asked` holds papers times `tags` plus tags, in order. `learned` has their learned terms.
    """
    number = mentions.paper * tags + mentions.tag
    near = np.minimum(np.searchsorted(asked, number), max(len(asked) - 1, 0))
    mine = np.flatnonzero(asked[near] == number) if len(asked) else near
    places = np.where(texts.part_of(learned.start) % 2, _ABSTRACT, _TITLE)
    said = POINTS[mentions.speech[mine], mentions.place[mine]]
    for_tag = np.concatenate([near[mine], learned.asked])
    points = np.concatenate([said, learned.points])
    start = np.concatenate([mentions.start[mine], learned.start])
    end = np.concatenate([mentions.end[mine], learned.end])
    place = np.concatenate([mentions.place[mine], places])
    # A learned term inside a phrase of the tag says nothing more.
    outer = np.lexsort((np.arange(len(start)) >= len(mine), -end, start, for_tag))
    reach = np.maximum.accumulate(for_tag[outer] << 32 | end[outer])
    inside = np.zeros(len(start), np.bool_)
    inside[outer] = (np.diff(reach, prepend=-1) <= 0) & (outer >= len(mine))
    order = np.lexsort((end, start, -points, for_tag))
    order = order[~inside[order]]
    because: list[dict[str, Reason]] = [{} for _ in asked]
    columns = (for_tag, points, start, end, place)
    for tag, has, first, last, where in zip(*(c[order].tolist() for c in columns), strict=True):
        word = texts.lowered[first:last].removesuffix("s")
        if word not in because[tag]:
            words = " ".join(texts.whole[first:last].split())
            because[tag][word] = Reason(has, f"{_WHERE[where]}: {words}")
    return [list(reasons.values()) for reasons in because]
