"""Which papers of a period have which terms: a row for each term, with a list for each field.

    graph    3,1,5],[],[0,2

A list holds the first paper's number, then how far each is from the one before. Lists stay text, as
the files of the index hold them: of a period that grows, most are as they were.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from .postings import FIELDS, Numbers, Postings

Table = NDArray[np.int32]
"""A row for each term, a column for each field."""

_BETWEEN = "],["
_NONE = _BETWEEN * (len(FIELDS) - 1)
"""The lists of a term that no paper has."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All rows of a period, as columns."""

    terms: list[str]
    """In the order of the browser. None holds a character that JSON escapes."""
    lists: list[str]
    """Of each term, its lists, with brackets between them."""
    papers: Table
    """How long they are."""
    lasts: Table
    """The last paper of each; 0 where it is empty."""

    def until(self, end: int) -> Rows:
        """What they say of the papers before that one."""
        lists, papers, lasts = list(self.lists), self.papers.copy(), self.lasts.copy()
        for row in np.flatnonzero((self.lasts >= end).any(axis=1)).tolist():
            fields = lists[row].split(_BETWEEN)
            for field in np.flatnonzero(papers[row]).tolist():
                steps = fields[field].split(",")
                numbers = list(accumulate(map(int, steps)))
                held = bisect_left(numbers, end)
                fields[field] = ",".join(steps[:held])
                papers[row, field] = held
                lasts[row, field] = numbers[held - 1] if held else 0
            lists[row] = _BETWEEN.join(fields)
        return _sorted(Rows(self.terms, lists, papers, lasts))

    def joined(self, new: Postings) -> Rows:
        """These rows and what is found in papers that come after all of theirs."""
        row_of = {term: row for row, term in enumerate(self.terms)}
        rows = np.array([row_of.setdefault(term, len(row_of)) for term in new.terms], np.int64)
        added = len(row_of) - len(self.terms)
        papers = np.pad(self.papers, ((0, added), (0, 0)))
        lasts = np.pad(self.lasts, ((0, added), (0, 0)))
        starts = np.flatnonzero(np.diff(new.heads, prepend=-1))
        ends = np.flatnonzero(np.diff(new.heads, append=-1)) + 1
        at = rows[new.heads[starts] // len(FIELDS)], new.heads[starts] % len(FIELDS)
        steps = np.diff(new.papers, prepend=0)
        steps[starts] = new.papers[starts] - lasts[at]
        papers[at] += (ends - starts).astype(np.int32)
        lasts[at] = new.papers[ends - 1]
        lists = _continued([*self.lists, *[_NONE] * added], at, steps, ends)
        return _sorted(Rows(list(row_of), lists, papers, lasts))


def _continued(
    lists: list[str], at: tuple[Numbers, Numbers], steps: Numbers, ends: Numbers
) -> list[str]:
    """The lists of all rows, those at these rows and fields with more steps: each the ones up to
    its end."""
    numbers = [str(number) for number in range(int(steps.max(initial=0)) + 1)]
    shown = [numbers[step] for step in steps.tolist()]
    changed: dict[int, list[str]] = {}
    start = 0
    for row, field, end in zip(at[0].tolist(), at[1].tolist(), ends.tolist(), strict=True):
        fields = changed.get(row)
        if fields is None:
            fields = changed[row] = lists[row].split(_BETWEEN)
        held = [fields[field]] if fields[field] else []
        fields[field] = ",".join(held + shown[start:end])
        start = end
    for row, fields in changed.items():
        lists[row] = _BETWEEN.join(fields)
    return lists


def _sorted(rows: Rows) -> Rows:
    """The rows that have papers, in the order of the browser."""
    # JavaScript compares units of UTF-16.
    units = [term.encode("utf-16-be") for term in rows.terms]
    order = sorted(np.flatnonzero(rows.papers.any(axis=1)).tolist(), key=units.__getitem__)
    return Rows(
        terms=[rows.terms[row] for row in order],
        lists=[rows.lists[row] for row in order],
        papers=rows.papers[order],
        lasts=rows.lasts[order],
    )
