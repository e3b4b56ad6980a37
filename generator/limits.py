"""How much of what a host takes a site uses, and what to drop first when it is nearly too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

GITHUB_PAGES = 1_000_000_000
"""Bytes of a published site, https://docs.github.com/en/pages/getting-started-with-github-pages/\
github-pages-limits: "may be no larger than 1 GB". Read as the smaller of its two meanings."""

NEARLY = 80
"""Per cent of the limit from which on a build warns: at a steady pace, months ahead."""

REMEDIES = {
    "feeds": "set `feed_archives: papers`, or `none`",
    "authors": "raise `author_pages`, or set it to 0",
    "cite": "set `citations: false`",
    "take": "lower `take_days`, or set it to 0",
    "data": "set `data: false` and take its link out of the pages you write",
    "search": "set `search: false`",
    "papers": "set `paper_pages_from` to a later year",
}
"""By the folder they make smaller; what is missed least comes first."""


def bytes_by_folder(files: Mapping[str, int]) -> Counter[str]:
    """The bytes of a site's files by top folder; those of the top itself under an empty name."""
    sizes: Counter[str] = Counter()
    for path, size in files.items():
        folder, _, name = path.partition("/")
        sizes[folder if name else ""] += size
    return sizes


def warning(sizes: Counter[str], limit: int = GITHUB_PAGES) -> str:
    """A warning in words where a site of these sizes nears the limit, else an empty text.

    >>> warning(Counter(papers=500, feeds=300), limit=1000)  # doctest: +NORMALIZE_WHITESPACE
    'the site has 0.0 GB, 80 % of what GitHub Pages publishes: papers 0.0 MB, feeds 0.0 MB;
    to make it smaller, first set `feed_archives: papers`, or `none`, then set `paper_pages_from` to
    a later year'
    """
    total = sizes.total()
    if total * 100 < limit * NEARLY:
        return ""
    kinds = ", ".join(f"{name or 'top'} {size / 1e6:.1f} MB" for name, size in sizes.most_common(5))
    # Only what matters: a remedy for less than a fiftieth of the site is none.
    useful = [words for name, words in REMEDIES.items() if sizes[name] * 50 >= total]
    return (
        f"the site has {total / 1e9:.1f} GB, {total * 100 // limit} % of what GitHub Pages "
        f"publishes: {kinds}" + ("; to make it smaller, first " if useful else "")
    ) + ", then ".join(useful)
