"""Writes the pages and feeds into the docs only."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext

from ..conversion import convert
from ..errors import Report
from ..lock import turn
from ..outputs.words import count
from .common import DONE, kept_of, progress, settings_of, show


def run(options: Namespace) -> int:
    """The exit code."""
    settings, report = settings_of(options), Report()
    dry = options.dry_run
    with (
        nullcontext() if dry else turn(options.root, "docs"),
        kept_of(options, settings, begin=not dry) as kept,
    ):
        try:
            converted = convert(settings, report, progress(), kept, dry_run=dry)
        finally:
            show(report)
    changes = converted.published.changes
    for change in changes:
        print(f"{change.kind:8} {change.path}")
    would = "would be " if dry else ""
    print(f"{count(len(changes), 'file')} {would}changed" if changes else "nothing changed")
    if converted.untold:
        print(converted.untold)
    return DONE
