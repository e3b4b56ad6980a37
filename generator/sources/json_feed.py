"""A JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record, read_json
from .feeds import links_in
from .files import SourceFile
from .markup import to_text

NAME = "json_feed"


def sniff(file: SourceFile) -> bool:
    """Whether the version is that of a JSON Feed."""
    document = read_json(file.text)
    version = ask.text(document.head.get("version")) if document else ""
    return "jsonfeed.org/version/" in version


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The items of a feed, each under the day it was published on."""
    document = read_json(file.text)
    if document is None:
        return ()
    records = [Record(record.line, _fields(record.fields)) for record in document.records]
    return captures_of(NAME, file, Document({}, records, document.problems), report)


def _fields(item: Mapping[str, object]) -> Mapping[str, object]:
    fields = dict(item)
    published, modified = fields.pop("date_published", None), fields.pop("date_modified", None)
    marked = ask.text(fields.pop("content_html", None))
    plain = fields.pop("content_text", None)
    url = fields.get("external_url") or fields.get("url")
    return {
        **fields,
        "abstract": plain or to_text(marked) or fields.pop("summary", None),
        "listed_on": published or modified,
        "url": url,
        "links": links_in(marked),
    }
