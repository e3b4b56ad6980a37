"""RSS 2.0, https://www.rssboard.org/rss-specification."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Any

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise

from ...prose import escape_xml
from .items import Item
from .xml import Additions, XmlWriter, attribute, paging

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"


class RssAdditions(Additions):
    """Links to hub and archive, and the space in which items name their authors."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}

    def extend_rss(self, element: Any) -> None:
        if self.head.hub:
            xml_elem(f"{{{_ATOM}}}link", element[0], href=self.head.hub, rel="hub")
        for rel, address in paging(self.head):
            link = xml_elem(f"{{{_ATOM}}}link", element[0], href=address, rel=rel)
            link.set("type", "application/atom+xml")


def _item(item: Item) -> str:
    categories = (
        f'<category domain="{attribute(topic.scheme)}">{escape_xml(topic.label)}</category>'
        for topic in item.categories
    )
    # RSS's own `<author>` is an e-mail address, a name is Dublin Core's.
    authors = (f"<dc:creator>{escape_xml(name)}</dc:creator>" for name in item.authors)
    return (
        f"<item><title>{escape_xml(item.title)}</title><link>{escape_xml(item.link)}</link>"
        f"<description>{escape_xml(item.content or item.opening)}</description>"
        f'<guid isPermaLink="false">{escape_xml(item.id)}</guid>{"".join(categories)}'
        f"<pubDate>{format_datetime(item.published)}</pubDate>{''.join(authors)}</item>"
    )


RSS = XmlWriter(
    mime="application/rss+xml",
    item=_item,
    around=b"channel",
    write=FeedGenerator.rss_str,
    additions=RssAdditions,
)
