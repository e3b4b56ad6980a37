"""How well tags are found, beside simpler ways, and what finding them costs.

    python benchmarks/tags.py [--cross VECTORS [--errors TAG]] [--cost]

The reference tags of `../shared/gold` judge: strictly, where an optional tag counts as wrong, and
with optional tags ignored. Recent papers are tagged with their arXiv classes; captures have none.
`--cross` cross-validates the whole tagger over all labelled papers, in five folds by a hash of a
paper's key: what judges a fold, teacher, student, weights, classes and rounding, was trained
without it (`make_weights.py` says what VECTORS is and what must be installed). Phrases were chosen
while reading one half of the papers by another hash, so their figures on that half, `read`, are too
good, and those on the half `unread` are not. `--cost` prints nothing but the cost.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator.model import PaperText  # noqa: E402  after the path of the repository
from generator.rings import uncollected  # noqa: E402  likewise
from generator.tagging import MOST, Tagger, tag_papers  # noqa: E402  likewise
from generator.tagging.learned import Weights  # noqa: E402  likewise
from generator.taxonomy import load_taxonomy  # noqa: E402  likewise

SHARED = ROOT.parent / "shared"
FOLDS = 5


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
    return {
        p["id"]: _labelled(p["title"], p["abstract"], gold[p["id"]], p["categories"])
        for p in papers
    }


def _labelled(
    title: str, abstract: str, gold: Mapping[str, list[str]], categories: Iterable[str] = ()
) -> Labelled:
    known = " ".join(title.split()), " ".join(abstract.split())
    text = PaperText(*known, categories=tuple(categories))
    return Labelled(text, frozenset(gold["tags"]), frozenset(gold["optional"]))


def held_out(key: str) -> bool:
    """True for the half of all papers that nobody read while choosing phrases."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


def fold(key: str) -> int:
    """Which of five folds judges a paper."""
    return hashlib.sha256(f"fold {key}".encode()).digest()[0] % FOLDS


def vocabulary() -> list[dict[str, Any]]:
    """The reference vocabulary: its slugs and synonyms are what the simpler ways know."""
    read = yaml.safe_load((SHARED / "gold/vocabulary.yml").read_text(encoding="utf-8"))
    assert isinstance(read, list)
    return read


def pattern(tag: Mapping[str, Any]) -> str:
    """A regular expression of a tag's plain synonyms."""
    return rf"(?i)\b(?:{'|'.join(map(re.escape, tag['synonyms']))})s?\b"


def plain_synonyms(texts: Mapping[str, PaperText]) -> dict[str, set[str]]:
    """The floor: every tag of which a synonym of the reference vocabulary stands in the text."""
    patterns = [(str(tag["slug"]), re.compile(pattern(tag))) for tag in vocabulary()]
    return {
        key: {slug for slug, found in patterns if found.search(f"{text.title}\n{text.abstract}")}
        for key, text in texts.items()
    }


def counts(
    papers: Mapping[str, Labelled], given: Mapping[str, set[str]], lenient: bool
) -> dict[str, tuple[int, int, int]]:
    """By tag how many papers have it rightly, wrongly, and lack it."""
    found: dict[str, list[int]] = {}
    for key, paper in papers.items():
        ignored = paper.optional - paper.tags if lenient else frozenset()
        for tag in (paper.tags | given[key]) - ignored:
            kind = 0 if tag in paper.tags & given[key] else 1 if tag in given[key] else 2
            found.setdefault(tag, [0, 0, 0])[kind] += 1
    return {tag: (found[tag][0], found[tag][1], found[tag][2]) for tag in sorted(found)}


def scores(
    papers: Mapping[str, Labelled], given: Mapping[str, set[str]], lenient: bool = False
) -> tuple[float, ...]:
    """Micro F1, precision, recall and macro F1 (over the tags of ten papers or more)."""
    each = counts(papers, given, lenient).values()
    right, wrong, missing = (sum(count[n] for count in each) for n in range(3))
    common = [2 * r / (2 * r + w + m) for r, w, m in each if r + m >= 10]
    return (
        2 * right / max(1, 2 * right + wrong + missing),
        right / max(1, right + wrong),
        right / max(1, right + missing),
        sum(common) / max(1, len(common)),
    )


def errors(papers: Mapping[str, Labelled], given: Mapping[str, set[str]], tag: str) -> None:
    """Print the papers that have the tag wrongly or lack it."""
    for key, paper in papers.items():
        if (tag in paper.tags) != (tag in given[key]):
            kind = (
                "missing" if tag in paper.tags else "optional" if tag in paper.optional else "wrong"
            )
            print(f"{kind:8} {key}: {paper.text.title}")


def show(name: str, papers: Mapping[str, Labelled], given: Mapping[str, set[str]]) -> None:
    """Print one line of figures."""
    strict, lenient = scores(papers, given), scores(papers, given, lenient=True)
    figures = "  ".join(f"{x:.3f}" for x in (*strict, lenient[0], lenient[3]))
    numbers = [len(given[key]) for key in papers]
    bare, crowded = sum(n == 0 for n in numbers), sum(n > MOST for n in numbers)
    print(f"{name:26} {figures}  {bare:4} {crowded:4}  {sum(numbers) / len(numbers):.2f}")


def cross(papers: Mapping[str, Labelled], file: Path) -> dict[str, dict[str, set[str]]]:
    """By way the tags of every paper: ours, and of a simple linear model."""
    from benchmarks import make_weights as made  # noqa: PLC0415  it needs more than a build does

    taxonomy = load_taxonomy()
    others = made.untagged(set(papers))
    texts = {key: paper.text for key, paper in papers.items()} | others
    known = made.evidence(texts, taxonomy, file)
    wanted = made.reference(papers, taxonomy)
    more = made.part(known, range(len(papers), len(texts)))
    simple = made.simple_model(texts, papers, [fold(key) for key in papers], wanted)
    ours: dict[str, set[str]] = {}
    for number in range(FOLDS):
        rows = [row for row, key in enumerate(papers) if fold(key) != number]
        lines = made.train(made.part(known, rows), wanted[rows], more, taxonomy)
        tagger = Tagger(taxonomy.tags, Weights(taxonomy.tags, lines))
        judged = {key: paper.text for key, paper in papers.items() if fold(key) == number}
        ours |= given_by(tagger, judged)
    return {"learned and phrases": ours, "simple linear model": simple}


def given_by(tagger: Tagger, texts: Mapping[str, PaperText]) -> dict[str, set[str]]:
    """The tags of each text."""
    hits = zip(texts, tagger.hits(texts.values()), strict=True)
    return {key: {hit.tag for hit in found} for key, found in hits}


def corpus() -> dict[str, PaperText]:
    """Every paper of the corpus, by arXiv id; most of them are of other fields of arXiv."""
    lines = (
        line
        for file in sorted((SHARED / "corpus").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    return {
        p["id"]: PaperText(
            p["title"], " ".join(p["summary"].split()), categories=tuple(p["categories"])
        )
        for p in map(json.loads, lines)
    }


def cost() -> None:
    """Print what tagging takes: of the corpus's papers, each once, and of 40,000 others."""
    known = corpus()
    texts = list(known.values())
    # Each text with the second half of another, so that no two are alike.
    mixed = {}
    for number in range(40_000):
        one, other = (
            texts[number % len(texts)],
            texts[(number * 7 + number // len(texts)) % len(texts)],
        )
        half, rest = len(one.abstract) // 2, len(other.abstract) // 2
        abstract = one.abstract[:half] + other.abstract[rest:]
        mixed[str(number)] = PaperText(one.title, abstract, categories=one.categories)
    taxonomy = load_taxonomy()
    tag_papers({"": texts[0]}, taxonomy)  # reads the weights: 0.6 s, however many papers there are
    for name, papers in (("corpus", known), ("corpus, recombined", mixed)):
        with uncollected():  # as in a build
            start = time.process_time()
            hits = tag_papers(papers, taxonomy)
            spent = time.process_time() - start
        bare = sum(not found for found in hits.values())
        print(
            f"{name}: {len(papers):,} papers in {spent:.1f} s of processor, "
            f"{1000 * spent / len(papers):.3f} ms each; {bare} have no tag"
        )


def main() -> None:
    """Print everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cross", metavar="VECTORS", type=Path)
    asked.add_argument("--errors", metavar="TAG")
    asked.add_argument("--cost", action="store_true")
    wish = asked.parse_args()
    if wish.cost:
        cost()
        return
    taxonomy = load_taxonomy()
    sets = {"captures": captures(), "modern": modern()}
    everything = {key: paper for papers in sets.values() for key, paper in papers.items()}
    texts = {key: paper.text for key, paper in everything.items()}
    alone = Tagger(taxonomy.tags, Weights(taxonomy.tags, ()))
    ways = {
        "phrases alone": given_by(alone, texts),
        "plain synonyms": plain_synonyms(texts),
    }
    if wish.cross:
        ways = cross(everything, wish.cross) | ways
    print(f"{'':26} strict: micro-F1, precision, recall, macro-F1; optional ignored: micro, macro;")
    print(f"{'':26} papers without a tag, with more than {MOST}; tags a paper")
    for way, given in ways.items():
        print(way)
        show("  all", everything, given)
        for name, papers in sets.items():
            show(f"  {name}", papers, given)
            for half in (False, True):
                some = {key: paper for key, paper in papers.items() if held_out(key) == half}
                show(f"    {'unread' if half else 'read'}", some, given)
    first = next(iter(ways.values()))
    print("tag: papers, F1 strict, F1 with optional tags ignored")
    lenient = counts(everything, first, lenient=True)
    for tag, (right, wrong, missing) in counts(everything, first, lenient=False).items():
        r, w, m = lenient.get(tag, (0, 0, 0))
        strict_f1 = 2 * right / max(1, 2 * right + wrong + missing)
        print(
            f"  {tag:32} {right + missing:4}  {strict_f1:.2f}  {2 * r / max(1, 2 * r + w + m):.2f}"
        )
    cost()
    if wish.errors:
        read = {key: paper for key, paper in everything.items() if not held_out(key)}
        errors(read, first, wish.errors)


if __name__ == "__main__":
    main()
