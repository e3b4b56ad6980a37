"""Sends days to a mailing list, each once."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence

from ..errors import Report, UsageError
from ..mail import (
    claimed,
    compose,
    deliver,
    find_day,
    find_days,
    note_sent,
    read_mail_settings,
    read_sent,
    why_not,
    with_examples,
)
from ..model import Day
from ..outputs.words import count
from ..pipeline import build_site, routes_of
from ..writing import plain_errors, write_whole
from .common import DONE, kept_of, progress, read_day, settings_of, today_of


def run(options: Namespace) -> int:
    """The exit code."""
    if options.max_age is not None and options.max_age < 0:
        raise UsageError(f"--max-age {options.max_age} is no number of days; give one such as 5")
    # Before anything is asked of the environment.
    wanted = read_day(options.day, "--day") if options.day is not None else None
    settings = settings_of(options)
    mail = read_mail_settings(with_examples(os.environ) if options.dry_run else os.environ)
    record = (options.sent or options.root / "mail" / "sent.txt").absolute()
    with kept_of(options, settings, begin=False) as kept:
        site = build_site(settings, Report(), progress(), kept)
        if wanted or options.dry_run:
            days: Sequence[Day] = [find_day(site.library, wanted)]
        else:
            days = find_days(site.library, read_sent(record))
        routes = routes_of(settings, site.library)
        messages = [(day, compose(site, day, mail, routes, settings)) for day in days]
    if options.dry_run:
        ((day, message),) = messages
        path = options.root / "mail" / f"{day.date}.eml"
        with plain_errors(path):
            write_whole(path, message)
        print(f"{day.date}: {count(len(day.entries), 'paper')}, not sent but written to {path}")
        return DONE
    today = today_of(options)
    with claimed(record):
        for day, message in messages:
            why = why_not(
                day,
                read_sent(record),
                named=wanted is not None,
                today=today,
                max_age=options.max_age,
            )
            if why:
                print(f"{'nothing' if len(messages) == 1 else 'not'} sent: {why}")
                continue
            deliver(message, mail)
            note_sent(record, day.date)
            print(f"{day.date}: {count(len(day.entries), 'paper')} sent, noted in {record}")
    return DONE
