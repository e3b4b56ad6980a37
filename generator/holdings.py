"""What a folder held when we last wrote there, and what of it still stands.

A file whose size and time of change are those we noted is as we left it; of any other one the
content decides. So nothing rests on time stamps alone but that the system notes a change.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .kept import Kept
from .stamps import stamp_of
from .writing import read_file


class Holding(NamedTuple):
    """One file, as we left it."""

    made_of: bytes
    """Stamp of all that decided its content; empty where that is not known."""
    content: bytes
    """Stamp of its bytes."""
    size: int
    """In bytes."""
    changed: int
    """Nanoseconds, by the clock of the system that wrote it."""


def find_files(folder: Path, *, linked: bool = False) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file below a folder, by path relative to it; with what
    links lead to, as MkDocs reads the docs, or with the links themselves."""
    return dict(_files(os.fspath(folder), "", linked))


def _files(folder: str, prefix: str, linked: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            try:
                inner = entry.is_dir(follow_symlinks=linked)
                found = entry.stat(follow_symlinks=linked)
            except OSError:  # a link that leads nowhere, or to itself
                continue
            if inner:
                yield from _files(entry.path, f"{prefix}{entry.name}/", linked)
            else:
                yield prefix + entry.name, (found.st_size, found.st_mtime_ns)


def read_noted(kept: Kept, kind: str) -> dict[str, Holding]:
    """What was noted of a folder, whatever became of it."""
    noted: dict[str, Holding] = {}
    for _, _, value in kept.every(kind):
        noted = {path: Holding(*row) for path, *row in pickle.loads(value)}  # noqa: S301  our own
    return noted


def read_holdings(
    kept: Kept, kind: str, folder: Path, files: Mapping[str, tuple[int, int]]
) -> dict[str, Holding]:
    """What was noted of those `files` in a folder that are still as we left them."""
    standing: dict[str, Holding] = {}
    for path, holding in read_noted(kept, kind).items():
        found = files.get(path)
        if found == (holding.size, holding.changed):
            standing[path] = holding
        elif found and found[0] == holding.size:
            content = read_file(f"{folder}/{path}")
            if content is not None and stamp_of(content) == holding.content:
                standing[path] = holding._replace(changed=found[1])
    return standing


def keep_holdings(kept: Kept, kind: str, holdings: Mapping[str, Holding]) -> None:
    """Note what a folder holds now."""
    rows = [(path, *holding) for path, holding in holdings.items()]
    kept.keep(kind, "all", b"", pickle.dumps(rows))


def hold(path: str, made_of: bytes, content: bytes) -> Holding:
    """What is noted of a file that holds what has the stamp `content`."""
    found = os.stat(path)  # noqa: PTH116  see `writing`
    return Holding(made_of, content, found.st_size, found.st_mtime_ns)
