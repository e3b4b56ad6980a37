"""Atom 1.0, RFC 4287."""

from __future__ import annotations

from typing import Any

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise

from ...prose import escape_xml
from .items import Item
from .xml import Additions, XmlWriter, attribute

_HISTORY = "http://purl.org/syndication/history/1.0"


class AtomAdditions(Additions):
    """The mark of an archive, RFC 5005."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": _HISTORY} if self.head.current else {}

    def extend_atom(self, element: Any) -> None:
        if self.head.current:
            xml_elem(f"{{{_HISTORY}}}archive", element)


def _entry(item: Item) -> str:
    authors = (f"<author><name>{escape_xml(name)}</name></author>" for name in item.authors)
    # Atom wants a summary where there is no content, RFC 4287, section 4.1.1.1.
    text = (f'<content type="html">{escape_xml(item.content)}</content>', "")
    if not item.content:
        text = ("", f"<summary>{escape_xml(item.opening)}</summary>")
    categories = (
        f'<category term="{attribute(topic.term)}" scheme="{attribute(topic.scheme)}" '
        f'label="{attribute(topic.label)}"/>'
        for topic in item.categories
    )
    related = (
        f'<link rel="related" href="{attribute(page.url)}" title="{attribute(page.name)}"/>'
        for page in item.related
    )
    return (
        f"<entry><id>{escape_xml(item.id)}</id><title>{escape_xml(item.title)}</title>"
        f"<updated>{item.updated.isoformat()}</updated>{''.join(authors)}{text[0]}"
        f'<link href="{attribute(item.link)}"/>{text[1]}{"".join(categories)}'
        f"<published>{item.published.isoformat()}</published>{''.join(related)}</entry>"
    )


ATOM = XmlWriter(
    mime="application/atom+xml",
    item=_entry,
    around=b"feed",
    write=FeedGenerator.atom_str,
    additions=AtomAdditions,
)
