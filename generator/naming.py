"""Finds the paper that a publisher means, and says what she may have meant where there is none."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from .keys import paper_key
from .links import arxiv_id
from .model import Library

_LOOKED_AT = 20
"""Names, at least, that are compared letter by letter with one that is not known."""
_LONGEST_LIST = 2000
"""Names of one feature that are looked at: a month of arXiv ids has fewer."""


class Names:
    """All names of the papers of a library, hidden ones too: keys, former keys and arXiv ids."""

    def __init__(self, library: Library) -> None:
        keys = {key: key for key in (*library.papers, *library.hidden)}
        ids = {card.arxiv_id: key for key, card in library.cards.items() if card.arxiv_id}
        self._keys: dict[str, str] = {**library.hidden_ids} | ids | {**library.aliases} | keys

    def find(self, name: str) -> str | None:
        """The standing key of the paper with this key, arXiv id, title or address, if any.

        An address may be the paper's page here, at arXiv or at Hugging Face.
        """
        page = name.strip().split("#")[0].split("?")[0].rstrip("/").rpartition("/")[2]
        for form in (arxiv_id(name), page, paper_key(name)):
            if form in self._keys:
                return self._keys[form]
        return None

    def hint(self, name: str) -> str:
        """What may have been meant, as a question for a message; empty if nothing is near."""
        name = arxiv_id(name) or paper_key(name.rstrip("/").rpartition("/")[2])
        lists = sorted(
            (found[:_LONGEST_LIST] for f in _features(name) if (found := self._holders.get(f))),
            key=lambda found: (len(found), found),
        )
        likely: dict[str, None] = {}
        for found in lists:
            if len(likely) >= _LOOKED_AT:
                break
            likely |= dict.fromkeys(found)
        begun = sorted(other for other in likely if other.startswith(f"{name}-"))
        return did_you_mean(name, sorted(likely)) or _question(begun[:2])

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """By feature, the names that have it, in order."""
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._keys):
            for feature in _features(name):
                holders[feature].append(name)
        return dict(holders)


def _features(name: str) -> Iterator[str]:
    """What two names that differ by a typing mistake have in common: a word, or an end of one."""
    words = dict.fromkeys(name.replace(".", "-").split("-"))
    yield from words
    yield "^" + name[:2]
    yield name[-2:] + "$"


def did_you_mean(name: str, known: list[str]) -> str:
    """A question naming up to two of `known` that are near to `name`, or nothing.

    >>> did_you_mean("optimisation", ["optimization", "theory"])
    'did you mean optimization?'
    """
    return _question([name] if name in known else difflib.get_close_matches(name, known, n=2))


def _question(near: list[str]) -> str:
    return f"did you mean {' or '.join(near)}?" if near else ""
