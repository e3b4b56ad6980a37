"""Puts a finished folder in the place of an old one, so that the old one stands until then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .writing import plain_errors


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new empty folder beside `folder`, which takes its place when all went well.

    Leaving by an exception removes the new folder and keeps the old one. A run that was killed
    between the two renames is mended by the next one. `PublishError` when the system refuses.
    """
    new = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    with plain_errors(folder):
        if old.exists() and not folder.exists():
            old.rename(folder)
        for left in (new, old):
            if left.exists():
                shutil.rmtree(left)
        new.mkdir(parents=True)
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    with plain_errors(folder):
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
