"""JSON, JSON Lines and YAML by the schema that the README documents: for whoever has other data.

`to_lines` writes a capture in this form; reading it back gives the same papers.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime

from ..errors import Report
from ..model import Capture
from .days import captures_of
from .documents import LISTS, Document, read_json, read_yaml
from .files import SourceFile
from .schema import NAMES, fold

NAME = "records"

_TITLE = frozenset(map(fold, ("title", *NAMES["title"])))
_YAML = re.compile(
    rf"""(?:^|\n)(?:{"|".join(LISTS)})[ ]*:[ ]*\n+[ ]*-[ ]   # papers:, and a list below it
    |\A\s*(?:---[^\n]*\n\s*)?(?:\#[^\n]*\n\s*)*          # or, after remarks,
    -\s+["']?\w+["']?[ ]*:[ ]""",  #                        a list of fields
    re.VERBOSE,
)


def sniff(file: SourceFile) -> bool:
    """Whether this is JSON or YAML whose records have titles."""
    document = read_json(file.text)
    if document is None:
        return _YAML.search(file.text[:4096]) is not None
    return any(fold(str(name)) in _TITLE for record in document.records for name in record.fields)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a file, each under the day it names, or its list, or the file's name."""
    document: Document = read_json(file.text) or read_yaml(file.text)
    return captures_of(NAME, file, document, report)


def to_lines(capture: Capture, day: date | None) -> str:
    """A capture in this format, as JSON Lines."""
    lines = []
    for item in capture.items:
        fields = asdict(item)
        signals = fields.pop("signals") or {}
        del fields["line"]
        fields = {"listed_on": day, **fields, **signals}
        kept = {name: value for name, value in fields.items() if value not in (None, "", (), {})}
        lines.append(json.dumps(kept, ensure_ascii=False, default=_plain))
    return "\n".join(lines) + "\n"


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
