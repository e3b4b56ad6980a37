"""Reads who wrote a paper: lists of names or objects, or all names in one text."""

from __future__ import annotations

import re

from ..model import Author
from . import untrusted as ask

LONGEST = 200_000
"""Characters looked at where all authors stand in one text: ten thousand names."""

LONGEST_NAME = 1_000
"""Characters of the longest name: collaborations have some of 200."""

_NAME = re.compile(r"(?:[^,()]|\([^()]*\)|[()])+")
_AFFILIATION = re.compile(r"([^()]*?)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|I{1,3}|IV)\.?")


def authors(value: object) -> tuple[Author, ...]:
    """Authors of a list of names or objects, or of one text.

    >>> [a.name for a in authors("Ann Lee (MIT, Boston), Bo Wu and Cy Xu, Jr.")]
    ['Ann Lee', 'Bo Wu', 'Cy Xu, Jr.']
    """
    if isinstance(value, list):
        found = [_author(part) for part in value]
    elif isinstance(value, dict):
        found = [_author(value)]
    else:
        found = [_author(name) for name in _names(ask.text(value))]
    # Two of one name may be two people.
    return tuple(author for author in found if author)


def _names(text: str) -> list[str]:
    text = text[:LONGEST]
    if ";" in text:
        return text.split(";")
    # An affiliation in brackets may hold commas. One match a name, so the time stays linear.
    parts = _NAME.findall(text) if text.count("(") == text.count(")") else text.split(",")
    names: list[str] = []
    for part in parts:
        if names and _SUFFIX.fullmatch(part.strip()):
            names[-1] += f", {part.strip()}"
        else:
            names += [name for name in re.split(r"(?:^|\s)and\s", part) if name.strip()]
    return names


def _author(value: object) -> Author | None:
    fields = ask.mapping(value)
    if ask.truth(fields.get("hidden")):
        return None
    name = ask.text(fields.get("name")) or ask.text(value)
    bracketed = _AFFILIATION.fullmatch(name) if len(name) <= 500 else None
    if bracketed and bracketed[1]:
        name, affiliation = bracketed[1], bracketed[2]
    else:
        affiliation = ask.text(fields.get("affiliation"))
    if "@" in name or not name or len(name) > LONGEST_NAME:
        return None
    return Author(name, affiliation or None)


def organisation(value: object) -> str | None:
    """An organisation's full name, else its short one."""
    fields = ask.mapping(value)
    names = (fields.get("fullname"), fields.get("name"), *ask.texts(value)[:1])
    return next((found for name in names if (found := ask.text(name))), None)
