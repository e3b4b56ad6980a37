"""Writes one file as a whole: beside it first, then renamed over it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import PublishError


def write_whole(path: Path, content: bytes) -> None:
    """Make a file hold exactly this; a reader sees the old content or the new, never half of one.

    The folder is made if it is missing. `OSError` leaves the old file and no litter.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.new")
    try:
        neighbour.write_bytes(content)
        neighbour.replace(path)
    except OSError:
        neighbour.unlink(missing_ok=True)
        raise


@contextmanager
def plain_errors(place: Path) -> Iterator[None]:
    """Turn what the system refuses into `PublishError`, one sentence that names the place."""
    try:
        yield
    except OSError as error:
        where = os.fspath(error.filename or place)
        raise PublishError(
            f"{where}: {error.strerror or error}; what was there still stands, mend that and run "
            "again"
        ) from error
