"""Any other RSS or Atom feed: an item a paper, the day it was published the day it was listed."""

from __future__ import annotations

from ..errors import Report
from ..model import Capture
from . import feeds
from .days import captures_of
from .files import SourceFile

NAME = "web_feed"


def sniff(file: SourceFile) -> bool:
    """Whether this is RSS or Atom."""
    return feeds.is_feed(file.text)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The items of a feed; their HTML becomes text."""
    document = feeds.read_feed(
        file.text, lambda entry: {**feeds.common(entry), **feeds.marked_up(entry)}
    )
    return captures_of(NAME, file, document, report)
