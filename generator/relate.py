"""Finds each paper's neighbours, and the terms they share.

A paper is a vector of its weightiest terms (words and adjacent pairs), and near is the cosine of
two vectors. Neighbours are of the paper's own day or earlier, and the weight of a term comes from
a table that ships with the package, so the pages of older papers stay as they are when a day is
added.
"""

from __future__ import annotations

import math
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain, groupby, pairwise
from pathlib import Path

from .model import Neighbour, PaperText

MOST = 5
"""Neighbours of one paper at most."""
NEAR = 0.08
"""Least cosine of a neighbour. Of the links just above it, seven in ten share a reference tag in
`benchmarks/related.py`, where random pairs do in one or two of ten; of those from 0.07 to here, six
in ten of the captures did."""
TERMS = Path(__file__).parent / "data" / "terms.tsv"
"""How many of some thousands of arXiv abstracts hold each term; made by
`benchmarks/make_terms.py`."""

_KEPT = 30
"""Terms of one paper. Comparing whole vectors costs ten times as much, and pruned ones find most
of the same neighbours."""
_TITLE = 3
"""Times a term in the title counts."""
_SHOWN = 4
"""Shared terms shown at most: what a reader takes in at a glance."""
_BUDGET = 1000
"""Comparisons per paper, weightiest terms first and newest papers first, so that the time grows
only with the number of papers."""
_EXACT = 16
"""Candidates whose cosine is worked out in full. With the budget it keeps 0.92 of the links
that comparing all would give, over the 6,161 real papers of thirty days."""

_STOP = frozenset(
    """
    a about above across after against all allow allows along also although among an and another any
    are as at be because been before being below between both but by can cannot could despite did do
    does doing due during each e either especially et etc even every few first for from full further
    furthermore g given had has have having he hence her here his how however i if in instead into
    is it its itself just large larger less like made main make makes making many may more moreover
    most much must near nearly need neither new no nor not novel of often on one ones only or other
    others our out over own per perhaps quite rather s same several she should since so some still
    such than that the their them then there thereby therefore these they this those though three
    through thus to together too toward towards two under until up upon us use used uses using very
    via was we well were what when where whereas whether which while who whose why will with within
    without would yet you your
    """.split()
)
"""Words that say nothing of a paper's subject: English function words."""


class _More(dict[int, float]):
    """What a term weighs more for standing so many times: less and less for each."""

    def __missing__(self, times: int) -> float:
        self[times] = round(1 + math.log(times), 4)
        return self[times]


_MORE = _More()
_JOINTS = " -‐‑"
"""What joins the words of a pair; any other sign ends a phrase."""
_SIGNS = str.maketrans(
    dict.fromkeys(string.punctuation + "“”‘’„«»…–—−", "|") | dict.fromkeys(_JOINTS, " ")
)


def relate_papers(
    texts: Mapping[str, PaperText], first_seen: Mapping[str, date]
) -> Mapping[str, tuple[Neighbour, ...]]:
    """Up to `MOST` neighbours of every paper, nearest first, by key in the order given.

    `first_seen` has the day each paper was first listed; a neighbour's is the same or earlier. A
    later paper changes nothing for earlier ones. A paper near to nothing has no neighbours.

    >>> texts = {
    ...     "old": PaperText("Spiking neural networks", "Spiking neurons save energy."),
    ...     "new": PaperText("Training spiking neural networks", "We train spiking neurons."),
    ... }
    >>> days = {"old": date(2025, 3, 11), "new": date(2025, 3, 12)}
    >>> related = relate_papers(texts, days)
    >>> [(near.paper, near.because[0]) for near in related["new"]], related["old"]
    ([('old', 'spiking neural')], ())
    """
    reader = _reader(TERMS)
    keys = sorted(texts, key=lambda key: (first_seen[key], key))
    vectors = [reader.weights(texts[key]) for key in keys]
    # By term, the numbers of the papers that have it, oldest first.
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: dict[str, tuple[Neighbour, ...]] = {}
    for _, day in groupby(range(len(keys)), key=lambda number: first_seen[keys[number]]):
        today = list(day)
        for number in today:
            for term in vectors[number]:
                holders[term].append(number)
        for number in today:
            near = _nearest(number, vectors, holders)
            shared = [_shared(vectors[number], vectors[other]) for _, other in near]
            written = reader.written(texts[keys[number]], chain.from_iterable(shared))
            found[keys[number]] = tuple(
                Neighbour(keys[other], score, tuple(dict.fromkeys(written[t] for t in terms)))
                for (score, other), terms in zip(near, shared, strict=True)
            )
    return {key: found[key] for key in texts}


def _nearest(
    paper: int, vectors: Sequence[Mapping[str, float]], holders: Mapping[str, Sequence[int]]
) -> list[tuple[float, int]]:
    """Cosine and number of the nearest papers among those in `holders`, nearest first."""
    # Counting shared terms is the cheap first look. Those met first win a tie, and they are met by
    # the weightiest term and the newest paper first.
    shared: Counter[int] = Counter()
    left = _BUDGET
    for term in vectors[paper]:
        newest = holders[term][: -left - 1 : -1]
        shared.update(newest)
        left -= len(newest)
        if not left:
            break
    del shared[paper]
    likely = [number for number, _ in shared.most_common(_EXACT)]
    # Numbers stand in the order of day and key, so ties end with the key.
    exact = sorted((-_cosine(vectors[paper], vectors[number]), number) for number in likely)
    return [(-minus, number) for minus, number in exact[:MOST] if -minus >= NEAR]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    # Summed exactly, so that the order of the terms cannot show in the last digit.
    return round(math.fsum(one[term] * other[term] for term in one.keys() & other.keys()), 4)


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    """The terms both have, weightiest first, as many as are shown."""
    terms = sorted(
        one.keys() & other.keys(), key=lambda term: (-round(one[term] * other[term], 4), term)
    )
    inside = {word for term in terms if " " in term for word in term.split()}
    # A word says nothing more where one of its pairs is shared, too.
    return [term for term in terms if term not in inside][:_SHOWN]


# --- reading terms -------------------------------------------------------------------------------


def stem(word: str) -> str:
    """The form under which a lower-case word is counted: its singular, roughly.

    >>> [stem(word) for word in ("networks", "studies", "classes", "loss", "analysis", "gas")]
    ['network', 'study', 'class', 'loss', 'analysis', 'gas']
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


class _Stems(dict[str, str]):
    """Stem by token, kept, since the same tokens come again and again.

    A sign, stop word, single letter or number has the stem "", which parts the words beside it.
    """

    def __missing__(self, token: str) -> str:
        word = token.lower()
        counts = len(word) > 1 and word.isalnum() and not word.isdigit() and word not in _STOP
        self[token] = stem(word) if counts else ""
        return self[token]


def terms_of(text: str) -> set[str]:
    """The stems of a text, and its pairs of adjacent ones; signs and stop words part pairs.

    >>> sorted(terms_of("Graphs of neural nets, deep"))
    ['deep', 'graph', 'net', 'neural', 'neural net']
    """
    words = list(map(_Stems().__getitem__, _tokens(text)))
    pairs = {f"{one} {two}" for one, two in pairwise(words) if one and two}
    return pairs | (set(words) - {""})


class _Reader:
    """Reads the terms of papers, with the weights of the table of terms."""

    def __init__(self, table: Path) -> None:
        lines = table.read_text(encoding="utf-8").splitlines()
        documents = int(lines[0])
        counts = {term: int(count) for term, count in (line.split("\t") for line in lines[1:])}
        # What the table does not list is rarer than anything it lists, and so counts as its rarest.
        # Rounded, because the last digit of a logarithm may differ from one machine to the next.
        rarity = {term: round(math.log(documents / n), 4) for term, n in counts.items()}
        self.rarest = max(rarity.values())
        self.words = {term: rare for term, rare in rarity.items() if " " not in term}
        self.pairs: dict[tuple[str, str], float] = {}
        for term, rare in rarity.items():
            one, _, two = term.partition(" ")
            if two:
                self.pairs[one, two] = rare
        self.stems = _Stems()

    def weights(self, text: PaperText) -> dict[str, float]:
        """The paper's weightiest terms, weightiest first; their squares add up to 1."""
        stems = [*self._stems(text.abstract), *["", *self._stems(text.title)] * _TITLE]
        words = Counter(stems)
        pairs = Counter(pairwise(stems))
        del words[""]
        rare = self.words.get
        rated = [(-rare(word, self.rarest) * _MORE[n], word) for word, n in words.items()]
        known = self.pairs.keys() & pairs.keys()
        rated += [(-self.pairs[p] * _MORE[pairs[p]], " ".join(p)) for p in known]
        # A pair that is in no table and stands once in an abstract is mostly an accident.
        rated += [
            (-self.rarest * _MORE[n], " ".join(p))
            for p, n in pairs.items()
            if n > 1 and p not in known and p[0] and p[1]
        ]
        rated.sort()
        del rated[_KEPT:]
        length = math.sqrt(math.fsum(minus * minus for minus, _ in rated)) or 1.0
        return {term: -minus / length for minus, term in rated}

    def written(self, text: PaperText, terms: Iterable[str]) -> dict[str, str]:
        """Each of these terms of the paper as it first stands in the text."""
        whole = f"{text.title}\n{text.abstract}"
        tokens = [*_tokens(text.title), "|", *_tokens(text.abstract)]
        stems = list(map(self.stems.__getitem__, tokens))
        forms: dict[str, str] = {}
        for term in dict.fromkeys(terms):
            one, _, two = term.partition(" ")
            at = stems.index(one)
            while two and stems[at + 1] != two:
                at = stems.index(one, at + 1)
            words = tokens[at : at + 2] if two else tokens[at : at + 1]
            joined = [sign.join(words) for sign in _JOINTS if sign.join(words) in whole]
            forms[term] = min(joined, key=whole.index, default=" ".join(words))
        return forms

    def _stems(self, text: str) -> list[str]:
        return list(map(self.stems.__getitem__, _tokens(text)))


@cache  # a server relates again and again
def _reader(table: Path) -> _Reader:
    return _Reader(table)


def _tokens(text: str) -> list[str]:
    """Words, in their own case, and a `|` for every sign that ends a phrase."""
    return text.translate(_SIGNS).replace("|", " | ").split()
