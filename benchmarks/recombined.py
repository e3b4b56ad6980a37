"""Makes a corpus of any size: real titles and abstracts, cut and put together anew.

From the reference corpus beside the repository where it is there, else from the sample digests,
whose vocabulary is narrower. The same number gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.errors import Report
from generator.sources import read_captures

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
DIGESTS = ROOT / "digests"
NEWEST = date(2026, 11, 20)
A_DAY = 60
"""Papers on a day, as on the days of the reference captures."""


def originals() -> tuple[str, list[tuple[str, str]]]:
    """Where the texts are from, and each title with its abstract; each title once."""
    found: dict[str, str] = {}
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            paper = json.loads(line)
            title, abstract = " ".join(paper["title"].split()), " ".join(paper["summary"].split())
            found.setdefault(title, abstract)
    if found:
        return "reference corpus", list(found.items())
    for capture in read_captures(DIGESTS, Report()):
        for item in capture.items:
            found.setdefault(item.title, item.abstract)
    return "sample digests", [(title, text) for title, text in found.items() if text]


def papers(number: int) -> Iterator[tuple[str, str]]:
    """That many papers, no title twice: the head of one title with the tail of another, the
    beginning of one abstract with the end of another."""
    _, texts = originals()
    chance = random.Random(7)
    sentences = [re.split(r"(?<=[.!?]) (?=[A-Z])", abstract) for _, abstract in texts]
    used: set[str] = set()
    while len(used) < number:
        one, two = chance.randrange(len(texts)), chance.randrange(len(texts))
        head, tail = _head(texts[one][0]), _tail(texts[two][0])
        title = f"{head}: {tail}"
        if title.lower() in used:
            title = f"{title}, Part {len(used)}"
        used.add(title.lower())
        first, second = sentences[one], sentences[two]
        kept = first[: max(1, len(first) // 2)] + second[len(second) // 2 :]
        yield title, " ".join(kept)


def write_digests(folder: Path, number: int) -> None:
    """The corpus as captures, one file a day, 60 papers each, the first on the newest day."""
    folder.mkdir(parents=True)
    for index, day in enumerate(_days(list(papers(number)))):
        path = folder / f"{NEWEST - timedelta(days=index)}.txt"
        text = "new\n\nSubscribe\n\n" + "\n\n".join(f"{title}\n\n{text}" for title, text in day)
        path.write_text(text + "\n", encoding="utf-8")


def _days(texts: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(texts), A_DAY):
        yield texts[start : start + A_DAY]


def _head(title: str) -> str:
    head, colon, _ = title.partition(":")
    words = title.split()
    return head if colon else " ".join(words[: max(2, len(words) // 2)])


def _tail(title: str) -> str:
    _, colon, tail = title.partition(": ")
    words = title.split()
    return tail if colon and tail else " ".join(words[len(words) // 2 :])
