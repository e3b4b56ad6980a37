"""Text with a paper a line: reading lists and bibliographies, titles with their addresses.

What such a text holds `reading_list` reads: its patterns are many, and hardly a build needs them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import Report, quote
from ..model import Capture
from . import labels, text_capture
from . import untrusted as ask
from .days import captures_of
from .details import is_short
from .documents import Document, Record
from .files import SourceFile

if TYPE_CHECKING:
    from .reading_list import ListedPaper, ReadingList

NAME = "paper_lines"

LONGEST = 1_000
"""Characters of a line that may be a paper."""
_FEWEST = 2
HINT = re.compile(r"\b(?:(?:19|20)\d\d\b|arxiv|https?://|doi)| \| ", re.IGNORECASE)
"""What a line has that is a paper: a year, an address, an id, a bar between names."""


def sniff(file: SourceFile) -> bool:
    """Whether a text has several papers on lines of their own, and few lines that may be titles of
    others."""
    if not text_capture.sniff(file) or text_capture.has_header(file.text):
        return False
    found = _read(file.text)
    if found is None:
        return False
    papers = len(found.papers)
    yearless = sum(day.year is None for day in found.days)
    return (
        papers >= _FEWEST
        and len(found.others) <= papers
        and found.texts <= papers // 2
        and (yearless == 0 or len(found.days) == 1)
    )


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a list, each under the day above it."""
    found = _read(file.text)
    if found is None:
        return ()
    document = Document()
    for paper in found.papers:
        day = paper.day
        head = {"listed_on": day.iso} if day and day.year else {}
        document.records.append(Record(paper.line, _fields(paper), head))
    if found.others:
        line, text = found.others[0]
        what = f"{quote(text)} is no paper ({len(found.others)} such lines in this file)"
        document.problems.append((line, f"{what}; left out"))
    label = next((str(day) for day in found.days if day.year is None), "")
    return captures_of(NAME, file, document, report, label=label)


def _fields(paper: ListedPaper) -> dict[str, object]:
    links = dict.fromkeys([*paper.said.links, *paper.links])
    addresses = [link for link in links if ask.address(link)]
    ids = [link for link in links if ask.arxiv_id(link)]
    short = [read for text in paper.texts if (read := labels.read_label(text))]
    fields: dict[str, object] = {
        "summary_ai": next((label.value for label in short if label.field == "tldr"), None),
        "title": paper.said.title,
        "authors": paper.said.authors or paper.authors,
        "abstract": "\n".join(text for text in paper.texts if not is_short(text)),
        "arxiv_id": next(iter(ids), None),
        "links": [{"kind": labels.kind_of(url, "", ""), "url": url} for url in addresses],
    }
    return labels.tidied({name: value for name, value in fields.items() if value})


@lru_cache(maxsize=1)
def _read(text: str) -> ReadingList | None:
    """The papers of a text; kept, as `sniff` and `parse` ask one after the other."""
    told = sum(len(row) <= LONGEST and HINT.search(row) is not None for row in text.split("\n"))
    if told < _FEWEST:
        return None
    from .reading_list import read_list  # noqa: PLC0415  see above

    return read_list(text)
