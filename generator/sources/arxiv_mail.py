r"""arXiv's daily mail: what was announced in the classes that somebody has subscribed to.

Rules of dashes part the papers, and each stands between lines that begin with `\\`: its id and
fields, then its abstract. All these begin in the first column; what goes on with a field, and every
line of an abstract, is indented, so no text can pass for a mark. Texts are TeX, hard-wrapped. The
mail states until when its papers came in, and so on which day they were announced. Revisions come
without abstract at its end; they list nothing that is new, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from ..announced import announced
from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "arxiv_mail"

_START = re.compile(
    r"^\\\\[ ]*\n(?:arXiv:[ ]*|Paper(?P<paper_cross>[ ]\(\*cross-listing\*\))?:[ ]*)"
    r"(?P<id>\S{7,60})(?P<cross>[ ]*\(\*cross-listing\*\))?",
    re.MULTILINE,
)
_RECEIVED = re.compile(
    r"^[ ]*received from[ ].{10,60}?[ ]to[ ]+((?:\w{3},?[ ]+)?\d{1,2}[ ]+\w{3}[ ]+\d{2,4}[ ]+"
    r"\d\d:\d\d(?::\d\d)?)",
    re.MULTILINE,
)
# Between papers dashes, before revisions and cross-lists and at the end dashes and percent signs.
_RULE = re.compile(r"[%-]{12,}[ ]*")
_FIELD = re.compile(r"([A-Za-z][\w-]{1,30})(?:[ ]\([^()]{1,20}\))?:[ ]?(.*)")
_REVISED = "replaced with "


def sniff(file: SourceFile) -> bool:
    """Whether a paper begins with its id as in arXiv's mail."""
    return _START.search(file.text) is not None


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers announced, those that other classes list as well among them."""
    document = Document()
    text = file.text
    mails = [(found.start(), _announced(found[1])) for found in _RECEIVED.finditer(text)]
    starts = list(_START.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    line, place, mail, revisions = 1, 0, -1, 0
    for start, end in zip(starts, ends, strict=True):
        line, place = line + text.count("\n", place, start.start()), start.start()
        while mail + 1 < len(mails) and mails[mail + 1][0] < place:
            mail += 1
        fields = _fields(text[start.end() : end].split("\n"))
        if "revised" in fields:
            revisions += 1
            continue
        fields["announce"] = "cross" if start["cross"] or start["paper_cross"] else "new"
        head = {"listed_on": mails[mail][1]} if mail >= 0 else {}
        document.records.append(Record(line, {"arxiv_id": start["id"], **fields}, head))
    if revisions and not document.records:
        what = f"only revisions ({revisions}), which no mail gives abstracts; left out"
        document.complain(1, what)
    return captures_of(NAME, file, document, report)


def _announced(until: str) -> str:
    """The day of the announcement of what came in until a time; empty where there is no such time.

    >>> _announced("Wed 12 Mar 25 18:00:00"), _announced("31 Feb 2025 18:00:00")
    ('2025-03-13', '')
    """
    moment = ask.moment(f"{until} GMT")
    return announced(moment - timedelta(seconds=1)).isoformat() if moment else ""


def _fields(lines: Sequence[str]) -> dict[str, object]:
    """What is said of a paper from behind its id on, up to the rule after it."""
    fields: dict[str, list[str]] = {}
    held: list[str] = []
    marks = 0
    for line in lines[1:]:
        if line.startswith(r"\\"):
            marks += 1
            held = fields.setdefault("abstract", [])
            if marks == 2 or line[2:].strip():
                break  # behind the mark stands the address, which says no more than the id
        elif _RULE.fullmatch(line):
            break
        elif not marks and line.startswith(_REVISED):
            fields["revised"] = [line]
        elif not marks and (named := _FIELD.fullmatch(line)):
            held = [named[2]]
            fields.setdefault(named[1].lower(), held)
        else:
            held.append(line)
    found: dict[str, object] = {name: "\n".join(lines) for name, lines in fields.items()}
    found.pop("from", None)  # an address of mail
    if isinstance(date := found.pop("date", None), str):
        found["published"] = date.partition("(")[0]
    if isinstance(classes := found.get("categories"), str) and classes.strip():
        found["primary"] = classes.split()[0]
    return found
