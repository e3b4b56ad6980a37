"""What is left in the text outside formulas of commands that the capture or a macro took along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import MASK, NBSP
from .edits import Edit

# What the damage leaves of the thin space in `$12\,\mathrm{ms}$`.
_THIN_SPACE = re.compile(
    rf",(?<=[\d{MASK}],)(?=(?:[numkMGT]?(?:eV|Hz)|[numpf]s|[numck]m|[mk]g|m[lL]|[kKMGT]i?B|[kMG]bps|dBm?"
    r"|[kMG]Pa|[mk]V|[mkG]W|kWh|mA|[kM]pc|fps|FPS|GFLOPs|TFLOPs|TOPS|rpm|bpp)(?![\w(]|,\S))"
)
# A unit of one letter, if what stands before its comma is a decimal fraction, or tens of kelvin,
# volt or watt.
_SHORT_UNIT = re.compile(r",(?<=\d,)(?=[KMBGTVWJmshg](?![\w(]|,\S))")
_FRACTION = re.compile(r"(?<![\w.,])\d{1,6}\.\d{1,4}\Z")
_TENS = re.compile(r"\b(?:at|of|to|near|below|above) \d{2,5}\Z")
# What the capture leaves of `$\unicode{x2013}$`.
_UNICODE = re.compile(r"(?<=[A-Za-z,.])x(20(?:1[0-9a-d]|2[026]))(?=[A-Za-z\s])")
# And of `$\mathrm{ViT\text{-}B}$`, whose inner command stood when the outer one was taken.
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9])text\{(-[A-Za-z0-9-]{0,30})\}")
# What a macro in brackets leaves behind a name: `Lookahead Group Reward ()`.
_EMPTY = re.compile(r"\s\(\s?\)(?=[\s.,;:]|\Z)")
_NAME = re.compile(r"(?:\s[A-Z][A-Za-z-]*){2}\Z")


def thin_spaces(text: str) -> Iterator[Edit]:
    r"""Between a number and its unit the space that a comma was left of.

    >>> from .edits import show
    >>> show(thin_spaces, "in 12,ms at 300,K, 3,000 of 5,MLPs")
    'in 12\xa0ms at 300\xa0K, 3,000 of 5,MLPs'
    """
    for token in _THIN_SPACE.finditer(text):
        yield Edit(*token.span(), NBSP)
    for token in _SHORT_UNIT.finditer(text):
        low, end = max(0, token.start() - 16), token.start()
        if _FRACTION.search(text, low, end) or (
            text[token.end()] in "KVW" and _TENS.search(text, low, end)
        ):
            yield Edit(*token.span(), NBSP)


def signs(text: str) -> Iterator[Edit]:
    """The sign of General Punctuation that only its number was left of, and a hyphen in braces.

    >>> from .edits import show
    >>> show(signs, "Erdx151s, textx2014and ViTtext{-}B of 64x2048")
    'Erdx151s, text—and ViT-B of 64x2048'
    """
    if "x20" in text:
        for token in _UNICODE.finditer(text):
            yield Edit(*token.span(), chr(int(token[1], 16)))
    if "text{-" in text:
        for token in _HYPHEN.finditer(text):
            yield Edit(*token.span(), token[1])


def emptied(text: str) -> Iterator[Edit]:
    """No brackets behind a name that a lost macro has left empty.

    >>> from .edits import show
    >>> show(emptied, "a Lookahead Group Reward (). It calls f ().")
    'a Lookahead Group Reward. It calls f ().'
    """
    if "()" in text or "( )" in text:
        for token in _EMPTY.finditer(text):
            if _NAME.search(text, max(0, token.start() - 60), token.start()):
                yield Edit(*token.span(), "")
