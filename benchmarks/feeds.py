"""What feeds and their archives cost, in CPU and in bytes.

    python benchmarks/feeds.py [--papers 10000 40000] [--archives all papers none]

Makes a corpus of each size, reads and tags it once, then writes all feeds to nowhere, once for each
value of `feed_archives`. The share of a whole build is that of `benchmarks/build.py`.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.recombined import write_digests  # noqa: E402  after the repository's path
from generator.config import ARCHIVES, load_settings  # noqa: E402  likewise
from generator.errors import Report  # noqa: E402  likewise
from generator.outputs.feeds import feeds  # noqa: E402  likewise
from generator.pipeline import build_site, routes_of  # noqa: E402  likewise


def kind_of(path: str) -> str:
    """What a file of a feed is counted under.

    >>> kind_of("feeds/tags/theory/archive/2025-03.xml"), kind_of("feeds/all/rss.xml")
    ('archive, tags', 'feed, all')
    """
    folder = path.split("/")[1]
    return f"{'archive' if '/archive/' in path else 'feed'}, {folder}"


def measure(number: int, choices: list[str]) -> None:
    """Print a row for each choice, and the bytes of the first by kind."""
    with tempfile.TemporaryDirectory() as folder:
        write_digests(Path(folder) / "digests", number)
        settings = replace(load_settings(ROOT / "mkdocs.yml"), digests=Path(folder) / "digests")
        began = time.process_time()
        site = build_site(settings, Report())
        known = time.process_time() - began
    kinds: Counter[str] = Counter()
    for choice in choices:
        chosen = replace(settings, feed_archives=choice)
        gc.collect()
        sizes: Counter[str] = Counter()
        files = 0
        began = time.process_time()
        for artifact in feeds(site, routes_of(chosen, site.library), chosen):
            sizes[kind_of(artifact.path)] += len(artifact.content)
            files += 1
        cpu = time.process_time() - began
        print(f"| {number:,} | {choice} | {cpu:.1f} | {files:,} | {sizes.total() / 1e6:.0f} |")
        kinds = kinds or sizes
    listed = ", ".join(f"{kind} {size / 1e6:.1f}" for kind, size in kinds.most_common())
    print(f"\n{number:,} papers, `{choices[0]}`, MB: {listed}; read and tagged in {known:.0f} s\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 40_000])
    parser.add_argument("--archives", nargs="+", choices=ARCHIVES, default=list(ARCHIVES))
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print("| papers | `feed_archives` | user+sys s | files | MB |")
    print("|---:|---|---:|---:|---:|")
    for number in options.papers:
        measure(number, options.archives)


if __name__ == "__main__":
    main()
