"""How an archive is parted into periods, each indexed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FULL = 6_000
"""Papers from which on a period ends with its month. A search asks all periods, so few are better;
but the newest one is made again with every day."""


def part(months: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """The months of each period, both oldest first; given is how many papers each month has.

    A period takes in whole months until it is full. So a new day changes the newest period and no
    other, whatever the calendar says.

    >>> list(part([("2025-01", 5000), ("2025-02", 1500), ("2025-03", 12000), ("2025-04", 10)]))
    [['2025-01', '2025-02'], ['2025-03'], ['2025-04']]
    """
    period: list[str] = []
    held = 0
    for month, papers in months:
        period.append(month)
        held += papers
        if held >= FULL:
            yield period
            period, held = [], 0
    if period:
        yield period
