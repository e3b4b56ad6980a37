"""A page of Hugging Face's daily papers saved as HTML: of a day, a week, a month, or what trends.

The page carries its papers as JSON in an attribute, `data-props`, in the shape of the API: far more
than its visible text. A page of one day names it, and it counts for all papers on it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .daily_papers import DRIFT, flat, is_daily
from .days import captures_of
from .documents import Document, Record, read_json
from .files import SourceFile

NAME = "hf_page"

# A page that broke off may end inside the attribute.
_PROPS = re.compile(r"\bdata-props=(?:\"([^\"]*)|'([^']*))")


def sniff(file: SourceFile) -> bool:
    """Whether this is HTML whose data hold daily papers."""
    return file.text.lstrip().startswith("<") and any(True for _ in _lists(file.text))


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a page, each once however often the page shows it."""
    whole = Document()
    for found in _lists(file.text):
        period = ask.text(found.head.get("periodType")) or "day"
        day = ask.text(found.head.get("dateString")) if period == "day" else ""
        whole.records += flat(found, "" if found.head.get("isTrending") is True else day).records
        whole.problems += found.problems
    return captures_of(NAME, file, whole, report, DRIFT)


def _lists(text: str) -> Iterator[Document]:
    """Every list of daily papers in a page, its lines those of the page."""
    line, counted = 1, 0
    for found in _PROPS.finditer(text):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        if "paper" not in (found[1] or found[2] or ""):
            continue
        document = read_json(html.unescape(found[1] or found[2]))
        if document and is_daily(document):
            records = [Record(line, r.fields, r.head) for r in document.records]
            yield Document(document.head, records, [(line, what) for _, what in document.problems])
