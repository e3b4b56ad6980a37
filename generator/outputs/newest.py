"""Which digest is the newest, told once for the mastheads of all pages.

So no page changes with each day that a site gains, but those that list it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..config import Settings
from ..model import Artifact, Site
from ..routes import Routes
from .words import count, plain_date


def newest(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """A script of data alone: `docs/assets/shell.js` has it before the first paint, and so nothing
    moves when it comes. As JSON it would come later."""
    day = site.library.as_of
    told = {
        "date": day.isoformat(),
        "day": plain_date(day),
        "address": routes.day(day),
        # Of the whole site, and it says so: they stand beside the day.
        "papers": f"{count(len(site.library.papers), 'paper')} in all",
    }
    content = f"self.bsNewest = {json.dumps(told)};\n"
    yield Artifact(routes.newest, content.encode(), "the newest digest")
