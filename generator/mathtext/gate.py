"""Says cheaply that a text holds no mathematics: nine abstracts of ten need no more.

Substrings first, then the set of words; the only search is for signs that rarely occur.
"""

from __future__ import annotations

import re
import string

from ..texmath import symbols as tex
from .cells import may_be_glued
from .names import ACCENTED, COMMANDS, KEPT, LOUD, glued, joined

_SIGNS = re.compile(
    r"\^|\w_[\w+\-*{]|[)|\]}']_|(?<![\\A-Za-z])[A-Za-z0-9]\{"
    r"|\{(?:[=<>+≤≥≈]|sim|times|pm|le|ge)\}"
    r"|(?<![A-Za-z\\])(?:max|min|sup|inf|hat|bar|vec|dot|text[a-z]*|operatorname)\{"
)
_KEPT = re.compile(r"\\([A-Za-z]+)")
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = frozenset(string.ascii_letters) - frozenset("aAIst")
_ASK = (
    LOUD | (frozenset(tex.GREEK) - {"pi"}) | {"gg", "ll", "hat", "tilde", "pm", "le", "ge", "sim"}
)
_MARKED = re.compile(r"(?<![A-Za-z])(?:bar|vec|dot|overline)[\u0391-\u03c9]")
_THIN = re.compile(r"![=<>:]!|(?:sim|times|pm|cdot|le|ge|in|to)![A-Za-z0-9]|pm,[0-9]|[0-9],times")
_SIZED = re.compile(r"(?:left|[Bb]igl?)[(\[|]")
_TIMES = re.compile(r"\dtimes|times ?\d|\btimes [A-Za-z]\b")


_LONE = re.compile(
    r"(?<![\w'’-])[A-Zb-z] (?:in|mid|cup|cap|circ|vee|wedge|subset) [\[({A-Zb-z](?![a-z])"
)


_SEEN: set[str] = set()
"""Words once found not to be glued: abstracts share most of theirs."""
_MOST = 100_000


def may_hold(text: str, intact: bool) -> bool:
    """False where no evidence of mathematics can be found.

    >>> may_hold("a network 28.9 times faster", False), may_hold("is 100times faster", False)
    (False, True)
    """
    if ("^" in text or "{" in text or "_" in text) and _SIGNS.search(text):
        return True
    if "\\" in text and (not KEPT.isdisjoint(_KEPT.findall(text)) or ACCENTED.search(text)):
        return True
    if intact:
        return False
    words = set(_WORD.findall(text))
    if not words.isdisjoint(_ASK):
        return True
    if not text.isascii() and _MARKED.search(text):
        return True  # `barλ`
    if ("!" in text or "," in text) and _THIN.search(text):
        return True
    if "times" in words and _TIMES.search(text):
        return True
    if _SIZED.search(text):
        return True
    if not words.isdisjoint(_LETTERS) and _LONE.search(text):
        return True
    unknown = words - _SEEN
    if any(map(_is_glued, unknown)):
        return True
    if len(_SEEN) < _MOST:
        _SEEN.update(unknown)
    return False


def _is_glued(word: str) -> bool:
    if word in COMMANDS:
        return False
    return glued(word) is not None or joined(word) is not None or may_be_glued(word)
