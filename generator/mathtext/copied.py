r"""Finds mathematics that was copied from a page on which KaTeX draws it.

Such a page holds each formula three times: its signs for screen readers, its TeX, and its signs as
they are shown. Copied as text they run together: `E = mc^2` is `E=mc2E = mc^2E=mc2`, and `\beta` is
`β\betaβ`. What stands in the middle is the TeX if it is of the signs on its left, in their order,
and of those on its right, whose order differs where a fraction or an index does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import accumulate
from unicodedata import category, normalize

from ..texmath import to_mathml, to_plain
from .span import MathSpan

_BECAUSE = "stands between its own signs, as a page of KaTeX is copied"
_LONGEST = 80
"""So many characters of signs may stand before the TeX."""
_MOST = 400
"""So many characters of TeX with the signs behind it are looked at."""
_START = re.compile(
    r"(?<![^\s(\[{\"'“‘/–—-])[^\s\"'“‘]"
    r"|(?<=[A-Za-z0-9)])(?=([^\W_]{1,3}\+?|\+)[\^_](?:\1|\{\1\})\1)."  # `CO2_22`
    r"|(?<=[A-Za-z])(?:(?=−(\w{1,3})\^\{-\2\}−\2).|[Α-Ωα-ω])"  # `s−1^{-1}−1`, `TGFβ\betaβ`
)
_NO_WIDTH = "\u200b"
"""What KaTeX puts behind whatever has a depth: indices, quotients, roots."""
_APPLIED = "\u2061"
"""What it puts behind the name of a function."""
_DOUBLED = re.compile(
    r"\^(?<=([^\s\\]).)\{?-?([^\W_]|[^{}\\\s-]{2,12}(?=\}))(?=\}?.{0,80}?\1−?\2)", re.DOTALL
)
"""A sign with a power, and both again a little farther."""
_GLUED = re.compile(
    r"\\(?<=([^\s\\^_{(\[]).)(?<![a-z]{3}.)[A-Za-z](?=.{0,80}?\1(?![a-z]))", re.DOTALL
)
"""A command glued to a sign that stands behind it, too."""
_PERCENTAGE = re.compile(r"%[^\s\d]?([\d.]+)\\%[^\s\d]?\1%")
"""`5%5\\%5%`."""
_DRAWN = re.compile("[\u0370-\u03ff\u2100-\u22ff]")
"""Greek, arrows, operators."""
_HATS = ("^\\hat", "^\\widehat")
"""Behind a letter its mark is the hat as KaTeX shows it, and no power."""
_MARKUP = re.compile(r"[\\^_{]")
_AHEAD = re.compile(r"(?:[^\W_]{1,4}(?![^\W_])|[^\w\\{^])*[\\^_{]")
"""Signs and short words before the first mark of TeX; no running text."""
_PLAIN = re.compile(r"(?!\d\Z|I\Z)(?:[^\W\d_]{1,3}(?![^\W\d_])|\d|[^\w])+\Z")
"""TeX without any mark: `n`, `KL(p, q)`, `0.5`; no single figure, and no `III` of the Romans."""
_NUMERAL = re.compile(r"\bii\b")
_GOES_ON = re.compile(r"(?!th\b)\w|\.\w")
_DROPPED = re.compile(r"<annotation.*|<[^>]*>", re.DOTALL)
_COUNTED = frozenset("()[],;:!+-")
"""Signs beside letters and figures of which each way to show a formula has as many."""


def find_copied(text: str) -> list[MathSpan]:
    r"""The formulas that stand between their own signs, in order, where one has marks of TeX.

    >>> find_copied(r"an ϵ\epsilonϵ-net")[0].tex, find_copied("E=mc2E = mc^2E=mc2 holds")[0].tex
    ('\\epsilon', 'E = mc^2')
    >>> find_copied("of nnn things"), len(find_copied(r"of nnn things, ϵ\epsilonϵ"))
    ([], 2)
    """
    found = _Search(text).spans() if _may_hold(text) else []
    if not any(_MARKUP.search(span.tex) for span in found):
        return []
    return [span for span in found if span.tex != "i"] if _NUMERAL.search(text) else found


def _may_hold(text: str) -> bool:
    """False where nothing that stands before a mark of TeX stands behind it, too."""
    if "\\" not in text and "^" not in text and "_" not in text:
        return False
    if _NO_WIDTH in text or _APPLIED in text:
        return True
    intact = "$" in text or "\\(" in text or "\\[" in text
    if "\\" in text and not intact and (_DRAWN.search(text) or _GLUED.search(text)):
        return True
    if "\\%" in text and not intact and _PERCENTAGE.search(text):
        return True
    return "^" in text and any(
        power[1] + sign + power[2] in text[max(0, power.start() - _LONGEST) : power.start()]
        for power in _DOUBLED.finditer(text)
        for sign in ("", "−")
    )


class _Search:
    """Goes over a text once; takes no more steps than so many a character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = 4_000 + 60 * len(text)

    def spans(self) -> list[MathSpan]:
        """What stands between its own signs, whether it has marks of TeX or not."""
        found: list[MathSpan] = []
        at = 0
        while self.steps > 0 and (start := _START.search(self.text, at)):
            at = start.end()
            if span := self._copy_at(start.start()):
                found.append(span)
                at = span.end
        return found

    def _copy_at(self, start: int) -> MathSpan | None:
        """The formula whose signs begin at a place; one that a word goes on behind as a last."""
        text = self.text
        glued = None
        for at in range(start + 1, min(len(text), start + _LONGEST)):
            if text[at] in " \n\t" or self.steps < 0:
                break
            if text.startswith(_HATS, at) or (
                text[at] not in "\\{^_" and not self._may_begin(text[at], text[start])
            ):
                continue
            before = text[start:at]
            self.steps -= len(before)
            alike = _all_shown(text[at : at + 2 * len(before)]).startswith(_all_shown(before))
            if not alike and not _AHEAD.match(text, at, at + _LONGEST):
                continue
            ends = self._ends(at, before)
            if ends is None:
                continue
            span = MathSpan(start, ends[1], text[at : ends[0]].strip(), _BECAUSE)
            goes_on = _GOES_ON.match(text, span.end)
            if _MARKUP.search(span.tex):
                if not goes_on:
                    return span
                glued = glued or span
            elif _PLAIN.match(span.tex) and _all_shown(span.tex) == _all_shown(before):
                if not goes_on or (span.tex.isdigit() and text[span.end].isalpha()):  # `70B`
                    return span
        return glued

    def _may_begin(self, char: str, first: str) -> bool:
        """Whether TeX whose first sign is shown as one begins with another, and no command."""
        named = not first.isascii() and not _sign(first)  # a norm's bar, say
        return _shown(char) == _shown(first) and not (named and char == first)

    def _ends(self, at: int, before: str) -> tuple[int, int] | None:
        """Where TeX ends that begins at a place, and where the signs behind it do."""
        text = self.text
        signs = _counted(before)
        if not signs:
            end = text.find(before, at, at + _LONGEST)
            same = end > at and to_plain(text[at:end]) == before
            return (end, end + len(before)) if same else None
        size, in_order = len(signs), sorted(signs)
        stretch = text[at : at + min(_MOST, 60 + 16 * size)]
        self.steps -= len(stretch)
        places = [i for i, char in enumerate(stretch, at) if _sign(char)]
        shown = _counted(stretch)
        sums = list(accumulate(map(ord, shown), initial=0))
        total = sum(map(ord, signs))
        for i in range(1, len(shown) - size + 1):
            if sums[i + size] - sums[i] != total or sorted(shown[i : i + size]) != in_order:
                continue
            behind = places[i]
            if not _sign(before[0]):  # a bar, say, with which the signs behind begin, too
                bar = text.rfind(before[0], places[i - 1] + 1, behind)
                behind = behind if bar < 0 else bar
            self.steps -= 8 * (behind - at)
            if self.steps < 0:
                break
            if _counted(_drawn(text[at:behind])) == signs:
                return behind, self._end(places[i + size - 1] + 1, before)
        return None

    def _end(self, at: int, before: str) -> int:
        """Where the signs end of which the last counted one stands before a place."""
        bare = before.rstrip(_NO_WIDTH)
        rest = len(bare)
        while rest and not _sign(bare[rest - 1]):
            rest -= 1
        for char in [*bare[rest:], ""]:
            while self.text.startswith(_NO_WIDTH, at):
                at += 1
            if not char or not self.text.startswith(char, at):
                break
            at += 1
        return at


def _drawn(tex: str) -> str:
    """The signs of a formula in the order in which they are read out."""
    return unescape(_DROPPED.sub("", to_mathml(tex.strip()) or ""))


def _counted(text: str) -> str:
    return "".join(map(_sign, text))


def _all_shown(text: str) -> str:
    return "".join(_shown(char) for char in text if not char.isspace())


@lru_cache(maxsize=1024)
def _sign(char: str) -> str:
    """A sign if it is counted, else nothing."""
    shown = _shown(char)
    return shown if shown in _COUNTED or shown.isalnum() else ""


@lru_cache(maxsize=1024)
def _shown(char: str) -> str:
    """A sign without its face; nothing for marks over letters, which Unicode counts as letters."""
    plain = normalize("NFKC", char)
    if len(plain) > 1 or category(plain) == "Lm":
        return ""
    return {"−": "-", "∣": "|"}.get(plain, plain)
