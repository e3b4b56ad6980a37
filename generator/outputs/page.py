"""What a page is before a template arranges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one format, as a page links it and its head announces it."""

    title: str
    format: str
    """As readers know it, e.g. `RSS`."""
    mime: str
    address: str


class Chip(NamedTuple):
    """A topic as pages link it."""

    slug: str
    name: str
    facet: str
    """Slug; it gives the colour."""
    address: str
    number: int | str | None = None
    """Shown beside the name, if any."""

    @property
    def counted(self) -> str:
        """The number as it is written.

        >>> Chip("nlp", "Language", "domain", "tags/nlp.md", 1234).counted
        '1,234'
        """
        return f"{self.number:,}" if isinstance(self.number, int) else str(self.number)


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as every list shows it."""

    key: str
    anchor: str
    address: str
    title: Markup
    opening: Markup
    """First sentences of the abstract; empty where none was listed."""
    rest: Markup
    shape: str
    """Classes by which a lead with this rest is laid out, each behind a blank."""
    topics: tuple[Chip, ...]
    slugs: str
    """Those of its topics, with spaces between."""
    authors: str
    """Names with `; ` between; empty where none are known, or more than name a paper."""
    code: str | None
    first_day: date
    first_seen: tuple[str, str]
    """The day in words, and the address of its page."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A paper in the list of one day."""

    paper: Listed
    first_time: bool
    others: tuple[tuple[str, str], ...]
    """Days in words and addresses: neither this one nor the first."""
    coins: str
    """Its citation, for programs."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    kind: str
    """Name of its template."""
    address: str
    title: str
    """Plain; empty where the site's own name is the title."""
    description: str
    date: date
    """When its content last changed, by the digests."""
    view: Mapping[str, Any]
    previous: str = ""
    """Address of the page before it, for the head."""
    next: str = ""
    feeds: tuple[FeedLink, ...] = field(default=())
    head: str = ""
    """HTML on one line for the head: what programs read of the page."""
    redirect: str = ""
    """Relative link of the page that took its place."""
    assets: str = ""
    """Name of the script and the style sheet in `assets/` that this page alone loads."""
    hidden: bool = False
    """True where search engines are asked to forget the page."""


class Planned(NamedTuple):
    """A page that is made when it is asked for."""

    address: str
    claimant: str
    make: Callable[[], Page]
    stamp: bytes = b""
    """Of all that decides what it says, but the program; empty where it is always made."""
