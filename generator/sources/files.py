"""Finds the files of a digest folder and reads each as text, whatever its encoding."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from ..bounds import BOUNDS, Bounds
from ..errors import InputError, Report

MOST_LINES = 1_000_000
"""Lines of a file that are read: the largest file of hard-wrapped text has fewer."""

OURS = frozenset(["keys.yml", "overrides.yml", "samples.txt"])
"""Files of the digest folder that are about digests and hold none."""


_NUMBER = re.compile(r"[0-9]+")
_DECLARED = re.compile(rb"\s{0,99}<\?xml\b[^>]{0,200}\bencoding\s?=\s?[\"']([\w.-]{1,40})[\"']")
"""The encoding that the first line of XML states."""
_CONTROL = re.compile("[\x00-\x08\x0d-\x1f\ufffd]")
"""Characters that text has next to none of: controls that are no white space, and what stands for
bytes that could not be read."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the digest folder, decoded."""

    origin: str
    """Path relative to the digest folder, with forward slashes."""
    text: str
    """Line ends are `\\n`; no byte order mark."""


def find_files(folder: Path) -> list[tuple[str, Path]]:
    """`(origin, path)` of every file that may hold a digest, in the order of captures.

    Ordered by path, a name counting without its ending: so `2025-03-12.txt` comes before
    `2025-03-12-evening.txt`, as a reader would file them. Hidden files, README files and our own
    are left out. A link to a folder is followed, and none is entered twice. `InputError` when there
    is no such folder, or one in it cannot be read: its days would be gone from the site.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; make it and put digests in, or name another one")
    found = []
    entered = {os.path.realpath(folder)}
    for place, folders, names in os.walk(folder, onerror=_refuse, followlinks=True):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith((".", "_")) and _enter(f"{place}/{name}", entered)
        ]
        for name in names:
            path = Path(place, name)
            origin = path.relative_to(folder).as_posix()
            hidden = name.startswith((".", "~")) or name.endswith("~")
            readme = name.lower().startswith("readme")
            if not (hidden or readme or origin in OURS):
                found.append((origin, path))
    return sorted(found, key=lambda item: _order(item[0]))


def _refuse(error: OSError) -> None:
    """A folder that is gone by now is no loss of ours; any other one is."""
    if not isinstance(error, FileNotFoundError):
        raise InputError(
            f"{error.filename}: cannot be read ({error.strerror or error}); let it be read, or "
            "take it out of the digest folder"
        ) from None


def _enter(folder: str, entered: set[str]) -> bool:
    """Note that a folder is entered, by whatever name; False where it was before."""
    real = os.path.realpath(folder)
    if real in entered:
        return False
    entered.add(real)
    return True


def _order(origin: str) -> tuple[tuple[str, ...], str, str, str]:
    path = PurePosixPath(origin)
    # Numbers count as numbers: a day's tenth capture comes after its second.
    natural = _NUMBER.sub(lambda digits: digits[0].zfill(20), path.stem)
    return path.parts[:-1], natural, path.suffix, origin


def read_file(
    origin: str, path: Path, report: Report, bounds: Bounds = BOUNDS
) -> SourceFile | None:
    """One file as text, or `None` with a note when it cannot be read; its beginning if it is too
    large."""
    most = bounds.largest_file * 2**20
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            report.note(origin, None, "no regular file; skipped: remove it from the digest folder")
            return None
        content = read_bytes(path, bounds)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.note(origin, None, f"cannot be read ({reason}); skipped: mend or remove it")
        return None
    whole = len(content) <= most
    text, remark = decode(content if whole else _beginning(content, most))
    if text is None:
        report.note(origin, None, f"{remark}; skipped: remove it from the digest folder")
        return None
    if remark:
        report.note(origin, None, remark)
    if not text.strip():
        report.note(origin, None, "empty; skipped: save the digest again or remove the file")
        return None
    lines = text.count("\n")
    if lines > MOST_LINES:
        what = f"over {MOST_LINES:,} lines; left out from here on: part it into days"
        report.note(origin, MOST_LINES + 1, what)
        text = "".join(islice(io.StringIO(text), MOST_LINES))
    elif not whole:
        what = (
            f"over {bounds.largest_file} MiB; left out from here on: part it into days, or raise "
            "largest_file in mkdocs.yml"
        )
        report.note(origin, lines + 1, what)
    return SourceFile(origin, text)


def read_bytes(path: Path, bounds: Bounds) -> bytes:
    """The bytes of a file; of one that is too large as many as are read, and one more."""
    with path.open("rb") as file:
        return file.read(bounds.largest_file * 2**20 + 1)


def _beginning(content: bytes, most: int) -> bytes:
    """At most that many bytes, up to the end of a line or a word: half a character at the end would
    make the whole another encoding."""
    for end in (b"\n", b" "):
        at = content.rfind(end, most * 9 // 10, most)
        if at >= 0:
            return content[: at + 1]
    return content[:most]


def decode(content: bytes) -> tuple[str | None, str]:
    """Bytes as text with `\\n` line ends, and what was odd about them.

    UTF-8 with or without a mark, UTF-16 with or without a mark, else what XML declares, else
    Windows-1252 (a superset of the printable Latin-1). The text is `None` when the bytes are no
    text at all.

    >>> decode(b"a\\r\\nb")
    ('a\\nb', '')
    >>> decode("naïve".encode("latin-1"))
    ('naïve', 'not UTF-8; read as Windows-1252')
    """
    text, remark = _decode(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _is_binary(text):
        return None, "no text file"
    return text, remark


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "UTF-16; read as such, UTF-8 is safer"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong_line = content.count(b"\n", 0, error.start) + 1
    else:
        if "\x00" not in text[:4096]:
            return text, ""
        wrong_line = 1
    head = content[:4096]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # ASCII as UTF-16 has a zero in every second byte; a third of them is proof enough.
        if zeros.count(0) * 3 > len(zeros):
            return content.decode(encoding, "replace"), "UTF-16; read as such, UTF-8 is safer"
    if declared := _DECLARED.match(head):
        name = declared[1].decode("ascii")
        try:
            return content.decode(name), f"not UTF-8; read as {name}, which it declares"
        except (LookupError, ValueError):  # no encoding of texts, or another one than it says
            pass
    lenient = content.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    letters = sum(not c.isascii() for c in lenient) - broken
    if letters > broken:
        # Mostly good UTF-8 with some bytes spoilt: reading all of it as Latin-1 would spoil more.
        return lenient, f"bytes that are not UTF-8 from line {wrong_line} on, shown as \ufffd"
    text = content.decode("cp1252", "replace")
    return text, "not UTF-8; read as Windows-1252"


def _is_binary(text: str) -> bool:
    head = text[:65536]
    odd = len(_CONTROL.findall(head))
    # Real text has next to no control characters; an image or archive has a tenth and more.
    return odd > 8 and odd * 50 > len(head)
