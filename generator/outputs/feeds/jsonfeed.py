"""JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from collections.abc import Sequence

from ...jsontext import in_json
from .document import Head
from .items import Item


class JsonWriter:
    """Writes items one a line."""

    mime = "application/feed+json"

    def written(self, item: Item) -> bytes:
        return in_json(_item(item)).encode()

    def document(self, head: Head, items: Sequence[bytes]) -> bytes:
        start = in_json(_head(head)).removesuffix("}").encode()
        return start + b',"items":[\n' + b",\n".join(items) + b"\n]}\n"


def _head(head: Head) -> dict[str, object]:
    known = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.home,
        "feed_url": head.address,
        "next_url": head.older,
        "description": head.description,
        "authors": [{"name": head.author}],
        "language": "en",
        "hubs": [{"type": "WebSub", "url": head.hub}] if head.hub else [],
    }
    return {name: value for name, value in known.items() if value}


def _item(item: Item) -> dict[str, object]:
    known = {
        "id": item.id,
        "url": item.link,
        # The page an item is about; ours is about the paper.
        "external_url": item.related[0].url if item.related else "",
        "title": item.title,
        "content_html": item.content,
        "content_text": "" if item.content else item.opening or item.title,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat() if item.updated != item.published else "",
        "authors": [{"name": name} for name in item.authors],
        "tags": [category.label for category in item.categories],
    }
    return {name: value for name, value in known.items() if value}


JSON = JsonWriter()
