"""What a page is before a template arranges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one format, as a page links it and its head announces it."""

    title: str
    format: str
    """As readers know it, e.g. `RSS`."""
    mime: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    kind: str
    """Name of its template."""
    address: str
    claimant: str
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
    redirect: str = ""
    """Relative link of the page that took its place."""
    searchable: bool = False
    hidden: bool = False
    """True where search engines are asked to forget the page."""
