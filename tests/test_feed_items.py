"""Items of RSS and Atom are what feedgen writes for them, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types
from feedgen.util import xml_elem  # type: ignore[import-untyped]  # likewise
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.outputs.feeds.atom import ATOM
from generator.outputs.feeds.items import Category, Item, Related, brief
from generator.outputs.feeds.rss import RSS
from generator.outputs.feeds.xml import XmlWriter

LINES = st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just(" "), max_size=12)
"""What `prose` lets into a text."""
WORDS = LINES.map(lambda text: f"x{text}")
TIMES = st.integers(0, 1 << 32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ITEMS = st.builds(
    Item,
    id=WORDS,
    title=WORDS,
    link=WORDS,
    content=WORDS,
    opening=WORDS,
    published=TIMES,
    updated=TIMES,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    categories=st.lists(st.builds(Category, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    related=st.lists(st.builds(Related, WORDS, WORDS), max_size=2).map(tuple),
)


def by_feedgen(item: Item, writer: XmlWriter) -> bytes:
    """The item as feedgen writes it, with what it leaves out."""
    feed = FeedGenerator()
    feed.load_extension("dc")
    for told in (feed.id, feed.title, feed.description):
        told("-")
    feed.link(href="-", rel="alternate")
    entry = feed.add_entry()
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
        if writer is RSS:
            entry.dc.dc_creator(name)
    for category in item.categories:
        entry.category(term=category.term, scheme=category.scheme, label=category.label)

    class Links:
        def extend_atom(self, element: Any) -> None:
            for page in item.related:
                xml_elem("link", element, rel="related", href=page.url, title=page.name)

    entry._FeedEntry__extensions["links"] = {"inst": Links(), "atom": True, "rss": False}
    element = b"item" if writer is RSS else b"entry"
    written: bytes = writer.write(feed)
    start, end = written.index(b"<%b>" % element), written.index(b"</%b>" % element)
    return written[start:end] + b"</%b>\n" % element


@settings(max_examples=25)
@given(ITEMS)
@pytest.mark.parametrize("writer", [RSS, ATOM], ids=["RSS", "Atom"])
def test_an_item_is_what_feedgen_writes(writer: XmlWriter, item: Item) -> None:
    for told in (item, brief(item)):
        assert writer.written(told) == by_feedgen(told, writer)
