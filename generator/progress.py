"""Tells who waits what is being done: a bar in a terminal, a line elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

Thing = TypeVar("Thing")


class Progress:
    """Nobody watches: nothing is said."""

    def say(self, words: str) -> None:
        """Say what is being done now."""

    def each(self, words: str, things: Iterable[Thing]) -> Iterable[Thing]:
        """The things, one by one, while it is said how far that has come."""
        del words
        return things


SILENT = Progress()


class Shown(Progress):
    """Says a line for each step; where there are bars, one runs along while it is done."""

    def __init__(self, line: Callable[[str], None], *, bars: bool) -> None:
        """`line` says one; `bars` are drawn on the standard error, so it has to be a terminal."""
        self._line = line
        self._bars = bars

    def say(self, words: str) -> None:
        self._line(words)

    def each(self, words: str, things: Iterable[Thing]) -> Iterable[Thing]:
        if self._bars:
            return _with_bar(words, things)
        self._line(words)
        return things


def _with_bar(words: str, things: Iterable[Thing]) -> Iterator[Thing]:
    from click import progressbar  # noqa: PLC0415  where nobody watches it need not be read

    # A hundred steps: drawing takes its time, too. Of what has no length nobody knows the end.
    step = max(1, len(things) // 100) if isinstance(things, Sized) else 100
    with progressbar(
        things, label=words, file=sys.stderr, update_min_steps=step, show_pos=True
    ) as bar:
        yield from bar
