"""The marks of a list around its titles: numbers, bullets, pictures, votes; not a source itself.

A title may begin with a number of its own. So marks are taken for those of a list only where a run
of them goes through the digest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PICTURES = r"\u2190-\u2bff\U0001f000-\U0001faff"
"""Arrows, signs and emoji, for a class of a pattern."""
_NUMBER = re.compile(
    r"(?:\d{1,2}\ufe0f?\u20e3|\d{1,4}[、．]|\[\d{1,3}/\d{1,3}\]"
    r"|[Pp]aper #?\d{1,4}[.):](?=\s)|\(\d{1,4}\)|\[#?\d{1,4}\]|#?\d{1,4}[.):/](?=\s)"
    r"|\d{1,3}/\d{1,3}[.):]?(?=\s)|#\d{1,4}(?=\s))[.:]?\s*"
)
_LONE_NUMBER = re.compile(r"[ \t]*(?:\(\d{1,4}\)|\[#?\d{1,4}\]|#?\d{1,4}[.):]|#\d{1,4})[.:]?[ \t]*")
_BARE_NUMBER = re.compile(r"\d{1,4}\s+(?=\S)")
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"(?:[-*+–—·•‣⁃∙o§Øü\uf0a7\uf0b7\uf0d8]|\[[ xX]\])\s+")
"""Those of word processors, too, which a copy shows as letters or as signs of a font."""
# Not the dot between factors.
_PICTURE = re.compile(rf"(?:(?!\u22c5)[{PICTURES}][\ufe0e\ufe0f\u200d]{{0,2}}){{1,6}}\s*")
_ITEM = re.compile(r"^[ \t]*[-*+][ \t]+\S", re.MULTILINE)
_INNER_ITEM = re.compile(r"^(?:[ ]{2}|\t)[ \t]*[-*+][ \t]+\S", re.MULTILINE)
_SIGN = r"(?:[▲△⬆⇧↑👍❤♥🔥⭐★🤗💬]\ufe0f?|upvotes?|votes?|points?|likes?|stars?)"
_COUNT = r"\+?\d[\d.,]{0,9}k?"
_LENGTH = r"\((?:\d{1,2} min(?:ute)?s? read|github repo|website)\)"
_VOTES = re.compile(
    rf"\s+[(\[–—|·•-]?\s?(?:{_SIGN}:?\s?{_COUNT}|{_COUNT}\s?{_SIGN})[)\]]?\Z"
    rf"|\s+(?:\(\+\d{{1,6}}\)|{_LENGTH})(?: \[\d{{1,3}}\])?\Z",
    re.IGNORECASE,
)
"""Votes, or what a newsletter says of how long a text is, and which note has its address."""
_QUOTED = re.compile(r"[“„\"«「『《]([^“”„\"«»「」『』《》]+)[”“\"»」』》][.,]?")
_LONGEST_VOTES = 35
LENGTH = re.compile(rf"\s{_LENGTH}\Z", re.IGNORECASE)
"""What a newsletter puts behind a title: how long the text is, or what it is."""
_FEWEST = 2
_FEWEST_BARE = 3
"""Titles that a number without a mark stands before."""
_FEWEST_VOTED = 6
"""Titles that can only all begin with a number by what a page shows before them: votes."""
_WIDEST_GAP = 5


def without_marks(titles: Sequence[str]) -> list[str]:
    """Titles without the marks of the list that they are, and without the votes behind them.

    >>> without_marks(["1. Deep Nets", "2. Deeper Nets"]), without_marks(["• A", "• B", "C"])
    (['Deep Nets', 'Deeper Nets'], ['A', 'B', 'C'])
    >>> without_marks(["3 Body Problems", "4 Colours"]), without_marks(["1. A", "7. B"])
    (['3 Body Problems', '4 Colours'], ['1. A', '7. B'])
    >>> without_marks(["Paper 1: Deep Nets", "Paper 2: Deeper Nets"])
    ['Deep Nets', 'Deeper Nets']
    >>> without_marks(["[1/2] Deep Nets", "[2/2] Deeper Nets"])
    ['Deep Nets', 'Deeper Nets']
    >>> without_marks([f"{9 - n} Nets of {n}" for n in range(6)])[:2]
    ['Nets of 0', 'Nets of 1']
    >>> without_marks([f"{9 - n} Nets" for n in range(6)])[:2]
    ['9 Nets', '8 Nets']
    >>> without_marks(["Deep Nets (▲ 45)", "Deeper Nets (▲ 1.2k)"])
    ['Deep Nets', 'Deeper Nets']
    """
    found = list(titles)
    for read in (_bullets, _numbers, _bullets):
        ends = read(found)
        found = [title[end:] for title, end in zip(found, ends, strict=True)]
    quoted = [_QUOTED.fullmatch(title) for title in found]
    if _are_most([quotes is not None for quotes in quoted]):
        found = [q[1] if q else title for title, q in zip(found, quoted, strict=True)]
    votes = [_VOTES.search(title, max(len(title) - _LONGEST_VOTES, 1)) for title in found]
    if _are_most([vote is not None for vote in votes]):
        found = [t[: vote.start()] if vote else t for t, vote in zip(found, votes, strict=True)]
    return found


def without_lone_numbers(text: str) -> str:
    r"""A text in which a line is blank where a list shows the number of a title on a line above it.

    >>> without_lone_numbers("1.\nDeep Nets\n2.\nDeeper Nets")
    '\nDeep Nets\n\nDeeper Nets'
    """
    if "1." not in text and "1)" not in text and "1]" not in text and "#1" not in text:
        return text
    lines = text.split("\n")
    lone = [at for at, line in enumerate(lines) if _LONE_NUMBER.fullmatch(line)]
    if not _is_run([_value(lines[at]) for at in lone]):
        return text
    for at in lone:
        lines[at] = ""
    return "\n".join(lines)


def are_notes(text: str) -> bool:
    r"""Whether a text is lists within lists, as of a meeting: where those are papers, other sources
    have read them.

    >>> are_notes("- Agenda\n  - Budget\n  - Rooms"), are_notes("- Deep Nets\n- Deeper Nets")
    (True, False)
    """
    if len(_INNER_ITEM.findall(text)) < _FEWEST:
        return False
    lines = sum(not line.isspace() and line != "" for line in text.split("\n"))
    return 2 * len(_ITEM.findall(text)) > lines


def _bullets(titles: Sequence[str]) -> list[int]:
    """Where each title begins behind its bullet or picture; at 0 where most have none."""
    for mark in (_BULLET, _PICTURE):
        ends = [_end(mark, title) for title in titles]
        if _are_most(ends):
            return ends
    return [0] * len(titles)


def _are_votes(titles: Sequence[str], ends: Sequence[int]) -> bool:
    """Whether the numbers before titles are what a page shows there, and tell none apart."""
    bare = {title[end:] for title, end in zip(titles, ends, strict=True)}
    return len(titles) >= _FEWEST_VOTED and len(bare) == len(set(titles))


def _numbers(titles: Sequence[str]) -> list[int]:
    """Where each title begins behind its number; at 0 where they are no run."""
    ends = [_end(_NUMBER, title) for title in titles]
    marked = [_value(title) for title, end in zip(titles, ends, strict=True) if end]
    if _are_most(ends) and _is_run(marked):
        return ends
    ends = [_end(_BARE_NUMBER, title) for title in titles]
    if len(titles) >= _FEWEST_BARE and all(ends):
        counted = list(range(1, len(titles) + 1))
        if list(map(_value, titles)) == counted or _are_votes(titles, ends):
            return ends
    return [0] * len(titles)


def _end(mark: re.Pattern[str], title: str) -> int:
    """Where a title begins behind a mark; 0 where it has none, or is nothing else."""
    found = mark.match(title)
    return found.end() if found and found.end() < len(title) else 0


def _are_most(ends: Sequence[int]) -> bool:
    marked = len(ends) - ends.count(0)
    return marked >= _FEWEST and 2 * marked > len(ends)


def _value(title: str) -> int:
    """The number that a title begins with, behind its mark."""
    found = _DIGITS.search(title)
    return int(found[0]) if found else 0


def _is_run(numbers: Sequence[int]) -> bool:
    """Whether numbers go up or down all the way, mostly by one: some titles may be missing."""
    steps = [after - before for before, after in pairwise(numbers)]
    by_one = steps.count(1), steps.count(-1)
    direction = 1 if by_one[0] >= by_one[1] else -1
    return (
        len(numbers) >= _FEWEST
        and all(0 < step * direction <= _WIDEST_GAP for step in steps)
        and 2 * max(by_one) >= len(steps)
    )
