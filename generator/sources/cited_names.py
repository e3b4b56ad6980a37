"""Names in the order and with the joints of citations, `Lee, Ann and Wu, Bo`, as pages show them.

Two names and one that is turned look alike, as do two people and a firm, so names are turned or
parted only where all around them agree; else they stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUFFIX = re.compile(r"(?:Jr|Sr|I{1,3}|IV|Inc|Ltd|LLC|Corp|Co|GmbH)\.?")
_INITIALS = re.compile(r"[^\W\d_]{1,2}\.(?:[ -]?[^\W\d_]{1,2}\.){0,4}")
_JOINT = re.compile(r",? (?:and|&) ")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_NO_NAME = frozenset(
    "a an and at for in of on the center centre collaboration college consortium corporation"
    " department development foundation group inc institute lab laboratory labs ministry office"
    " research school science sciences society studies team technologies technology university"
    .split()
)  # fmt: skip
"""Words that tell an organisation or a place from a person."""


def is_suffix(part: str) -> bool:
    """Whether what stands behind a comma belongs to the name before it: `Jr.`, `Inc.`."""
    return _SUFFIX.fullmatch(part) is not None


def of_citation(text: str) -> list[str] | None:
    """The names of one text in BibTeX's way or that of the APA; `None` for any other.

    >>> of_citation("Guo, Daya and Yang, Dejian"), of_citation("Ann Lee, Bo Wu and Cy Xu")
    (['Guo, Daya', 'Yang, Dejian'], None)
    >>> of_citation("Kaplan, J., McCandlish, S. M., & King, M., Jr.")
    ['J. Kaplan', 'S. M. McCandlish', 'M. King, Jr.']
    """
    parts = text.removesuffix(" and others").split(" and ")
    if len(parts) > 1 and _are_turned(parts) and all(map(_parted, parts)):
        return parts
    names: list[list[str]] = [[]]
    for part in _JOINT.sub(", ", text).split(","):
        word = part.strip()
        if len(names[-1]) == 2 and not is_suffix(word):
            names.append([])
        names[-1].append(word)
        initials = _INITIALS.fullmatch(word) is not None
        if not word or (initials != (len(names[-1]) == 2) and len(names[-1]) < 3):
            return None
    if len(names[-1]) < 2:
        return None
    return [", ".join([f"{name[1]} {name[0]}", *name[2:]]) for name in names]


def several(name: str) -> list[str]:
    """The people in what should be one name; itself, where it is one, or is perhaps a firm.

    >>> several("Ann Lee & Bo van Wu"), several("Alexander Andrews"), several("Lee, A and Wu, B")
    (['Ann Lee', 'Bo van Wu'], ['Alexander Andrews'], ['Lee, A', 'Wu, B'])
    >>> several("Research & Development, Inc."), several("Institute of Arts and Old Crafts")
    (['Research & Development, Inc.'], ['Institute of Arts and Old Crafts'])
    """
    parts = _JOINT.split(name)
    if len(parts) < 2:
        return [name]
    turned = all(map(_parted, parts)) and _are_turned(parts)
    return parts if turned or all(map(_is_person, parts)) else [name]


def in_order(names: Sequence[str]) -> list[str]:
    """The names with the given one first, where those with a comma have the family's there.

    >>> in_order(["Lee, Ann", "García Márquez, Gabriel", "OpenAI", "de la Cruz, Ana, Jr."])
    ['Ann Lee', 'Gabriel García Márquez', 'OpenAI', 'Ana de la Cruz, Jr.']
    >>> in_order(["Ann Lee, MIT", "Cy Xu, Jr."]), in_order(["Lee, MIT"]), in_order(["王, 伟"])
    (['Ann Lee, MIT', 'Cy Xu, Jr.'], ['Lee, MIT'], ['王, 伟'])
    """
    if not _are_turned(names):
        return list(names)
    return [
        ", ".join([f"{parted[1]} {parted[0]}", *parted[2:]]) if (parted := _parted(name)) else name
        for name in names
    ]


def _are_turned(names: Sequence[str]) -> bool:
    """Whether all names with a comma may be a family's and a given one, and most must be."""
    commas = [name for name in names if ", " in name and not is_suffix(name.split(", ", 1)[1])]
    parted = [_parted(name) for name in commas]
    single = sum(len(_names_of(name[0])) == 1 for name in parted if name)
    return bool(commas) and all(parted) and 2 * single >= len(commas)


def _parted(name: str) -> tuple[str, ...]:
    """Family, given names, maybe a suffix; empty for what cannot be these."""
    family, _, rest = name.partition(", ")
    parts = rest.split(", ")
    suffixes = [part for part in parts if is_suffix(part)]
    given = [part for part in parts if not is_suffix(part)]
    if len(given) != 1 or len(suffixes) > 1 or not 1 <= len(_names_of(given[0])) <= 4:
        return ()
    if not 1 <= len(_names_of(family)) <= 3 or not (_may_be(family) and _may_be(given[0])):
        return ()
    if _ACRONYM.search(given[0]) and not family.isupper():
        return ()
    return (family, given[0], *suffixes)


def _is_person(name: str) -> bool:
    """Whether this is a given name and a family's, maybe with more."""
    parts = name.split(", ")
    known = len(parts) == 1 or (len(parts) == 2 and is_suffix(parts[1]))
    return known and 2 <= len(_names_of(parts[0])) <= 5 and _may_be(parts[0])


def _names_of(name: str) -> list[str]:
    """The words that are names, not such as `van`."""
    return [word for word in name[:200].split() if word[0].isupper()]


def _may_be(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= 8
        and not any(map(str.isdigit, name))
        and _NO_NAME.isdisjoint(word.strip(".").lower() for word in words if len(word) > 1)
    )
