"""Says which tags a paper has, and because of what.

Two kinds of evidence are added up. Phrases of the vocabulary in title, abstract and keywords are
weighed by how they speak and where they stand (`phrases.py`, `weighing.py`). Learned weights of
words speak for a tag or against it, and so, a little, do those of the arXiv classes that a source
names (`learned.py`). A tag whose points reach `EARNS` is a hit.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers
from ..model import PaperText, Tag, TagHit, Taxonomy
from .learned import Weights, read_weights
from .phrases import WEAK, Finder, Mentions
from .reasons import reasons_of, with_filed
from .texts import PARTS, Texts
from .weighing import EARNS, weigh

__all__ = ["MOST", "Tagger", "tag_papers", "tagger_of"]

MOST = 6
"""Tags of one paper at most: the labelling guide's limit."""

_LIKELY = 60
"""Points that learned words alone must give to the tag of a paper that none else fits: chance and
idle words give up to 55."""
_LINK_POINTS = 200
"""An address is a fact, not a matter of degree, and so outweighs passing words."""
_ADDRESSES = ("://", "www.", "github.", "GitHub.", "gitlab.", "huggingface.co", "https URL")
"""What only an address holds; `this https URL` is how arXiv's pages show one."""
_NEVER = 1 << 40
"""More points than anything gives."""
_AT_ONCE = 192
"""Papers read in one go: few, so that what is known of them stays in the processor's cache, and
many, as each go calls NumPy some 300 times."""
_LONGEST = 1 << 20
"""Characters from which on a go is full, however few its papers: words are numbered in 24 bits, and
each takes some 80 bytes."""


def tag_papers(
    texts: Mapping[str, PaperText], taxonomy: Taxonomy, tagger: Tagger | None = None
) -> Mapping[str, tuple[TagHit, ...]]:
    """The tags of every paper, by key in the order given; hits in the order of the taxonomy.

    `tagger` is that of the taxonomy, if it is at hand. At most `MOST` tags. A paper with any
    evidence has at least its strongest tag, and a paper without any has none. Each paper is judged
    by itself: other papers change nothing.

    >>> from generator.taxonomy import load_taxonomy
    >>> paper = PaperText("Faster Object Detection", "We study detectors.")
    >>> [(hit.tag, hit.because[0]) for hit in tag_papers({"a": paper}, load_taxonomy())["a"]]
    [('object-detection', 'title: Object Detection')]
    """
    tagger = tagger or tagger_of(taxonomy.tags)
    return dict(zip(texts, tagger.hits(texts.values()), strict=True))


@lru_cache(maxsize=1)  # a server tags again and again with one vocabulary
def tagger_of(tags: tuple[Tag, ...]) -> Tagger:
    """What tags papers with a vocabulary. It can be pickled, which is far quicker read."""
    return Tagger(tags, read_weights(tags))


class Tagger:
    """One vocabulary's phrases, and the weights that were learned for its tags."""

    def __init__(self, tags: Sequence[Tag], weights: Weights) -> None:
        self.tags = tags
        self.finder = Finder(tags)
        self.weights = weights

    def hits(self, papers: Iterable[PaperText]) -> Iterator[tuple[TagHit, ...]]:
        """The tags of each paper, in the order given."""
        for some in _goes(papers):
            yield from self._hits(some)

    def _hits(self, papers: Sequence[PaperText]) -> list[tuple[TagHit, ...]]:
        texts = Texts(papers)
        mentions = self.finder.find(texts)
        found = self.weights.find(texts)
        points = self.weights.points(found, len(papers))
        points += weigh(mentions, len(papers), len(self.tags)) * self.weights.slopes // 100
        links = _links(papers, texts) if self.finder.links else {}
        fits = self._fitting(points, self.weights.corrections(papers), mentions, [*links])
        paper, tag = np.nonzero(fits)
        learned = self.weights.reasons(found, paper, tag)
        because = reasons_of(texts, paper * len(self.tags) + tag, mentions, learned, len(self.tags))
        scores = (points[paper, tag] / EARNS).tolist()
        hits: list[TagHit] = []
        for one, number, score, reasons in zip(
            paper.tolist(), tag.tolist(), scores, because, strict=True
        ):
            if number in self.finder.links and one in links:
                reasons = (links[one],), (score,)
            elif filed := self.weights.filed_for(number, papers[one]):
                reasons = with_filed(reasons, filed)
            hits.append(TagHit(self.tags[number].slug, score, *reasons))
        bounds = np.searchsorted(paper, np.arange(len(papers) + 1)).tolist()
        return [tuple(hits[begin:end]) for begin, end in pairwise(bounds)]

    def _fitting(
        self, points: Numbers, filed: Numbers, mentions: Mentions, linked: Sequence[int]
    ) -> NDArray[np.bool_]:
        """Papers by tags: whether the tag fits.

        Corrects the points by those of classes, and gives tags for links the points they earn.
        """
        spoken = np.zeros(points.shape, np.bool_)
        strong = mentions.speech != WEAK
        spoken[mentions.paper[strong], mentions.tag[strong]] = True
        stated = spoken[:, self.finder.links]
        stated[[*linked]] = True
        spoken[mentions.paper, mentions.tag] = True
        points[:, self.finder.links] = -_NEVER
        fits = points + filed >= EARNS
        # Of tags that earned nothing, one whose phrase stands in the text is the better guess;
        # classes are no ground for one.
        # Of equals the first is taken, so they fall the same way everywhere.
        likely = points + _NEVER // 2 * spoken
        guess = likely.argmax(axis=1)
        rows = np.flatnonzero(~fits.any(axis=1) & (likely.max(axis=1) >= _LIKELY))
        fits[rows, guess[rows]] = True
        points += filed
        fits[:, self.finder.links] = stated
        points[:, self.finder.links] = _LINK_POINTS
        for row in np.flatnonzero(fits.sum(axis=1) > MOST).tolist():
            tags = np.flatnonzero(fits[row])
            fits[row, tags[np.argsort(-points[row, tags], kind="stable")[MOST:]]] = False
        return fits


def _goes(papers: Iterable[PaperText]) -> Iterator[list[PaperText]]:
    """The papers of each go."""
    some: list[PaperText] = []
    held = 0
    for paper in papers:
        some.append(paper)
        held += len(paper.title) + len(paper.abstract) + sum(map(len, paper.keywords))
        if len(some) == _AT_ONCE or held >= _LONGEST:
            yield some
            some, held = [], 0
    if some:
        yield some


def _links(papers: Sequence[PaperText], texts: Texts) -> dict[int, str]:
    """By number of a paper the address in its text, or the code that it is known to have."""
    links: dict[int, str] = {}
    letters = texts.letters
    ends = [*texts.parts[len(PARTS) :: len(PARTS)].tolist(), len(letters)]
    for sign in _ADDRESSES:
        at = letters.find(sign.encode())
        while at >= 0:
            paper, part = divmod(bisect(texts.parts, at) - 1, len(PARTS))
            end = ends[paper]
            if paper not in links:
                start = max(letters.rfind(b" ", 0, at), letters.rfind(b"\n", 0, at)) + 1
                address = sign if " " in sign else texts.whole[start:end].split(None, 1)[0]
                links[paper] = f"{PARTS[part]}: {address.rstrip('.,;:)')}"
            at = letters.find(sign.encode(), end)
    for number, text in enumerate(papers):
        if text.has_code:
            links.setdefault(number, "link to code")
    return links
