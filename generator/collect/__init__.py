"""Fetches days from the services that list papers, and files them: the network's only way in.

collecting  a run, from what is wanted to what was filed
client      asks a server, politely and with limits
services    what is asked of each service, and how its answers are read
fetching    which addresses a day, a range or all that is new takes
held        the files of collected days, which only gain
enriching   what arXiv knows of papers that others listed
memory      what a run remembers for the next
staleness   when the newest digest is too old
"""

from __future__ import annotations

from .collecting import Run, Wanted
from .memory import PATH, Memory
from .staleness import why_stale

__all__ = ["PATH", "Memory", "Run", "Wanted", "why_stale"]
