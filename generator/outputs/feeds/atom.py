"""Atom 1.0, RFC 4287."""

from __future__ import annotations

from typing import Any

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise

from .xml import Additions, XmlWriter


class AtomAdditions(Additions):
    """Links of an item to other sites: feedgen drops what kind of link an entry's link is."""

    def extend_atom(self, element: Any) -> None:
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
