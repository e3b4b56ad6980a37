"""Puts a finished folder in the place of an old one, so that the old one stands until then.

Both have the name in turn, never neither, where the system can exchange names (Linux, on most
file systems). Elsewhere a run killed between two renames is mended by the next one.
`.broadsheet-NAME` beside the folder NAME holds what is being made, the spare and a lock.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import PublishError
from ..lock import alone
from ..writing import plain_errors
from .spare import Spare
from .system import exchange, flush
from .tree import Tree

__all__ = ["Tree", "flush", "renewed", "replaced", "tidy"]


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new empty folder beside `folder`, which takes its place when all went well.

    Leaving by an exception removes the new folder and keeps the old one. `PublishError` when the
    system refuses.
    """
    folder = _itself(folder)
    with _shop(folder) as shop, plain_errors(folder):
        Spare(folder, shop).drop()
        new = shop / "new"
        new.mkdir()
        try:
            yield new
            _put(new, folder, shop)
        finally:
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def renewed(folder: Path) -> Iterator[Tree]:
    """A tree that begins with all files of `folder`, and takes its place when all went well.

    The files are linked, not copied: what is changed otherwise than through the tree is changed in
    the folder, too. Costs what differs from the last renewal and what is changed in this one; the
    first costs a link a file. Leaving by an exception keeps the old folder. `PublishError` when the
    system refuses.
    """
    folder = _itself(folder)
    with _shop(folder) as shop, plain_errors(folder):
        spare, new = Spare(folder, shop), shop / "new"
        try:
            tree = spare.become(new)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        try:
            yield tree
            tree.freshen()
            if tree.changed:
                _put(new, folder, shop)
        finally:
            # Now the old tree, or one that was not published: either differs by what was changed.
            spare.keep(new, tree.changed)


def tidy(folder: Path) -> None:
    """Remove what a run that was killed left beside a folder; `PublishError` when refused."""
    folder = _itself(folder)
    if any((_beside(folder) / name).exists() for name in ("new", "old")):
        with _shop(folder):
            pass  # it does so before anything else


def _beside(folder: Path) -> Path:
    return folder.with_name(f".broadsheet-{folder.name}")


def _itself(folder: Path) -> Path:
    """The folder that is exchanged; of a link to one, that to which it leads."""
    folder = folder.resolve()
    if os.path.ismount(folder):
        raise PublishError(
            f"{folder} is a mount point, so no other folder can take its place; name one inside it"
        )
    return folder


@contextmanager
def _shop(folder: Path) -> Iterator[Path]:
    """The folder beside it that is ours, for us alone; what a run that was killed left is gone."""
    shop = _beside(folder)
    with alone(shop / "lock"):
        with plain_errors(folder):
            old = shop / "old"
            if old.exists() and not folder.exists():
                old.rename(folder)
            for left in (old, shop / "new"):
                if left.exists():
                    shutil.rmtree(left)
        yield shop


def _put(new: Path, folder: Path, shop: Path) -> None:
    """Exchange the two; the old one, if there was any, is then at `new`."""
    flush(new)
    if not folder.exists():
        new.rename(folder)
    elif not exchange(new, folder):
        old = shop / "old"
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        old.rename(new)
