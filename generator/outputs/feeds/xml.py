"""What RSS and Atom have in common: feedgen, with its surprises.

Entries are prepended unless told otherwise; the `self` link must be added before the alternate one
(the last link is RSS's `<link>`); without `updated` it stamps the time of the build. What it leaves
out, the extension of each format adds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from feedgen.ext.base import BaseExtension  # type: ignore[import-untyped]  # ships no types
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # likewise

from .document import Head
from .items import Item


class Additions(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen leaves out: an extension that knows the whole head or item."""

    head: Head | None = None
    item: Item | None = None


def paging(head: Head) -> list[tuple[str, str]]:
    """Links to other documents of a feed, as RFC 5005 names them."""
    links = (
        ("current", head.current),
        ("prev-archive", head.older),
        ("next-archive", head.newer),
    )
    return [(rel, address) for rel, address in links if address]


@dataclass(frozen=True, slots=True)
class XmlWriter:
    """Writes RSS or Atom."""

    mime: str
    item: bytes
    """Name of the element of an item."""
    around: bytes
    """Name of the element that items end."""
    write: Callable[..., bytes]
    """feedgen's method of the format."""
    additions: type[Additions]

    def items(self, items: Sequence[Item]) -> list[bytes]:
        """One document of them all, cut at its items: as text holds no `<` of its own, the tags of
        an item stand nowhere else."""
        feed = self._feed(Head("-", "-", "-", "-", "-", "-", datetime.fromtimestamp(0, UTC)))
        for item in items:
            _add(feed, item)
        start, end = b"<%b>" % self.item, b"</%b>" % self.item
        _, *written = self.write(feed).split(start)
        return [start + text.partition(end)[0] + end + b"\n" for text in written]

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


def _add(feed: Any, item: Item) -> None:
    entry = feed.add_entry(order="append")
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.link, rel="alternate")
    if item.content:
        entry.content(item.content, type="html")
    else:
        entry.summary(item.opening)
    entry.published(item.published)
    entry.updated(item.updated)
    for name in item.authors:
        entry.author(name=name)
    for category in item.categories:
        entry.category(term=category.term, scheme=category.scheme, label=category.label)
    entry.additions.item = item
