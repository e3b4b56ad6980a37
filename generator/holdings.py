"""What a folder held when we last wrote there, and what of it still stands.

A file whose size and time of change are those we noted is as we left it; of any other one the
content decides. So nothing rests on time stamps alone but that the system notes a change.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from .kept import Kept
from .listing import list_files, packed_folders, unpacked_folders
from .packing import packed, unpacked
from .stamps import stamp_of
from .writing import read_bytes


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


class Found:
    """A folder as a build finds it: its files, looked at once, and what was noted of them."""

    def __init__(self, folder: Path, kept: Kept, kind: str, *, linked: bool = False) -> None:
        """Look at a folder of which was noted what is `kept` under `kind`; `linked` as in
        `list_files`."""
        self.folder = folder
        self.noted = _read(kept, kind)
        names = f"{kind} folders"
        before = None if linked else kept.read(names, "all", b"")  # the docs have few folders
        known = unpacked_folders(before) if before else {}
        listing = list_files(folder, linked=linked, known=known)
        self.files = listing.files
        if listing.is_news and not linked:
            kept.keep(names, "all", b"", packed_folders(listing.folders))

    @property
    def stands(self) -> bool:
        """Whether each file that was noted is as we left it, by its size and time of change."""
        return not self._differing

    @cached_property
    def standing(self) -> dict[str, Holding]:
        """What was noted of those files that are still as we left them."""
        standing = dict(self.noted)
        for path in self._differing:
            holding, found = standing.pop(path), self.files.get(path)
            if found and found[0] == holding.size:
                content = read_bytes(f"{self.folder}/{path}")
                if content is not None and stamp_of(content) == holding.content:
                    standing[path] = holding._replace(changed=found[1])
        return standing

    @cached_property
    def _differing(self) -> list[str]:
        """The files that were noted with another size or time of change."""
        files = self.files
        return [path for path, held in self.noted.items() if files.get(path) != held[2:]]


def _read(kept: Kept, kind: str) -> dict[str, Holding]:
    for _, _, value in kept.every(kind):
        return unpacked(value, Holding._make)
    return {}


def keep_holdings(kept: Kept, kind: str, holdings: Mapping[str, Holding]) -> None:
    """Note what a folder holds now."""
    kept.keep(kind, "all", b"", packed(holdings))


def hold(path: str, made_of: bytes, content: bytes) -> Holding:
    """What is noted of a file that holds what has the stamp `content`."""
    found = os.stat(path)  # noqa: PTH116  see `writing`
    return Holding(made_of, content, found.st_size, found.st_mtime_ns)
