"""Tells the hub which feeds have news."""

from __future__ import annotations

from argparse import Namespace

from ..errors import Report, UsageError
from ..hub import feeds_with_news, tell
from ..outputs.words import count
from ..pipeline import build_site, routes_of
from .common import DONE, kept_of, progress, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    settings = settings_of(options)
    if not settings.websub_hub:
        raise UsageError("no hub is set; set `websub_hub` in mkdocs.yml to its address")
    with kept_of(options, settings, begin=False) as kept:
        site = build_site(settings, Report(), progress(), kept)
        feeds = list(feeds_with_news(site, routes_of(settings, site.library), settings))
    for feed in feeds:
        print(feed)
        if not options.dry_run:
            tell(settings.websub_hub, feed)
    told = "would be" if options.dry_run else "was"
    print(f"{settings.websub_hub} {told} told of {count(len(feeds), 'feed')}")
    return DONE
