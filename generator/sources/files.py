"""Reads a file of the digest folder as text, whatever its encoding."""

from __future__ import annotations

import codecs
import io
import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..bounds import BOUNDS, Bounds
from ..digests import read_bounded
from ..errors import Report

MOST_LINES = 1_000_000
"""Lines of a file that are read: the largest file of hard-wrapped text has fewer."""

_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
"""How gzip, zip and documents of offices, bzip2, xz, zstd and 7z begin."""
_DOCUMENTS = (b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How PDF, rich text and older documents of offices begin: some hold little but text."""
_DECLARED = re.compile(rb"\s{0,99}<\?xml\b[^>]{0,200}\bencoding\s?=\s?[\"']([\w.-]{1,40})[\"']")
"""The encoding that the first line of XML states."""
_DECLARED_IN_HTML = re.compile(
    rb"\s{0,99}<[^\0]{0,2048}?<meta\s[^<>]{0,200}?\bcharset\s?=\s?[\"']?"
    rb"(?!iso-8859-1\b|latin-?1\b|us-ascii\b)([\w.-]{1,40})",
    re.IGNORECASE,
)
"""That which the head of a page states; where it says Latin-1, browsers read Windows-1252."""
_CALLED = {
    "cp1252": "Windows-1252", "cp1251": "Windows-1251", "cp932": "Shift-JIS", "euc_jp": "EUC-JP",
    "cp949": "EUC-KR", "gb18030": "GB18030", "big5": "Big5",
}  # fmt: skip
"""The character sets in which editors on Windows still save, and how people call them."""
_SAMPLE = 1 << 15
"""Bytes by which they are told apart."""
_FEWEST = 12
"""Bytes beyond ASCII among these: fewer may be names, or signs of any set."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_NO_CHARACTERS = frozenset(
    "idna mbcs oem punycode raw_unicode_escape undefined unicode_escape".split()
)
"""Encodings of Python's own, or of a machine, that are no character sets: one of them takes time by
the square of a text's length."""
_SURROGATE = re.compile("[\ud800-\udfff]")
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
        content = read_bounded(path, bounds)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.note(origin, None, f"cannot be read ({reason}); skipped: mend or remove it")
        return None
    whole = len(content) <= most
    text, remark = decode(content if whole else _beginning(content, most))
    if text is None:
        packed = content.startswith((*_PACKED, *_DOCUMENTS))
        remedy = "unpack it, or save it as text" if packed else "remove it from the digest folder"
        report.note(origin, None, f"{remark}; skipped: {remedy}")
        return None
    if remark:
        guessed = remark.startswith("not UTF-8") and "declares" not in remark
        remedy = ": save it as UTF-8 if letters of it look wrong" if guessed else ""
        report.note(origin, None, f"{remark}{remedy}")
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

    UTF-8 with or without a mark, UTF-16 with or without a mark, UTF-32 with one, else what XML or
    HTML declares, else what the bytes look like, else Windows-1252 (a superset of the printable
    Latin-1). The text is `None` when the bytes are no text at all.

    >>> decode(b"a\\r\\nb")
    ('a\\nb', '')
    >>> decode("naïve".encode("latin-1"))
    ('naïve', 'not UTF-8; read as Windows-1252')
    """
    text, remark = _decode(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _is_binary(text) or content.startswith(_DOCUMENTS):
        return None, "no text file"
    return text, remark


def decode_as(content: bytes, name: str) -> str | None:
    """Bytes in the character set that they are said to be in; `None` where it is none, or another.

    >>> decode_as(b"na\\xefve", "latin-1"), decode_as(b"x-a", "punycode")
    ('naïve', None)
    """
    try:
        if codecs.lookup(name).name.replace("-", "_") in _NO_CHARACTERS:
            return None
        return _SURROGATE.sub("\ufffd", content.decode(name))  # UTF-7 can hold half a character
    except (LookupError, ValueError):
        return None


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return content.decode("utf-32", "replace"), "UTF-32; read as such, UTF-8 is safer"
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
    if declared := _DECLARED.match(head) or _DECLARED_IN_HTML.match(head):
        name = declared[1].decode("ascii")
        if (declared_text := decode_as(content, name)) is not None:
            return declared_text, f"not UTF-8; read as {name}, which it declares"
    lenient = content.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    letters = sum(not c.isascii() for c in lenient) - broken
    if letters > broken:
        # Mostly good UTF-8 with some bytes spoilt: reading all of it as Latin-1 would spoil more.
        return lenient, f"bytes that are not UTF-8 from line {wrong_line} on, shown as \ufffd"
    name = _character_set(content)
    return content.decode(name, "replace"), f"not UTF-8; read as {_CALLED[name]}"


def _character_set(content: bytes) -> str:
    """That of `_CALLED` which the bytes look like."""
    sample = content[:_SAMPLE]
    sample = sample[: sample.rfind(b"\n") + 1] or sample  # no character may be cut
    if len(_BEYOND_ASCII.findall(sample)) < _FEWEST:
        return "cp1252"
    # Not before: hardly a build needs it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample, cp_isolation=list(_CALLED)).best()
    return best.encoding if best and best.encoding in _CALLED else "cp1252"


def _is_binary(text: str) -> bool:
    head = text[:65536]
    odd = len(_CONTROL.findall(head))
    # Real text has next to no control characters; an image or archive has a tenth and more.
    return odd > 8 and odd * 50 > len(head)
