"""One file per input format: one file of input becomes its captures, strings untouched.

A source is a module with `NAME`, `sniff(file) -> bool` and
`parse(file, report) -> tuple[Capture, ...]`, one capture a listed day. The first whose `sniff`
agrees reads the file; adding one is one file and one line in `SOURCES`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol, overload

from ..bounds import BOUNDS, Bounds, bound_papers
from ..digests import find_files, stamp_of_file
from ..errors import Report
from ..kept import NOTHING, Kept
from ..keys import paper_key
from ..model import Capture, Heading, Problem, RawPaper
from ..stamps import stamp
from . import (
    arxiv_api,
    arxiv_feed,
    arxiv_lines,
    arxiv_mail,
    arxiv_page,
    arxiv_rdf,
    bibtex,
    daily_papers,
    hf_list,
    hf_page,
    hf_paper,
    json_feed,
    labelled_text,
    markdown_digest,
    paper_lines,
    records,
    ris,
    semantic_scholar,
    table,
    tagged,
    text_capture,
    web_feed,
)
from .files import SourceFile, decode, read_file
from .forms import Form, forms_of, is_mail

__all__ = [
    "SOURCES",
    "SourceFile",
    "decode",
    "is_mail",
    "read_capture",
    "read_captures",
    "read_file",
]

MOST_NOTES = 1_000
"""Problems of one file that are named: nobody reads more."""


class Source(Protocol):
    """What a module of this folder offers."""

    NAME: str

    def sniff(self, file: SourceFile) -> bool: ...

    def parse(self, file: SourceFile, report: Report) -> tuple[Capture, ...]: ...


SOURCES: tuple[Source, ...] = (
    hf_page,
    daily_papers,
    arxiv_lines,
    semantic_scholar,
    json_feed,
    arxiv_feed,
    arxiv_rdf,
    arxiv_api,
    web_feed,
    bibtex,
    ris,
    tagged,
    arxiv_mail,
    arxiv_page,
    hf_paper,
    hf_list,
    table,
    markdown_digest,
    records,
    labelled_text,
    paper_lines,
    text_capture,
)
"""From the most particular to the most general."""

TEXTS: tuple[Source, ...] = (
    arxiv_mail,
    arxiv_page,
    hf_paper,
    hf_list,
    markdown_digest,
    labelled_text,
    paper_lines,
    text_capture,
)
"""Those that read what people write or copy: lines may end and be marked as in a mail."""


def read_capture(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The captures in one file; a file that holds none is noted, as is what is odd about it."""
    found = Report()
    captures = tuple(capture for forms in forms_of(file) for capture in _fullest(forms, found))
    if not captures and not len(found):
        found.note(
            file.origin,
            None,
            f"{records.why_unknown(file)}; skipped: remove it or mend its content",
        )
    for capture in captures:
        if not capture.items:
            found.note(file.origin, capture.label_line, "a header and no papers; nothing to keep")
    for problem in found.problems[:MOST_NOTES]:
        report.note(problem.origin, problem.line, problem.message)
    if len(found) > MOST_NOTES:
        report.note(
            file.origin, None, f"{len(found) - MOST_NOTES:,} problems more: mend those named first"
        )
    return captures


def _fullest(forms: Sequence[Form], report: Report) -> list[Capture]:
    """The captures in the form that has most papers with something to read, the first of those."""
    best: list[Capture] = []
    problems = Report()
    most = -1
    for form in forms:
        noted = Report()
        captures = _read_form(form, noted)
        count = sum(bool(i.abstract) + bool(i.arxiv_id) for c in captures for i in c.items)
        if count > most:
            best, problems, most = captures, noted, count
    for problem in problems.problems:
        report.note(problem.origin, problem.line, problem.message)
    return best


def _read_form(form: Form, report: Report) -> list[Capture]:
    for source in SOURCES:
        read = form.raw if source not in TEXTS else form.text
        read = form.marked if source is markdown_digest else read
        if source.sniff(read):
            found = Report()
            captures = source.parse(read, found)
            if form.is_page and source is text_capture and not _is_list(captures):
                return []
            return form.placed(captures, found, report, raw=read is form.raw)
    return []


def _is_list(captures: Sequence[Capture]) -> bool:
    """Whether a page that anything may stand on has a day, or several texts below a title."""
    told = sum(bool(item.abstract) for capture in captures for item in capture.items)
    return told > 1 or (told > 0 and any(capture.label for capture in captures))


def read_captures(
    folder: Path, report: Report, bounds: Bounds = BOUNDS, kept: Kept = NOTHING
) -> tuple[Capture, ...]:
    """All captures of a digest folder, ordered by path (see `find_files`), within bounds.

    A file that has the bytes of an earlier run is not read again; its problems are noted.
    """
    found: list[Capture] = []
    files = [
        (origin, path, stamp(origin).hex(), stamp_of_file(str(path), bounds))
        for origin, path in find_files(folder)
    ]
    kept.fetch("captures", {name: content for _, _, name, content in files})
    for origin, path, name, content in files:
        read = partial(_read, origin, path, content, bounds)
        if before := content and kept.read("captures", name, content):
            bare, problems = pickle.loads(before)  # noqa: S301  our own
            records = cache(partial(_records, kept, name, content, read))
            captures = [
                replace(capture, items=_Kept(partial(records, number), len(capture.headings)))
                for number, capture in enumerate(bare)
            ]
        else:
            captures, problems = read()
            # Not what was written while it was read: that has another stamp.
            if content and stamp_of_file(str(path), bounds) == content:
                # The records apart: most are never asked for again, and they are most of it.
                bare = [replace(capture, items=()) for capture in captures]
                items = [pickle.dumps(tuple(capture.items)) for capture in captures]
                kept.keep("captures", name, content, pickle.dumps((bare, problems)))
                kept.keep("captures_items", name, content, pickle.dumps(items))
        found += captures
        for problem in problems:
            report.note(problem.origin, problem.line, problem.message)
    kept.forget("captures", set(kept.names("captures")).difference(name for _, _, name, _ in files))
    return tuple(found)


def _read(
    origin: str, path: Path, content: bytes, bounds: Bounds
) -> tuple[list[Capture], Sequence[Problem]]:
    """The captures of a file with these bytes, and what is odd about them."""
    report = Report()
    file = read_file(origin, path, report, bounds)
    captures = [
        _with_headings(bound_papers(capture, bounds, report), stamp(origin, content, number))
        for number, capture in enumerate(read_capture(file, report) if file else ())
    ]
    return captures, report.problems


def _records(
    kept: Kept,
    name: str,
    content: bytes,
    read: Callable[[], tuple[list[Capture], Sequence[Problem]]],
    number: int,
) -> Sequence[RawPaper]:
    """Those of one capture of a file; the file is read again where they cannot be."""
    value = kept.read("captures_items", name, content)
    if value is None:
        return read()[0][number].items
    records: Sequence[RawPaper] = pickle.loads(pickle.loads(value)[number])  # noqa: S301  our own
    return records


def _with_headings(capture: Capture, stamp: bytes) -> Capture:
    headings = tuple(Heading(paper_key(raw.title), raw.line, raw.arxiv_id) for raw in capture.items)
    return replace(capture, headings=headings, stamp=stamp)


class _Kept(Sequence[RawPaper]):
    """Records that are read when one of them is asked for."""

    def __init__(self, read: Callable[[], Sequence[RawPaper]], length: int) -> None:
        self._read = read
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> RawPaper: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[RawPaper]: ...

    def __getitem__(self, index: int | slice) -> RawPaper | Sequence[RawPaper]:
        return self._read()[index]

    def __iter__(self) -> Iterator[RawPaper]:
        return iter(self[:])
