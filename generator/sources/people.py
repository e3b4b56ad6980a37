"""Reads who wrote a paper: lists of names or objects, or all names in one text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..model import Author
from . import untrusted as ask
from .cited_names import in_order, is_suffix, of_citation, several

LONGEST = 200_000
"""Characters looked at where all authors stand in one text: ten thousand names."""

LONGEST_NAME = 1_000
"""Characters of the longest name: collaborations have some of 200."""

_NAME = re.compile(r"(?:[^,()]|\([^()]*\)|[()])+")
# What stands for further authors, behind a name or as one.
_OTHERS = re.compile(r"(?:^|[\s,]) *et\.? ?al\.?$|^(?:and )?others$|^(?:\.{3}|…)$", re.IGNORECASE)
_COMMAS = str.maketrans("，、；", ",,;")
_BRACKETED = r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*"
_AFFILIATION = re.compile(rf"([^()]*?)\s*{_BRACKETED}")
_AFFILIATION_ALONE = re.compile(rf"\s*{_BRACKETED}")
_JOINTS = " ,;"
"""What a list that was parted elsewhere leaves behind a name."""
_ENTITY = re.compile(r"&#?\w{1,31};$")


def authors(value: object) -> tuple[Author, ...]:
    """Authors of a list of names or objects, or of one text.

    >>> [a.name for a in authors("Ann Lee (MIT, Boston), Bo Wu and Cy Xu, Jr.")]
    ['Ann Lee', 'Bo Wu', 'Cy Xu, Jr.']
    >>> [a.name for a in authors("Guo, Daya and Yang, Dejian")]
    ['Daya Guo', 'Dejian Yang']
    >>> [a.name for a in authors(["Ann Lee", "Bo Wu et al."])], authors("et al.")
    (['Ann Lee', 'Bo Wu'], ())
    """
    if isinstance(value, str) and (listed := ask.cell_list(value)) is not None:
        value = listed
    if isinstance(value, list):
        found = [author for part in value for author in _authors(part)]
    elif isinstance(value, dict):
        found = _authors(value)
    else:
        found = [author for name in _names(ask.text(value)) for author in _authors(name)]
    # Two of one name may be two people.
    names = in_order([author.name for author in found])
    return tuple(replace(author, name=name) for author, name in zip(found, names, strict=True))


def _names(text: str) -> list[str]:
    text = text[:LONGEST].translate(_COMMAS)
    if ";" in text:
        return text.split(";")
    if "(" not in text and (names := of_citation(text)):
        return names
    # An affiliation in brackets may hold commas. One match a name, so the time stays linear.
    parts = _NAME.findall(text) if text.count("(") == text.count(")") else text.split(",")
    names = []
    for part in parts:
        if names and is_suffix(part.strip()):
            names[-1] += f", {part.strip()}"
            continue
        for name in re.split(r"(?:^|\s)and\s|^\s&\s", part):
            if names and _AFFILIATION_ALONE.fullmatch(name):
                names[-1] += f" {name.strip()}"
            elif name.strip():
                names.append(name)
    return names


def _authors(value: object) -> list[Author]:
    """Those of one item of a list; two, where `and` joins them."""
    author = _author(value)
    if author is None:
        return []
    names = [author.name] if author.affiliation else several(author.name)
    return [replace(author, name=name) for name in names if len(name) <= LONGEST_NAME]


def _author(value: object) -> Author | None:
    fields = ask.mapping(value)
    if ask.truth(fields.get("hidden")):
        return None
    name = _trimmed(ask.text(fields.get("name")) or _in_parts(fields) or ask.text(value))
    name = _trimmed(_OTHERS.sub("", name)) if len(name) <= LONGEST_NAME else name
    bracketed = _AFFILIATION.fullmatch(name) if len(name) <= 500 else None
    if bracketed and bracketed[1]:
        name, affiliation = _trimmed(bracketed[1]), bracketed[2]
    else:
        affiliation = ask.text(fields.get("affiliation"))
    if "@" in name or ask.is_missing(name) or len(name) > LONGEST:
        return None
    return Author(name, affiliation or None)


def _in_parts(fields: Mapping[str, object]) -> str:
    """A name as CSL-JSON has it: that of a person in parts, any other as it is."""
    parts = ("given", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (ask.text(fields.get(part)) for part in (*parts, "literal"))))


def _trimmed(name: str) -> str:
    """A name without what a list that was parted elsewhere leaves behind it.

    >>> _trimmed("Ann Lee,"), _trimmed("Bo &lt;")
    ('Ann Lee', 'Bo &lt;')
    """
    return name if _ENTITY.search(name[-33:]) else name.rstrip(_JOINTS)


def organisation(value: object) -> str | None:
    """An organisation's full name, else its short one."""
    fields = ask.mapping(value)
    names = (fields.get("fullname"), fields.get("name"), *ask.texts(value)[:1])
    return next((found for name in names if (found := ask.text(name))), None)
