"""Lists the files of a folder, reading only those folders in it that have changed.

A site is ten thousand folders of one file each; to read each took half of a build that has nothing
to do. The system sets a folder's time of change when a name comes into it or leaves it, so a folder
that has a time it had before holds the names it held then. What stands under these names may have
changed all the same: each file is looked at in any case.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .packing import packed, unpacked

_SETTLING = 2 * 10**9
"""Nanoseconds within which a folder may change again and keep its time: clocks of file systems go
in steps, of two seconds at most (FAT)."""
_FEW = 20
"""One folder in so many is read again rather than noted: a build changes one in fifty, and noting
takes all."""
_TIMES = 2
"""Times kept of a folder: two trees take turns as the site (`exchange`), each with times of its
own."""


class Names(NamedTuple):
    """What a folder held."""

    files: tuple[str, ...]
    folders: tuple[str, ...]
    times: tuple[int, ...]
    """Times of change it had with that, nanoseconds, the newest last."""


class Listing(NamedTuple):
    """What is below a folder."""

    files: dict[str, tuple[int, int]]
    """Size in bytes and time of change in nanoseconds, by path relative to the folder."""
    folders: dict[str, Names]
    """To be `known` next time, by path relative to the folder; it ends in `/`, or is empty."""
    read: int
    """How many of them were not known."""

    @property
    def is_news(self) -> bool:
        """Whether it is worth while to note the folders anew."""
        return self.read * _FEW > len(self.folders)


def list_files(
    folder: Path, *, linked: bool = False, known: Mapping[str, Names] | None = None
) -> Listing:
    """Every file below a folder; with what links lead to, as MkDocs reads the docs, or with the
    links themselves. `known` are the folders of an earlier listing."""
    known = known or {}
    files: dict[str, tuple[int, int]] = {}
    folders: dict[str, Names] = {}
    settled = time.time_ns() - _SETTLING
    waiting = [""]
    read = 0
    with _opened(folder) as top:
        for prefix in waiting if top is not None else ():
            try:
                # Before its names are read: if they change then, the time is not that of the next.
                changed = os.stat(prefix or ".", dir_fd=top).st_mtime_ns
                names = known.get(prefix)
                if names is None or changed not in names.times:
                    times = (changed,) if changed < settled else ()
                    names = _read(f"{folder}/{prefix}", linked, names, times)
                    read += 1
            except (FileNotFoundError, NotADirectoryError):
                continue
            folders[prefix] = names
            waiting += [f"{prefix}{name}/" for name in names.folders]
            for name in names.files:
                path = prefix + name
                try:
                    found = os.stat(path, dir_fd=top, follow_symlinks=linked)
                except OSError:  # a link that leads nowhere, or to itself
                    continue
                files[path] = found.st_size, found.st_mtime_ns
    return Listing(files, folders, read)


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """What stands for a folder, if there is one: from it the system finds a file in a ninth less
    time than by its whole path."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        yield None
        return
    try:
        yield opened
    finally:
        os.close(opened)


def _read(place: str, linked: bool, before: Names | None, times: tuple[int, ...]) -> Names:
    """What a folder holds now; if that is what it held `before`, it has had those times, too."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(place) as entries:
        for entry in entries:
            try:
                (folders if entry.is_dir(follow_symlinks=linked) else files).append(entry.name)
            except OSError:  # likewise
                continue
    names = Names(tuple(sorted(files)), tuple(sorted(folders)), times)
    if before and before[:2] == names[:2]:
        return names._replace(times=(before.times + times)[-_TIMES:])
    return names


def packed_folders(folders: Mapping[str, Names]) -> bytes:
    """Folders as bytes, for `unpacked_folders`."""
    same: dict[tuple[object, ...], tuple[object, ...]] = {}  # most hold one file of one name
    return packed(
        {path: tuple([same.setdefault(x, x) for x in names]) for path, names in folders.items()}
    )


def unpacked_folders(value: bytes) -> dict[str, Names]:
    """The folders that were packed."""
    return unpacked(value, Names._make)
