"""How often neighbours share a topic, how well twins are told, and what finding them costs.

    python benchmarks/related.py [PAPERS]

The reference tags of `../shared/gold` judge; nothing is found by them, and the table of terms has
seen no labelled paper. All labelled papers are one library of one day, so that each may be linked
to any other. Bounds were chosen on the half `tuned`; `held out` is the other half. PAPERS (40,000
if not given) are recombined from sentences and titles of all papers, those of the corpus included.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tags import (  # noqa: E402  after the repository's path
    SHARED,
    Labelled,
    captures,
    held_out,
    modern,
)
from generator.model import PaperText  # noqa: E402  likewise
from generator.relate import (  # noqa: E402  likewise
    Readings,
    near_duplicates,
    read_papers,
    relate_papers,
)
from generator.rings import uncollected  # noqa: E402  likewise

START = date(2025, 1, 1)
A_DAY = 60
"""Papers of one day."""
Link = tuple[str, str]


def shares(links: list[Link], tags: Mapping[str, frozenset[str]]) -> float:
    """Part of the links, 0 to 1, that have a tag in common."""
    return sum(bool(tags[one] & tags[other]) for one, other in links) / max(1, len(links))


def judge(papers: Mapping[str, Labelled], parts: Mapping[str, Callable[[str], bool]]) -> None:
    """Print how links compare with random pairs, for all papers and for parts of them."""
    texts = {key: paper.text for key, paper in papers.items()}
    # A link to code says nothing of a subject.
    tags = {key: paper.tags - {"code-available"} for key, paper in papers.items()}
    related = relate_papers(texts, dict.fromkeys(texts, START))
    dice = random.Random(1)
    for name, inside in parts.items():
        keys = [key for key in sorted(texts) if inside(key)]
        links = [(key, near.paper) for key in keys for near in related[key]]
        chance = [(dice.choice(keys), dice.choice(sorted(texts))) for _ in range(20_000)]
        chance = [(one, other) for one, other in chance if one != other]
        several = sum(len(related[key]) >= 3 for key in keys) / len(keys)
        print(f"{name:28} {len(keys):5,} papers, {len(links):5,} links", end=", ")
        print(
            f"a tag shared {shares(links, tags):.3f}, random {shares(chance, tags):.3f}", end=", "
        )
        print(f"papers with 3 links or more {several:.3f}")


def corpus() -> dict[str, PaperText]:
    """The papers of thirty days, by arXiv id."""
    papers = {}
    for file in sorted((SHARED / "corpus").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            papers[record["id"]] = PaperText(
                " ".join(record["title"].split()), " ".join(record["summary"].split())
            )
    return papers


def recombined(texts: list[PaperText], number: int) -> dict[str, PaperText]:
    """As many papers: the head of one and the tail of another, cut between sentences."""
    dice = random.Random(2)
    cut = [re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.abstract) for text in texts]
    made = {}
    for n in range(number):
        one, other = dice.randrange(len(texts)), dice.randrange(len(texts))
        heads, tails = texts[one].title.split(), texts[other].title.split()
        title = [*heads[: max(2, len(heads) // 2)], *tails[len(tails) // 2 :]]
        half = cut[one][: max(1, len(cut[one]) // 2)] + cut[other][len(cut[other]) // 2 :]
        made[f"p{n:06}"] = PaperText(" ".join(title), " ".join(half))
    return made


def tell_twins(texts: dict[str, PaperText]) -> None:
    """Print the pairs of different papers that are taken for one."""
    twins = near_duplicates(texts, relate_papers(texts, dict.fromkeys(texts, START)))
    print(f"{len(texts):,} papers of different ids or titles: {len(twins)} pairs perhaps one paper")
    for pair in twins:
        print(f"  {pair.score:.2f}  {texts[pair.one].title}  |  {texts[pair.other].title}")


def used(work: Callable[[], object]) -> float:
    """Seconds of processor, the system's included, that some work takes."""
    with uncollected():  # as in a build
        start = time.process_time()
        work()
        return time.process_time() - start


def cost(texts: list[PaperText], number: int) -> None:
    """Print what `number` papers cost, and one day more."""
    made = recombined(texts, number + A_DAY)
    seen = {key: START + timedelta(days=n // A_DAY) for n, key in enumerate(made)}
    old = dict(islice(made.items(), number))
    today = dict(islice(made.items(), number, None))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    whole = used(lambda: relate_papers(old, seen))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{number:,} papers: {whole:.2f} s of processor; {peak} MB, {before} before")
    kept = read_papers(old).to_bytes()

    def one_day() -> None:
        relate_papers(today, seen, Readings.from_bytes(kept), today.keys())

    print(f"one day more, {len(today)} papers: {used(one_day):.2f} s, ", end="")
    print(f"from a cache of {len(kept) / 1e6:.1f} MB")


def main() -> None:
    """Print everything."""
    old, new = captures(), modern()
    papers = old | new
    judge(
        papers,
        {
            "all labelled": lambda _: True,
            "  captures": lambda key: key in old,
            "  modern": lambda key: key in new,
            "  tuned": lambda key: not held_out(key),
            "  held out": held_out,
        },
    )
    judge(old, {"captures alone": lambda _: True})
    judge(new, {"modern alone": lambda _: True})
    number = int(sys.argv[1]) if sys.argv[1:] else 40_000
    texts = corpus() | {key: paper.text for key, paper in papers.items()}
    tell_twins(texts)
    cost(list(texts.values()), number)


if __name__ == "__main__":
    main()
