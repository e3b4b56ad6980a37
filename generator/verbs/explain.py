"""Says what is known of one paper, and why."""

from __future__ import annotations

from argparse import Namespace

from ..errors import Report, UsageError, quote
from ..explain import explain
from ..naming import Names
from ..pipeline import build_site, routes_of
from .common import DONE, kept_of, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    settings = settings_of(options)
    with kept_of(options, settings, begin=False) as kept:
        site = build_site(settings, Report(), kept=kept)
        names = Names(site.library)
        key = names.find(options.key)
        if key is None:
            hint = names.hint(options.key) or "see data/papers.jsonl of the site for all"
            raise UsageError(f"no paper is named {quote(options.key)}; {hint}")
        print(explain(site, key, routes_of(settings, site.library)))
    return DONE
