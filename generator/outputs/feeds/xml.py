"""What RSS and Atom have in common: feedgen for the document, with its surprises, and its items.

The `self` link must be added before the alternate one (the last link is RSS's `<link>`); without
`updated` it stamps the time of the build. What it leaves out, the extension of each format adds.

Items are written here as feedgen would write them, to which a test holds them: they are most of a
site's bytes, and it takes twenty times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from feedgen.ext.base import BaseExtension  # type: ignore[import-untyped]  # ships no types
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # likewise

from ...prose import escape_xml
from .document import Head
from .items import Item


class Additions(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen leaves out of a document: an extension that knows its whole head."""

    head: Head


def paging(head: Head) -> list[tuple[str, str]]:
    """Links to other documents of a feed, as RFC 5005 names them."""
    links = (
        ("current", head.current),
        ("prev-archive", head.older),
        ("next-archive", head.newer),
    )
    return [(rel, address) for rel, address in links if address]


def attribute(text: str) -> str:
    """Text for an attribute between double quotes."""
    return escape_xml(text).replace('"', "&quot;")


@dataclass(frozen=True, slots=True)
class XmlWriter:
    """Writes RSS or Atom."""

    mime: str
    item: Callable[[Item], str]
    """Writes one item."""
    around: bytes
    """Name of the element that items end."""
    write: Callable[..., bytes]
    """feedgen's method of the format."""
    additions: type[Additions]

    def written(self, item: Item) -> bytes:
        return f"{self.item(item)}\n".encode()

    def document(self, head: Head, items: Sequence[bytes]) -> bytes:
        """The document as feedgen writes it, with its style sheet after the declaration and the
        items before its last tags."""
        feed = self._feed(head)
        feed.additions.head = head
        declaration, mark, written = self.write(feed, pretty=True).partition(b"?>\n")
        style = b'<?xml-stylesheet type="text/css" href="%b"?>\n' % head.style.encode()
        start, end, rest = written.rpartition(b"</%b>" % self.around)
        parts = (declaration, mark, style, start.rstrip(), b"\n", *items, end, rest)
        return b"".join(parts)

    def _feed(self, head: Head) -> Any:
        """feedgen's view of a document without items."""
        feed = FeedGenerator()
        feed.register_extension("additions", self.additions, self.additions)
        feed.id(head.id)
        feed.title(head.title)
        # RSS demands a description, Atom calls it the subtitle.
        feed.description(head.description)
        feed.link(href=head.address, rel="self", type=self.mime)
        if head.hub:
            feed.link(href=head.hub, rel="hub")
        for rel, address in paging(head):
            feed.link(href=address, rel=rel)
        feed.link(href=head.home, rel="alternate", type="text/html")
        feed.language("en")
        feed.generator("Broadsheet")
        feed.updated(head.updated)
        feed.lastBuildDate(head.updated)
        feed.author(name=head.author)
        return feed
