"""Spaces and signs that authors forgot to type, or to take out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import MASK
from .edits import Edit

_BEFORE_STOP = re.compile(rf"{MASK}(\s+)(?=[.,;](?:\s|\Z))")
# Words that begin a sentence after a stop that lost its space, as `model.In this paper` did. Other
# words there may be a name: `torch.Tensor`, `Node.JS`.
_LOST_STOP = re.compile(
    r"\.(?<=[A-Za-z]{3}\.)(?=(?:In|The|We|Our|This|These|It|To|However|Experiments|Experimental|Extensive"
    r"|Moreover|Furthermore|Additionally|Finally|Specifically|Based|Through|Recent|Despite|Unlike"
    r"|Thus|Therefore|Although|While|When|Code)\s)"
)
_LOST_COMMA = re.compile(r",(?<=[a-z]{3},)(?=[a-z]{3,}[\s.])")
_LOST_SPACE = re.compile(
    r"\b(?:by|in|of|from|with|and|see|al\.)(?=\[\d{1,3}(?:,\s?\d{1,3}){0,9}\])"
)
_COMMENT = re.compile(r"(?<=[.!?] )%(?=[A-Z][a-z]+ )")


def stops(text: str) -> Iterator[Edit]:
    r"""No space between a claimed stretch, such as a link, and the stop after it.

    Authors put it there to keep programs from reading the stop as part of the address.

    >>> from .edits import show
    >>> show(stops, "at \ufffc . So") == "at \ufffc. So"
    True
    """
    for token in _BEFORE_STOP.finditer(text):
        yield Edit(*token.span(1), "")


def gaps(text: str) -> Iterator[Edit]:
    """The space that an author forgot, where English tells that it was meant; no comment sign.

    >>> from .edits import show
    >>> show(gaps, "of HPNet.Experiments on inputs,our model by[18]. %For torch.Tensor, a,b")
    'of HPNet. Experiments on inputs, our model by [18]. For torch.Tensor, a,b'
    """
    for token in _LOST_STOP.finditer(text):
        yield Edit(token.start(), token.end(), ". ")
    for token in _LOST_COMMA.finditer(text):
        yield Edit(token.end() - 1, token.end(), ", ")
    if "[" in text:
        for token in _LOST_SPACE.finditer(text):
            yield Edit(token.end(), token.end(), " ")
    if "%" in text:
        for token in _COMMENT.finditer(text):
            yield Edit(*token.span(), "")
