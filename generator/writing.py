"""Reads and writes whole files.

A site is tens of thousands of them, so what is done to each takes its path as text: a `Path` and
what it adds take a quarter of the time of writing a page.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import PublishError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
"""How the system says that nothing more can be written; of a copy that is about its second name."""

_NO_LINK = {errno.EXDEV, errno.EMLINK, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
"""How the system says that a file cannot have this further name; then it is copied."""


def write_whole(path: Path, content: bytes) -> None:
    """Make a file hold exactly this; a reader sees the old content or the new, never half of one.

    The content is on the disk before the name is, or a power cut could leave the name alone. The
    folder is made if it is missing. An error leaves the old file and no litter.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.new")
    try:
        with open(neighbour, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        neighbour.replace(path)
    except BaseException:
        neighbour.unlink(missing_ok=True)
        raise


def write_file(path: str, content: bytes) -> None:
    """Write a file where nobody reads yet. The folder is made if it is missing."""
    with open(path, "wb", opener=_in_folder) as out:
        out.write(content)


def _in_folder(path: str, flags: int) -> int:
    """Open a file. Most have their folder: to ask each time took a thirtieth of a first build."""
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return os.open(path, flags, 0o666)


def read_bytes(path: str) -> bytes | None:
    """What a file holds; `None` where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def move_file(source: str, target: str) -> None:
    """Put a file in the place of another. The folder is made if it is missing."""
    try:
        os.replace(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(source, target)


def link_file(source: str, target: str) -> None:
    """Give a file a further name, or copy it where it can have none. The folder is there."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


@contextmanager
def plain_errors(place: Path) -> Iterator[None]:
    """Turn what the system refuses into `PublishError`, one sentence that names the place."""
    try:
        yield
    except OSError as error:
        raise PublishError(refusal(error, place)) from error


def refusal(error: OSError, place: Path) -> str:
    """What the system refuses, as a sentence; with this place where the error names none."""
    second = error.filename2 if error.errno in _FULL else None
    where = os.fspath(second or error.filename or place)
    return (
        f"{where}: {error.strerror or error}; what was there still stands, mend that and run again"
    )
