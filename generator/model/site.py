"""Everything known about a site, its files, and what was odd in the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..kept import NOTHING, Kept
from ..stamps import stamp_of
from .findings import Byline, Neighbour, TagHit, Taxonomy
from .papers import Library
from .trends import Trends


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Everything known about the site; nothing rendered."""

    title: str
    description: str
    url: str
    """Address of the home page, ending in a slash."""
    library: Library
    taxonomy: Taxonomy
    tags: Mapping[str, tuple[TagHit, ...]]
    """By paper key, in the order of the taxonomy."""
    slugs: Mapping[str, tuple[str, ...]]
    """Of these tags alone, without reading what earned them."""
    related: Mapping[str, tuple[Neighbour, ...]]
    """By paper key, nearest first."""
    tagged: Mapping[str, Sequence[str]]
    """By slug in the order of the taxonomy, the keys of a tag's papers, newest first."""
    near: Mapping[str, tuple[str, ...]]
    """By paper key, the keys of its neighbours alone."""
    stamps: Mapping[str, bytes]
    """By paper key, the stamp of all that is known of it: the paper, its tags, its neighbours."""
    listed: Mapping[str, bytes]
    """By paper key, the stamp of what lists, feeds and citations say of it: not on which later days
    it came again, nor its neighbours."""
    trends: Trends
    bylines: Mapping[str, Byline]
    """Names with a page of their own, by slug."""
    kept: Kept = NOTHING
    """What earlier builds made of it, and where what is made of it now is kept."""

    @property
    def as_of(self) -> date:
        """The newest day: the only clock of the site."""
        return self.library.as_of

    def stamp_of(self, keys: Iterable[str]) -> bytes:
        """The stamp of all that is known of some papers, in their order."""
        return stamp_of(b"".join(map(self.stamps.__getitem__, keys)))

    def stamp_of_listed(self, keys: Iterable[str]) -> bytes:
        """The stamp of what lists say of some papers, in their order."""
        return stamp_of(b"".join(map(self.listed.__getitem__, keys)))

    def fetch(self, kind: str, keys: Iterable[str]) -> None:
        """Have at hand what was made of these papers, as `part` will be asked for each."""
        self.kept.fetch(f"paper_{kind}", {key: self.listed[key] for key in keys})

    def part(self, kind: str, key: str, make: Callable[[], str]) -> str:
        """What is made of one paper alone, to stand in lists of many; `kind` says what it is."""
        made_of = self.listed[key]
        return self.kept.made(f"paper_{kind}", key, made_of, lambda: make().encode()).decode()


class Artifact(NamedTuple):
    """One file to publish."""

    path: str
    """Posix path inside the docs folder."""
    made: bytes | Callable[[], bytes]
    """Its content, or what makes it when it is asked for."""
    claimant: str
    """What asked for it, in words for a message, e.g. `the tag "Theory"`."""
    stamp: bytes = b""
    """Of all that decides the content: what has the path and stamp of an earlier build has its
    content. Empty where the content is at hand."""

    @property
    def content(self) -> bytes:
        """Made anew each time."""
        return self.made() if callable(self.made) else self.made


def visible(text: str) -> str:
    """A line that may hold the name of a file or words of a digest, fit for a terminal and a log:
    with nothing that steers it, and no byte that is no letter.

    GitHub's runner obeys `##[command]` anywhere in a line that a step writes, and `::command::` at
    its beginning: one that it forbids fails the step, and the site would not be published.

    >>> visible("a\\nb\\udcff.txt")
    'a\\\\nb\\\\udcff.txt'
    >>> visible("“##[set-env]”"), visible(" ::error::x")
    ('“\\\\x23#[set-env]”', ' \\\\x3a:error::x')
    """
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    start = len(text) - len(text.lstrip())
    if text.startswith("::", start):
        text = f"{text[:start]}\\x3a{text[start + 1 :]}"
    return text.replace("##[", "\\x23#[")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something odd in the input, what was done about it and how to mend it."""

    origin: str
    """The file, relative to the digest folder."""
    line: int
    """From 1; 0 where the whole file is meant."""
    message: str

    def __str__(self) -> str:
        place = f"{self.origin}:{self.line}" if self.line else self.origin
        return visible(f"{place}: {self.message}")
