"""Holds off Python's collector of rings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of rings, for work that makes few but much that stays.

    It reads all there is whenever that has grown by a quarter: a tenth of the time that topics and
    related papers take. What is in no ring goes as ever: converting 10,000 papers anew needs 487 MB
    in place of 467.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
