"""Cuts a text after its opening sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ..model import Prose, Span
from .rendering import to_plain

# The end of a sentence: a stop, what may close after it, a space, and what a sentence begins with.
_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}( )(?![a-z,;:.!?)\]–—=<>+-])")

# Words whose stop ends no sentence, even before a capital or a figure, and initials.
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|viz|al|approx|resp|ca|w\.r\.t|a\.k\.a|i\.i\.d|figs?|eqs?|secs?|tabs?"
    r"|refs?|ch|app|nos?|vol|pp?|alg|thm|def|lem|cor|prop|dr|prof|mr|mrs|ms|st|u\.s|u\.k|[a-z])\.\Z",
    re.IGNORECASE,
)
_TAIL = 12
"""Characters that hold any abbreviation above and the character before it."""


def split_opening(prose: Prose, limit: int = 320) -> tuple[Prose, Prose]:
    """The opening sentences, about `limit` characters of text, and the rest.

    Whole sentences, at least one; a first sentence longer than one and a half limits is cut between
    two words, and a text without spaces not at all. Joined, in text and in source, both are the
    whole; the rest may be empty. It begins with its space. A span that is cut keeps its source in
    the first part.

    >>> from .reading import parse_prose
    >>> [p.spans[0].text for p in split_opening(parse_prose("See Fig. 1. It shows e.g. X."), 12)]
    ['See Fig. 1.', ' It shows e.g. X.']
    """
    text = to_plain(prose)
    return (
        _cut(prose, _opening_end(prose, text, limit)) if len(text) > limit else (prose, Prose(()))
    )


def plain_opening(prose: Prose, limit: int) -> str:
    """Plain Unicode of the opening sentences alone, for descriptions."""
    text = to_plain(prose)
    return text[: _opening_end(prose, text, limit)] if len(text) > limit else text


def _opening_end(prose: Prose, text: str, limit: int) -> int:
    """Where the opening of a text that is longer than the limit ends."""
    at = 0
    for end in chain(_ends(prose, text), [len(text)]):
        if at and end > limit:
            break
        at = end
    if at > 1.5 * limit:
        at = _last_space(prose, limit) or at
    return at


def _ends(prose: Prose, text: str) -> Iterator[int]:
    """Offsets of the spaces after sentences at which the text may be cut."""
    uncut = _uncut(prose)
    for end in _END.finditer(text):
        at = end.start(1)
        if not _ABBREVIATION.search(text, at - _TAIL, at) and not any(at in span for span in uncut):
            yield at


def _uncut(prose: Prose) -> list[range]:
    """Offsets of links, code and formulas."""
    found: list[range] = []
    offset = 0
    for span in prose.spans:
        end = offset + len(span.text)
        if span.kind != "text":
            found.append(range(offset, end))
        offset = end
    return found


def _last_space(prose: Prose, limit: int) -> int:
    """The last space up to the limit, or the first behind it; 0 where the text has none."""
    last = 0
    for space in _spaces(prose):
        if last and space > limit:
            break
        last = space
    return last


def _spaces(prose: Prose) -> Iterator[int]:
    """Offsets of the spaces at which the text may be cut: not in links or code, not the first."""
    offset = 0
    for span in prose.spans:
        if span.kind == "text":
            at = span.text.find(" ", 0 if offset else 1)
            while at >= 0:
                yield offset + at
                at = span.text.find(" ", at + 1)
        offset += len(span.text)


def _cut(prose: Prose, at: int) -> tuple[Prose, Prose]:
    opening: list[Span] = []
    rest: list[Span] = []
    for span in prose.spans:
        if len(span.text) <= at and not rest:
            opening.append(span)
        elif at > 0:
            # Only text is cut, of which nothing else is known.
            opening.append(Span(span.kind, span.source, span.text[:at]))
            rest.append(Span(span.kind, "", span.text[at:]))
        else:
            rest.append(span)
        at -= len(span.text)
    return Prose(tuple(opening)), Prose(tuple(rest))
