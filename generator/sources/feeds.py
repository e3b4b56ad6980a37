"""Reads RSS and Atom through feedparser, the only file that imports it; not a source itself.

Its surprises: it opens a file or an address when given a text, so it gets bytes; it guesses an
encoding, so it is told ours; looking up `updated` may warn; it looks for an address of mail in a
name from each letter on, so no word is long; and where XML is damaged it falls back to a reader
that may raise anything. Entities are declared by nobody but to overrun a reader: a feed
that declares one is not read. feedparser fetches nothing that a feed names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ..links import link_kind
from . import untrusted as ask
from .documents import Document, Record
from .markup import addresses, to_text

_ROOT = re.compile(r"<(rss|(?:\w+:)?feed|rdf:RDF)[\s>]")
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")

LONGEST_WORD = 1_000
"""Characters of a word that are read: as many as of a name."""

_WORD = re.compile(rf"(?<![\w.+-])([\w.+-]{{{LONGEST_WORD}}})[\w.+-]+", re.ASCII)
"""One that is longer, of what stands before the sign of an address of mail."""

Read = Callable[[Mapping[str, Any]], Mapping[str, object]]
"""Makes the named fields of a record from feedparser's entry."""


def is_feed(text: str) -> bool:
    """Whether a text is RSS or Atom."""
    return text.lstrip().startswith("<") and _ROOT.search(text[:4096]) is not None


def read_feed(text: str, read: Read) -> Document:
    """The entries of a feed as records; its title, and when it was made, are in the head."""
    document = Document()
    if "<!ENTITY" in text:
        document.complain(0, "declares entities of its own, which no feed needs; not read")
        return document
    root = _ROOT.search(text[:4096])
    if root and not re.search(rf"</{root[1]}\s*>\s*(?:<!--.*-->\s*)?\Z", text[-4096:], re.DOTALL):
        ends = [end.end() for end in _ENTRY_END.finditer(text)]
        line = text.count("\n") + 1
        what = f"the feed breaks off; kept the {len(ends)} whole entries: save it again"
        document.complain(line, what)
        closing = "</channel></rss>" if root[1] == "rss" else f"</{root[1]}>"
        text = text[: ends[-1] if ends else 0] + closing
    try:
        entries, document.head = _entries(text)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
            ValueError) as error:  # fmt: skip
        document.complain(0, f"no feed that can be read ({type(error).__name__}); save it again")
        return document
    starts = [start.start() for start in _ENTRY.finditer(text)]
    line = place = 0
    for number, entry in enumerate(entries):
        if len(starts) == len(entries):
            line += text.count("\n", place, starts[number])
            place = starts[number]
        document.records.append(Record(line + 1, read(entry)))
    return document


@lru_cache(maxsize=1)
def _entries(text: str) -> tuple[list[Mapping[str, Any]], dict[str, object]]:
    # Costs a tenth of the start of a build, and few digests are feeds.
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  ships no types

    found = feedparser.parse(
        io.BytesIO(_WORD.sub(r"\1", text).encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,  # `markup.to_text` leaves no HTML to sanitise
    )
    # Plain dictionaries: feedparser's own answer for a missing field with another one.
    head = {name: value for name, value in found.feed.items() if name in ("title", "updated")}
    return [dict(entry.items()) for entry in found.entries], head


def common(entry: Mapping[str, Any]) -> dict[str, object]:
    """What any feed may say of an entry; what has no name in the schema goes by feedparser's."""
    names = [author.get("name") for author in entry.get("authors", ()) if "name" in author]
    authors = [to_text(str(name)) for name in names]  # arXiv's were links once
    skipped = {"content", "authors", "author", "author_detail", "links", "tags", "guidislink"}
    others = {
        name: value
        for name, value in entry.items()
        if isinstance(value, str) and name not in skipped
    }
    if others.get("link") == others.get("id") and not ask.address(others.get("link")):
        others.pop("link", None)  # feedparser makes one of any id
    published = entry.get("published") or entry.get("updated")
    return {
        **others,
        "authors": authors if len(authors) > 1 else "".join(authors),
        "keywords": [tag.get("term") for tag in entry.get("tags", ())],
        "published": None,
        "updated": None,
        "listed_on": published,
    }


def marked_up(entry: Mapping[str, Any]) -> dict[str, object]:
    """Title, abstract and links of a feed that may hold HTML: the fuller of summary and content."""
    texts = [entry.get("summary", ""), *(c.get("value", "") for c in entry.get("content", ()))]
    abstract, marked = max(((to_text(str(text)), str(text)) for text in texts), key=_length)
    title = to_text(str(entry.get("title", "")))
    return {"title": title, "summary": abstract, "links": links_in(marked)}


def _length(read: tuple[str, str]) -> int:
    return len(read[0])


def links_in(marked: str) -> list[dict[str, str]]:
    """The absolute links of some HTML, as records give them."""
    found = []
    for href, before, words in addresses(marked):
        if url := ask.address(href):
            kind = link_kind(url, words)
            kind = link_kind(url, f"{before} {words}") if kind == "other" else kind
            found.append({"kind": kind, "url": url})
    return found
