"""What the system offers and Python does not: exchanging two names, flushing a file system."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from pathlib import Path

_LIBRARY = ctypes.CDLL(None, use_errno=True)

_RENAMEAT2 = {"x86_64": 316, "aarch64": 276, "riscv64": 276}
"""Number of the system call by machine (arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h of Linux): musl before 1.2.6 has no function for it."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2

_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP}
"""How kernels, file systems and containers say that they do not know the call or its flag. EPERM
may mean the folders as well; a plain rename then says so."""


def exchange(one: Path, other: Path) -> bool:
    """Give two paths each other's names at one moment; False where the system cannot.

    `OSError` when it could but something is in the way.
    """
    number = _RENAMEAT2.get(platform.machine())
    if sys.platform != "linux" or not number or sys.maxsize < 2**32:
        return False
    # Each number as a long: the library's `syscall` takes registers as they are.
    done = _LIBRARY.syscall(
        ctypes.c_long(number),
        ctypes.c_long(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(one)),
        ctypes.c_long(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(other)),
        ctypes.c_long(_RENAME_EXCHANGE),
    )
    if done == 0:
        return True
    refused = ctypes.get_errno()
    if refused in _UNABLE:
        return False
    raise OSError(refused, os.strerror(refused), os.fspath(other))


def flush(folder: Path) -> None:
    """Put all that was written to a folder's file system on its disk.

    Names reach the disk before contents do: after a power cut an exchanged folder could be there
    with empty files, and nobody would look at them again. One flush costs less than one a file.
    """
    if not hasattr(_LIBRARY, "syncfs"):
        os.sync()
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        if _LIBRARY.syncfs(file):
            refused = ctypes.get_errno()
            raise OSError(refused, os.strerror(refused), os.fspath(folder))
    finally:
        os.close(file)
