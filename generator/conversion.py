"""From digests to the files of the docs, and what is said of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from .config import Settings
from .errors import Report
from .holdings import Found
from .kept import NOTHING, Kept
from .model import Site
from .outputs.feeds.history import newest
from .outputs.feeds.specs import feed_specs, since
from .outputs.words import count
from .pipeline import build_site, render
from .progress import SILENT, Progress
from .publish import Change, Published, publish
from .routes import Routes

_NEWS = timedelta(days=31)
"""How long before the newest day readers would want to be told of another one."""

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
    """That more days are new at once than feeds hold, or that one came later than they reach;
    empty where readers are told of all.

    It cannot be helped here: what feeds hold must not depend on when a site was built.
    """
    routes = Routes(settings.url, settings.authority)
    added = {change.path for change in changes if change.kind == "added"}
    days = [day.date for day in site.library.days if day.entries]
    place = {day: number for number, day in enumerate(days, 1)}
    fresh = {day: None for day in days if routes.source(routes.day(day)) in added}
    before = next((day for day in days if day not in fresh), None)
    if before is None or not fresh:  # the first build, or one without a new day
        return ""
    every = next(spec for spec in feed_specs(site, routes, settings) if spec.kind == "all")
    held = len(newest(every, site.library, settings))
    new = [day for day in fresh if day > before]
    # What is older is no news to anybody, but an archive that is filed.
    late = [day for day in fresh if before > day >= days[0] - _NEWS]
    said = []
    for those, what in ((new, "are new at once"), (late, "came late")):
        reach, among = since(every.events, those[-1]) if those else 0, {*those}
        missed = sum(event.day in among for event in every.events[held:reach])
        if missed:
            said.append(
                f"{count(len(those), 'day')} {what}, and feeds hold the newest "
                f"{settings.feed_days}: {count(missed, 'paper')} stand in their archives alone, "
                f"where few readers look; to have them in feeds, build with `feed_days: "
                f"{place[those[-1]]}` until more days have come"
            )
    return "\n".join(said)
