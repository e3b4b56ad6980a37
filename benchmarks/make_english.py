"""Makes `generator/data/english.txt`: words of abstracts that look like glued mathematics.

    python benchmarks/make_english.py [--shared ../shared] [--words FILE...]

Takes, from the corpus days of 2025 and text outside mathematics only, the words that
`mathtext.names.split` takes apart although people use them. From lists of English words, one a
line, it takes those that would pass for glued mathematics: 79 of half a million. Made with
Debian's `wamerican-insane` and `wbritish-insane`. The list holds facts about words, no dictionary;
a word in it is never mathematics on its own.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from generator.mathtext.names import COMMANDS, apart, split  # noqa: E402 (the path comes first)

TARGET = ROOT / "generator" / "data" / "english.txt"
WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{3,}(?![A-Za-z])")
MATHS = re.compile(r"\$[^$]*\$|\S*(?:https?://|[_^{}\\])\S*")


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--words", type=Path, nargs="*", default=[])
    arguments = parser.parse_args()
    shared = arguments.shared
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for path in sorted((shared / "corpus").glob("2025-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            paper = json.loads(line)
            if paper["id"] in seen:
                continue
            seen.add(paper["id"])
            words = WORD.findall(MATHS.sub(" ", f"{paper['title']} {paper['summary']}"))
            counts.update({word.lower() for word in words if word not in COMMANDS})
    taken = {word for word in counts if split(word) or split(word.capitalize())}
    for path in arguments.words:
        listed = {word.lower() for word in WORD.findall(path.read_text("utf-8"))} - COMMANDS
        taken |= {word for word in listed if apart(word) or apart(word.capitalize())}
    head = f"# {len(taken)} words of {len(seen)} abstracts; made by benchmarks/make_english.py\n"
    TARGET.write_text(head + "\n".join(sorted(taken)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
