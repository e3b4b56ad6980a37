"""A mail as a program saves it (`.eml`, a mailbox, a page as one file): its texts, decoded.

Not a source itself. Only a head that states how what is below it is encoded, or that it has parts,
makes a mail of a text: all others are read as they stand (`pasted`). Each text knows the lines that
it was, so messages name those that somebody sees: Python's `email` keeps no line of a part.
"""

from __future__ import annotations

import binascii
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from . import untrusted as ask
from .files import decode, decode_as

_HEAD_REACH = 400
"""Lines of the longest head: each host that passes a mail on adds some."""
_LONGEST_FIELD = 2_000
_MOST_MAILS = 10_000

_FIELD = re.compile(r"([!-9;-~]{1,76}):[ \t]*(.*)")
_IN_MAILBOX = re.compile(r"From \S{1,200} .{0,40}\d\d:\d\d.{0,40}")
_KIND = re.compile(r"\s*([\w.+-]{1,40}/[\w.+-]{1,80})")
_BOUNDARY = re.compile(
    r";\s*boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_CODED = ("quoted-printable", "base64")


class Text(NamedTuple):
    """A text of a mail, and where it stood."""

    text: str
    lines: tuple[int, ...]
    """The line of the file on which each of its own begins."""
    is_page: bool
    """Whether it is HTML."""
    head: tuple[str, int]
    """The day of the mail, empty where it states none, and the line that does."""


def read_mails(text: str) -> list[list[Text]]:
    """The texts of each mail of a file, where one stands twice, plain and as HTML, both; none where
    it is something else."""
    first = text[:_LONGEST_FIELD].lstrip("\n").split("\n", 1)[0]
    if not (_FIELD.fullmatch(first) or _IN_MAILBOX.fullmatch(first)):
        return []
    rows = text.split("\n")
    starts = list(_starts(rows))[:_MOST_MAILS]
    if not starts or not any(_is_coded(_head(rows, start)[0]) for start in starts):
        return []
    return [_Reader(rows, start, end).read() for start, end in pairwise([*starts, len(rows)])]


def _starts(rows: Sequence[str]) -> Iterator[int]:
    """The lines behind which mails begin; a mailbox has a line of its own before each."""
    at = next((at for at, row in enumerate(rows) if row), 0)
    if not _IN_MAILBOX.fullmatch(rows[at]):
        yield at
        return
    for at, row in enumerate(rows):
        if row.startswith("From ") and _IN_MAILBOX.fullmatch(row) and (not at or not rows[at - 1]):
            yield at + 1


def _is_coded(head: Mapping[str, tuple[str, int]]) -> bool:
    kind = head.get("content-type", ("", 0))[0].lower()
    coding = head.get("content-transfer-encoding", ("", 0))[0].strip().lower()
    return "from" in head and (
        coding in _CODED or kind.startswith(("multipart/", "text/html", "message/"))
    )


def _head(rows: Sequence[str], start: int) -> tuple[dict[str, tuple[str, int]], int]:
    """The fields of a head, each with its line, and the index of the line behind it."""
    fields: dict[str, tuple[str, int]] = {}
    name = ""
    at = start
    for at in range(start, min(start + _HEAD_REACH, len(rows))):
        row = rows[at]
        if not row.strip():
            return fields, at + 1
        if row[0] in " \t" and name:
            value, line = fields[name]
            fields[name] = (f"{value} {row.strip()}"[:_LONGEST_FIELD], line)
        elif named := _FIELD.fullmatch(row[:_LONGEST_FIELD]):
            name = named[1].lower()
            fields.setdefault(name, (named[2], at + 1))
        else:
            return fields, at
    return fields, at + 1


class _Reader:
    """Reads one mail, and the mails and parts in it."""

    def __init__(self, rows: Sequence[str], start: int, end: int) -> None:
        self._rows = rows
        self._at = start
        self._end = end
        self._marks: dict[str, str] = {}
        """Lines that part what is in it, and the closing ones."""
        self._texts: list[Text] = []
        self._day: tuple[str, int] = ("", 1)

    def read(self) -> list[Text]:
        """All its texts."""
        while self._at < self._end:
            head, self._at = _head(self._rows, self._at)
            self._read_part(head)
        return self._texts

    def _read_part(self, head: Mapping[str, tuple[str, int]]) -> None:
        stated = head.get("content-type", ("text/plain", 0))[0]
        named = _KIND.match(stated)
        kind = named[1].lower() if named else "text/plain"
        saved = head.get("from", ("", 0))[0].lower().startswith("<saved by")
        if not saved and "date" in head and (day := ask.day(head["date"][0])):
            self._day = (day.isoformat(), head["date"][1])  # of what was forwarded, the inner one
        if boundary := _BOUNDARY.search(stated):
            mark = f"--{boundary[1] or boundary[2]}"
            self._marks |= {mark: "part", f"{mark}--": "end"}
        if kind == "message/rfc822":
            return  # its head comes next
        start = self._at
        while self._at < self._end and self._rows[self._at].rstrip() not in self._marks:
            self._at += 1
        body = self._rows[start : self._at]
        disposition = head.get("content-disposition", ("", 0))[0].lower()
        if kind in ("text/plain", "text/html", "text/markdown") and not disposition.startswith(
            "attachment"
        ):
            coding = head.get("content-transfer-encoding", ("", 0))[0].strip().lower()
            charset = _CHARSET.search(stated)
            decoded = _decoded(body, start + 1, coding, charset[1] if charset else "utf-8")
            self._keep(decoded, is_page=kind == "text/html")
        # Behind the mark that closes parts stands nothing, or a part of what they are in.
        while self._at < self._end:
            found = self._marks.get(self._rows[self._at].rstrip(), "")
            self._at += 1
            if found == "part":
                return

    def _keep(self, decoded: Sequence[tuple[int, str]], *, is_page: bool) -> None:
        if not any(row.strip() for _, row in decoded):
            return
        text = "\n".join(row for _, row in decoded)
        self._texts.append(Text(text, tuple(n for n, _ in decoded), is_page, self._day))


def _decoded(rows: Sequence[str], first: int, coding: str, charset: str) -> list[tuple[int, str]]:
    """The lines of a body, each with the line of the file that it begins on."""
    if coding == "base64":
        return _from_base64(rows, first, charset)
    if coding != "quoted-printable":
        return [(first + at, row) for at, row in enumerate(rows)]
    found: list[tuple[int, str]] = []
    open_row: list[str] = []
    begun = first
    for at, row in enumerate(rows):
        begun = begun if open_row else first + at
        row = row.rstrip(" \t")
        if row.endswith("=") and at + 1 < len(rows):
            open_row.append(row[:-1])
            continue
        whole = "".join([*open_row, row])
        open_row = []
        content = binascii.a2b_qp(whole.encode("utf-8", "replace"))
        found += [(begun, line) for line in _text(content, charset).split("\n")]
    return found


def _from_base64(rows: Sequence[str], first: int, charset: str) -> list[tuple[int, str]]:
    bare = [_NO_BASE64.sub("", row) for row in rows]
    letters = "".join(bare)
    whole = letters[: len(letters) - len(letters) % 4] if len(letters) % 4 == 1 else letters
    content = binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
    ends = list(accumulate(map(len, bare)))
    lines = [(0, b"")] if not content else []
    at = 0
    for line in content.split(b"\n"):
        lines.append((at, line))
        at += len(line) + 1
    text = _text(content, charset).split("\n")
    if len(text) != len(lines):  # of two bytes a character, as in UTF-16
        return [(first, row) for row in text]
    return [
        (first + min(bisect_right(ends, place * 4 // 3), len(rows) - 1), row)
        for (place, _), row in zip(lines, text, strict=True)
    ]


def _text(content: bytes, charset: str) -> str:
    """Bytes as the text that they are said to be; as any file's, where that is not so."""
    text = decode_as(content, charset)
    if text is None:
        text = decode(content)[0] or ""
    return text.replace("\r\n", "\n").replace("\r", "\n")
