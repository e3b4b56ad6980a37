"""Finds the words of a vocabulary's tags in texts, in one pass, and says how and where they stand.

Where a phrase stands inside a longer one of the same tag, only the longer one speaks. Decoys are
phrases kept for that alone: "vision-language model" hides the language models inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from ..hashing import Numbers
from ..model import Tag
from ..taxonomy import Topic
from .texts import ABSTRACT, KEYWORD, TITLE, Texts, spaced
from .trie import Trie

Speech = Literal["firm", "synonym", "weak", "cue"]
SPEECHES: tuple[Speech, ...] = get_args(Speech)
Place = Literal["title", "aim", "opening", "rest", "keyword"]
PLACES: tuple[Place, ...] = get_args(Place)

WEAK = SPEECHES.index("weak")
_CUE = SPEECHES.index("cue")
_DECOY = -1
"""Number of what does not speak: it comes before words that stand in the same place."""


class Mentions(NamedTuple):
    """Where words of tags stand in some texts, in no order; all of one length."""

    paper: Numbers
    tag: Numbers
    speech: Numbers
    """Number into `SPEECHES`."""
    place: Numbers
    """Number into `PLACES`."""
    start: Numbers
    end: Numbers
    """Characters of the joined texts."""
    word: Numbers
    """Which word it is, its number aside. Cues are many ways to say one thing, so all are one."""


_CAPITALS = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")

# Sentences that say what the paper itself does hold one of these cues.
_AIMS = (
    (
        "we|this|our|here … address|aim|analyse|analyze|analyzed|apply|argue|build|call|compare"
        "|conduct|consider|construct|contribute|demonstrate|describe|design|develop|developed"
        "|devise|establish|evaluate|evaluated|examine|explore|extend|focus|formulate|introduce"
        "|introduced|introducing|investigate|investigated|leverage|offer|present|presented"
        "|presenting|propose|proposed|proposing|prove|provide|release|review|show|studied|study"
        "|survey"
    ),
    "in this paper|in this work|in this article|in this study|in this survey|in this chapter",
    "is proposed|is introduced|is presented|are proposed|are introduced|are presented",
)
_GAP = 60
"""Characters, at most, between two parts of a cue: about eight words."""
_AIM = -1
"""Owner of the cues of aims, where a tag's cues have its number."""
_BITS = 32
"""Of a place, where it shares a number with that of a tag or cue."""
_LONGEST = (1 << 12) - 1
"""Characters of a phrase that count where the longer of two is wanted."""


class Finder:
    """All phrases of a vocabulary, found in one pass."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self.links = [n for n, tag in enumerate(tags) if isinstance(tag, Topic) and tag.link]
        forms: dict[str, int] = {}
        stems: dict[str, int] = {}
        # Of each form of a phrase what it means, and of each form of a part of a cue which one.
        meanings: dict[tuple[int, ...], None] = {}
        parts: dict[tuple[int, ...], None] = {}
        self.capitals: list[tuple[str, ...]] = [()]
        for number, tag in enumerate(tags):
            for speech, phrases in _speaking(tag):
                for phrase in phrases:
                    exact = 0
                    if capitals := tuple(_CAPITALS.findall(phrase)):
                        exact = len(self.capitals)
                        self.capitals.append(capitals)
                    for form in _forms(phrase):
                        stem = stems.setdefault(form.removesuffix("s"), len(stems))
                        meanings[
                            forms.setdefault(form, len(forms)), number, speech, stem, exact
                        ] = None
        cues: list[tuple[int, str]] = [(_AIM, cue) for cue in _AIMS]
        for number, tag in enumerate(tags):
            cues += [(number, cue) for cue in tag.cues] if isinstance(tag, Topic) else []
        self.owners: Numbers = np.array([owner for owner, _ in cues])
        """The tag of each cue."""
        self.last: Numbers = np.array([cue.count("…") for _, cue in cues])
        """The last part of each cue, from 0."""
        for number, (_, cue) in enumerate(cues):
            for part, words in enumerate(cue.split("…")):
                for word in words.split("|"):
                    for form in _forms(word.strip()):
                        parts[forms.setdefault(form, len(forms)), number, part] = None
        self.meanings = _Table(list(meanings), len(forms), 4)
        self.parts = _Table(list(parts), len(forms), 2)
        self.trie = Trie([*forms])

    def find(self, texts: Texts) -> Mentions:
        """Where the words of tags stand; a word inside a longer one of its tag left out."""
        form, start, end = self.trie.find(texts)
        which, (cue, part) = self.parts.of(form)
        cue, cue_start, cue_end = self._cues(texts, cue, part, start[which], end[which])
        which, (tag, speech, word, exact) = self.meanings.of(form)
        start, end = start[which], end[which]
        written = np.ones(len(which), np.bool_)
        rows = np.flatnonzero(exact)
        columns = (rows, start[rows], end[rows], exact[rows])
        for row, first, last, number in zip(*(c.tolist() for c in columns), strict=True):
            said = texts.whole[first:last]
            if not all(map(said.__contains__, self.capitals[number])):
                written[row] = False
        # The longer of two that begin together comes first, and so hides the other.
        order = np.flatnonzero(written)
        long = np.minimum(end - start, _LONGEST)
        key = ((tag << _BITS - 1 | start) << 12 | _LONGEST - long) << 3 | speech + 1
        order = order[np.argsort(key[order])]
        reach = np.maximum.accumulate(tag[order] << _BITS | end[order])
        order = order[(np.diff(reach, prepend=-1) > 0) & (speech[order] != _DECOY)]
        owner = self.owners[cue]
        own = owner != _AIM
        tag = np.concatenate([tag[order], owner[own]])
        speech = np.concatenate([speech[order], np.full(own.sum(), _CUE)])
        word = np.concatenate([word[order], np.zeros(own.sum(), np.int64)])
        start = np.concatenate([start[order], cue_start[own]])
        end = np.concatenate([end[order], cue_end[own]])
        sentence = texts.sentence_of(start)
        place = _places(texts, cue_start[~own])[sentence]
        paper = texts.paper[texts.part_of(texts.sentences)][sentence]
        return Mentions(paper, tag, speech, place, start, end, word)

    def _cues(
        self, texts: Texts, cue: Numbers, part: Numbers, start: Numbers, end: Numbers
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Cue, start and end of each stretch where all parts of one follow one another."""
        at = part == 0
        reached = cue[at], start[at], end[at]
        whole = []
        for number in range(1, self.last.max() + 2):
            cues, first, until = reached
            done = self.last[cues] < number
            whole.append((cues[done], first[done], until[done]))
            # Each further part goes on from the nearest of the parts before it that ends before it;
            # of those that end together from the longest.
            order = np.argsort(cues << 52 | until << 22 | until - first)
            cues, first, until = cues[order], first[order], until[order]
            at = part == number
            near = np.searchsorted(cues << _BITS | until, cue[at] << _BITS | start[at], "right") - 1
            if not len(cues):
                break
            good = (near >= 0) & (cues[near] == cue[at]) & (start[at] <= until[near] + _GAP)
            good &= texts.sentence_of(first[near]) == texts.sentence_of(start[at])
            reached = cue[at][good], first[near][good], end[at][good]
        cues, first, until = (np.concatenate(rows) for rows in zip(*whole, strict=True))
        # Several ends of one beginning are one cue: the nearest.
        order = np.argsort(cues << 52 | first << 22 | until - first)
        once = np.diff(cues[order] << _BITS | first[order], prepend=-1) > 0
        return cues[order][once], first[order][once], until[order][once]


class _Table:
    """Rows of numbers by the number of a form, any count for each."""

    def __init__(self, rows: Sequence[tuple[int, ...]], forms: int, width: int) -> None:
        table = np.array(sorted(rows), np.int64).reshape(-1, width + 1)
        self.columns = tuple(table.T[1:])
        self.begin = np.searchsorted(table[:, 0], np.arange(forms))
        self.count = np.bincount(table[:, 0], minlength=forms)

    def of(self, forms: Numbers) -> tuple[Numbers, tuple[Numbers, ...]]:
        """For each row of each form: which of the forms asked for, and the row's numbers."""
        count = self.count[forms]
        which = np.repeat(np.arange(len(forms)), count)
        step = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        rows = self.begin[forms][which] + step
        return which, tuple(column[rows] for column in self.columns)


def _speaking(tag: Tag) -> Iterator[tuple[int, Sequence[str]]]:
    if not isinstance(tag, Topic):
        yield SPEECHES.index("synonym"), tag.synonyms
        return
    yield SPEECHES.index("firm"), tag.firm
    yield SPEECHES.index("synonym"), [word for word in tag.synonyms if word not in tag.firm]
    yield SPEECHES.index("weak"), tag.weak
    yield _DECOY, tag.decoys


def _places(texts: Texts, aims: Numbers) -> Numbers:
    """What kind of place each sentence is; `aims` says where papers say their aim."""
    part = texts.part_of(texts.sentences)
    of_paper = texts.part[part]
    stated = texts.sentence_of(aims)
    aim = np.zeros(len(texts.sentences), np.bool_)
    aim[stated] = True
    aim &= of_paper == ABSTRACT
    before: Numbers = np.cumsum(aim) - aim
    # Aims stated before a sentence and since its abstract began.
    since: Numbers = before - before[np.searchsorted(part, part)]
    kinds: dict[Place, NDArray[np.bool_]] = {
        "title": of_paper == TITLE,
        "keyword": of_paper == KEYWORD,
        "aim": aim,
        "opening": since == 0,
    }
    return np.select([*kinds.values()], [*map(PLACES.index, kinds)], PLACES.index("rest"))


def _forms(phrase: str) -> list[str]:
    """The folded spellings of a phrase: hyphen or space or neither, singular or plural.

    >>> _forms("pre-training")
    ['pre training', 'pre trainings', 'pretraining', 'pretrainings']
    >>> _forms("anomaly")
    ['anomaly', 'anomalies']
    """
    forms = []
    for stem in dict.fromkeys((phrase, phrase.replace("-", ""))):
        folded = spaced(stem).lower()
        forms += [folded, *_other_number(folded)]
    return list(dict.fromkeys(forms))


def _other_number(phrase: str) -> list[str]:
    if phrase.endswith("s"):
        return [] if phrase.endswith(("ss", "is", "us", "ics", "news")) else [phrase[:-1]]
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return [phrase[:-1] + "ies"]
    return [phrase + ("es" if phrase.endswith(("x", "ch", "sh")) else "s")]
