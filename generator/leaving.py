"""Ends a process that has done its work, at once.

Everything is written and closed. Python would now take apart what is known of the site, object by
object: a twentieth of what one more day costs, and of a first build.

Also runs a module as `python -m` does, and leaves like this: `python -P leaving.py MODULE ...`.
When it is told to `build`, Python's collector of rings is off (see `rings.py`): it took 1.5 of 33
seconds of a first build of 10,000 papers, to save 14 of 524 MB.
"""

from __future__ import annotations

import gc
import os
import runpy
import sys
from contextlib import suppress
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End this process with an exit code."""
    with suppress(OSError):  # whoever read our output has seen enough
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    del sys.argv[0]
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  text, as `python -m` puts it there
    if sys.argv[1:2] == ["build"]:
        gc.disable()
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise  # a sentence, which Python shows
        leave(end.code or 0)
    leave(0)
