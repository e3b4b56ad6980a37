"""Finds the files of a digest folder, in the order of captures, and reads their bytes.

Whoever asks whether digests have changed looks at the very files that `sources` reads, and needs
none of its formats.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .bounds import Bounds
from .errors import InputError
from .stamps import stamp_of
from .writing import read_bytes

OURS = frozenset(["keys.yml", "overrides.yml", "samples.txt"])
"""Files of the digest folder that are about digests and hold none."""

_NUMBER = re.compile(r"[0-9]+")


def find_files(folder: Path) -> list[tuple[str, Path]]:
    """`(origin, path)` of every file that may hold a digest, in the order of captures.

    Ordered by path, a name counting without its ending: so `2025-03-12.txt` comes before
    `2025-03-12-evening.txt`, as a reader would file them. Which files and which errors, see
    `list_origins`.
    """
    return [(origin, folder / origin) for origin in sorted(list_origins(folder), key=_order)]


def list_origins(folder: Path) -> Iterator[str]:
    """Every file that may hold a digest, as a path below the folder, in no order.

    Hidden files, README files and our own are left out. A link to a folder is followed, and none
    is entered twice. `InputError` when there is no such folder, or one in it cannot be read: its
    days would be gone from the site.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; make it and put digests in, or name another one")
    top = os.fspath(folder)
    entered = {os.path.realpath(top)}
    for place, folders, names in os.walk(top, onerror=_refuse, followlinks=True):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith((".", "_")) and _enter(f"{place}/{name}", entered)
        ]
        below = f"{place[len(top) :].strip('/')}/".lstrip("/")
        for name in names:
            hidden = name.startswith((".", "~")) or name.endswith("~")
            readme = name.lower().startswith("readme")
            if not (hidden or readme or below + name in OURS):
                yield below + name


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


def read_bounded(path: Path, bounds: Bounds) -> bytes:
    """The bytes of a file; of one that is too large as many as are read, and one more."""
    with path.open("rb") as file:
        return file.read(bounds.largest_file * 2**20 + 1)


def stamp_of_file(path: str, bounds: Bounds) -> bytes:
    """Of the bytes of a file that are read; empty where `sources` will say why there are none."""
    try:
        found = os.stat(path)  # noqa: PTH116  see `writing`
        if not stat.S_ISREG(found.st_mode):  # to open a pipe is to wait for what never comes
            return b""
        if found.st_size > bounds.largest_file * 2**20:
            return stamp_of(read_bounded(Path(path), bounds))
        content = read_bytes(path)
    except OSError:
        return b""
    return b"" if content is None else stamp_of(content)
