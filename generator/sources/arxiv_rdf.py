"""arXiv's daily feed until January 2024, RSS 1.0 (`rdf:RDF`): what was announced on one day.

Texts and names are HTML, the id with its version and class ends the title, and the day is that of
the channel: the evening, in New York, of the announcement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import Report
from ..model import Capture
from . import feeds
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "arxiv_rdf"

_END = re.compile(r"\.? ?\(arXiv:(\S{9,30}) \[([\w.-]{2,20})\]( UPDATED| CROSS LISTED)?\)")
_TITLE_END = re.compile(rf"{_END.pattern}\s*(?:\]\]>)?</title>")
_ANNOUNCED = {None: "new", " UPDATED": "replace", " CROSS LISTED": "cross"}


def sniff(file: SourceFile) -> bool:
    """Whether titles of a feed end in ids as arXiv put them."""
    return feeds.is_feed(file.text) and _TITLE_END.search(file.text) is not None


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers announced, those without a day of their own under that of the channel."""
    found = feeds.read_feed(file.text, _fields)
    head = {"listed_on": found.head.get("updated")}
    records = [Record(record.line, record.fields, head) for record in found.records]
    return captures_of(NAME, file, Document(head, records, found.problems), report)


def _fields(entry: Mapping[str, Any]) -> Mapping[str, object]:
    fields = {**feeds.common(entry), **feeds.marked_up(entry)}
    title = ask.text(fields["title"])
    end = next((match for match in _END.finditer(title) if match.end() == len(title)), None)
    if end is None:
        return fields
    return {
        **fields,
        "title": title[: end.start()],
        "arxiv_id": end[1],
        "primary": end[2],
        "categories": fields.pop("keywords"),
        "announce": _ANNOUNCED[end[3]],
    }
