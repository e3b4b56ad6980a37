"""Fetches days from the services, and files them."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from functools import partial

from ..collect import PATH as MEMORY
from ..collect import Memory, Run, Wanted
from ..errors import CollectError, InputError, Report, UsageError
from ..ledger import read_ledger, write_ledger
from ..lock import turn
from ..model import Library, visible
from ..pipeline import build_library, keys_in, origins_of
from .common import DONE, UNFINISHED, read_day, settings_of, show, today_of


def run(options: Namespace) -> int:
    """The exit code."""
    settings, report, today = settings_of(options, new=True), Report(), today_of(options)
    read_ledger(settings.digests)  # as for `add`
    wanted = Wanted(_range(options, today), options.since_last, options.enrich)

    def library() -> Library | None:
        try:
            return build_library(settings, Report())
        except InputError:
            return None

    with turn(options.root, "digests"):
        memory = Memory(options.root / MEMORY, settings.digests)
        failed, before = False, origins_of(settings)
        for said in Run(settings, library, memory, today, report).collect(wanted):
            if isinstance(said, CollectError):
                print(f"broadsheet: {visible(str(said))}", file=sys.stderr)
                failed = True
            else:
                print(said)
        show(report)
        known = partial(keys_in, settings, before)
        if (held := library()) and write_ledger(settings.digests, held, known):
            print("keys.yml: papers with several titles noted")
        memory.keep(today)
    return UNFINISHED if failed else DONE


def _range(options: Namespace, today: date) -> tuple[date, date] | None:
    """The days that `collect` is to fetch by name."""
    if options.last and not options.first:
        raise UsageError("--to names the last day of a range; give its first with --from")
    if options.day:
        first = last = read_day(options.day, "--day")
    elif options.first:
        first = read_day(options.first, "--from")
        last = read_day(options.last, "--to") if options.last else today
    else:
        return None
    if not first <= last <= today:
        raise UsageError(f"{first} to {last} is no range of days up to today, {today}")
    return first, last
