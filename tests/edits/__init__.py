"""Random edits of all that a site is made from, and random damage to what was made.

An edit changes `Inputs`, damage a repository; either says what it did, or nothing where it found
nothing to do. The same seed gives the same edits.
"""

from __future__ import annotations

from .damage import DAMAGE
from .digests import OF_DIGESTS
from .inputs import SMALL, Edit, Inputs, begin, mix
from .repository import Repository, walk
from .rest import OF_THE_REST

__all__ = [
    "DAMAGE",
    "OF_DIGESTS",
    "OF_THE_REST",
    "SMALL",
    "Edit",
    "Inputs",
    "Repository",
    "begin",
    "mix",
    "walk",
]
