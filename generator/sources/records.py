"""JSON, JSON Lines and YAML by the schema that the README documents: for whoever has other data.

`to_lines` writes a capture in this form; reading it back gives the same papers.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime

from ..errors import Report
from ..model import Capture, visible
from .days import captures_of
from .documents import LISTS, Document, read_json
from .files import SourceFile
from .schema import NAMES, fold, has_title
from .table import columns_named
from .yaml_records import read_yaml

NAME = "records"

_TITLE = frozenset(map(fold, ("title", *NAMES["title"])))
_ABSTRACT = frozenset(map(fold, ("abstract", *NAMES["abstract"])))
_YAML = re.compile(
    rf"""(?:^|\n)(?:{"|".join(LISTS)})[ ]*:[ ]*\n+[ ]*-[ ]   # papers:, and a list below it
    |\A\s*(?:(?:---|[\#%])[^\n]*\n\s*)*                  # or, after remarks and marks,
    (?:["']?\d{{4}}-\d\d-\d\d["']?[ ]*:[ ]*\n+[ ]*)?        # maybe below a day,
    -\s+["']?\w+["']?[ ]*:[ ]""",  #                        a list of fields
    re.VERBOSE,
)

_HEADING = re.compile(r"^#{1,6}[ ]", re.MULTILINE)
_TITLED = re.compile(
    r"^[ ]*(?:-[ ]+)?[\"']?(?:\w*title|name)[\"']?[ ]*:", re.MULTILINE | re.IGNORECASE
)

_SHOWN = 8
"""Names of fields that a message has room for."""

_FIELDS = re.compile(r"""[\s\ufeff]*(?:\[[\s\ufeff]*\{\s*["']|\{\s*")""")
_PARTED = re.compile(r"^---(?=\s)", re.MULTILINE)
# A field, a remark, what goes on with a field, or nothing.
_YAML_LINE = re.compile(r"""["']?(\w[\w -]*)["']?[ ]*:(?:\s.*)?|(?:[#\s].*)?""")


def sniff(file: SourceFile) -> bool:
    """Whether this is JSON or YAML whose records have titles, or JSON whose records are broken."""
    document = read_json(file.text)
    if document is None:
        return is_yaml(file.text) or _is_one_object(file.text[:4096])
    if not document.records:
        return bool(document.problems) and _FIELDS.match(file.text) is not None
    return any(has_title(record.fields) for record in document.records)


def is_yaml(text: str) -> bool:
    """Whether a text begins as a list of records in YAML does."""
    head = text[:4096]
    # What is a heading in Markdown is a remark in YAML: a list of fields has titles.
    marked = _HEADING.search(head) is not None and not _TITLED.search(head)
    return _YAML.search(head) is not None and not marked


def why_unknown(file: SourceFile) -> str:
    """What a file that no format takes is, as far as its fields tell: a title by another name is a
    slip, and its name is what has to be mended."""
    if columns := columns_named(file.text):
        named = ", ".join(columns[:_SHOWN])
        return f"a table, but no column tells of papers; its columns are {visible(named[:200])}"
    document = read_json(file.text)
    if document is None or not document.records:
        return "no digest in a known format"
    names = ", ".join(list(map(str, document.records[0].fields))[:_SHOWN]) or "none"
    return f"JSON, but no record has a `title`; the fields of the first are {visible(names[:200])}"


def _is_one_object(head: str) -> bool:
    """Whether a text begins with a record in YAML that is no item of a list.

    A saved page may begin with `Title: …`, too: only where every line is a field or goes on with
    one, and no field comes twice, is it YAML.
    """
    first, *others = [part for part in _PARTED.split(head) if part.strip()] or [""]
    lines = [_YAML_LINE.fullmatch(line) for line in first.strip("\n").split("\n")]
    names = [fold(line[1]) for line in lines if line and line[1]]
    described = _ABSTRACT & set(names) or (others and _TITLE & {fold(others[0].split(":")[0])})
    return bool(
        None not in lines and _TITLE & set(names) and len(names) == len(set(names)) and described
    )


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
