"""The stages in order: the table of contents of the program."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from .authors import find_bylines
from .config import Settings
from .corrections import correct, correct_tags
from .errors import Report
from .library import assemble, date_captures, read_ledger
from .model import Artifact, Library, PaperText, Site
from .outputs import OUTPUTS
from .overrides import read_overrides
from .prose import to_plain
from .relate import near_duplicates, relate_papers
from .routes import Routes
from .settling import settle
from .sources import read_captures
from .tagging import tag_papers
from .taxonomy import load_taxonomy
from .trends import find_trends

Progress = Callable[[str], None]
"""Told, in a few words, what is being done now."""


def silent(_: str) -> None:
    """Progress that nobody watches."""


def build_library(settings: Settings, report: Report) -> Library:
    """Every paper and day that the digests list, as they list it."""
    captures = read_captures(settings.digests, report)
    dated = date_captures(captures, settings.year, report)
    return assemble(dated, report, read_ledger(settings.digests))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of rings, for work that makes none but much that stays.

    It reads all there is whenever that has grown by a quarter: a tenth of the time that topics and
    related papers take. What is in no ring goes as ever, so a build needs no more memory.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@uncollected()
def build_site(settings: Settings, report: Report, progress: Progress = silent) -> Site:
    """Everything known about the site; nothing rendered."""
    taxonomy = load_taxonomy(settings.vocabulary)
    progress("reading digests")
    listed = build_library(settings, report)
    overrides = read_overrides(settings.digests, taxonomy, report)
    corrections = settle(overrides, listed, report)
    library = correct(listed, corrections, report)
    progress(f"finding topics of {len(library.papers):,} papers")
    texts = _texts(library)
    first_seen = {key: paper.seen_on[0] for key, paper in library.papers.items()}
    tags = correct_tags(tag_papers(texts, taxonomy), corrections, taxonomy)
    progress("finding related papers")
    return Site(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        library=library,
        taxonomy=taxonomy,
        tags=tags,
        related=relate_papers(texts, first_seen),
        trends=find_trends(library, tags, taxonomy),
        bylines=find_bylines(library.papers.values(), settings.author_pages),
    )


def offers(site: Site) -> list[str]:
    """What `check` says of papers that are perhaps one."""
    return [twins.offer() for twins in near_duplicates(_texts(site.library), site.related)]


def _texts(library: Library) -> Mapping[str, PaperText]:
    return {
        key: PaperText(
            title=to_plain(paper.title),
            abstract=to_plain(paper.abstract),
            has_code=paper.code is not None,
            keywords=paper.keywords,
            categories=paper.categories,
        )
        for key, paper in library.papers.items()
    }


def routes_of(settings: Settings, library: Library) -> Routes:
    """Where everything is, under these settings."""
    on_days = {
        key: paper.seen_on[0]
        for key, paper in library.papers.items()
        if paper.seen_on[0].year < settings.paper_pages_from
    }
    return Routes(settings.url, settings.authority, on_days)


def render(site: Site, settings: Settings, progress: Progress = silent) -> Iterator[Artifact]:
    """Every artifact of the site, from every output in `OUTPUTS`."""
    routes = routes_of(settings, site.library)
    # What is known of the site stays to the end and holds no ring: the collector, which looks for
    # rings whenever much has been made, need not read it again each time.
    gc.freeze()
    try:
        for output in OUTPUTS:
            progress(f"rendering {output.__name__}")
            yield from output(site, routes, settings)
    finally:
        gc.unfreeze()
