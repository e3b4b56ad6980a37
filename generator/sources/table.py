"""Tables as CSV or TSV: every cell is text, even `=1+1` and `2401.12340`.

A header row names the columns. Without one, as where rows were copied out of a spreadsheet, tabs
part the cells, and what stands in a column says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ..datelines import days_within
from ..errors import Report
from ..model import Capture
from . import labels
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
_SAID = re.compile(r"\n*+(?:\"?sep=.\"?[ ]*\n)?+\n*+")
_ONE_CELL = re.compile(r"[,;\t| \"]*[^,;\t|]{0,100}[,;\t| \"]*")
_MOST_ABOVE = 10
"""Rows above a header among which nothing but a heading stands."""
_LONGEST_ABOVE = 2_000
_LONGEST_NAME = 40
_TITLE = frozenset(map(fold, ("title", *NAMES["title"])))
_TITLES = ("name", "work", "papername", "articletitle", "article", "paper", "papers", "publication")
"""What titles may be called where no column has that name, before others what leads nowhere."""
_ANYBODYS = frozenset(map(fold, ("url", *NAMES["url"])))
_PAPER = re.compile(r"arxiv\.org/|doi\.org/10\.|openreview\.net/|huggingface\.co/papers/")
_HEAD = 100_000
"""Characters at the top that are looked at."""
_MOST_ROWS = 50
_DAYS = frozenset("datum data fecha дата 日期 日付 날짜 listedat".split())
"""Days as other languages call them, which is that of the digest as `date` is."""
_SCHEMA = frozenset(fold(name) for field, names in NAMES.items() for name in (field, *names))
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
    text = file.text[_start(file.text) :]
    skipped = file.text.count("\n", 0, len(file.text) - len(text))
    document = Document()

    def complain(line: int, what: str) -> None:
        document.complain(line + skipped, what)

    header: Sequence[str]
    header, headed = ([], False) if _delimiter(file.text) else columns_of(file.text)
    told = columns_of(file.text).names if delimiter == "\t" else ()
    for line, row in read_rows(text, delimiter, complain):
        if headed:
            headed = False
        elif not header:
            header = _completed(_names(row), told)
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
    label = _label(file.text[: len(file.text) - len(text)])
    return captures_of(NAME, file, document, report, label=label)


def _delimiter(text: str) -> str | None:
    """What parts the columns; `None` where the first line is no header of ours."""
    text = text[_start(text) :]
    header = text.split("\n", 1)[0][:10_000]
    if "|" in header and _IN_MARKDOWN.match(text):
        return None
    if header.lstrip()[:1] in ("{", "["):  # JSON, whose texts may lack letters
        return None
    delimiter = next((part for part in _DELIMITERS if _header(header.split(part))), None)
    if delimiter is None or _says_papers(header.split(delimiter)) or _PAPER.search(text[:_HEAD]):
        return delimiter
    return None


def _start(text: str) -> int:
    """Where the header stands: below blank lines, what spreadsheets say of their delimiter, and
    rows of at most one cell."""
    said = _SAID.match(text)
    start = at = said.end() if said else 0
    for _ in range(_MOST_ABOVE):
        row = text[at : at + _LONGEST_ABOVE].split("\n", 1)[0]
        if not _ONE_CELL.fullmatch(row):
            return at if at > start and _is_header(row) else start
        at += len(row) + 1
    return start


def _is_header(row: str) -> bool:
    return any(_header(row.split(part)) for part in _DELIMITERS)


def _label(text: str) -> str:
    """The day that the rows above a header name."""
    named = (
        days_within(text.replace(",", " ").strip(' \t\n;|"')) if len(text) < _LONGEST_ABOVE else []
    )
    return str(named[0]) if len(named) == 1 else ""


def _header(row: list[str]) -> list[str]:
    """The names of a row that names a title and what tells of a paper; else none."""
    names = _names(row)
    folded = {fold(name) for name in names if len(name) <= _LONGEST_NAME}
    return names if folded & _TITLE and folded & _TELLING else []


def _completed(header: list[str], told: Sequence[str]) -> list[str]:
    """The names of columns; one that we do not know is what its cells show."""
    if len(told) != len(header):
        return header
    return [
        shown if fold(name) not in _SCHEMA and shown in _SCHEMA - set(map(fold, header)) else name
        for name, shown in zip(header, told, strict=True)
    ]


def columns_named(text: str) -> list[str]:
    """The columns of a table that is none of papers, as its first row names them; none where a text
    is no table. Each row has as many cells, and no space is behind what parts the names.

    >>> columns_named("Name,Age\\nAnn,1\\nBo,2"), columns_named("Slow, Slower Nets\\nWe, too.")
    (['Name', 'Age'], [])
    """
    text = text[_start(text) :]
    header = text.split("\n", 1)[0]
    if len(header) > _HEAD or "|" in header:
        return []
    for delimiter in ",\t;":
        names = _bare(header.split(delimiter)) if delimiter in header else []
        worded = all(name[:1].isalpha() and len(name) <= _LONGEST_NAME for name in names)
        if not names or not worded or f"{delimiter} " in header or len(set(names)) < len(names):
            continue
        rows = list(islice(read_rows(text[:_HEAD], delimiter, lambda *_: None), _MOST_ROWS))
        if len(rows) > 1 and all(len(row) == len(names) for _, row in rows[: len(rows) - 1]):
            return names
    return []


def _says_papers(header: list[str]) -> bool:
    """Whether a header is none of any other list, of names and addresses."""
    words = {fold(name) for name in _bare(header) if len(name) <= _LONGEST_NAME}
    names = set(map(fold, _names(header)))
    return words.isdisjoint(_TITLES[:2]) or bool(names & (_TELLING - _ANYBODYS))


def _names(row: list[str]) -> list[str]:
    """The names of columns, in the words of the schema where they are known in others."""
    names = _bare(row)
    known = [_known(name) for name in names]
    if "title" not in known:
        folded = [fold(name) if len(name) <= _LONGEST_NAME else "" for name in names]
        if title := next((name for name in _TITLES if name in folded), ""):
            known[folded.index(title)] = "title"
    first = {meant: at for at, meant in reversed(list(enumerate(known)))}
    return [name if first[known[at]] < at else known[at] for at, name in enumerate(names)]


def _bare(row: Sequence[str]) -> list[str]:
    return [name.strip(' "\ufeff') for name in row]


def _known(name: str) -> str:
    """What a column may be meant to hold: as the schema calls it, else as people label it."""
    folded = fold(name) if len(name) <= _LONGEST_NAME else ""
    if not folded or folded in _SCHEMA:
        return name
    return "date" if folded in _DAYS else labels.field_of(name) or name
