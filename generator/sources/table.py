"""Tables as CSV or TSV: every cell is text, even `=1+1` and `2401.12340`.

A header row names the columns. Without one, as where rows were copied out of a spreadsheet, tabs
part the cells, and what stands in a column says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..errors import Report
from ..model import Capture
from .cells import read_rows
from .columns import columns_of
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile
from .schema import NAMES, fold

NAME = "table"

_DELIMITERS = ",\t;|"
_IN_MARKDOWN = re.compile(r"[^\n]*\n[ \t]*\|?[ \t]*:?-[|: \t-]*(?:\n|\Z)")
"""The line of dashes below the header of a table in Markdown, which others read."""
_LONGEST_NAME = 100
_TITLE = frozenset(map(fold, ("title", *NAMES["title"])))
_TELLING = frozenset(
    fold(name)
    for field in ("abstract", "arxiv_id", "authors", "url", "abs", "pdf", "doi")
    for name in (field, *NAMES[field])
) - {"id"}
"""What a table of papers has beside titles; any table may have the others."""


def sniff(file: SourceFile) -> bool:
    """Whether the first line names a title and what tells of a paper among its columns, or rows
    are parted by tabs and have both."""
    return _delimiter(file.text) is not None or bool(columns_of(file.text).names)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a table, one a row."""
    delimiter = _delimiter(file.text) or "\t"
    text = file.text.lstrip("\n")
    skipped = len(file.text) - len(text)
    document = Document()

    def complain(line: int, what: str) -> None:
        document.complain(line + skipped, what)

    header: Sequence[str]
    header, headed = ([], False) if _delimiter(file.text) else columns_of(file.text)
    for line, row in read_rows(text, delimiter, complain):
        if headed:
            headed = False
        elif not header:
            header = _names(row)
        elif again := _header(row):
            # Tables were put one behind the other, maybe with their columns in another order.
            complain(line, "column names once more; left out: remove the line")
            header = again
        elif any(cell.strip() for cell in row):
            if len(row) > len(header):
                what = f"{len(row)} cells below {len(header)} column names; the last are left out"
                complain(line, what)
            fields = dict(zip(header, row, strict=False))
            document.records.append(Record(line + skipped, fields))
    return captures_of(NAME, file, document, report)


def _delimiter(text: str) -> str | None:
    """What parts the columns; `None` where the first line is no header of ours."""
    text = text.lstrip("\n")
    header = text.split("\n", 1)[0][:10_000]
    if "|" in header and _IN_MARKDOWN.match(text):
        return None
    return next((part for part in _DELIMITERS if _header(header.split(part))), None)


def _header(row: list[str]) -> list[str]:
    """The names of a row that names a title and what tells of a paper; else none."""
    names = _names(row)
    folded = {fold(name) for name in names if len(name) <= _LONGEST_NAME}
    return names if folded & _TITLE and folded & _TELLING else []


def _names(row: list[str]) -> list[str]:
    return [name.strip(' "\ufeff') for name in row]
