"""What verbs have in common: exit codes, settings, days, printing."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from ..config import Settings, load_settings, read_year
from ..dates import resolve_day
from ..errors import Report, UsageError
from ..kept import Kept
from ..program import open_kept
from ..progress import SILENT, Progress, Shown

DONE, REFUSED, WRONG_USE, UNFINISHED = range(4)


def settings_of(options: Namespace, *, new: bool = False) -> Settings:
    """The settings of a run; with `new`, the folder of the digests need not be there yet."""
    settings = load_settings(options.root / "mkdocs.yml")
    if options.digests:
        folder = options.digests.resolve()
        if not folder.is_dir() and (folder.exists() or not new):
            raise UsageError(f"--digests {options.digests} is no folder; name that of the digests")
        settings = replace(settings, digests=folder)
    if options.year is not None:
        settings = replace(settings, year=read_year(options.year, "--year"))
    return settings


@contextmanager
def kept_of(options: Namespace, settings: Settings, *, begin: bool = True) -> Iterator[Kept]:
    """What earlier builds kept; what this one keeps is saved, whatever comes of it.

    Without `begin`, what another program kept stays, and nothing is kept; nor is anything of
    digests that are not those of the site, or its next build would find those in place of its own.
    """
    config_file = options.root / "mkdocs.yml"
    own = begin or settings.digests == settings.own_digests
    kept = open_kept(config_file, settings, begin=begin, keep=own)
    try:
        yield kept
    finally:
        kept.close()


def today_of(options: Namespace) -> date:
    """The publisher's own day: the one place that looks at the clock."""
    return read_day(options.today, "--today") if options.today else date.today()  # noqa: DTZ011


def read_day(text: str, where: str) -> date:
    """A day as written on a command line; `where` names the place."""
    # The other forms of ISO 8601 are read by some releases of Python only.
    plain = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    day = resolve_day("", text).day if plain else None
    if day is None:
        raise UsageError(f"{where} {text} is no day; give one such as 2026-11-17")
    return day


def progress() -> Progress:
    """What says in a terminal what is being done, and nothing elsewhere."""
    return Shown(_say, bars=True) if sys.stderr.isatty() else SILENT


def _say(words: str) -> None:
    print(f"… {words}", file=sys.stderr)


def show(report: Report, most: int | None = None) -> None:
    """Print every problem of a run, or the first so many and how many there are more."""
    for problem in report.problems[:most]:
        print(problem, file=sys.stderr)
    if most is not None and len(report) > most:
        more = f"{len(report) - most:,} problems more"
        print(f"{more}: `python -m generator check` names those of what is filed", file=sys.stderr)
