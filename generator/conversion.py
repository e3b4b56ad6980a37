"""From digests to the files of the docs, and what is said of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .config import Settings
from .errors import Report
from .holdings import Found
from .kept import NOTHING, Kept
from .model import Site
from .outputs.feeds.history import newest
from .outputs.feeds.specs import feed_specs
from .outputs.words import count
from .pipeline import build_site, render
from .progress import SILENT, Progress
from .publish import Change, Published, publish
from .routes import Routes

_SHOWN = 3
"""Topics that are named of many."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of one."""

    site: Site
    published: Published
    untold: str = ""
    """What readers of feeds miss of it, as lines with the remedies."""

    def __str__(self) -> str:
        library, published = self.site.library, self.published
        kinds = Counter(change.kind for change in published.changes)
        changed = ", ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items()))
        entries = sum(len(day.entries) for day in library.days)
        return (
            f"{count(len(library.days), 'day')}, {entries:,} "
            f"{'entry' if entries == 1 else 'entries'}, {count(len(library.papers), 'paper')}, "
            f"newest {library.as_of}; files: {changed or 'nothing changed'}; "
            f"{published.reused:,} were not made again"
        ) + (f"\n{self.untold}" if self.untold else "")


def convert(
    settings: Settings,
    report: Report,
    progress: Progress = SILENT,
    kept: Kept = NOTHING,
    *,
    dry_run: bool = False,
    docs: Found | None = None,
) -> Conversion:
    """Make the docs those of the digests. Errors are those of the stages and of `publish`."""
    site = build_site(settings, report, progress, kept)
    artifacts = render(site, settings, progress)
    published = publish(settings.docs, artifacts, dry_run=dry_run, kept=kept, docs=docs)
    said = (_untold(site, published.changes, settings), _ended(site, published.changes))
    return Conversion(site, published, "\n".join(filter(None, said)))


def _ended(site: Site, changes: Iterable[Change]) -> str:
    """That topics which had feeds are in the vocabulary no more; empty where none is missed."""
    ended = []
    for kind, entries in (("tags", site.taxonomy.tags), ("facets", site.taxonomy.facets)):
        known = {slug for entry in entries for slug in (entry.slug, *entry.former)}
        feed = re.compile(f"feeds/{kind}/([^/]+)/rss.xml")
        gone = (feed.fullmatch(change.path) for change in changes if change.kind == "removed")
        ended += [found[1] for found in gone if found and found[1] not in known]
    if not ended:
        return ""
    more = f" and {len(ended) - _SHOWN} more" if len(ended) > _SHOWN else ""
    return (
        f"the vocabulary no longer has {', '.join(ended[:_SHOWN])}{more}: who follows a feed of "
        f"that name gets nothing from now on; what has its papers now needs `former: [{ended[0]}]`"
    )


def _untold(site: Site, changes: Iterable[Change], settings: Settings) -> str:
    """That more days are new at once than feeds hold; empty where readers are told of all.

    It cannot be helped here: what feeds hold must not depend on when a site was built.
    """
    routes = Routes(settings.url, settings.authority)
    added = {change.path for change in changes if change.kind == "added"}
    days = [day.date for day in site.library.days if day.entries]
    before = next((day for day in days if routes.source(routes.day(day)) not in added), None)
    if before is None:  # the first build
        return ""
    new = [day for day in days if day > before]
    if len(new) <= settings.feed_days:
        return ""
    every = next(spec for spec in feed_specs(site, routes, settings) if spec.kind == "all")
    held = len(newest(every, site.library, settings))
    missed = sum(event.day > before for event in every.events[held:])
    if not missed:
        return ""
    return (
        f"{len(new)} days are new at once, and feeds hold the newest {settings.feed_days}: "
        f"{count(missed, 'paper')} stand in their archives alone, where few readers look; to have "
        f"them in feeds, build with `feed_days: {len(new)}` until more days have come"
    )
