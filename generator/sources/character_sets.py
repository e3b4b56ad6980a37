"""Which character set of before Unicode a text is in; not a source itself.

Editors on Windows in China, Japan, Korea and Russia still save in them. The bytes tell: of each set
some characters are in all that is written in the language, and stand in few texts of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_SAMPLE = 32_768
"""Bytes that are looked at."""
_FEWEST = 12
"""Bytes beyond ASCII among them: fewer may be names, or signs of any set."""

_HIGH = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
# Two bytes for each character of China, Korea, Taiwan; the second one's range tells them apart.
_IDEOGRAPH = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]")
_SYLLABLE = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_OF_TAIWAN = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|[\xa1-\xa3][\x40-\x7e\xa1-\xfe]")
_LOW = re.compile(rb"[\xa4-\xc6][\x40-\x7e]")
_KANA = re.compile(rb"[\xa4\xa5][\xa1-\xf6]")
_OF_JAPAN = re.compile(rb"[\xb0-\xf4][\xa1-\xfe]|[\xa1-\xa5][\xa1-\xfe]")
_SHIFTED = re.compile(rb"[\x81-\x84\x88-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]")
_SHIFTED_KANA = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")
# Where letters have one byte each, whole words are of them, not a letter here and there.
_WORD = re.compile(rb"[\xc0-\xff]{3,}+")
# The vowels and consonants that make almost half of all Russian: a, e, i, n, o, t.
_FREQUENT = re.compile(rb"[\xe0\xe5\xe8\xed\xee\xf2]")
_FREQUENT_KOI = re.compile(rb"[\xc1\xc5\xc9\xce\xcf\xd4]")


class _Counts(NamedTuple):
    """What a text is asked for."""

    sample: bytes
    high: int
    """Bytes beyond ASCII."""
    pairs: list[bytes]
    """Those, each with the one behind it as sets of two bytes a character have them."""

    def bytes_of(self, pattern: re.Pattern[bytes]) -> float:
        """The share of single bytes."""
        return sum(map(len, pattern.findall(self.sample))) / self.high

    def pairs_of(self, pattern: re.Pattern[bytes]) -> float:
        """The share of characters of two bytes."""
        return sum(pattern.fullmatch(pair) is not None for pair in self.pairs) / len(self.pairs)


_SETS: tuple[tuple[str, Callable[[_Counts], bool]], ...] = (
    ("cp1251", lambda c: c.bytes_of(_WORD) > 0.7 and c.bytes_of(_FREQUENT) > 0.38),
    ("koi8-r", lambda c: c.bytes_of(_WORD) > 0.7 and c.bytes_of(_FREQUENT_KOI) > 0.38),
    ("euc-jp", lambda c: c.pairs_of(_OF_JAPAN) > 0.95 and c.pairs_of(_KANA) > 0.2),
    ("cp932", lambda c: c.pairs_of(_SHIFTED) > 0.9 and c.pairs_of(_SHIFTED_KANA) > 0.2),
    ("cp949", lambda c: c.pairs_of(_IDEOGRAPH) > 0.9 and c.pairs_of(_SYLLABLE) > 0.9),
    ("gb18030", lambda c: c.pairs_of(_IDEOGRAPH) > 0.9),
    ("big5", lambda c: c.pairs_of(_OF_TAIWAN) > 0.9 and c.pairs_of(_LOW) > 0.15),
)
"""What each set's bytes look like; the first that fits is the one."""


def character_set(content: bytes) -> str:
    """The name of the set that a text is in which is no Unicode; empty where nothing tells.

    >>> character_set("Глубокие сети".encode("cp1251")), character_set("naïve".encode("cp1252"))
    ('cp1251', '')
    """
    sample = content[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    if high < _FEWEST:
        return ""
    counts = _Counts(sample, high, _PAIR.findall(sample))
    return next((name for name, fits in _SETS if fits(counts)), "")
