"""schema.org as JSON-LD, in a block of data in the head: no program runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from ...jsontext import in_json
from .cited import Cited

_PLAIN = "/:;,()!$&'*+=@~"
"""What a path may hold as it is."""
_ACTIVE = re.compile("[<>&\u2028\u2029]")


def article(cited: Cited, topics: Sequence[str]) -> str:
    """HTML that says what the paper of a page is, in one line."""
    same = [cited.url] if cited.url != cited.page else []
    same += [f"https://doi.org/{quote(cited.doi, safe=_PLAIN)}"] if cited.doi else []
    found = {
        "@type": "ScholarlyArticle",
        "@id": cited.page,
        "name": cited.title,
        "author": [{"@type": "Person", "name": name} for name in cited.authors],
        "datePublished": "-".join(cited.issued),
        "sameAs": same,
        "keywords": list(topics),
    }
    return _block({name: value for name, value in found.items() if value})


def listing(page: str, name: str, day: date, papers: Sequence[str]) -> str:
    """HTML that says which pages of papers a page lists, in their order."""
    return _block(
        {
            "@type": "CollectionPage",
            "@id": page,
            "name": name,
            "datePublished": day.isoformat(),
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": len(papers),
                "itemListElement": [
                    {"@type": "ListItem", "position": position, "url": url}
                    for position, url in enumerate(papers, 1)
                ],
            },
        }
    )


def _block(value: dict[str, object]) -> str:
    """In JSON strings alone can hold what ends a script or begins a comment in it; there, any
    character may be written as a number."""
    text = in_json({"@context": "https://schema.org"} | value)
    text = _ACTIVE.sub(lambda char: f"\\u{ord(char[0]):04x}", text)
    return f'<script type="application/ld+json">{text}</script>'
