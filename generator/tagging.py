"""Says which tags a paper has, and because of what.

Words are found in one pass over a text, by one automaton of all phrases of all tags, and weighed by
how they speak (a plain synonym, a weak word, a cue) and by where they stand (the title, a sentence
that says what the paper does, elsewhere). A tag whose points reach 1 is a hit.

Where a phrase stands inside a longer one of the same tag, only the longer one speaks. Decoys are
phrases kept for that alone: "vision-language model" hides the language models inside it.

A learned part has its place in `_hits`, added to the points of a tag before they are sorted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from .model import PaperText, Tag, TagHit, Taxonomy
from .taxonomy import Topic

MOST = 6
"""Tags of one paper at most: the labelling guide's limit."""

Speech = Literal["firm", "synonym", "weak", "cue", "decoy"]
Place = Literal["title", "aim", "opening", "rest"]


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

    def mentions(self, title: str, abstract: str) -> dict[int, list[Mention]]:
        """By number of the tag, where its words stand; a word inside a longer one left out."""
        text = f"{title}\n{abstract}"
        spaced = text.translate(_BREAKS)
        words: dict[int, list[tuple[int, int, Speech]]] = {}
        parts: dict[int, list[tuple[int, int, int]]] = {}
        for pattern, start, end in self.automaton.find_matches_as_indexes(
            f" {_lower(spaced)} ", overlapping=True
        ):
            end -= 2  # the spaces around the word, and the one before the text
            for tag, speech, capitals in self.meanings[pattern]:
                if not capitals or all(word in spaced[start:end] for word in capitals):
                    words.setdefault(tag, []).append((start, -end, speech))
            for cue, part in self.parts[pattern]:
                parts.setdefault(cue, []).append((start, -part, end))
        sentences = [match.end() for match in _SENTENCE_END.finditer(text)]
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


# --- weighing them -------------------------------------------------------------------------------

# Points of one distinct word, by how it speaks and the best place it stands in; 1 earns the tag.
# Logistic regression over all tags at once, on every other paper of the reference sets
# (`benchmarks/tags.py --fit`): 1 is where the chance that a reader would give the tag is 0.3, which
# had the best F1. Rounded to 0.05.
POINTS: Mapping[Speech, Mapping[Place, float]] = {
    "firm": {"title": 1.4, "aim": 0.8, "opening": 0.7, "rest": 0.5},
    "synonym": {"title": 0.9, "aim": 0.5, "opening": 0.5, "rest": 0.4},
    "weak": {"title": 0.5, "aim": 0.2, "opening": 0.15, "rest": 0.15},
    "cue": {"title": 0.35, "aim": 0.4, "opening": 0.05, "rest": 0.2},
}
_AGAIN: Mapping[Speech, float] = {"firm": 0.2, "synonym": 0.15, "weak": 0.05, "cue": 0.3}
"""Points of each further mention, of words of one kind together."""
ENOUGH = 3
"""So many words of one kind and place, and so many repeats, count at most: as the fit had it."""
_LINK_POINTS = 2.0
"""An address is a fact, not a matter of degree, and so outweighs passing words."""

_ADDRESSES = ("://", "www.", "github.", "GitHub.", "gitlab.", "huggingface.co", "https URL")
"""What only an address holds; `this https URL` is how arXiv's pages show one."""
_WHERE = {"title": "title", "aim": "aim", "opening": "abstract", "rest": "abstract"}


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
    finder = _finder(taxonomy.tags)
    return {key: _hits(text, finder, taxonomy.tags) for key, text in texts.items()}


@lru_cache(maxsize=1)  # a server tags again and again with one vocabulary
def _finder(tags: tuple[Tag, ...]) -> Finder:
    return Finder(tags)


def _hits(paper: PaperText, finder: Finder, tags: Sequence[Tag]) -> tuple[TagHit, ...]:
    lowered = _lower(text := f"{paper.title}\n{paper.abstract}")
    mentions = finder.mentions(paper.title, paper.abstract)
    # The number of the tag ends the sort, so equal scores fall the same way everywhere.
    scored = sorted(
        (-_weigh(lowered, found), number)
        for number, found in mentions.items()
        if number not in finder.links
    )
    # A link says nothing of the subject, so the best of the other tags stays beside it.
    kept = [hit for hit in scored if -hit[0] >= 1] or scored[:1]
    reasons = {n: _link_reasons(paper, text, mentions.get(n, [])) for n in finder.links}
    kept = sorted(kept + [(-_LINK_POINTS, n) for n in finder.links if reasons[n]])[:MOST]
    return tuple(
        TagHit(tags[number].slug, -points, reasons.get(number) or _reasons(text, mentions[number]))
        for points, number in sorted(kept, key=lambda hit: hit[1])
    )


def _weigh(lowered: str, found: Sequence[Mention]) -> float:
    """The points of a tag's mentions in a text, given in lower case."""
    counted, again = tally(lowered, found)
    points = sum(POINTS[speech][place] * min(n, ENOUGH) for (speech, place), n in counted.items())
    return round(points + sum(_AGAIN[speech] * min(n, ENOUGH) for speech, n in again.items()), 4)


def tally(
    lowered: str, found: Sequence[Mention]
) -> tuple[dict[tuple[Speech, Place], int], dict[Speech, int]]:
    """How many distinct words, by kind and best place, and how many repeats, by kind.

    `lowered` is the text that the mentions were found in, in lower case.
    """
    best: dict[tuple[Speech, str], Place] = {}
    again: dict[Speech, int] = {}
    for start, end, speech, place in found:
        # Cues are many ways to say one thing, so all of them are one word with repeats.
        word = (speech, "" if speech == "cue" else lowered[start:end].removesuffix("s"))
        if word not in best:
            best[word] = place
            continue
        again[speech] = again.get(speech, 0) + 1
        if POINTS[speech][place] > POINTS[speech][best[word]]:
            best[word] = place
    counted: dict[tuple[Speech, Place], int] = {}
    for (speech, _), place in best.items():
        counted[speech, place] = counted.get((speech, place), 0) + 1
    return counted, again


def _reasons(text: str, found: Sequence[Mention]) -> tuple[str, ...]:
    """The words found and where, strongest first, each once."""
    strongest = sorted(found, key=lambda m: (-POINTS[m.speech][m.place], m.start, m.end))
    distinct: dict[str, str] = {}
    for mention in strongest:
        word = text[mention.start : mention.end].lower().removesuffix("s")
        distinct.setdefault(word, _reason(text, mention))
    return tuple(distinct.values())


def _reason(text: str, mention: Mention) -> str:
    return f"{_WHERE[mention.place]}: {' '.join(text[mention.start : mention.end].split())}"


def _link_reasons(paper: PaperText, text: str, found: Sequence[Mention]) -> tuple[str, ...]:
    for sign in _ADDRESSES:
        at = text.find(sign)
        if at >= 0:
            start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
            address = sign if " " in sign else text[start:].split(None, 1)[0].rstrip(".,;:)")
            return (f"{'title' if at < len(paper.title) else 'abstract'}: {address}",)
    if paper.has_code:
        return ("link to code",)
    said = [mention for mention in found if mention.speech != "weak"]
    return tuple(_reason(text, mention) for mention in said[:1])
