"""How often neighbours share a topic, and what finding them costs.

    python benchmarks/related.py [PAPERS]

The reference tags of `../shared/gold` judge; nothing is found by them. PAPERS (40,000 if not given)
are made by joining halves of two real abstracts each, so that no two are the same.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tags import Labelled, captures, modern  # noqa: E402  after the repository's path
from generator.model import PaperText  # noqa: E402  likewise
from generator.relate import relate_papers  # noqa: E402  likewise

START = date(2025, 1, 1)


def shared_rate(pairs: list[tuple[str, str]], tags: Mapping[str, frozenset[str]]) -> float:
    """Part of the pairs, 0 to 1, that have a tag in common."""
    return sum(bool(tags[one] & tags[other]) for one, other in pairs) / max(1, len(pairs))


def judge(name: str, papers: Mapping[str, Labelled]) -> None:
    """Print how links compare with random pairs."""
    texts = {key: paper.text for key, paper in papers.items()}
    # A link to code says nothing of a subject.
    tags = {key: paper.tags - {"code-available"} for key, paper in papers.items()}
    related = relate_papers(texts, dict.fromkeys(texts, START))
    links = [(key, near.paper, near.score) for key, found in related.items() for near in found]
    dice = random.Random(1)
    keys = sorted(texts)
    chance = [(a, b) for a, b in (dice.sample(keys, 2) for _ in range(20_000))]
    with_any = sum(bool(found) for found in related.values())
    print(f"{name}: {len(links):,} links, {with_any} of {len(texts)} papers have any")
    print(f"  a tag shared: links {shared_rate([link[:2] for link in links], tags):.3f}", end=", ")
    print(f"random pairs {shared_rate(chance, tags):.3f}")
    for low, high in ((0.07, 0.08), (0.08, 0.1), (0.1, 0.15), (0.15, 0.2), (0.2, 0.3), (0.3, 1.01)):
        some = [(a, b) for a, b, score in links if low <= score < high]
        print(f"  cosine {low:.2f} to {high:.2f}: {len(some):5,} {shared_rate(some, tags):.3f}")


def cost(texts: list[PaperText], number: int) -> None:
    """Print the seconds that `number` papers take."""
    dice = random.Random(2)
    made: dict[str, PaperText] = {}
    for n in range(number):
        one, other = dice.sample(texts, 2)
        half, rest = len(one.abstract) // 2, len(other.abstract) // 2
        title = " ".join([*one.title.split()[:4], *other.title.split()[-4:]])
        made[f"p{n}"] = PaperText(title, one.abstract[:half] + " " + other.abstract[rest:])
    seen = {key: START + timedelta(days=n // 60) for n, key in enumerate(made)}
    start, began = time.process_time(), time.perf_counter()
    related = relate_papers(made, seen)
    print(f"{number:,} papers: {time.process_time() - start:.1f} s of processor,", end=" ")
    print(f"{time.perf_counter() - began:.1f} s; {sum(map(len, related.values())):,} links")


def main() -> None:
    """Print everything."""
    sets = {"captures": captures(), "modern": modern()}
    for name, papers in sets.items():
        judge(name, papers)
    number = int(sys.argv[1]) if sys.argv[1:] else 40_000
    cost([paper.text for papers in sets.values() for paper in papers.values()], number)


if __name__ == "__main__":
    main()
