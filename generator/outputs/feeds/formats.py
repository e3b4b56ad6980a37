"""The formats in which every feed exists."""

from __future__ import annotations

from .atom import ATOM
from .document import Archive, FeedFormat
from .jsonfeed import JSON
from .rss import RSS

_ATOM_ARCHIVE = Archive("Atom", "xml", "atom.xml", ATOM)
_JSON_ARCHIVE = Archive("JSON Feed", "json", "feed.json", JSON)

FORMATS = (
    # Its archive is in Atom: the links are those of RFC 5005, appendix B, and ids are the same.
    FeedFormat("RSS", "rss.xml", RSS.mime, RSS, _ATOM_ARCHIVE, looked_for=True),
    FeedFormat("Atom", "atom.xml", ATOM.mime, ATOM, _ATOM_ARCHIVE, looked_for=True),
    FeedFormat("JSON Feed", "feed.json", JSON.mime, JSON, _JSON_ARCHIVE, looked_for=False),
)

ARCHIVES = tuple(dict.fromkeys(fmt.archive for fmt in FORMATS))
