"""A folder of hard-linked files that is changed without changing those it is linked to."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from ..writing import link_file


class Tree:
    """A folder, changed path by path (posix, inside it); it knows which paths were changed.

    A path is noted before it is touched, so `changed` holds after any failure, too. Where a folder
    takes the place of a file or the other way round, `remove` comes before `write` and `link`.
    """

    def __init__(self, path: Path, like: Path | None = None, stale: Collection[str] = ()) -> None:
        """The folder at `path`, which is to begin as `like`; `stale` are the files of both that
        are not the same yet.

        Most of them are written anew in any case, so they wait for `freshen`.
        """
        self.path = path
        self._top = os.fspath(path)
        self._like = like
        self._stale = set(stale)
        self._changed: set[str] = set()

    @property
    def changed(self) -> Collection[str]:
        """Every path that was written, linked or removed, or is stale."""
        return self._changed | self._stale

    def freshen(self) -> None:
        """Make what is stale as it is in the other folder, but for what was changed here."""
        for path in sorted(self._stale - self._changed):
            place = f"{self._top}/{path}"
            os.unlink(place)
            link_file(f"{self._like}/{path}", place)
        self._stale = set()

    def write(self, path: str, content: bytes) -> None:
        """Make a file hold this. It is a new file: other names of the old one keep theirs."""
        with open(self._freed(path), "xb") as out:
            out.write(content)

    def link(self, path: str, source: str) -> None:
        """Make a file the same as `source`, which is nowhere written to after that; else a copy."""
        link_file(source, self._freed(path))

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the folders that become empty by that."""
        place = self._noted(path)
        try:
            os.unlink(place)
        except (FileNotFoundError, NotADirectoryError):
            return
        folder = os.path.dirname(path)
        while folder:
            try:
                os.rmdir(f"{self._top}/{folder}")
            except OSError:
                return  # it holds other files
            folder = os.path.dirname(folder)

    def _freed(self, path: str) -> str:
        """The place of a path, at which nothing is, in a folder that is there."""
        place = self._noted(path)
        try:
            os.unlink(place)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(place), exist_ok=True)
        return place

    def _noted(self, path: str) -> str:
        if not is_inside(path):
            raise ValueError(f"{path!r} is no path inside a site")
        self._changed.add(path)
        return f"{self._top}/{path}"


def is_inside(path: str) -> bool:
    """Whether a path stays in the folder that it is read from."""
    return bool(path) and path[0] != "/" and ".." not in path.split("/")


def link_all(source: str, target: str) -> None:
    """Make a new folder of the same files, linked."""
    os.mkdir(target)
    with os.scandir(source) as entries:
        for entry in entries:
            place = f"{target}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                link_all(entry.path, place)
            else:
                link_file(entry.path, place)
