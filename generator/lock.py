"""Lets one run at a time write into a folder; the next waits its turn, and says for whom.

The lock is the kernel's, so it ends with the processes that hold it, however they end; nothing is
left that a person would have to remove.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from logging import getLogger
from pathlib import Path

from .writing import plain_errors

HELD = "BROADSHEET_LOCKS"
"""Environment variable: the lock files that this run holds, or that which started it, whose work it
does. Their open files are inherited as well, so a lock outlasts a run that was killed until the
programs it had started have ended, too."""

log = getLogger("broadsheet")


def turn(root: Path, what: str) -> AbstractContextManager[None]:
    """The lock of a repository's `docs` or `digests`: of two runs that write them one waits."""
    return alone(root / ".cache" / f"{what}.lock")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file, made if it is missing; waits while another run holds it.

    `PublishError` when it cannot be made, which is how a read-only folder is found before any work.
    """
    name = os.fspath(lock.resolve())
    held = os.environ.get(HELD, "")
    if name in held.split(os.pathsep):
        yield
        return
    with plain_errors(lock):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(name, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(file, lock)
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        os.set_inheritable(file, True)
        os.environ[HELD] = os.pathsep.join(filter(None, (held, name)))
        yield
    finally:
        os.environ[HELD] = held
        os.close(file)


def _wait(file: int, lock: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(file, 20, 0).decode("ascii", "replace")
        log.warning("waiting for process %s, which is writing in %s", holder or "?", lock.parent)
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks, as some of networks are
