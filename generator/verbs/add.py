"""Files saved digests under their dates."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial

from ..errors import Report, UsageError
from ..filing import add_file
from ..ledger import read_ledger, write_ledger
from ..lock import turn
from ..model import visible
from ..outputs.words import count
from ..pipeline import build_library, keys_in, origins_of
from .common import DONE, WRONG_USE, settings_of, show, today_of

_MOST_SHOWN = 20
"""Problems that are printed: a file that is misread may have hundreds."""


def run(options: Namespace) -> int:
    """The exit code."""
    settings, report = settings_of(options, new=True), Report()
    read_ledger(settings.digests)  # a spoilt ledger is found before anything is filed
    today = today_of(options)
    with turn(options.root, "digests"):
        refused, before = False, origins_of(settings)
        for path in options.files:
            try:
                done = add_file(
                    path, settings.digests, settings.year, today, report, settings.bounds
                )
            except UsageError as error:
                print(f"broadsheet: {visible(str(error))}", file=sys.stderr)
                refused = True
                continue
            for filed in done:
                place = visible(str(filed.path.relative_to(settings.digests)))
                how = "filed as" if filed.new else "was filed before as"
                guess = f" (the year {filed.day.year} is a guess)" if filed.guessed_year else ""
                what = f"{count(filed.papers, 'paper')} of {filed.day}{guess}"
                print(f"{visible(str(path))}: {what}, {how} {place}")
        show(report, _MOST_SHOWN)
        if settings.digests.is_dir() and not refused:
            library = build_library(settings, Report())
            if write_ledger(settings.digests, library, partial(keys_in, settings, before)):
                print("keys.yml: papers with several titles noted")
    return WRONG_USE if refused else DONE
