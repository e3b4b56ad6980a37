"""Ends a program, or refuses it a full disk, at the n-th step it takes on files.

Python announces each opening, renaming, linking and removing of a file to whoever listens
(`sys.addaudithook`), so the program itself knows nothing of this.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable

STEPS = frozenset(
    "open os.rename os.link os.mkdir os.rmdir os.remove os.truncate shutil.copyfile".split()
)

Mishap = Callable[[str, tuple[object, ...]], None]
"""What happens before a step, of which Python's name and arguments are given."""


def from_step(number: int, mishap: Mishap) -> Callable[[], int]:
    """Let it happen before the n-th step of this process and all later ones; tells their number."""
    taken = 0

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal taken
        if event in STEPS:
            taken += 1
            if taken >= number:
                mishap(event, arguments)

    sys.addaudithook(look)
    return lambda: taken


def kill(event: str, arguments: tuple[object, ...]) -> None:
    """End this process as a power cut does: nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


def full(event: str, arguments: tuple[object, ...]) -> None:
    """Be a disk that takes nothing new; what is there can be read, renamed and removed."""
    flags = arguments[2] if event == "open" else 0
    new_file = isinstance(flags, int) and flags & os.O_CREAT
    if new_file or event in ("os.link", "os.mkdir", "shutil.copyfile"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
