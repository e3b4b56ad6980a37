"""Knows a build again whose digests, docs and site are what the last one made or was made of."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .config import Settings
from .holdings import Holding, find_files, read_noted
from .kept import Kept
from .model import Problem
from .publish import HELD as DOCS
from .renewal import HELD as SITE
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


def said_before(kept: Kept, settings: Settings, site: Path, digests: bytes) -> Said | None:
    """What the last build said, if this one would say and make the same; else `None`."""
    generated, made = read_noted(kept, DOCS), read_noted(kept, SITE)
    docs, published = find_files(settings.docs, linked=True), find_files(site)
    if not (_stand(generated, docs) and _stand(made, published)) or len(made) < len(published):
        return None
    frame = stamp_of_frame(settings.docs, docs, generated)
    said = kept.read("build", "last", stamp_of(digests + frame))
    return Said(*pickle.loads(said)) if said else None  # noqa: S301  our own


def _stand(noted: Mapping[str, Holding], files: Mapping[str, tuple[int, int]]) -> bool:
    return all(files.get(path) == (held.size, held.changed) for path, held in noted.items())
