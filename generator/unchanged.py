"""Knows a build again whose digests, docs and site are what the last one made or was made of."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .bounds import BOUNDS, Bounds
from .digests import OURS, list_origins, stamp_of_file
from .holdings import Found
from .kept import Kept
from .model import Problem
from .renewal import stamp_of_frame
from .stamps import stamp


class Said(NamedTuple):
    """What a build said; one that finds all as it was says it again."""

    problems: Sequence[Problem]
    summary: str


def stamp_of_digests(folder: Path, bounds: Bounds) -> bytes:
    """Of every file of a digest folder that a build reads, the publisher's corrections among them.

    An entry that cannot be read is like any other such: it must cost no build of the rest.
    """
    found = [(name, stamp_of_file(f"{folder}/{name}", bounds)) for name in list_origins(folder)]
    # Of these as much is read as without settings: what bounds a digest bounds no correction.
    found += [(name, stamp_of_file(f"{folder}/{name}", BOUNDS)) for name in OURS]
    return stamp(sorted(found))


def note_build(kept: Kept, digests: bytes, frame: bytes, said: Said) -> None:
    """Note what a build said of these digests, and of what people wrote into the docs."""
    kept.keep("build", "last", digests, pickle.dumps((frame, *said)))


def said_before(kept: Kept, docs: Found, site: Found, digests: bytes) -> Said | None:
    """What the last build said, if this one would say and make the same; else `None`."""
    # First, as it is quick to ask, and most builds have another digest.
    value = kept.read("build", "last", digests)
    if value is None or not (docs.stands and site.stands) or len(site.noted) < len(site.files):
        return None
    frame, *said = pickle.loads(value)  # noqa: S301  our own
    written = [path for path in docs.files if path not in docs.noted]
    return Said(*said) if stamp_of_frame(docs.folder, written, docs.noted) == frame else None
