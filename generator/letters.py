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


def join(parts: Iterable[str], apart: str) -> bytes:
    """The letters of some texts and what stands between them, before the first and after the last.

    More of its last sign follow, so that whatever `hashing.word_hashes` reads at once, past the
    last word too, is there.
    """
    between = apart.encode("ascii")
    return between.join([b"", *map(_encoded, parts), between[-1:] * WIDTH])


def letters_of(joined: bytes, table: bytes) -> Letters:
    """What a table of 256 bytes has in place of each, in an array of its own."""
    return np.frombuffer(bytearray(joined.translate(table)), np.uint8)


def bounds(inside: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Where each run of places inside begins, and before which it ends; no end is inside."""
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
