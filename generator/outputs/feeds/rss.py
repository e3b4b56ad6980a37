"""RSS 2.0, https://www.rssboard.org/rss-specification."""

from __future__ import annotations

from typing import Any

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise

from .xml import Additions, XmlWriter, paging

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"


class RssAdditions(Additions):
    """Links to hub and archive, and names of authors: RSS's own `<author>` is an e-mail address, a
    name is Dublin Core's."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}

    def extend_rss(self, element: Any) -> None:
        if self.head:
            if self.head.hub:
                xml_elem(f"{{{_ATOM}}}link", element[0], href=self.head.hub, rel="hub")
            for rel, address in paging(self.head):
                link = xml_elem(f"{{{_ATOM}}}link", element[0], href=address, rel=rel)
                link.set("type", "application/atom+xml")
        if self.item:
            for name in self.item.authors:
                xml_elem(f"{{{_DC}}}creator", element).text = name


RSS = XmlWriter(
    mime="application/rss+xml",
    item=b"item",
    around=b"channel",
    write=FeedGenerator.rss_str,
    additions=RssAdditions,
)
