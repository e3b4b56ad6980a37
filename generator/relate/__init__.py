"""Finds each paper's neighbours, and the terms they share.

A paper is read once into a vector of its sense and its weightiest terms, both by a table that ships
with the package. Near is a high product of senses and of terms. Neighbours are of the paper's own
day or earlier, and nothing is weighed by the papers at hand, so the pages of older papers stay as
they are when a day is added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import pairwise

import numpy as np

from ..model import Neighbour, PaperText
from .neighbours import MOST, NEAR, nearest
from .reading import Readings, read_papers
from .shown import Names
from .terms import Terms, terms_table
from .twins import Twins, near_duplicates

__all__ = [
    "MOST",
    "NEAR",
    "Readings",
    "Terms",
    "Twins",
    "near_duplicates",
    "read_papers",
    "relate_papers",
    "terms_table",
]


def relate_papers(
    texts: Mapping[str, PaperText],
    first_seen: Mapping[str, date],
    readings: Readings | None = None,
    only: Collection[str] | None = None,
    table: Terms | None = None,
) -> Mapping[str, tuple[Neighbour, ...]]:
    """Up to `MOST` neighbours of every paper, nearest first, by key in the order given.

    `first_seen` has the day each paper was first listed; a neighbour's is the same or earlier. A
    later paper changes nothing for earlier ones. A paper near to nothing has no neighbours.

    `readings` has what was read of some papers before, by any `read_papers` of this release; only
    the others are read. `only` has the keys of the papers whose neighbours are asked for, all if
    not given; only these need texts where readings have the rest. `table` is the table of terms, if
    it is at hand.

    >>> texts = {
    ...     "old": PaperText("Spiking neural networks", "Spiking neurons save energy."),
    ...     "new": PaperText("Training spiking neural networks", "We train spiking neurons."),
    ... }
    >>> days = {"old": date(2025, 3, 11), "new": date(2025, 3, 12)}
    >>> related = relate_papers(texts, days)
    >>> [(near.paper, near.because[0]) for near in related["new"]], related["old"]
    ([('old', 'Spiking neural networks')], ())
    """
    known = set(readings.keys) if readings else set()
    table = table or terms_table()
    read = read_papers({key: text for key, text in texts.items() if key not in known}, table)
    papers = readings.join(read) if readings else read
    keys = papers.keys
    # Numbers stand in the order of day and key, so ties end with the key.
    days = [first_seen[key].toordinal() if key in first_seen else 0 for key in keys]
    order = [row for _, _, row in sorted(zip(days, keys, range(len(keys)), strict=True))]
    order = order[days.count(0) :]
    days = [days[row] for row in order]
    papers = papers.take(order)
    keys = papers.keys
    end_of = {day: row + 1 for row, day in enumerate(days)}
    asked = texts.keys() if only is None else only
    wanted = [row for row, key in enumerate(keys) if key in asked]
    ends = [end_of[days[row]] for row in wanted]
    found: dict[str, tuple[Neighbour, ...]] = {keys[row]: () for row in wanted}
    names = Names(keys, texts, table)
    for links in nearest(papers, ends, wanted):
        near = [keys[row] for row in links.near.tolist()]
        columns = zip(near, links.scores.tolist(), names.shown(links), strict=True)
        told = tuple(map(Neighbour._make, columns))
        starts = np.flatnonzero(np.diff(links.papers, prepend=-1, append=-1)).tolist()
        for start, stop in pairwise(starts):
            found[keys[links.papers[start]]] = told[start:stop]
    return {key: found[key] for key in texts if key in found}
