"""arXiv's daily feeds, RSS 2.0 and Atom (`rss.arxiv.org`): what was announced on one day.

Texts are TeX and no HTML. The abstract follows a line of its own; all authors stand in one
`dc:creator`; the date of an entry is the midnight, in New York, of its announcement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import Report
from ..model import Capture
from . import feeds
from .days import captures_of
from .files import SourceFile

NAME = "arxiv_feed"

_PREFIX = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*")


def sniff(file: SourceFile) -> bool:
    """Whether a feed announces arXiv papers."""
    return feeds.is_feed(file.text) and "<arxiv:announce_type" in file.text


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers announced, replacements and cross-lists too, each with what kind it is."""
    return captures_of(NAME, file, feeds.read_feed(file.text, _fields), report)


def _fields(entry: Mapping[str, Any]) -> Mapping[str, object]:
    fields = feeds.common(entry)
    return {
        **fields,
        "summary": _abstract(str(entry.get("summary", ""))),
        "categories": fields.pop("keywords"),
        "announce": fields.pop("arxiv_announce_type", None),
        "doi": fields.pop("arxiv_doi", None),
    }


def _abstract(summary: str) -> str:
    """A summary without the line before the abstract.

    >>> _abstract("arXiv:2406.00001v1 Announce Type: new \\nAbstract: We study graphs.")
    'We study graphs.'
    """
    prefix = _PREFIX.match(summary)
    return summary[prefix.end() :] if prefix else summary
