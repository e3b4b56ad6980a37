"""Changes to a string, found by several rules that each look at the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """A stretch of the source and what a reader should see in its place."""

    start: int
    end: int
    text: str


Rule = Callable[[str], Iterable[Edit]]
"""Finds edits, in any order; those of one rule must not overlap."""


def collect(text: str, rules: Iterable[Rule]) -> list[Edit]:
    """The edits of all rules in order of place.

    Of two that overlap the one that starts first stays, of two with one start the longer.
    """
    edits: list[Edit] = []
    for edit in sorted((e for rule in rules for e in rule(text)), key=_place):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    return edits


def _place(edit: Edit) -> tuple[int, int, str]:
    return edit.start, -edit.end, edit.text


def apply(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """The text from `start` to `end` with the edits made; they must be in order and inside.

    >>> apply("a--b", [Edit(1, 3, "–")])
    'a–b'
    """
    pieces: list[str] = []
    for edit in edits:
        pieces += text[start : edit.start], edit.text
        start = edit.end
    pieces.append(text[start:end])
    return "".join(pieces)


def show(rule: Rule, text: str) -> str:
    """The text as one rule alone would change it: for examples, and for looking at a rule."""
    return apply(text, collect(text, [rule]))
