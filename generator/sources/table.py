"""Tables with a header row, as CSV or TSV: every cell is text, even `=1+1` and `2401.12340`."""

from __future__ import annotations

import csv
import io

from ..errors import Report
from ..model import Capture
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile
from .schema import NAMES, fold

NAME = "table"

_DELIMITERS = ",\t;|"
_TITLE = frozenset(map(fold, ("title", *NAMES["title"])))
_ABSTRACT = frozenset(map(fold, ("abstract", *NAMES["abstract"])))


def sniff(file: SourceFile) -> bool:
    """Whether the first line names a title and an abstract among its columns."""
    return _delimiter(file.text) is not None


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a table, one a row."""
    delimiter = _delimiter(file.text) or ","
    reader = csv.reader(io.StringIO(file.text.lstrip("\n"), newline=""), delimiter=delimiter)
    skipped = len(file.text) - len(file.text.lstrip("\n"))
    document = Document()
    header: list[str] = []
    line = 1
    try:
        for row in reader:
            if not header:
                header = row
            elif any(cell.strip() for cell in row):
                if len(row) > len(header):
                    what = (
                        f"{len(row)} cells below {len(header)} column names; the last are left out"
                    )
                    document.complain(line + skipped, what)
                fields = dict(zip(header, row, strict=False))
                document.records.append(Record(line + skipped, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        document.complain(
            line + skipped, f"the table breaks off here ({error}); look for a quote too many"
        )
    return captures_of(NAME, file, document, report)


def _delimiter(text: str) -> str | None:
    """What parts the columns; `None` where the first line is no header of ours."""
    header = text.lstrip("\n").split("\n", 1)[0][:10_000]
    for delimiter in _DELIMITERS:
        names = {fold(name.strip().strip('"')) for name in header.split(delimiter)}
        if names & _TITLE and names & _ABSTRACT:
            return delimiter
    return None
