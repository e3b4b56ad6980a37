"""Edits a small site at random, and holds each build to a fresh one of the same.

    python benchmarks/edits.py [--edits 50] [--seed 1] [--days 9]

Digests, corrections, settings, vocabulary, templates, program, pages by hand and environment are
edited; now and then what earlier builds left behind is damaged as well. Each edit is named with
the files that differ, which are none.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.edits import Repository, begin, walk  # noqa: E402  after the repository's path

SHOWN = 20
"""Of the files that differ after an edit."""


def main() -> int:
    """Whether any file differed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=9, help="of the site to begin with")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        inputs, repository = begin(Random(options.seed), options.days), Repository(Path(folder))
        repository.build(inputs)
        steps = walk(inputs, repository, Random(options.seed))
        for number, (said, differ) in zip(range(1, options.edits + 1), steps, strict=False):
            failed += bool(differ)
            print(f"{number}. {said}", *differ[:SHOWN], sep="\n    ", flush=True)
            if len(differ) > SHOWN:
                print(f"    and {len(differ) - SHOWN} others")
    print(f"{options.edits} edits, seed {options.seed}: after {failed} of them files differed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
