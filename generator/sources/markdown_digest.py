"""Digests in Markdown: newsletters, lists and tables of papers, as people and programs keep them.

A paper is a heading with its text below, an item of a list, a line of its own in bold type, or a
row of a table; `markdown_starts` says which of them are, and all else is none: sections, their
introductions, news. Days are those of headings, of the fields above a page, or of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..dates import MonthDay
from ..errors import Report, quote
from ..model import Capture
from . import text_capture
from . import untrusted as ask
from .days import captures_of, listed_when_published
from .documents import Document, Record
from .files import SourceFile
from .frames import is_farewell, is_framing, may_be_framing
from .markdown_blocks import Block, Page, is_marked, read_page
from .markdown_body import Body
from .markdown_inline import read_line
from .markdown_starts import Start, day_of, days_of, find_starts, lifted
from .markdown_tables import read_tables
from .paragraphs import abstractness
from .records import is_yaml

NAME = "markdown_digest"

MOST_PARAGRAPHS = 12
"""Paragraphs of a paper in a file that is read as Markdown: where there are more, somebody's text
happens to hold a line that looks like a title in Markdown."""

MOST_FRAMING = 2_000
"""Characters of a paragraph that may be about the newsletter, addresses included."""

_FEW_PARAGRAPHS = 8
"""Paragraphs outside of papers that any page may have."""


@dataclass(slots=True)
class _Digest:
    """What a file holds."""

    records: list[Record] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    label: str = ""
    """The only day that it names, where that has no year."""
    outside: int = 0
    """Paragraphs of no paper."""
    foreign: int = 0
    """Those of them that read like abstracts."""
    elsewhere: int = 0
    """What looks like a paper and leads to none."""
    inside: int = 0
    """Paragraphs of papers."""


def sniff(file: SourceFile) -> bool:
    """Whether a text is Markdown that holds papers, and is no page saved as text."""
    if not text_capture.sniff(file) or not is_marked(file.text) or is_yaml(file.text):
        return False
    if text_capture.has_header(file.text):
        return False
    found = _read(file.text)
    papers = len(found.records)
    return (
        papers > 0
        and found.outside <= _FEW_PARAGRAPHS + 2 * papers
        and found.foreign <= papers + found.elsewhere
        and found.inside <= MOST_PARAGRAPHS * papers
    )


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a digest, each under the day above it."""
    found = _read(file.text)
    # A table of many days says of each paper when it came out, and nothing else.
    records = listed_when_published(file, found.label, found.records)
    document = Document(records=records, problems=list(found.problems))
    return captures_of(NAME, file, document, report, label=found.label)


@lru_cache(maxsize=1)
def _read(text: str) -> _Digest:
    """What a text holds as Markdown; kept, as `sniff` and `parse` ask one after the other."""
    page = lifted(read_page(text))
    tables = {block.line: rows for block, rows in read_tables(page)}
    starts, elsewhere = find_starts(page, tables)
    found = _Reader(page)
    for at, block in enumerate(page.blocks):
        if start := starts.get(at):
            found.begin(block, start)
        elif block.line in tables:
            found.keep_rows(tables[block.line])
        else:
            found.go_on(block)
    digest = found.end()
    digest.elsewhere = len(elsewhere)
    if elsewhere:
        at, start = next(iter(elsewhere.items()))
        what = f"{quote(start.title)} leads to no paper ({len(elsewhere)} in this file do not)"
        digest.problems.append((page.blocks[at].line, f"{what}; left out: link the paper"))
    return digest


class _Reader:
    """Reads the blocks of a page in their order."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._found = _Digest()
        self._head: dict[str, object] = {}
        self._yearless: set[MonthDay] = set()
        self._body: Body | None = None
        self._start: Start | None = None
        self._first = Block("rule", 0, 0, "")
        self._ended = False
        if day := ask.day(page.front.get("date", "")):
            self._head = {"listed_on": day.isoformat()}

    def begin(self, block: Block, start: Start) -> None:
        """A paper begins."""
        self._ended = False
        self._close()
        self._start, self._first, self._body = start, block, Body(self._page.references)
        self._body.lead_to(start.url)
        behind = [start.rest] if start.rest.strip() else []
        if block.kind != "heading":
            behind += block.text.split("\n")[1:]
        self._body.begin(behind, marked_off=start.marked_off)

    def keep_rows(self, rows: Sequence[Record]) -> None:
        """A table of papers."""
        self._close()
        self._found.records += [Record(row.line, row.fields, self._head) for row in rows]

    def go_on(self, block: Block) -> None:
        """Anything else: it is a part of the paper before it, ends it, or stands between papers."""
        if block.kind == "text" and self._is_framing(block):
            return
        if self._body and self._belongs(block, self._body):
            if block.kind in ("heading", "item", "text"):
                self._body.take(block)
            self._found.inside += block.kind == "text"
            return
        self._close()
        if block.kind == "heading":
            self._take_days(days_of(block, self._page))
        elif block.kind == "text":
            self._found.outside += 1
            self._found.foreign += abstractness(block.text) > 0
            if not self._head and (day := day_of(block, self._page)):
                self._take_days([day])

    def _is_framing(self, block: Block) -> bool:
        """Whether a text is about the newsletter; behind its farewell all is."""
        if len(block.text) > MOST_FRAMING or not may_be_framing(block.text):
            return self._ended
        text = read_line(block.text, self._page.references).plain()
        self._ended |= is_farewell(text)
        return self._ended or is_framing(text)

    def _belongs(self, block: Block, body: Body) -> bool:
        """Whether a block is one of the paper before it."""
        described = bool(body.told or body.fields.get("abstract"))
        of_heading = self._first.kind == "heading"
        if block.kind == "heading":
            return of_heading and block.level > self._first.level
        if block.kind == "rule":
            return not described
        if self._first.kind != "item" or block.level > self._first.level or body.in_fold:
            return True
        # Below an item nothing that is not indented is a part of it, unless it has no text of its
        # own: who writes so forgot to indent.
        return block.kind != "item" and not described

    def _take_days(self, days: Sequence[MonthDay]) -> None:
        for day in days:
            if day.year is None:
                self._yearless.add(day)
            else:
                self._head = {"listed_on": day.iso}

    def _close(self) -> None:
        if self._body and self._start:
            record = self._body.record(self._start.title)
            self._found.records.append(Record(self._first.line, record, self._head))
        self._body = None

    def end(self) -> _Digest:
        """All that was found."""
        self._close()
        if not self._head and len(self._yearless) == 1:
            self._found.label = str(next(iter(self._yearless)))
        return self._found
