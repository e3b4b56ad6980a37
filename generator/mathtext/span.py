"""What was found: a stretch of a string that is mathematics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class MathSpan:
    """A stretch of a string that is mathematics, whether its TeX stood there or was restored."""

    start: int
    end: int
    """First place behind it."""
    tex: str
    """Without dollars."""
    because: str
    """The evidence, as words for `explain`."""
