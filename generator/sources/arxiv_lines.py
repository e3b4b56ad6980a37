"""JSON Lines of daily arXiv collections: one paper a line, and no day but that of the file's name.

`summary` is the authors' abstract; what a machine made of it stands under `AI`.
"""

from __future__ import annotations

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record, read_json
from .files import SourceFile

NAME = "arxiv_lines"


def sniff(file: SourceFile) -> bool:
    """Whether records have arXiv's addresses and classes."""
    document = read_json(file.text)
    return document is not None and any(
        {"abs", "categories", "summary"} <= set(record.fields) for record in document.records
    )


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a collection, under the day in the file's name."""
    document = read_json(file.text)
    if document is None:
        return ()
    records = []
    for record in document.records:
        made = ask.mapping(record.fields.get("AI"))
        fields = {**record.fields, "summary_ai": made.get("tldr")} if made else record.fields
        records.append(Record(record.line, fields, record.head))
    return captures_of(NAME, file, Document(document.head, records, document.problems), report)
