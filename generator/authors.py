"""Which names several papers bear, and where the page of each is.

All that is known of an author is a name. Names that differ in case, accents and punctuation alone
are one: of the 26,802 names of the reference corpus 61 are spelt so in several ways, and none of
these is of two people (`Jeffrey J Nirschl`, `Jeffrey J. Nirschl`). Two people of one name are one
here as well, and their page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .keys import paper_key
from .model import Byline, Paper

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


def find_bylines(papers: Iterable[Paper], least: int) -> Mapping[str, Byline]:
    """The names that at least that many papers bear, by slug in its order; of 0, none.

    The papers come newest first, and so do those of a name. It is spelt as its oldest paper does,
    so that a new day changes no older page.
    """
    if not least:
        return {}
    slugs: dict[str, str] = {}
    earning: Counter[str] = Counter()
    found: dict[str, dict[str, str]] = {}
    for paper in papers:
        spelt: dict[str, str] = {}
        for author in paper.authors:
            if author.name not in slugs:
                slugs[author.name] = author_slug(author.name)
            spelt.setdefault(slugs[author.name], author.name)
        if len(paper.authors) <= MOST_AUTHORS:
            earning.update(spelt.keys())
        for slug, name in spelt.items():
            found.setdefault(slug, {})[paper.key] = name
    return {
        slug: Byline(slug, list(found[slug].values())[-1], tuple(found[slug]))
        for slug in sorted(earning)
        if earning[slug] >= least
    }
