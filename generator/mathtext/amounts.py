"""What a number behind `pm` is: an amount to add or take away, minutes of an hour, or fine dust."""

from __future__ import annotations

from .cells import Cell
from .near import text_at

_MARGINS = frozenset("of by within is are was were than about".split())
"""Words before `pm 3` that no time of day stands behind."""
_ERRORS = frozenset(
    "error errors tolerance accuracy margin uncertainty precision deviation variation".split()
)
_DUST = frozenset(("0.1", "1", "1.0", "2.5", "4", "10"))
"""Sizes of particles that stand behind `pm`, too."""
_CLOCK = frozenset("at by until till before after from since around past to".split())


def is_margin(cells: list[Cell], i: int) -> bool:
    """`(pm 3`, `, pm 2%`, `an error of pm 0.1`, `error pm 0.1`, `within pm 3 dB`, at their `pm`.

    Not `levels of pm 2.5`, nor `pm 2.5, ozone`, which is fine dust.
    """
    before = text_at(cells, i - 2)
    if text_at(cells, i - 1) == "(":
        return True
    measured = _is_measure(cells, i + 3)
    if before in (",", ";"):
        return measured
    if before.lower() in _ERRORS:
        return True
    if before not in _MARGINS:
        return False
    if before == "within" or text_at(cells, i + 2) not in _DUST or measured:
        return True
    return before == "of" and text_at(cells, i - 4).lower() in _ERRORS


def is_hour(cells: list[Cell], i: int) -> bool:
    """`at 3 pm 5 people came`, at its `pm`."""
    hour = text_at(cells, i - 2)
    if text_at(cells, i - 4).lower() not in _CLOCK or not hour.isdecimal() or len(hour) > 2:
        return False
    return 0 < int(hour) < 13 and not _is_measure(cells, i + 3)


def _is_measure(cells: list[Cell], i: int) -> bool:
    """What stands behind the number of `pm 2%`, `pm 2^circ`, `pm 2,mm`; not `pm 2.5, ozone`."""
    thin = text_at(cells, i) == "," and text_at(cells, i + 1)[:1].isalpha()
    return thin or text_at(cells, i) in ("%", "^")
