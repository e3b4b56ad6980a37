"""From digests to the files of the docs, and what is said of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .config import Settings
from .errors import Report
from .holdings import Found
from .kept import NOTHING, Kept
from .model import Site
from .outputs.words import count
from .pipeline import build_site, render
from .progress import SILENT, Progress
from .publish import Published, publish


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of one."""

    site: Site
    published: Published

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
        )


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
    return Conversion(
        site, publish(settings.docs, artifacts, dry_run=dry_run, kept=kept, docs=docs)
    )
