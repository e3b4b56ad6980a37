"""arXiv's own pages copied as text: what is new, recent listings, results of a search, a paper.

In a listing each paper begins with a line of its id and what it can be read as, `[3]
arXiv:2401.12340 (cross-list from cs.LG) [pdf, html, other]`; on the page of a paper, with the line
that says when it was submitted. Title, authors, remarks and subjects follow on lines of their own,
most of them behind a label; the abstract may have one or not. Nothing of the page around them is
one of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..dates import named_days
from ..errors import Report
from ..model import Capture
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile
from .labels import OTHERS
from .markdown_inline import read_line

NAME = "arxiv_page"

_START = re.compile(
    r"[ \t]{0,40}(?:\[?\d{1,5}[\].][ \t]{0,40})?arXiv:(?P<id>[\w.-]{2,20}(?:/\d{7})?(?:v\d{1,2})?)"
    r"[ \t]{0,40}(?P<kind>\((?:cross-list(?:ed)? from [^()\n]{2,40}|replaced)\))?"
    r"[ \t]{0,40}\[(?:[ \t,]|pdf|ps|html|other|format)+\]"
    r"(?P<classes>(?:[ \t]+[a-z-]+(?:\.[A-Za-z-]+)?)*)[ \t]*",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    r"[ \t]*\[submitted on (?P<day>\d{1,2} \w{3,9} \d{4})[^\[\]\n]{0,200}\][ \t]*", re.IGNORECASE
)
_LABEL = re.compile(
    r"[ \t]*(?P<name>titles?|authors?|comments?|subjects?|abstract|journal[ -]ref(?:erence)?|doi"
    r"|related doi|report(?:[ -]no|[ ]number)|(?:msc|acm)[ -]class(?:es)?|cite as|submitted)"
    r"(?::|(?<=submitted)(?=[ \t]\d))[ \t]*(?P<value>.*)",
    re.IGNORECASE,
)
_FIELD = {
    "title": "title", "titles": "title", "author": "authors", "authors": "authors",
    "comment": "comment", "comments": "comment", "subject": "subjects", "subjects": "subjects",
    "abstract": "abstract", "doi": "doi", "cite as": "cited",
}  # fmt: skip
_CLASS = re.compile(r"\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)")
_CITED = re.compile(r"arXiv:([\w./-]{5,30})", re.IGNORECASE)
# Headings of a listing, and what stands below its last paper or between the parts of a page.
_AROUND = re.compile(
    r"(?:total of|showing (?:up to|new listings))\b.*|.*\(.{0,40}\bshowing (?:first )?\d.*"
    r"|(?:new|cross(?:-list)?|replacement) submissions.*|cross-lists.*|replacements.*"
    r"|submission history|bibliographic tools.*|access paper:?|full-text links:?"
    r"|about|help|contact|subscribe|copyright",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"view a pdf of the paper titled .*|view pdf|html \(experimental\)|tex source|other formats"
    r"|\(or .{0,60} for this version\)|https?://\S+|focus to learn more"
    r"|arxiv-issued doi via .*|.{0,3}(?:more|less)|originally announced .*",
    re.IGNORECASE,
)
_FOLD = re.compile(r"[ ]?[▽△][ ]?(?:more|less)$", re.IGNORECASE)
_LONGEST_HEADING = 200
_NEAR = 12
"""Lines below the first of a paper among which a label is looked for."""


def sniff(file: SourceFile) -> bool:
    """Whether most papers begin as on one of arXiv's pages, and have labels as there."""
    if "rXiv" not in file.text:
        return False
    lines = _lines(file.text)
    starts = _starts(lines)
    told = sum(_is_told(lines[start + 1 : start + _NEAR]) for start in starts)
    return 2 * told > len(starts)


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a page, each under the day that the listing states above it."""
    lines = _lines(file.text)
    starts = _starts(lines)
    document = Document()
    day = _day(lines[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = next((at for at in range(start + 1, end) if _is_around(lines[at])), end)
        fields = _fields(lines[start:last])
        head = {"listed_on": day} if day else {}
        document.records.append(Record(start + 1, fields, head))
        day = _day(lines[last:end]) or day
    return captures_of(NAME, file, document, report)


def _lines(text: str) -> list[str]:
    """The lines of a page; of one that was saved as Markdown without its links."""
    lines = text.split("\n")
    if "[pdf](" not in text or "Subjects:" not in text:
        return lines
    return [read_line(line).plain() if "](" in line else line for line in lines]


def _is_told(lines: Sequence[str]) -> bool:
    """Whether a title comes next, behind its label or above that of something else."""
    below = [line for line in lines if line.strip()]
    labels = [_LABEL.match(line) for line in below]
    named = {label["name"].lower() for label in labels if label}
    return bool(below) and (
        "title" in named or ((labels[0] is None) and bool(named & {"authors", "subjects"}))
    )


def _starts(lines: Sequence[str]) -> list[int]:
    """The lines that a paper begins with."""
    return [
        at
        for at, line in enumerate(lines)
        if ("[" in line and "rX" in line and _START.fullmatch(line))
        or ("ubmitted on" in line and _SUBMITTED.fullmatch(line))
    ]


def _is_around(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and _AROUND.fullmatch(line.strip()) is not None


def _day(lines: Sequence[str]) -> str:
    """The last day that headings of a listing state; empty where none does."""
    for line in reversed(lines):
        if _is_around(line) and (day := _day_of(line)):
            return day
    return ""


def _fields(lines: Sequence[str]) -> dict[str, object]:
    """What is said of a paper from its first line on."""
    start, submitted = _START.fullmatch(lines[0]), _SUBMITTED.fullmatch(lines[0])
    said = _said(lines[1:])
    fields: dict[str, object] = {
        field: "\n".join(values)
        for field, values in said.items()
        if field not in ("subjects", "cited", "other")
    }
    if isinstance(names := fields.get("authors"), str):
        fields["authors"] = OTHERS.sub("", names)
    classes = _CLASS.findall(" ".join(said.get("subjects", ())))
    if start:
        fields["arxiv_id"] = start["id"]
        searched = start["classes"].split()
        if not searched:
            fields["announce"] = _kind(start["kind"] or "")
        classes = classes or searched
    elif cited := _CITED.search(" ".join(said.get("cited", ()))):
        fields["arxiv_id"] = cited[1]
    if submitted:
        fields["published"] = _day_of(submitted["day"])
    if classes:
        fields |= {"primary": classes[0], "categories": classes}
    return fields


def _said(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each field: without a label first the title, then names, then the abstract."""
    said: dict[str, list[str]] = {}
    name = ""
    for raw in lines:
        line = raw.strip()
        if not line or _ASIDE.fullmatch(line):
            continue
        folded = _FOLD.search(line) is not None
        if label := _LABEL.match(line):
            name = _FIELD.get(label["name"].lower(), "other")
            line = label["value"].strip()
        elif not said.get("title"):
            name = "title"
        elif not said.get("authors"):
            name = "authors"
        elif name != "authors" or not said[name][-1].endswith(","):  # else names are wrapped
            name = "abstract"
            if folded:  # a search shows its beginning, and below that the whole
                said.pop(name, None)
        if line := _FOLD.sub("", line):
            said.setdefault(name, []).append(line)
    return said


def _kind(written: str) -> str:
    return "cross" if "cross" in written else "replace" if written else "new"


def _day_of(written: str) -> str:
    return next((day.iso for day in named_days(written) if day.year), "")
