r"""Quantities written with `siunitx` outside of formulas: `\SI{10}{\meter\per\second}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..texmath import printed_quantity
from .edits import Edit

_NUMBER = r"\{([^{}$\\]{0,40})\}"
_UNIT = r"\{((?:[^{}$\\]|\\(?=[A-Za-z])){0,80})\}"
_OPTION = r"(?:\[[^\[\]{}]{0,60}\])?"
_QUANTITY = re.compile(rf"\\(SI|qty){_OPTION}\s?{_NUMBER}\s?{_UNIT}")
_PART = re.compile(rf"\\(?:(si|unit){_OPTION}\s?{_UNIT}|(num|ang){_OPTION}\s?{_NUMBER})")
# What the capture leaves of the first: only a unit is made of commands without any sign.
_REMAINS = re.compile(
    r"(?<![\w.,])([-+]?\d[\d.,]{0,20})\{((?!\\deg\})(?:\\[A-Za-z]{1,20}(?![A-Za-z])\s?){1,6})\}"
)
_NAMES = ("\\SI", "\\qty", "\\si{", "\\unit", "\\num", "\\ang")


def find_quantities(text: str) -> list[tuple[int, int, str]]:
    r"""Where quantities stand, and what is printed for them.

    >>> find_quantities(r"at \SI{3}{\GHz}, of 5{\milli\second}")
    [(3, 15, '3\xa0GHz'), (20, 36, '5\xa0ms')]
    """
    found: list[tuple[int, int, str]] = []
    if any(map(text.__contains__, _NAMES)):
        found += (
            (*match.span(), printed_quantity(*match.groups())) for match in _QUANTITY.finditer(text)
        )
        for match in _PART.finditer(text):
            name, given = match[1] or match[3], match[2] or match[4] or ""
            found.append((*match.span(), printed_quantity(name, given)))
    if "{\\" in text:
        found += (
            (*match.span(), printed_quantity("SI", match[1], match[2]))
            for match in _REMAINS.finditer(text)
        )
    return sorted(found)


def quantities(text: str) -> Iterator[Edit]:
    r"""Quantities as they are printed.

    >>> from .edits import show
    >>> show(quantities, r"\num{e6} runs at \ang{45} of \qty{12}{\kilo\watt\per\hour}")
    '10⁶ runs at 45° of 12\xa0kW/h'
    """
    if "\\" in text:
        for start, end, shown in find_quantities(text):
            yield Edit(start, end, shown)
