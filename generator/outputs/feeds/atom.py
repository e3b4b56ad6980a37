"""Atom 1.0, RFC 4287."""

from __future__ import annotations

from typing import Any

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise

from .xml import Additions, XmlWriter

_HISTORY = "http://purl.org/syndication/history/1.0"


class AtomAdditions(Additions):
    """The mark of an archive, RFC 5005, and links of an item to other sites: feedgen drops what
    kind of link an entry's link is."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": _HISTORY} if self.head and self.head.current else {}

    def extend_atom(self, element: Any) -> None:
        if self.head and self.head.current:
            xml_elem(f"{{{_HISTORY}}}archive", element)
        if self.item:
            for page in self.item.related:
                xml_elem("link", element, rel="related", href=page.url, title=page.name)


ATOM = XmlWriter(
    mime="application/atom+xml",
    item=b"entry",
    around=b"feed",
    write=FeedGenerator.atom_str,
    additions=AtomAdditions,
)
