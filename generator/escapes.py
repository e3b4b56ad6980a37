r"""Gives TeX its backslashes back, where JSON or YAML took them for escapes.

Whoever writes `"$\beta$"` into JSON, by hand or by machine, has written a backspace and `eta`; the
reader of the format says nothing. No text of a paper holds a backspace before a letter, a bell or
an escape: what they were is plain. A tab, an end of a line or of a page also stands in texts for
what it is, so it counts as one that ate a backslash only where its letter and those behind it make
a command of TeX, and mathematics is around.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

MOST_NAMED = 3
"""Commands that a message names."""

_LETTER = {
    "\a": "a", "\b": "b", "\x1b": "e", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r",
    "\x85": "N", "\u2028": "L", "\u2029": "P",
}  # fmt: skip
"""What an escape was, by what it gives in JSON or in quoted YAML."""

_NO_TEXT = "\a\b\x1b"
_SPACES = "\t\n\v\f\r"
_NO_WORD = 5
"""Letters behind the `v` or `f` of a sign's name of which no word is made, as of `dots`."""
_ACCENTS = _NO_TEXT + "\v\r"
_EATEN = re.compile(f"([{''.join(_LETTER)}])(?:([A-Za-z]+)|(?=\\{{[A-Za-z]\\}}))")
_GOES_ON = re.compile(r"[{_^]|\$(?!\d)")
_OPENS = "$({[^_|"
"""Nobody wraps a line behind these."""


class Restored(NamedTuple):
    """A text with its commands."""

    text: str
    commands: tuple[str, ...]
    """What was restored, in order: `\\beta`."""


def restore_commands(text: str) -> Restored:
    r"""A text that came through escapes, with the commands that they took; often just as it was.

    >>> restore_commands("$\beta$ and 10$\times$,\nho and\tau").text
    '$\\beta$ and 10$\\times$,\nho and\tau'
    >>> restore_commands("$\beta$").commands
    ('\\beta',)
    """
    found = list(_EATEN.finditer(text)) if not text.isprintable() else []
    if not found:
        return Restored(text, ())
    plain = {match.start() for match in found if match[1] in _NO_TEXT}
    if len(plain) < len(found):
        plain |= _amid_mathematics(text, found)
    found = [match for match in found if match.start() in plain]
    return Restored(_written(text, found), tuple(map(_command, found)))


def _command(match: re.Match[str]) -> str:
    return f"\\{_LETTER[match[1]]}{match[2] or ''}"


def _written(text: str, found: list[re.Match[str]]) -> str:
    """The text with those commands in place of controls."""
    parts, at = [], 0
    for match in found:
        parts += [text[at : match.start()], _command(match)]
        at = match.end()
    return "".join([*parts, text[at:]])


def _amid_mathematics(text: str, found: list[re.Match[str]]) -> set[int]:
    """Where the controls stand that may be text, and are none."""
    # To import what reads mathematics takes a tenth of a second; a build may not need it.
    from .mathtext import find_intact  # noqa: PLC0415
    from .texmath import NAMES, SIGNS  # noqa: PLC0415

    likely = [match for match in found if _may_be(match, NAMES)]
    if not likely:
        return set()
    tried = _written(text, likely)
    formulas = (s for s in find_intact(tried) if not _is_price(tried[s.start + 1 : s.end - 1]))
    formula = next(formulas, None)
    spaces = sum(text.count(control) for control in _SPACES)
    wrapped = spaces > sum(match[1] in _SPACES for match in likely)
    sure: set[int] = set()
    for longer, match in enumerate(likely):  # each has a character more, once it is restored
        start = match.start() + longer
        while formula and formula.end <= start:
            formula = next(formulas, None)
        inside = formula is not None and formula.start < start
        if match[2] is None or _is_sure(text, match, SIGNS, inside, wrapped):
            sure.add(match.start())
    return sure


def _is_price(inside: str) -> bool:
    """Whether what stands between two dollars lies between two prices, or behind one: it has a
    space at one end alone, and begins with no command."""
    return inside[0].isspace() != inside[-1].isspace() and inside[0] != "\\"


def _may_be(match: re.Match[str], names: Container[str]) -> bool:
    """Whether a control and what is behind it make a command."""
    if match[2] is None:
        return match[1] in _ACCENTS
    return match[1] in _NO_TEXT or _command(match)[1:] in names


def _is_sure(
    text: str, match: re.Match[str], signs: Container[str], inside: bool, wrapped: bool
) -> bool:
    """Whether a control is no text: in a formula, or before what only follows a command."""
    variable = len(match[2]) == 1
    if inside:
        # A wrapped text may be wrapped in a formula, too, before an `u` or an `e`.
        opened = text[match.start() - 1] in _OPENS
        return opened or not (variable and wrapped)
    if match[1] in "\v\f" and len(match[2]) >= _NO_WORD and _command(match)[1:] in signs:
        return True  # `\varepsilon`, `\forall`
    return not variable and _GOES_ON.match(text, match.end()) is not None


def advice(commands: Iterable[str], reader: str, remedy: str) -> str:
    r"""What is said of restored commands: which, what took them, and the remedy.

    >>> advice([r"\nu", r"\nu", r"\beta"], "JSON", "write two")
    'TeX with one backslash, which JSON takes for an escape; read as \\nu, \\beta: write two'
    """
    different = list(dict.fromkeys(commands))
    named = ", ".join(different[:MOST_NAMED]) + (" …" if len(different) > MOST_NAMED else "")
    return f"TeX with one backslash, which {reader} takes for an escape; read as {named}: {remedy}"
