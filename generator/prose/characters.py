"""Which characters a reader's text may hold, and what its white space is."""

from __future__ import annotations

import re
from unicodedata import category, normalize

MASK = "\ufffc"
"""Stands for each character of a stretch that a finder has claimed (OBJECT REPLACEMENT)."""

NBSP = "\u00a0"

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

# Neither XML 1.0 (section 2.2) nor HTML allows these; U+FFFD says that something stood here.
_IMPOSSIBLE = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)

# Gone without trace: C0 and C1 controls but those that are white space (NUL and U+0002 are also
# what Python-Markdown marks its own placeholders with), soft hyphens, zero-width spaces and joins,
# byte-order marks, what MathML writes for a function's being applied and for factors side by side,
# and the controls that turn the direction of text or hide it. U+200C and U+200D stay: Persian, the
# Indic scripts and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060-\u2064\ufeff"
    "\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# `n log n` as a page with MathML is copied: the name of a function stands apart, a factor does not.
_APART = re.compile("(?<=[^\\W\\d_]{2})[\u2061\u2062](?=\\w)|(?<=\\w)\u2062(?=[^\\W\\d_]{2})")

_LIGATURE = re.compile("[\ufb00-\ufb06]")

# Runs to be changed; a single space is none.
_RUNS = re.compile(r"[^\S ]\s*| \s+")

# Letters and a sign that Unicode counts as such and that show nothing: fillers of Hangul, and of
# Braille the cell without a dot.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")

# U+00A0, and the two other spaces that forbid a line break, U+2007 and U+202F.
_NO_BREAK = frozenset("\u00a0\u2007\u202f")


def clean(text: str) -> str:
    r"""The text without characters that no page or feed may hold.

    >>> clean("a\x00b\ud83d\ude00\ud800")
    'ab😀\ufffd'
    """
    if text.isprintable():  # which no character is that is dropped or replaced here
        return text
    text = _SURROGATE_PAIR.sub(_join_pair, text)
    if "\u2061" in text or "\u2062" in text:
        text = _APART.sub(" ", text)
    return _INVISIBLE.sub("", _IMPOSSIBLE.sub("\ufffd", text))


def tidy(text: str) -> str:
    r"""The text in NFC, clean, every run of white space one space; the ends are not stripped.

    A no-break space stays one only where it joins two things on its own. Ligatures, which come from
    pages of PDF, are the letters they are made of: readers see no difference, topics do.

    >>> tidy("hard\nwrapped,\u2028 cafe\u0301, 10\u00a0ms \u00a0 and\x0be\ufb03cient")
    'hard wrapped, café, 10\xa0ms and efficient'
    """
    # Twice, because a control character may have stood between two spaces. The first time saves
    # the second most of its work, since text without line ends is printable at once.
    text = normalize("NFC", _collapse(clean(_collapse(text))))
    return text if text.isascii() else _LIGATURE.sub(lambda sign: normalize("NFKC", sign[0]), text)


def is_visible(text: str) -> bool:
    r"""Whether a reader sees anything of a text: a mark alone is nothing, and neither is a space.

    >>> is_visible("?"), is_visible("\u200d \u3164\u0301")
    (True, False)
    """
    return any(
        char not in _BLANK and category(char)[0] not in "ZM" and category(char) not in ("Cc", "Cf")
        for char in text
    )


def _collapse(text: str) -> str:
    """Every run of white space one space, but lone no-break spaces U+00A0."""
    if text.isprintable():
        return text if "  " not in text else _RUNS.sub(" ", text)
    lines = text.replace("\n", " ")
    if lines.isprintable():  # nearly always: no other white space than spaces and line ends
        return lines if "  " not in lines else _RUNS.sub(" ", lines)
    return _RUNS.sub(lambda run: NBSP if run[0] in _NO_BREAK else " ", text)


def _join_pair(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
