"""Shows every problem, writes nothing."""

from __future__ import annotations

import sys
from argparse import Namespace

from ..collect.staleness import days_come, why_stale
from ..errors import Report
from ..model import visible
from ..outputs.words import count
from ..pagebuilder.refusals import refuse_other_frame, refuse_what_mkdocs_does
from ..pagebuilder.remarks import InDocs, choices, find_written, remarks
from ..pipeline import build_site, offers, render
from ..publish import read_manifest, refuse_collisions
from .common import DONE, REFUSED, kept_of, progress, settings_of, show, today_of


def run(options: Namespace) -> int:
    """The exit code."""
    settings, report, shown = settings_of(options), Report(), progress()
    today = today_of(options)
    config_file = options.root / "mkdocs.yml"
    refuse_other_frame(config_file)
    asked = refuse_what_mkdocs_does(config_file)
    with kept_of(options, settings, begin=False) as kept:
        try:
            site = build_site(settings, report, shown, kept)
            generated = refuse_collisions(settings.docs, render(site, settings, shown))
            ours = read_manifest(settings.docs) | set(generated)
            found = InDocs(find_written(settings.docs, ours), generated)
            for said in remarks(asked, settings, found):
                report.note(said.origin, said.line, said.message)
            come = days_come(site.library.days, today, report)
        finally:
            show(report)
        for choice in choices(asked, settings):
            print(f"no problem, but to be known: {choice}")
        for offer in offers(site):
            print(f"perhaps one paper: {visible(offer)}")
    library = site.library
    print(
        f"{count(len(library.days), 'day')}, {count(len(library.papers), 'paper')}, newest "
        f"{library.as_of}; {count(len(report.problems), 'problem')}"
    )
    newest = max(come, default=library.days[-1].date)
    if stale := why_stale(newest, today, settings.stale_after):
        print(f"broadsheet: {stale}", file=sys.stderr)
    return REFUSED if stale or ((options.strict or settings.strict) and report) else DONE
