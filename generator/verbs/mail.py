"""Sends a day to a mailing list, once."""

from __future__ import annotations

import os
from argparse import Namespace

from ..errors import Report, UsageError
from ..mail import (
    claimed,
    compose,
    deliver,
    find_day,
    note_sent,
    read_mail_settings,
    read_sent,
    why_not,
    with_examples,
)
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
    with kept_of(options, settings, begin=False) as kept:
        site = build_site(settings, Report(), progress(), kept)
        day = find_day(site.library, wanted)
        message = compose(site, day, mail, routes_of(settings, site.library), settings)
    if options.dry_run:
        path = options.root / "mail" / f"{day.date}.eml"
        with plain_errors(path):
            write_whole(path, message)
        print(f"{day.date}: {count(len(day.entries), 'paper')}, not sent but written to {path}")
        return DONE
    record = (options.sent or options.root / "mail" / "sent.txt").absolute()
    with claimed(record):
        why = why_not(
            day,
            read_sent(record),
            named=wanted is not None,
            today=today_of(options),
            max_age=options.max_age,
        )
        if not why:
            deliver(message, mail)
            note_sent(record, day.date)
    sent = f"{day.date}: {count(len(day.entries), 'paper')} sent, noted in {record}"
    print(f"nothing sent: {why}" if why else sent)
    return DONE
