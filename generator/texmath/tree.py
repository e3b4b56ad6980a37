"""The tree of a formula: what `parsing` reads and `mathml` and `plain` draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SignKind = Literal["letter", "number", "relation", "binary", "large", "open", "close", "mark"]


@dataclass(frozen=True, slots=True)
class Row:
    """Things in a row."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One letter, number or operator."""

    kind: SignKind
    text: str
    """In Unicode, without its face."""
    face: str = "plain"
    """A value of `symbols.FACES`."""
    spaced: bool = False
    """True where the author left space on either side."""
    stretchy: bool = False
    """True for a bracket behind `\\left`, `\\big` and the like."""


@dataclass(frozen=True, slots=True)
class Word:
    """Upright letters that belong together: the name of a function, or running text."""

    text: str
    function: bool = False
    """True where a space must part it from a letter behind it: `log n`."""


@dataclass(frozen=True, slots=True)
class Script:
    """A base with something below or above it."""

    base: Node
    """An empty row where the formula starts with its script."""
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another."""

    over: Node
    under: Node
    bar: bool = True
    """False for a binomial coefficient."""


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or another where `index` says which."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over a letter or more."""

    mark: str
    """As a combining character."""
    body: Node


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace below or above a thing, and what is said of it there."""

    body: Node
    label: Node | None
    above: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells: a matrix, or cases."""

    rows: tuple[tuple[Node, ...], ...]
    opening: str
    closing: str
    aligned: bool = False
    """True where a row is one formula, cut into cells only to stand below another."""


Node = Row | Sign | Word | Script | Fraction | Root | Accent | Brace | Table
EMPTY = Row(())
