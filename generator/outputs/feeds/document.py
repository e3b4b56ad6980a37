"""What one document of a feed is, and what a format has to do: nothing of any format yet.

An item is written once a format and put into all the documents that hold it, as it may stand in a
dozen of them; so a format writes items by themselves, and a document as a head around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .items import Item


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself, whatever the format. Addresses are absolute, but for that of
    the style sheet."""

    id: str
    """Of the feed: all its documents share it."""
    title: str
    description: str
    author: str
    """Who speaks where an item names no author."""
    home: str
    """Address of the page the feed belongs to."""
    address: str
    """Of this document."""
    updated: datetime
    current: str = ""
    """Address of the feed, in a document of its archive; empty in the feed itself."""
    older: str = ""
    """Address of the archive's document before this one, if there is one."""
    newer: str = ""
    """Likewise of the one after it."""
    hub: str = ""
    """Address of the WebSub hub that pushes this document, if there is one."""
    style: str = ""
    """What makes it legible in a browser, as a link from this document: so it is found wherever the
    site is looked at."""


class Writer(Protocol):
    """Writes one format."""

    def written(self, item: Item) -> bytes:
        """An item, to stand in any document."""

    def document(self, head: Head, items: Sequence[bytes]) -> bytes:
        """A document that holds these items."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A format in which every feed has an archive."""

    name: str
    """As people know it, e.g. `Atom`."""
    suffix: str
    """Of its files."""
    current: str
    """The file that holds the newest items of the feed, in the same format."""
    writer: Writer


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """One format in which every feed exists."""

    name: str
    """As readers know it, e.g. `RSS`."""
    file: str
    mime: str
    writer: Writer
    archive: Archive
    """Where older items are, for a reader of this format."""
    looked_for: bool
    """Whether every page announces the site's feed in it, for readers that are given the address
    of a page: those of the other formats understand these, too."""
