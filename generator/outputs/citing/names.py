"""The parts of a name, as RIS and CSL want them."""

from __future__ import annotations

import re
from typing import NamedTuple

_GROUP = re.compile(
    r"\b(?:Collaboration|Consortium|Team|Group|Project|Network|Committee|Laboratory|Labs?"
    r"|University|Institute|Initiative)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r",? ((?:Jr|Sr)\.?|I{2,3}|IV)\Z")
_KIN = frozenset("Filho Júnior Junior Neto Netto Sobrinho".split())
"""Portuguese for son, grandson, nephew: the end of a family name, and none by itself."""
_PARTICLES = frozenset("De Del Della Di Du La Le Van Ver Von".split())
"""In Flanders and elsewhere the first of several is written like a name: `Van den`."""


class Name(NamedTuple):
    """A name by its parts; all but the family name may be empty."""

    given: str
    particle: str
    family: str
    suffix: str


def split_name(name: str) -> Name | None:
    """The parts of a name written in the order it is spoken; `None` for one that has no parts.

    The last word is the family name, with that before it if it says whose son; words in lower case
    before it are its particle, all before them is given. One word, a group, and a name that holds a
    comma of its own, are left whole.

    >>> split_name("Ludwig van der Berg Jr.")
    Name(given='Ludwig', particle='van der', family='Berg', suffix='Jr.')
    >>> split_name("Ana Maria da Cruz Filho")
    Name(given='Ana Maria', particle='da', family='Cruz Filho', suffix='')
    >>> split_name("ATLAS Collaboration"), split_name("Plato")
    (None, None)
    """
    suffix = ""
    if match := _SUFFIX.search(name):
        # Before it may stand a comma, as in `Cy Xu, Jr.`
        name, suffix = name[: match.start()], match[1]
    words = name.split(" ")
    if len(words) < 2 or "," in name or "" in words or _GROUP.search(name):
        return None
    last = len(words) - 1
    if words[-1] in _KIN and last > 1 and not words[last - 1].endswith("."):
        last -= 1
    first = last
    while first > 1 and words[first - 1][:1].islower():
        first -= 1
    if 1 < first < last and words[first - 1] in _PARTICLES:
        first -= 1
    given, particle, family = (
        " ".join(p) for p in (words[:first], words[first:last], words[last:])
    )
    return Name(given, particle, family, suffix)
