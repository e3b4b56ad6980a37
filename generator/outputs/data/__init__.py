"""`Site` to data for machines, an interface that others lean on.

records   what is said of a paper, a day, a topic
files     which files there are, and the index that lists them with their checksums

The README tells readers of them, and `generator/data/api.schema.json`, published beside them, tells
programs.
"""

from __future__ import annotations

from .files import data

__all__ = ["data"]
