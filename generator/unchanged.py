"""Knows a build again whose digests, docs and site are what the last one made or was made of."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .holdings import Found, find_files
from .kept import Kept
from .model import Problem
from .renewal import stamp_of_frame
from .stamps import stamp, stamp_of
from .writing import read_file


class Said(NamedTuple):
    """What a build said; one that finds all as it was says it again."""

    problems: Sequence[Problem]
    summary: str


def stamp_of_digests(folder: Path) -> bytes:
    """Of every file of a digest folder, the publisher's corrections among them."""
    found = []
    for path in sorted(find_files(folder)):
        content = read_file(os.fspath(folder / path))
        found.append((path, None if content is None else stamp_of(content)))
    return stamp(found)


def note_build(kept: Kept, digests: bytes, frame: bytes, said: Said) -> None:
    """Note what a build said of these digests, and of what people wrote into the docs."""
    kept.keep("build", "last", stamp_of(digests + frame), pickle.dumps(tuple(said)))


def said_before(kept: Kept, docs: Found, site: Found, digests: bytes) -> Said | None:
    """What the last build said, if this one would say and make the same; else `None`."""
    if not (docs.stands and site.stands) or len(site.noted) < len(site.files):
        return None
    written = [path for path in docs.files if path not in docs.noted]
    frame = stamp_of_frame(docs.folder, written, docs.noted)
    said = kept.read("build", "last", stamp_of(digests + frame))
    return Said(*pickle.loads(said)) if said else None  # noqa: S301  our own
