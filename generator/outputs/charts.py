"""Draws counts by week as bars: a few numbers of an SVG that a template puts together.

Drawn by hand because it is less than a library's output would need to be cleaned of: the same 52
bars are 31 KB with script and styles of pygal, 11 to 18 KB of matplotlib and 24 KB of leather.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ..model import Week

HEIGHT = 40
"""Of the tallest bar; the line the bars stand on lies one below. CSS gives the real size."""

STEP = 10
"""From bar to bar."""

SHOWN = 40
"""CSS pixels from bar to bar where there is room: half a year fills a page."""

LEAST_WEEKS = 4
"""Weeks with a digest from which on a chart says more than a sentence."""

LEAST_TOP = 4
"""Papers a week that the tallest bar stands for at least, so that one paper is no peak."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by week, oldest first; the paths are strokes, in units of `HEIGHT` and `STEP`."""

    width: int
    height: int
    shown: int
    """CSS pixels it is wide, at most."""
    bars: Markup
    newest: Markup
    """The newest week's bar where that week may go on; else it is among the others."""
    line: Markup
    """What the bars stand on, broken where a week has no digest."""


def draw(weeks: Sequence[Week], counts: Sequence[int], *, running: bool) -> Chart | None:
    """The chart of one count a week; `None` where there are too few weeks to draw.

    A week with digests and a count of 0 shows its line alone, a week without digests nothing.
    `running` says that the newest week may not be over.
    """
    if sum(week.digests > 0 for week in weeks) < LEAST_WEEKS:
        return None
    most = max(*counts, LEAST_TOP)
    bars = [_bar(place, count, most) for place, count in enumerate(counts)]
    newest = bars.pop() if running else ""
    return Chart(
        width=STEP * len(weeks),
        height=HEIGHT + 2,
        shown=SHOWN * len(weeks),
        bars=Markup("".join(bars)),
        newest=Markup(newest),
        line=Markup("".join(_line(weeks))),
    )


def _bar(place: int, count: int, most: int) -> str:
    """A stroke upwards, at least one unit for one paper.

    >>> _bar(2, count=3, most=6)
    'M25 40v-20'
    """
    if not count:
        return ""
    tall = max((2 * HEIGHT * count + most) // (2 * most), 1)
    return f"M{STEP * place + STEP // 2} {HEIGHT}v-{tall}"


def _line(weeks: Sequence[Week]) -> list[str]:
    places = groupby(range(len(weeks)), key=lambda place: weeks[place].digests > 0)
    runs = [list(run) for drawn, run in places if drawn]
    return [f"M{STEP * run[0]} {HEIGHT + 1}h{STEP * len(run)}" for run in runs]
