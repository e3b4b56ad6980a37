"""The site as files: each output makes artifacts of everything known about the site.

An output is a function `(Site, Routes, Settings) -> Iterator[Artifact]`; adding one is one file and
one line in `OUTPUTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..config import Settings
from ..model import Artifact, Site
from ..routes import Routes
from .beside import beside
from .citing import citations
from .data import data
from .feeds import feeds
from .llms import llms
from .newest import newest
from .opml import opml
from .pages import pages
from .recent import recent
from .search import search
from .take import take

__all__ = ["OUTPUTS", "Output"]

Output = Callable[[Site, Routes, Settings], Iterator[Artifact]]

OUTPUTS: tuple[Output, ...] = (
    pages,
    feeds,
    opml,
    recent,
    newest,
    citations,
    take,
    data,
    search,
    llms,
    beside,
)
