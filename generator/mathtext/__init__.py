r"""Finds the mathematics of a title or abstract, damaged or intact, and gives its TeX.

The captured digest page took dollars, backslashes and command wrappers out of every formula, so
`$\mathcal{O}(1/\epsilon^4)$` is `O(1/epsilon^4)` there. Other sources keep their dollars, and a
page of KaTeX holds the TeX between the signs it draws. All are found here, on the raw string;
`prose` reads what lies between.

    intact ──┐
    copied ──┼─> MathSpan, ...        cells ─> evidence ─> grammar  (damaged)
    damaged ─┘
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from .bracketed import is_whole, mended
from .copied import find_copied
from .damaged import find_damaged
from .gate import may_hold
from .intact import find_intact
from .span import MathSpan

__all__ = ["MathSpan", "find_copied", "find_intact", "find_math", "restore"]

_ROUNDS = 3


@lru_cache(maxsize=64)
def find_math(text: str) -> tuple[MathSpan, ...]:
    r"""The mathematics of a string, in order, without overlap.

    >>> find_math("up to 100times faster")
    (MathSpan(start=6, end=14, tex='100\\times', because='times glued to a number'),)
    >>> find_math("it costs $5 or $10, 28.9 times less")
    ()
    """
    spans = find_intact(text)
    # `\\(..\\)` outlives the damage, dollars do not: only they prove a text to be intact.
    intact = any(text[span.start] == "$" for span in spans)
    if spans and not is_whole(text):
        spans = [
            replace(span, tex=mended(span.tex)) if span.because[:8] == "between " else span
            for span in spans
        ]
    found = spans
    if copied := find_copied(text):
        places = [(span.start, span.end) for span in spans]
        apart = (s for s in copied if not any(s.start < end and at < s.end for at, end in places))
        found, intact = sorted([*spans, *apart]), True
    for _ in range(_ROUNDS):
        rest = _hidden(text, found)
        if not may_hold(rest, intact):
            break
        more = find_damaged(rest, intact)
        if not more:
            break
        found = sorted([*found, *more])
        intact = True
    # A dollar that stands alone may pair with one of ours: then what was found must stay text.
    return tuple(found if found is spans or _stands(text, found) else spans)


def _stands(text: str, spans: list[MathSpan]) -> bool:
    """True if what is found would be found again between its dollars."""
    dollars = [span.tex for span in find_intact(_dollars(text, spans))]
    return dollars == [" ".join(span.tex.split()) for span in spans]


def _hidden(text: str, spans: list[MathSpan]) -> str:
    """The text with what is found already made unreadable, at the same places."""
    return _with(text, spans, lambda span: "\0" * (span.end - span.start))


def _dollars(text: str, spans: Iterable[MathSpan]) -> str:
    return _with(text, spans, lambda span: f"${span.tex}$")


def _with(text: str, spans: Iterable[MathSpan], shown: Callable[[MathSpan], str]) -> str:
    """The text with something else in the place of each span."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], shown(span)]
        at = span.end
    return "".join([*parts, text[at:]])


def restore(text: str) -> str:
    r"""The text with its mathematics between dollars.

    >>> restore("an O(varepsilon^{-2}) rate")
    'an $O(\\varepsilon^{-2})$ rate'
    """
    return _dollars(text, find_math(text))
