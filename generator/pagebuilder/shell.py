"""What the theme puts around a page, cut where the pages of a shape differ.

Every text of the front matter is a value, as are the parts of the address; all else, such as
which keys there are and how long a list is, belongs to the shape. So a new key of the front matter
needs no line here, as long as the theme prints it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FIXED = frozenset({"generator", "hide", "template"})
"""Keys of the front matter that steer MkDocs and the theme: their texts belong to the shape."""

_CORE = "zq{:03}qz"
_ANY_CORE = re.compile(r"zq\d{3}qz", re.IGNORECASE)
_UNSAFE = "<&\"'> {}"
"""Whatever a template does to a value but to print it (escape, quote, strip), it changes these."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the text around a page depends on, but for its values."""

    folder: str
    """Top folder of the page, e.g. `papers`."""
    depth: int
    """Parts of its address below that folder."""
    heading: bool
    """The theme writes a heading above a page that has none."""
    front_matter: Hashable


@dataclass(frozen=True, slots=True)
class Shell:
    """A page of a shape without its values: text, number of a value, text, and so on."""

    texts: tuple[str, ...]
    order: tuple[int, ...]
    """Which value follows each text but the last."""

    def fill(self, values: Sequence[str]) -> str:
        """The page with these values."""
        parts: list[str] = []
        for text, number in zip(self.texts, self.order, strict=False):
            parts += (text, values[number])
        return "".join(parts) + self.texts[-1]


def describe(
    folders: Sequence[str], front_matter: Mapping[str, object], content: str
) -> tuple[Shape, list[str]]:
    """The shape of a page and its values, in the order of `placeholders`.

    `folders` are the parts of its source's path, without the ending.
    """
    found = [content, *folders[1:]]
    left = tuple(
        (key, repr(value) if key in FIXED else _without_texts(value, found))
        for key, value in front_matter.items()
    )
    return Shape(folders[0], len(folders) - 1, "<h1" in content, left), found


def placeholders(
    folders: Sequence[str], front_matter: Mapping[str, object], content: str
) -> tuple[list[str], dict[str, object], list[str]]:
    """A page like this one with a placeholder for each value: folders, front matter, and all of
    them, of which the first stands for the content."""
    marks = ["<h1>" * ("<h1" in content) + _CORE.format(0) + _UNSAFE]
    for _ in folders[1:]:
        marks.append(_CORE.format(len(marks)))  # part of an address, where nothing else may stand

    def mark(text: str) -> str:
        core = _CORE.format(len(marks))
        # An address may be resolved by the template, so it must look like one.
        marks.append(core if _is_address(text) else core + _UNSAFE)
        return marks[-1]

    changed = {
        key: value if key in FIXED else _with_marks(value, mark)
        for key, value in front_matter.items()
    }
    return [folders[0], *marks[1 : len(folders)]], changed, marks


def cut(page: str, marks: Sequence[str]) -> Shell | None:
    """The shell in a page made with placeholders; `None` where the theme changes a value."""
    number = {mark: index for index, mark in enumerate(marks)}
    longest_first = sorted(marks, key=lambda mark: -len(mark))
    parts = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", page)
    shell = Shell(tuple(parts[::2]), tuple(number[mark] for mark in parts[1::2]))
    if any(_ANY_CORE.search(text) for text in shell.texts) or shell.order.count(0) != 1:
        return None
    return shell


def _is_address(text: str) -> bool:
    return text.endswith(("/", ".xml", ".json")) and " " not in text


def _without_texts(value: object, found: list[str]) -> Hashable:
    """What is left of a value when its texts go to `found`; an empty text stays, as a theme asks
    whether there is one. A date counts as its text."""
    if isinstance(value, str | date):
        text = str(value)
        if text:
            found.append(text)
        return bool(text)
    if isinstance(value, Mapping):
        return tuple((key, _without_texts(item, found)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(_without_texts(item, found) for item in value)
    return repr(value)


def _with_marks(value: object, mark: Callable[[str], str]) -> object:
    """The value with a placeholder for each of its texts, in the order of `_without_texts`."""
    if isinstance(value, str | date):
        text = str(value)
        return mark(text) if text else ""
    if isinstance(value, Mapping):
        return {key: _with_marks(item, mark) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_marks(item, mark) for item in value]
    return value
