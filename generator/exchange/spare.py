"""Keeps the tree that was published before, so that the next one need not be linked file by file.

The spare differs from the folder by the paths of the last renewal, which are noted beside it with
what tells the two folders from any others: number and time of change of both. Whoever puts
another folder in the place of one, or a file into the top of one, changes that. While a spare is
worked on it has another name, and the note is gone before that; so wherever a run was killed, the
next one finds a spare that is right, or none.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from ..writing import read_bytes, write_whole
from .tree import Tree, is_inside, link_all


class Spare:
    """The spare of a folder, in `shop`, the folder beside it that is ours."""

    def __init__(self, folder: Path, shop: Path) -> None:
        self._folder = folder
        self._path = shop / "spare"
        self._note = shop / "spare.json"

    def drop(self) -> None:
        """Have none any more."""
        self._note.unlink(missing_ok=True)
        if self._path.exists():
            shutil.rmtree(self._path)

    def become(self, new: Path) -> Tree:
        """A tree at `new` that begins with all files of the folder: of the spare, else anew."""
        changed = self._changed()
        if changed is None:
            self.drop()
            if self._folder.is_dir():
                link_all(os.fspath(self._folder), os.fspath(new))
            else:
                new.mkdir()
            return Tree(new)
        self._note.unlink()
        self._path.rename(new)
        stale = [path for path in changed if _is_in(self._folder, path) and _is_in(new, path)]
        others = sorted(set(changed).difference(stale))
        tree = Tree(new)
        for path in reversed(others):  # what is below a path comes before it, should it be a folder
            tree.remove(path)
        for path in others:
            if _is_in(self._folder, path):
                tree.link(path, f"{self._folder}/{path}")
        return Tree(new, self._folder, stale)

    def keep(self, old: Path, changed: Collection[str]) -> None:
        """Take a tree that is the folder's but for these paths; none where that cannot be noted."""
        try:
            old.rename(self._path)
            states = [_state(self._folder), _state(self._path)]
            note = {"folders": states, "changed": sorted(changed)}
            write_whole(self._note, json.dumps(note).encode())
        except OSError:
            shutil.rmtree(old, ignore_errors=True)
            with suppress(OSError):
                self.drop()

    def _changed(self) -> list[str] | None:
        """The paths by which spare and folder differ; `None` when that is in any doubt."""
        try:
            note = json.loads(read_bytes(os.fspath(self._note)) or b"")
            same = note["folders"] == [_state(self._folder), _state(self._path)]
            return note["changed"] if same and all(map(is_inside, note["changed"])) else None
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None


def _state(folder: Path) -> list[int]:
    # Not the number of the device: it may be another one after each start of a machine.
    status = folder.stat()
    return [status.st_ino, status.st_ctime_ns]


def _is_in(folder: Path, path: str) -> bool:
    return os.path.isfile(f"{folder}/{path}")
