"""Which names several papers bear, and where the page of each is.

All that is known of an author is a name. Names that differ in case, accents and punctuation alone
are one: of the 26,802 names of the reference corpus 61 are spelt so in several ways, and none of
these is of two people (`Jeffrey J Nirschl`, `Jeffrey J. Nirschl`). Two people of one name are one
here as well, and their page says so.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .kept import NOTHING, Kept
from .keys import paper_key
from .model import Byline

MOST_AUTHORS = 100
"""Authors of the longest list that earns its names a page. Longer ones say who works somewhere: two
papers of a collaboration would make thousands of pages that all hold the same two."""


def author_slug(name: str) -> str:
    """The address of a name: the frozen rule of titles, so of the name alone.

    >>> author_slug("José García-López"), author_slug("Jose Garcia Lopez")
    ('jose-garcia-lopez', 'jose-garcia-lopez')
    >>> author_slug("J. O'Neil, Jr."), author_slug("张伟")
    ('j-oneil-jr', 'a3a0bafd')
    """
    return paper_key(name)


class _Slugs(dict[str, str]):
    """The slugs of names; it adds what it lacks, as many names come again."""

    def __missing__(self, name: str) -> str:
        self[name] = author_slug(name)
        return self[name]


def find_bylines(
    names: Mapping[str, Sequence[str]], least: int, kept: Kept = NOTHING
) -> Mapping[str, Byline]:
    """The names that at least that many papers bear, by slug in its order; of 0, none.

    `names` has the authors of each paper by its key, newest first, and so come the papers of a
    name. It is spelt as its oldest paper does, so that a new day changes no older page.
    """
    if not least:
        return {}
    slugs = _slugs_of(names, kept)
    found: dict[str, list[str]] = defaultdict(list)
    for key, borne in slugs.items():
        for slug in borne:
            found[slug].append(key)
    crowds = {key for key, borne in slugs.items() if len(borne) > MOST_AUTHORS}
    bylines = {}
    for slug in sorted(slug for slug, keys in found.items() if len(keys) >= least):
        papers = tuple(dict.fromkeys(found[slug]))  # once where a paper lists it twice
        if len(papers) >= least and (
            crowds.isdisjoint(papers) or sum(key not in crowds for key in papers) >= least
        ):
            name = names[papers[-1]][slugs[papers[-1]].index(slug)]
            bylines[slug] = Byline(slug, name, papers)
    return bylines


def _slugs_of(names: Mapping[str, Sequence[str]], kept: Kept) -> Mapping[str, Sequence[str]]:
    """The slugs of the names of each paper. They are kept, as to make them takes longer than all
    else here."""
    before = kept.read("author_slugs", "all", b"")
    slug_of = _Slugs(pickle.loads(before) if before else {})  # noqa: S301  our own
    known = len(slug_of)
    slugs = {key: [slug_of[name] for name in of] for key, of in names.items()}
    if len(slug_of) > known:
        kept.keep("author_slugs", "all", b"", pickle.dumps(dict(slug_of)))
    return slugs
