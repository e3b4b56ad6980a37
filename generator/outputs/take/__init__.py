"""A day to take along: as one file of HTML that needs nothing else, and as EPUB for book readers.

views     what both say
epub      the container around it
files     which days have them
"""

from __future__ import annotations

from .files import TAKE_FORMATS, has_files, take

__all__ = ["TAKE_FORMATS", "has_files", "take"]
