"""How well tags are found, beside the floor of plain synonyms, and what finding them costs.

    python benchmarks/tags.py [--fit] [--errors TAG]

The reference tags of `../shared/gold` judge, strictly: an optional tag counts as wrong. Papers are
halved by a hash of their key; words and weights were chosen on the half `tuned`, so only the half
`held out` says how well the next day's papers will fare. `--fit` prints the weights of evidence
that the half `tuned` gives; `--errors` lists the wrong and missing papers of a tag in that half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator import tagging  # noqa: E402  after the path of the repository
from generator.model import PaperText, Taxonomy  # noqa: E402  likewise
from generator.tagging import tag_papers  # noqa: E402  likewise
from generator.taxonomy import load_taxonomy  # noqa: E402  likewise

SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper with its reference tags."""

    text: PaperText
    tags: frozenset[str]
    optional: frozenset[str]
    """Tags that a careful reader might give as well."""


def captures() -> dict[str, Labelled]:
    """The papers of the three captures, by title; strings as captured."""
    gold = json.loads((SHARED / "gold/tags-captures.json").read_text(encoding="utf-8"))
    abstracts: dict[str, list[str]] = {}
    for file in sorted((SHARED / "captures").glob("*.txt")):
        title = ""
        again: set[str] = set(abstracts)
        for line in map(str.strip, file.read_text(encoding="utf-8").splitlines()):
            if line in gold:
                title = line
                abstracts.setdefault(title, [])
            elif title and line and title not in again:
                abstracts[title].append(line)
    return {t: _labelled(t, " ".join(lines), gold[t]) for t, lines in abstracts.items()}


def modern() -> dict[str, Labelled]:
    """Recent papers, by arXiv id."""
    gold = json.loads((SHARED / "gold/tags-modern.json").read_text(encoding="utf-8"))
    lines = (SHARED / "gold/modern.jsonl").read_text(encoding="utf-8").splitlines()
    papers = (json.loads(line) for line in lines)
    return {p["id"]: _labelled(p["title"], p["abstract"], gold[p["id"]]) for p in papers}


def _labelled(title: str, abstract: str, gold: Mapping[str, list[str]]) -> Labelled:
    text = PaperText(" ".join(title.split()), " ".join(abstract.split()))
    return Labelled(text, frozenset(gold["tags"]), frozenset(gold["optional"]))


def held_out(key: str) -> bool:
    """True for the half of all papers on which nothing was tuned."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


def plain_synonyms(texts: Mapping[str, PaperText]) -> dict[str, set[str]]:
    """The floor: every tag of which a synonym of the reference vocabulary stands in the text."""
    vocabulary = yaml.safe_load((SHARED / "gold/vocabulary.yml").read_text(encoding="utf-8"))
    patterns = [
        (tag["slug"], re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, tag['synonyms']))})s?\b"))
        for tag in vocabulary
    ]
    return {
        key: {slug for slug, found in patterns if found.search(f"{text.title}\n{text.abstract}")}
        for key, text in texts.items()
    }


def scores(papers: Mapping[str, Labelled], given: Mapping[str, set[str]]) -> tuple[float, ...]:
    """Micro F1, precision, recall and macro F1 (over the tags that have a reference paper)."""
    counts: dict[str, list[int]] = {}
    for key, paper in papers.items():
        for tag in paper.tags | given[key]:
            kind = 0 if tag in paper.tags & given[key] else 1 if tag in given[key] else 2
            counts.setdefault(tag, [0, 0, 0])[kind] += 1
    right, wrong, missing = (sum(count[n] for count in counts.values()) for n in range(3))
    each = [2 * r / (2 * r + w + m) for r, w, m in counts.values() if r + m]
    return (
        2 * right / max(1, 2 * right + wrong + missing),
        right / max(1, right + wrong),
        right / max(1, right + missing),
        sum(each) / max(1, len(each)),
    )


def fit(papers: Mapping[str, Labelled], taxonomy: Taxonomy) -> None:
    """Print the weights of evidence by logistic regression (Newton's method, ridge 1).

    One row is a tag with any evidence in a paper; it is right if a reader gave the tag. Weights
    are divided so that 1 is where the chance is 0.3.
    """
    speeches, places = list(tagging.POINTS), list(tagging.POINTS["firm"])
    width = len(speeches) * (len(places) + 1) + 1
    finder = tagging.Finder(taxonomy.tags)
    rows: list[tuple[dict[int, float], bool]] = []
    for paper in papers.values():
        text = f"{paper.text.title}\n{paper.text.abstract}".lower()
        for number, found in finder.mentions(paper.text.title, paper.text.abstract).items():
            if number in finder.links:
                continue
            row = {width - 1: 1.0}
            counted, again = tagging.tally(text, found)
            for (speech, place), n in counted.items():
                row[speeches.index(speech) * 5 + places.index(place)] = min(n, tagging.ENOUGH)
            for speech, n in again.items():
                row[speeches.index(speech) * 5 + 4] = min(n, tagging.ENOUGH)
            rows.append((row, taxonomy.tags[number].slug in paper.tags))
    weights = [0.0] * width
    for _ in range(12):
        slope = [-w for w in weights[:-1]] + [0.0]
        bend = [[float(i == j and i < width - 1) for j in range(width)] for i in range(width)]
        for row, right in rows:
            chance = 1 / (1 + math.exp(-sum(weights[i] * x for i, x in row.items())))
            for i, x in row.items():
                slope[i] += x * (right - chance)
                for j, y in row.items():
                    bend[i][j] += x * y * chance * (1 - chance)
        weights = [w + step for w, step in zip(weights, _solve(bend, slope), strict=True)]
    enough = math.log(0.3 / 0.7) - weights[-1]
    print(f"{len(rows):,} rows; {'  '.join(places)}  again")
    for number, speech in enumerate(speeches):
        line = (f"{w / enough:6.2f}" for w in weights[number * 5 : number * 5 + 5])
        print(f"  {speech:8} {' '.join(line)}")


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination; `matrix` is positive definite, so no pivots are needed."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for row in rows:
            if row is not pivot and row[i]:
                share = row[i] / pivot[i]
                row[i:] = [x - share * p for x, p in zip(row[i:], pivot[i:], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def errors(papers: Mapping[str, Labelled], given: Mapping[str, set[str]], tag: str) -> None:
    """Print the papers that have the tag wrongly or lack it."""
    for key, paper in papers.items():
        if (tag in paper.tags) != (tag in given[key]):
            kind = (
                "missing" if tag in paper.tags else "optional" if tag in paper.optional else "wrong"
            )
            print(f"{kind:8} {key}: {paper.text.title}")


def main() -> None:
    """Print everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fit", action="store_true")
    asked.add_argument("--errors", metavar="TAG")
    wish = asked.parse_args()
    taxonomy = load_taxonomy()
    sets = {"captures": captures(), "modern": modern()}
    texts = {key: paper.text for papers in sets.values() for key, paper in papers.items()}
    start, began = time.process_time(), time.perf_counter()
    hits = tag_papers(texts, taxonomy)
    spent, passed = time.process_time() - start, time.perf_counter() - began
    given = {key: {hit.tag for hit in found} for key, found in hits.items()}
    ways: tuple[tuple[str, Callable[[], Mapping[str, set[str]]]], ...] = (
        ("words", lambda: given),
        ("floor", lambda: plain_synonyms(texts)),
    )
    print("papers, strict           micro-F1  precision  recall  macro-F1")
    for way, tags in ways:
        found = tags()
        for name, papers in sets.items():
            for half in (False, True):
                some = {key: paper for key, paper in papers.items() if held_out(key) == half}
                figures = "    ".join(f"{x:.3f}" for x in scores(some, found))
                print(f"{way} {name:8} {'held out' if half else 'tuned':8}  {figures}")
    each = 1000 / len(texts)
    print(f"{spent * each:.2f} ms of processor a paper, {passed * each:.2f} ms passed", end="; ")
    print(f"{sum(map(len, given.values())) / len(given):.2f} tags a paper")
    tuned = {
        key: paper for papers in sets.values() for key, paper in papers.items() if not held_out(key)
    }
    if wish.fit:
        fit(tuned, taxonomy)
    if wish.errors:
        errors(tuned, given, wish.errors)


if __name__ == "__main__":
    main()
