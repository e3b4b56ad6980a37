"""What it costs to read a digest of enormous size, in CPU and in memory, and what is said of it.

    python benchmarks/bounds.py [--papers 49000] [--sentences 8] [--ending txt]

Writes one day of that many papers, each abstract of so many sentences, as a saved page (`txt`) or
as JSON Lines (`jsonl`), and reads it up to the library: papers and days, nothing rendered.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator.errors import Report  # noqa: E402  after the repository's path
from generator.pipeline import build_library  # noqa: E402  likewise
from tests.sites import settings_for  # noqa: E402  likewise

SENTENCE = (
    "We propose a method for O(varepsilon^{-2}) rates, 100times faster than any before it, "
    "with code at https://github.com/a/b. "
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=49_000)
    parser.add_argument("--sentences", type=int, default=8)
    parser.add_argument("--ending", choices=["txt", "jsonl"], default="txt")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        digests = Path(place)
        path = digests / f"2025-03-12.{options.ending}"
        with path.open("w", encoding="utf-8") as file:
            for number in range(options.papers):
                title = f"A Study of {number} Graph Neural Networks"
                abstract = SENTENCE * options.sentences
                record = json.dumps({"title": title, "abstract": abstract})
                file.write(
                    f"{title}\n\n{abstract}\n\n" if options.ending == "txt" else f"{record}\n"
                )
        report = Report()
        before = time.process_time()
        library = build_library(settings_for(digests, digests / "docs"), report)
        spent = time.process_time() - before
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path.name}: {options.papers:,} papers, {size:.0f} MB; kept {len(library.papers):,} in "
        f"{spent:.1f} s of CPU, at most {peak:.0f} MiB"
    )
    for problem in report.problems:
        print(problem)


if __name__ == "__main__":
    main()
