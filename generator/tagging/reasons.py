"""Says because of what a paper has a tag: words, where they stand, and arXiv classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from ..hashing import Numbers
from .learned import Reasons
from .phrases import PLACES, Mentions
from .texts import PARTS, Texts
from .weighing import EARNS, POINTS

_SAID = {
    "title": "title",
    "aim": "aim",
    "opening": "abstract",
    "rest": "abstract",
    "keyword": "keyword",
}
_WHERE = [f"{where}: " for where in (*PARTS, *(_SAID[place] for place in PLACES))]


Because = tuple[tuple[str, ...], tuple[float, ...]]
"""What speaks for a tag, strongest first: of words where each stands and what it is; what each
weighs, 1 earns a tag."""


def reasons_of(
    texts: Texts, asked: Numbers, mentions: Mentions, learned: Reasons, tags: int
) -> Iterator[Because]:
    """For each tag of a paper asked for, the words that speak for it, each once.

    `asked` holds papers times `tags` plus tags, in order. `learned` has their learned terms.
    """
    number = mentions.paper * tags + mentions.tag
    near = np.minimum(np.searchsorted(asked, number), max(len(asked) - 1, 0))
    mine = np.flatnonzero(asked[near] == number) if len(asked) else near
    spoken = POINTS[mentions.speech[mine], mentions.place[mine]]
    for_tag = np.concatenate([near[mine], learned.asked])
    points = np.concatenate([spoken, learned.points])
    start = np.concatenate([mentions.start[mine], learned.start])
    end = np.concatenate([mentions.end[mine], learned.end])
    place = np.concatenate(
        [mentions.place[mine] + len(PARTS), texts.part_of(learned.start) % len(PARTS)]
    )
    # A learned term inside a phrase of the tag says nothing more.
    taught = np.arange(len(start)) >= len(mine)
    outer = np.lexsort((taught, -end, start, for_tag))
    reach = np.maximum.accumulate(for_tag[outer] << 32 | end[outer])
    inside = np.zeros(len(start), np.bool_)
    inside[outer] = (np.diff(reach, prepend=-1) <= 0) & taught[outer]
    order = np.lexsort((end, start, -points, for_tag))
    order = order[~inside[order]]
    bounds = np.searchsorted(for_tag[order], np.arange(len(asked) + 1)).tolist()
    columns = (points / EARNS, start, end, place)
    reasons = list(zip(*(column[order].tolist() for column in columns), strict=True))
    for begin, stop in pairwise(bounds):
        said: dict[str, str] = {}
        weighs: list[float] = []
        for weight, first, last, where in reasons[begin:stop]:
            word = texts.lowered[first:last].removesuffix("s")
            if word not in said:
                words = texts.whole[first:last]
                said[word] = _WHERE[where] + (words if words.isalnum() else " ".join(words.split()))
                weighs.append(weight)
        yield tuple(said.values()), tuple(weighs)


def with_filed(because: Because, filed: Iterable[tuple[str, int]]) -> Because:
    """The same, and the classes that a paper is filed under, with the points of each.

    >>> with_filed((("title: robot", "aim: arm"), (1.4, 0.2)), [("cs.RO", 25)])
    (('title: robot', 'filed under cs.RO', 'aim: arm'), (1.4, 0.25, 0.2))
    """
    classes = ((f"filed under {name}", points / EARNS) for name, points in filed)
    ranked = sorted([*zip(*because, strict=True), *classes], key=lambda one: -one[1])
    return tuple(said for said, _ in ranked), tuple(weight for _, weight in ranked)
