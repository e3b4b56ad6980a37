"""One file per input format: one file of input becomes its captures, strings untouched.

A source is a module with `NAME`, `sniff(file) -> bool` and
`parse(file, report) -> tuple[Capture, ...]`, one capture a listed day. The first whose `sniff`
agrees reads the file; adding one is one file and one line in `SOURCES`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ..errors import Report
from ..model import Capture
from . import (
    arxiv_api,
    arxiv_feed,
    arxiv_lines,
    daily_papers,
    hf_page,
    json_feed,
    records,
    semantic_scholar,
    table,
    text_capture,
    web_feed,
)
from .files import SourceFile, decode, find_files, read_file, read_files

__all__ = [
    "SOURCES",
    "SourceFile",
    "decode",
    "find_files",
    "read_capture",
    "read_captures",
    "read_file",
]


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
    arxiv_api,
    web_feed,
    table,
    records,
    text_capture,
)
"""From the most particular to the most general."""


def read_capture(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The captures in one file; a file that holds none is noted."""
    before = len(report)
    for source in SOURCES:
        if source.sniff(file):
            captures = source.parse(file, report)
            break
    else:
        captures = ()
    if not captures and len(report) == before:
        report.note(
            file.origin, None, "no digest in a known format; skipped: remove it or mend its content"
        )
    for capture in captures:
        if not capture.items:
            report.note(file.origin, capture.label_line, "a header and no papers; nothing to keep")
    return captures


def read_captures(folder: Path, report: Report) -> tuple[Capture, ...]:
    """All captures of a digest folder, ordered by path (see `find_files`)."""
    return tuple(
        capture for file in read_files(folder, report) for capture in read_capture(file, report)
    )
