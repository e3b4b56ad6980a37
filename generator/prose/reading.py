"""Reads a title or abstract, once, into spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from ..model import Prose, Span
from .authors import citations, macros, remains
from .characters import MASK, tidy
from .edits import Rule, apply, collect
from .formulas import dollars, find_formulas
from .links import find_hosts, find_links
from .losses import emptied, signs, thin_spaces
from .quantities import quantities
from .slips import gaps, stops
from .textmode import commands
from .typography import dashes, quotes, ties

Finder = Callable[[str], Iterable[tuple[int, Span]]]
"""Finds spans of its kind with their places, in order, none overlapping.

It sees the whole string, with `MASK` for every character that an earlier finder has claimed.
"""

# The content has no commands but escapes: a code span shows what is typed, --flag and all.
_TYPED = re.compile(r"\\texttt\s?\{((?:[^{}\\$]|\\[_%&#{}])*)\}")
_ESCAPED = re.compile(r"\\(.)")


def find_code(text: str) -> Iterator[tuple[int, Span]]:
    r"""`\texttt{...}` with plain content.

    >>> [span.text for _, span in find_code(r"run \texttt{my\_tool --all} on \texttt{\ours}")]
    ['my_tool --all']
    """
    for match in _TYPED.finditer(text):
        content = tidy(_ESCAPED.sub(r"\1", match[1])).strip()
        if content:
            yield match.start(), Span("code", match[0], content, because=r"\texttt")


FINDERS: tuple[Finder, ...] = (find_links, find_hosts, find_formulas, find_code)
"""In order of precedence. Formulas come after the links, whose addresses hold `_` and `^`, and
before code, since a formula may have a `\\texttt` inside."""

RULES: tuple[Rule, ...] = (
    quantities, commands, citations, remains, dollars, quotes, dashes, ties, stops, gaps,
    thin_spaces, signs, emptied,
)  # fmt: skip
"""How the text between the spans is read. They see it whole, since braces and quotes may stand
around a link."""


def parse_prose(raw: str, title: str = "") -> Prose:
    r"""The spans of a title or abstract; their sources joined are `raw`, whatever it holds.

    Text spans are as long as can be. The text of a span is in NFC, on one line, without control
    characters; the ends of the whole are stripped. The title, as the source has it, tells what a
    macro such as `\tool` stands for. Never fails, and takes time proportional to
    the length.

    >>> [(s.kind, s.text) for s in parse_prose(r"A na\"ive frameworkhttps://x.org/y .").spans]
    [('text', 'A naïve framework '), ('link', 'https://x.org/y'), ('text', '.')]
    """
    claimed, masked = _claim(raw)
    edits = collect(masked, (*RULES, partial(macros, title=title, damaged="$" not in raw)))
    spans: list[Span] = []
    place = done = 0
    for start, span in [*claimed, (len(raw), None)]:
        first = done
        while done < len(edits) and edits[done].start < start:
            done += 1
        text = tidy(apply(masked, edits[first:done], place, start))
        if span and span.kind == "link" and _is_glued(masked[start - 1 : start]):
            text += " "
        if text or start > place:
            spans.append(Span("text", raw[place:start], text))
        if span:
            spans.append(span)
            place = start + len(span.source)
    return Prose(tuple(_strip_ends(spans)))


def _claim(raw: str) -> tuple[list[tuple[int, Span]], str]:
    """What the finders found, by place, and the string with all of it masked."""
    claimed: list[tuple[int, Span]] = []
    masked = raw
    for find in FINDERS:
        pieces: list[str] = []
        place = 0
        for start, span in find(masked):
            if MASK in span.source:  # reaches into what another finder has
                continue
            end = start + len(span.source)
            pieces += masked[place:start], MASK * (end - start)
            claimed.append((start, span))
            place = end
        if pieces:
            masked = "".join([*pieces, masked[place:]])
    return sorted(claimed, key=lambda found: found[0]), masked


def _is_glued(before: str) -> bool:
    """Whether a link right after this character was poured into a word or stop."""
    return before.isalnum() or before in {MASK, ".", ",", ";", ":", ")", "]"}


def _strip_ends(spans: list[Span]) -> list[Span]:
    """The spans without white space at the two ends of their text."""
    for i, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if spans and spans[i].kind == "text" and strip(spans[i].text) != spans[i].text:
            spans[i] = replace(spans[i], text=strip(spans[i].text))
    return spans
