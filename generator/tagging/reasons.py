"""Says because of what a paper has a tag: words, where they stand, and arXiv classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from ..hashing import Hashes, Numbers, first_of_each, number_hashes, word_hashes
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
        [mentions.place[mine] + len(PARTS), texts.part[texts.part_of(learned.start)]]
    )
    # A learned term inside a phrase of the tag says nothing more. Sorted are numbers that hold all,
    # the tag asked for first, since sorting one column is quicker than four.
    taught = np.arange(len(start)) >= len(mine)
    longest = (1 << 21) - 1
    long = longest - np.minimum(end - start, longest)
    outer = np.argsort(for_tag << 52 | start << 22 | long << 1 | taught)
    reach = np.maximum.accumulate(for_tag[outer] << 32 | end[outer])
    outer = outer[(np.diff(reach, prepend=-1) > 0) | ~taught[outer]]
    # Strongest first, then as they stand; of two that begin together the shorter.
    weak = np.maximum((1 << 12) - 1 - points, 0)
    long = np.minimum(end - start, (1 << 10) - 1)
    order = outer[np.argsort((for_tag << 52 | weak << 40 | start << 10 | long)[outer])]
    order = order[_once(_words(texts, start[order], end[order]), for_tag[order])]
    bounds = np.searchsorted(for_tag[order], np.arange(len(asked) + 1)).tolist()
    weighs = (points[order] / EARNS).tolist()
    columns = start[order].tolist(), end[order].tolist(), place[order].tolist()
    said = [
        _WHERE[where] + (words if words.isalnum() else " ".join(words.split()))
        for first, last, where in zip(*columns, strict=True)
        for words in [texts.whole[first:last]]
    ]
    for begin, stop in pairwise(bounds):
        yield tuple(said[begin:stop]), tuple(weighs[begin:stop])


def _words(texts: Texts, start: Numbers, end: Numbers) -> Hashes:
    """Hashes of what stands in some places, by which one is known from another, plurals aside."""
    plural = texts.lowered[end - 1] == ord("s")
    return word_hashes(texts.lowered, start, end - plural, longest=len(texts.lowered))


def _once(words: Hashes, groups: Numbers) -> Numbers:
    """Where each word first stands in each group, in order."""
    # Hashes of words that differ by one in a letter differ as those of groups do, until mixed.
    key = number_hashes((words ^ words >> 32).view(np.int64)) + number_hashes(groups)
    by_key = np.argsort(key)
    begin = first_of_each(key[by_key].view(np.int64))
    return np.sort(np.minimum.reduceat(by_key, begin)) if len(begin) else begin


def with_filed(because: Because, filed: Iterable[tuple[str, int]]) -> Because:
    """The same, and the classes that a paper is filed under, with the points of each.

    >>> with_filed((("title: robot", "aim: arm"), (1.4, 0.2)), [("cs.RO", 25)])
    (('title: robot', 'filed under cs.RO', 'aim: arm'), (1.4, 0.25, 0.2))
    """
    classes = ((f"filed under {name}", points / EARNS) for name, points in filed)
    ranked = sorted([*zip(*because, strict=True), *classes], key=lambda one: -one[1])
    return tuple(said for said, _ in ranked), tuple(weight for _, weight in ranked)
