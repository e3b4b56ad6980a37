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
    LOUD
    | (frozenset(tex.GREEK) - {"pi"})
    | {"gg", "ll", "hat", "tilde", "pm", "le", "ge", "sim", "frac", "dfrac", "tfrac"}
)
_MARKED = re.compile(
    r"(?<![A-Za-z])(?:bar|vec|dot|overline)[\u0391-\u03c9]|[\u0391-\u03c9]in ?[\[{(]"
)
_THIN = re.compile(
    r"![=<>:]!|perp ?!|[\w)\]}] ?,\|, ?[\w(]"
    r"|(?:sim|times|pm|cdot|le|ge|in|to)![A-Za-z0-9]|pm,[0-9]"
)
_SIZED = ("left(", "left[", "left|", "igl(", "igl[", "igl|", "big(", "big[", "Big(", "Big[")
_TIMES = re.compile(
    r"times(?:(?<=[0-9]times)|(?<=[0-9],times)| ?[0-9]|(?<![A-Za-z0-9_]times) [A-Za-z]\b"
    r"|(?<=[\])] times) [\[(]|(?<=[\])]times)[\[(A-Z])"
    r"|(?<![A-Za-z0-9_])(?:[A-Za-z]|ell)times(?![A-Za-z])"
)


_LONE = re.compile(
    r" (?<![\w'’-]. )(?<=[A-Zb-z] )(?:in|mid|cup|cap|circ|vee|wedge|subset) [\[({A-Zb-z](?![a-z])"
)
_CONDITION = re.compile(r"mid (?:(?<=[\d)\]] mid )|(?<=[\d)\]]mid ))(?:[A-Zb-z](?![a-z])|do\()")


_SEEN: set[str] = set()
"""Words once found to be harmless, with their punctuation: abstracts share most of theirs."""
_MOST = 100_000
_LONGEST = 30


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
    if "/partial" in text:
        return True
    if "times" in text and _TIMES.search(text):
        return True
    if any(map(text.__contains__, _SIZED)):
        return True
    if ("!" in text or "pm," in text or ",|" in text) and _THIN.search(text):
        return True
    if not text.isascii() and _MARKED.search(text):
        return True  # `barλ`
    return _has_name(text)


def _has_name(text: str) -> bool:
    """True where a word may be a name of TeX, or be made of such names, or stands for a sign."""
    tokens = set(text.split()) - _SEEN
    words = set(_WORD.findall(" ".join(tokens))) - _SEEN
    if not words.isdisjoint(_ASK):
        return True
    letters = words & _LETTERS
    if letters and _LONE.search(text):
        return True
    if "mid " in text and _CONDITION.search(text):
        return True
    if any(map(_is_glued, words)):
        return True
    if len(_SEEN) < _MOST:
        _SEEN.update(words - letters)
        if letters:
            tokens = {token for token in tokens if letters.isdisjoint(_WORD.findall(token))}
        _SEEN.update(token for token in tokens if len(token) <= _LONGEST)
    return False


def _is_glued(word: str) -> bool:
    if word in COMMANDS:
        return False
    return glued(word) is not None or joined(word) is not None or may_be_glued(word)
