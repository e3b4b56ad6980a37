"""Writes `generator/data/terms.tsv`: in how many abstracts each common term stands.

    python benchmarks/make_terms.py [FOLDER]

FOLDER holds arXiv metadata as JSON lines (`../shared/corpus` beside the repository if not given).
Only counts are kept. The same folder gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator.relate import TERMS, terms_of  # noqa: E402  after the path of the repository

WORDS = 6_000
"""Single words kept; the last of them stands in about one of a thousand abstracts."""
PAIRS = 6_000
_MATHS = re.compile(r"\$[^$]*\$|\\[A-Za-z]+")


def main() -> None:
    """Count and write."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT.parent / "shared" / "corpus"
    papers: dict[str, str] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            papers[record["id"]] = f"{record['title']}. {record['summary']}"
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in papers.values():
        terms = terms_of(_MATHS.sub(" | ", text))
        words.update(term for term in terms if " " not in term)
        pairs.update(term for term in terms if " " in term)
    kept = [
        entry
        for counts, most in ((words, WORDS), (pairs, PAIRS))
        for entry in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    ]
    lines = [f"{term}\t{count}" for term, count in sorted(kept)]
    TERMS.write_text("\n".join([f"\t{len(papers)}", *lines]) + "\n", encoding="utf-8")
    print(f"{len(papers):,} abstracts, {len(lines):,} terms, {TERMS.stat().st_size:,} bytes")
    print(f"rarest kept: word {min(words[t] for t, _ in kept if t in words)},", end=" ")
    print(f"pair {min(pairs[t] for t, _ in kept if t in pairs)}")


if __name__ == "__main__":
    main()
