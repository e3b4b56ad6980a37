"""Writes texts in one byte a character, and finds the words in them.

Whole arrays of characters are worked on, since a Python string for each of the 200 words of a paper
is what reading would mostly cost; and bytes are what a processor compares many of at once. As each
character has one, a place in the bytes is one in the text.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .hashing import WIDTH, Letters, Numbers

Marks = NDArray[np.bool_]
"""Of each letter whether it is of some kind."""

HYPHENS = "‐‑"
"""Beyond ASCII; written as `-`."""
OPENING = "“"
"""Written as `"`."""
_QUOTES = "‒–—−‘’”„«»…"
"""Other signs beyond ASCII that end a word: written as `'`."""
_SIGN = 0x7F
"""In place of all other signs beyond ASCII, which are no letters."""
_SIGNS = {
    **dict.fromkeys(HYPHENS, ord("-")),
    **dict.fromkeys(OPENING, ord('"')),
    **dict.fromkeys(_QUOTES, ord("'")),
    "ς": 128 + ord("σ") % 128,  # one letter in two forms
}


def join(parts: Iterable[str], apart: str) -> Letters:
    """The letters of some texts and what stands between them, before the first and after the last.

    More of its last sign follow, so that whatever is read at once, past the last word too, is
    there: `hashing.word_hashes` says how many.
    """
    between = apart.encode("ascii")
    whole = between.join([b"", *map(_encoded, parts), b""])
    return np.frombuffer(whole + between[-1:] * (2 * WIDTH - len(whole) % WIDTH), np.uint8)


def lower(letters: Letters) -> Letters:
    """In lower case. Letters beyond ASCII are so already."""
    lowered: Letters = letters | np.where(letters - ord("A") < 26, np.uint8(32), np.uint8(0))
    return lowered


def alphanumeric(lowered: Letters) -> Marks:
    """Which are letters and digits, of a text in lower case."""
    marks: Marks = (lowered - ord("a") < 26) | (lowered - ord("0") < 10) | (lowered >= 128)
    return marks


def blank(letters: Letters) -> Marks:
    """Which are white space, as `str.isspace` has it."""
    marks: Marks = (letters == ord(" ")) | (letters - ord("\t") < 5) | (letters - 0x1C < 4)
    return marks


def among(letters: Letters, signs: str) -> Marks:
    """Which are one of some signs of ASCII."""
    marks = np.zeros(len(letters), np.bool_)
    for sign in signs:
        marks |= letters == ord(sign)
    return marks


def bounds(inside: Marks) -> tuple[Numbers, Numbers]:
    """Where each run of places inside begins, and before which it ends; the first is outside."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2].copy(), edges[1::2].copy()


def _encoded(text: str) -> bytes:
    return text.encode("ascii", _BEYOND)


def _beyond_ascii(error: UnicodeError) -> tuple[bytes, int]:
    """For `str.encode`: a byte in place of each character that is not in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return bytes(map(_byte, error.object[error.start : error.end])), error.end


def _byte(one: str) -> int:
    """What stands for a character beyond ASCII; for most letters a code above it."""
    if one in _SIGNS:
        return _SIGNS[one]
    if one.isspace():
        return ord("\t")
    if not one.isalnum():
        return _SIGN
    # All digits are one kind, so that what follows 9 is no digit.
    code = ord(str(int(one)) if one.isdecimal() else one.lower()[0])
    # Beyond ASCII letters share numbers: words of several letters hardly ever.
    return code if code < 128 else 128 + code % 128


_BEYOND = "broadsheet-letters"
codecs.register_error(_BEYOND, _beyond_ascii)
