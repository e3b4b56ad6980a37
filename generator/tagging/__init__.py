"""Says which tags a paper has, and because of what.

Two kinds of evidence are added up. Phrases of the vocabulary are weighed by how they speak and
where they stand (`phrases.py`, `weighing.py`). Learned weights of words speak for a tag or against
it (`learned.py`). A tag whose points reach `EARNS` is a hit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model import PaperText, Tag, TagHit, Taxonomy
from .learned import Weights, read_weights
from .phrases import Finder, Folded, Mention, fold
from .weighing import EARNS, POINTS, weigh

__all__ = ["MOST", "tag_papers"]

MOST = 6
"""Tags of one paper at most: the labelling guide's limit."""

_LIKELY = 60
"""Points that learned words alone must give to the tag of a paper that none else fits: chance and
idle words give up to 55."""
_LINK_POINTS = 200
"""An address is a fact, not a matter of degree, and so outweighs passing words."""
_ADDRESSES = ("://", "www.", "github.", "GitHub.", "gitlab.", "huggingface.co", "https URL")
"""What only an address holds; `this https URL` is how arXiv's pages show one."""
_WHERE = {"title": "title", "aim": "aim", "opening": "abstract", "rest": "abstract"}


class _Reason(NamedTuple):
    """Words that speak for a tag."""

    points: int
    said: str
    """Where they stand and what they are."""


def tag_papers(
    texts: Mapping[str, PaperText], taxonomy: Taxonomy
) -> Mapping[str, tuple[TagHit, ...]]:
    """The tags of every paper, by key in the order given; hits in the order of the taxonomy.

    At most `MOST` tags. A paper with any evidence has at least its strongest tag, and a paper
    without any has none. Each paper is judged by itself: other papers change nothing.

    >>> from generator.taxonomy import load_taxonomy
    >>> paper = PaperText("Faster Object Detection", "We study detectors.")
    >>> [(hit.tag, hit.because[0]) for hit in tag_papers({"a": paper}, load_taxonomy())["a"]]
    [('object-detection', 'title: Object Detection')]
    """
    tagger = _tagger(taxonomy.tags)
    return {key: tagger.hits(text) for key, text in texts.items()}


@lru_cache(maxsize=1)  # a server tags again and again with one vocabulary
def _tagger(tags: tuple[Tag, ...]) -> Tagger:
    return Tagger(tags, read_weights(tags))


class Tagger:
    """One vocabulary's phrases, and the weights that were learned for its tags."""

    def __init__(self, tags: Sequence[Tag], weights: Weights) -> None:
        self.tags = tags
        self.finder = Finder(tags)
        self.weights = weights

    def hits(self, paper: PaperText) -> tuple[TagHit, ...]:
        """The tags of one paper."""
        text = fold(paper.title, paper.abstract)
        mentions = self.finder.mentions(text)
        points, terms = self.weights.points(text)
        for number, found in mentions.items():
            points[number] += weigh(text.lowered, found) * self.weights.slopes[number] // 100
        links = {n: _link(paper, text, mentions.get(n, ())) for n in self.finder.links}
        # Of tags that earned nothing, one whose phrase stands in the text is the better guess. The
        # number of the tag ends the sort, so equal points fall the same way everywhere.
        ranked = sorted(
            (has < EARNS and number not in mentions, -has, number)
            for number, has in enumerate(points)
            if number not in links
        )
        # A tag without a word that speaks for it has no place, whatever the sum of the others.
        reasons: dict[int, list[_Reason]] = {}
        earned: list[tuple[int, int]] = []
        for _, minus, number in ranked:
            if -minus < EARNS and (earned or (-minus < _LIKELY and number not in mentions)):
                break
            said = _reasons(
                text, mentions.get(number, ()), self.weights.reasons(text, terms, number)
            )
            if said:
                earned.append((minus, number))
                reasons[number] = said
            if len(earned) == MOST:
                break
        for number, link in links.items():
            if link:
                earned.append((-_LINK_POINTS, number))
                reasons[number] = [link]
        return tuple(
            TagHit(
                self.tags[number].slug,
                -minus / EARNS,
                tuple(reason.said for reason in reasons[number]),
                tuple(reason.points / EARNS for reason in reasons[number]),
            )
            for minus, number in sorted(sorted(earned)[:MOST], key=lambda hit: hit[1])
        )


def _reasons(
    text: Folded, found: Sequence[Mention], learned: Sequence[tuple[int, int, int]]
) -> list[_Reason]:
    """The words that speak for a tag and where they stand, strongest first, each once."""
    evidence = [
        (-POINTS[speech][place], start, end, _WHERE[place]) for start, end, speech, place in found
    ]
    split = text.whole.index("\n")
    evidence += [
        (-points, start, end, "title" if start < split else "abstract")
        for points, start, end in learned
        if not any(mention.start <= start and end <= mention.end for mention in found)
    ]
    distinct: dict[str, _Reason] = {}
    for minus, start, end, where in sorted(evidence):
        word = text.lowered[start:end].removesuffix("s")
        if word not in distinct:
            said = f"{where}: {' '.join(text.whole[start:end].split())}"
            distinct[word] = _Reason(-minus, said)
    return list(distinct.values())


def _link(paper: PaperText, text: Folded, found: Sequence[Mention]) -> _Reason | None:
    whole = text.whole
    for sign in _ADDRESSES:
        at = whole.find(sign)
        if at >= 0:
            start = max(whole.rfind(" ", 0, at), whole.rfind("\n", 0, at)) + 1
            address = sign if " " in sign else whole[start:].split(None, 1)[0].rstrip(".,;:)")
            where = "title" if at < len(paper.title) else "abstract"
            return _Reason(_LINK_POINTS, f"{where}: {address}")
    if paper.has_code:
        return _Reason(_LINK_POINTS, "link to code")
    said = _reasons(text, [mention for mention in found if mention.speech != "weak"], ())
    return said[0]._replace(points=_LINK_POINTS) if said else None
