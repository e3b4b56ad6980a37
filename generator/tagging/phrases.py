"""Finds the words of a vocabulary's tags in a text, in one pass, and says how and where they stand.

Where a phrase stands inside a longer one of the same tag, only the longer one speaks. Decoys are
phrases kept for that alone: "vision-language model" hides the language models inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from ..model import Tag
from ..taxonomy import Topic

Speech = Literal["firm", "synonym", "weak", "cue", "decoy"]
Place = Literal["title", "aim", "opening", "rest"]


class Folded(NamedTuple):
    """A title and an abstract in forms of one length, so that a place in one is one in all."""

    whole: str
    """Title and abstract joined by a line break."""
    spaced: str
    """With a space for whatever ends a word."""
    lowered: str
    """That in lower case."""


class Mention(NamedTuple):
    """One place where a tag's words stand; a tuple, as millions are made."""

    start: int
    end: int
    """Characters of the title and abstract joined by a line break."""
    speech: Speech
    place: Place


class _Meaning(NamedTuple):
    """What one phrase says about one tag."""

    tag: int
    speech: Speech
    capitals: tuple[str, ...]
    """Words to be found in exactly this case, such as `RAG`."""


class _CuePart(NamedTuple):
    """One word of a cue."""

    cue: int
    part: int


# What ends a word becomes a space, one for one, so that places stay what they are.
_BREAKS = str.maketrans(dict.fromkeys("-‐‑‒–—−/_\n\t\"'“”‘’„«»().,;:!?[]{}<>|&$~^*=\u00a0…", " "))
_CAPITALS = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")

# A sentence ends at a stop before white space and a capital, so not at "e.g. images" or "3.5".
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z0-9\"“(])|\n")

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


class Finder:
    """All phrases of a vocabulary in one automaton."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self.links = [n for n, tag in enumerate(tags) if isinstance(tag, Topic) and tag.link]
        meanings: dict[str, dict[_Meaning, None]] = {}
        for number, tag in enumerate(tags):
            for speech, phrases in _speaking(tag):
                for phrase in phrases:
                    meaning = _Meaning(number, speech, tuple(_CAPITALS.findall(phrase)))
                    for form in _forms(phrase):
                        meanings.setdefault(form, {})[meaning] = None
        owned: list[tuple[int | None, str]] = [(None, cue) for cue in _AIMS]
        for number, tag in enumerate(tags):
            owned += [(number, cue) for cue in tag.cues] if isinstance(tag, Topic) else []
        self.owners = [owner for owner, _ in owned]
        """The tag of each cue; `None` for the cues of aims."""
        self.last = [cue.count("…") for _, cue in owned]
        """The last part of each cue, from 0."""
        parts: dict[str, dict[_CuePart, None]] = {}
        for number, (_, cue) in enumerate(owned):
            for part, words in enumerate(cue.split("…")):
                for word in words.split("|"):
                    for form in _forms(word.strip()):
                        parts.setdefault(form, {})[_CuePart(number, part)] = None
        forms = [*meanings, *(form for form in parts if form not in meanings)]
        self.meanings = [tuple(meanings.get(form, ())) for form in forms]
        self.parts = [tuple(parts.get(form, ())) for form in forms]
        # The fastest of the three on abstracts: 0.03 ms each; the others took 0.065 and more.
        self.automaton = AhoCorasick(
            [f" {form} " for form in forms], implementation=Implementation.NoncontiguousNFA
        )

    def mentions(self, text: Folded) -> dict[int, list[Mention]]:
        """By number of the tag, where its words stand; a word inside a longer one left out."""
        spaced = text.spaced
        words: dict[int, list[tuple[int, int, Speech]]] = {}
        parts: dict[int, list[tuple[int, int, int]]] = {}
        for pattern, start, end in self.automaton.find_matches_as_indexes(
            f" {text.lowered} ", overlapping=True
        ):
            end -= 2  # the spaces around the word, and the one before the text
            for tag, speech, capitals in self.meanings[pattern]:
                if not capitals or all(word in spaced[start:end] for word in capitals):
                    words.setdefault(tag, []).append((start, -end, speech))
            for cue, part in self.parts[pattern]:
                parts.setdefault(cue, []).append((start, -part, end))
        sentences = [match.end() for match in _SENTENCE_END.finditer(text.whole)]
        cues: list[tuple[int | None, int, int]] = [
            (self.owners[cue], start, end)
            for cue, found in sorted(parts.items())
            if len(found) > self.last[cue]
            for start, end in _chains(found, self.last[cue], sentences)
        ]
        places = _places(sentences, [start for tag, start, _ in cues if tag is None])
        kept: dict[int, list[Mention]] = {}
        for number, matches in words.items():
            reach = 0
            # The longer of two that begin together comes first, and so hides the other.
            for start, minus_end, speech in sorted(matches):
                if -minus_end > reach:
                    reach = -minus_end
                    if speech != "decoy":
                        place = places[bisect_right(sentences, start)]
                        kept.setdefault(number, []).append(Mention(start, reach, speech, place))
        for owner, start, end in cues:
            if owner is not None:
                place = places[bisect_right(sentences, start)]
                kept.setdefault(owner, []).append(Mention(start, end, "cue", place))
        return kept


def _speaking(tag: Tag) -> Iterator[tuple[Speech, Sequence[str]]]:
    if not isinstance(tag, Topic):
        yield "synonym", tag.synonyms
        return
    yield "firm", tag.firm
    yield "synonym", [word for word in tag.synonyms if word not in tag.firm]
    yield "weak", tag.weak
    yield "decoy", tag.decoys


def _chains(
    found: list[tuple[int, int, int]], last: int, sentences: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch where the parts of a cue, 0 to `last`, follow one another.

    `found` holds the start of a word, its part with a minus and its end. Later parts come first,
    so that a word that is two parts does not follow itself.
    """
    reached: dict[int, tuple[int, int]] = {}
    for start, minus_part, end in sorted(found):
        first = start
        if minus_part:
            before = reached.get(-minus_part - 1)
            if before is None or not before[1] <= start <= before[1] + _GAP:
                continue
            first = before[0]
            if bisect_right(sentences, first) != bisect_right(sentences, start):
                continue
        if -minus_part == last:
            yield first, end
            reached.clear()
        else:
            reached[-minus_part] = (first, end)


def _places(sentences: Sequence[int], aims: Sequence[int]) -> list[Place]:
    """What kind of place each sentence is, the title being the first.

    `sentences` says where the second and later ones begin, `aims` where the paper says its aim.
    """
    stated = {bisect_right(sentences, start) for start in aims}
    first = min(stated - {0}, default=len(sentences) + 1)
    rest: list[Place] = [
        "aim" if number in stated else "opening" if number < first else "rest"
        for number in range(1, len(sentences) + 1)
    ]
    return ["title", *rest]


def fold(title: str, abstract: str) -> Folded:
    """The text of a paper as `Finder.mentions` reads it."""
    whole = f"{title}\n{abstract}"
    spaced = whole.translate(_BREAKS)
    return Folded(whole, spaced, _lower(spaced))


def _fold(text: str) -> str:
    return _lower(text.translate(_BREAKS))


def _lower(text: str) -> str:
    """Lower case of the same length, so that places agree (`İ` becomes two characters)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _forms(phrase: str) -> list[str]:
    """The folded spellings of a phrase: hyphen or space or neither, singular or plural.

    >>> _forms("pre-training")
    ['pre training', 'pre trainings', 'pretraining', 'pretrainings']
    >>> _forms("anomaly")
    ['anomaly', 'anomalies']
    """
    forms = []
    for stem in dict.fromkeys((_fold(phrase), _fold(phrase.replace("-", "")))):
        forms += [stem, *_other_number(stem)]
    return list(dict.fromkeys(forms))


def _other_number(phrase: str) -> list[str]:
    if phrase.endswith("s"):
        return [] if phrase.endswith(("ss", "is", "us", "ics", "news")) else [phrase[:-1]]
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return [phrase[:-1] + "ies"]
    return [phrase + ("es" if phrase.endswith(("x", "ch", "sh")) else "s")]
