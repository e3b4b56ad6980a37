"""Tells the hub which feeds have news."""

from __future__ import annotations

from argparse import Namespace

from ..errors import HubError, Report, UsageError
from ..hub import TOLD, feeds_followed, note_told, read_told, tell
from ..outputs.words import count
from ..pipeline import build_site, routes_of
from .common import DONE, kept_of, progress, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    settings = settings_of(options)
    if not settings.websub_hub:
        raise UsageError("no hub is set; set `websub_hub` in mkdocs.yml to its address")
    record = options.root / TOLD
    told = read_told(record)
    with kept_of(options, settings, begin=False) as kept:
        site = build_site(settings, Report(), progress(), kept)
        feeds = list(feeds_followed(site, routes_of(settings, site.library), settings, told))
    done, number = dict(told or {}), 0
    try:
        for feed in feeds:
            for address in feed.addresses if feed.has_news else ():
                print(address)
                number += 1
                if not options.dry_run:
                    tell(settings.websub_hub, address)
            done[feed.name] = feed.held
    except HubError:
        if told is not None:  # else what it was told first would seem to be all it was told
            note_told(record, done)
        raise
    if not options.dry_run:
        note_told(record, done)
    said = "would be" if options.dry_run else "was"
    print(f"{settings.websub_hub} {said} told of {count(number, 'feed')}")
    return DONE
