"""The stages in order: the table of contents of the program."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from .authors import find_bylines
from .bounds import bound_days
from .config import Settings
from .corrections import correct, correct_tags
from .digests import find_files, list_origins
from .errors import InputError, Report
from .finding import find_related, find_tags, text_of
from .kept import NOTHING, Kept
from .ledger import read_ledger
from .library import assemble, date_captures, keys_of
from .model import Artifact, Capture, Library, Site, Taxonomy
from .outputs import OUTPUTS
from .overrides import read_overrides
from .progress import SILENT, Progress
from .relate import near_duplicates
from .rings import uncollected
from .routes import Routes
from .settling import settle
from .sources import read_captures
from .stamps import stamp_of
from .taxonomy import load_taxonomy
from .trends import find_trends


def build_library(
    settings: Settings, report: Report, kept: Kept = NOTHING, progress: Progress = SILENT
) -> Library:
    """Every paper and day that the digests list, as they list it."""
    progress.say("reading digests")
    captures = _captures(settings, report, kept)
    return assemble(captures, report, read_ledger(settings.digests), kept, progress)


def origins_of(settings: Settings) -> frozenset[str]:
    """Every file that may hold a digest, by its origin."""
    return frozenset(list_origins(settings.digests) if settings.digests.is_dir() else ())


def keys_in(settings: Settings, origins: Collection[str]) -> Mapping[str, AbstractSet[str]]:
    """The keys of all papers that these of the digests list, and the arXiv ids of each."""
    captures = [c for c in _captures(settings, Report()) if c.origin in origins]
    return keys_of(captures, read_ledger(settings.digests))


def _captures(settings: Settings, report: Report, kept: Kept = NOTHING) -> Sequence[Capture]:
    captures = read_captures(settings.digests, report, settings.bounds, kept)
    if not captures and not find_files(settings.digests):
        raise InputError(f"{settings.digests} holds no digest: put one there, as README says")
    dated = date_captures(captures, settings.year, report)
    return bound_days(dated, settings.bounds, report)


@uncollected()
def build_site(
    settings: Settings, report: Report, progress: Progress = SILENT, kept: Kept = NOTHING
) -> Site:
    """Everything known about the site; nothing rendered. What earlier builds `kept` is used."""
    taxonomy = load_taxonomy(settings.vocabulary)
    listed = build_library(settings, report, kept, progress)
    overrides = read_overrides(settings.digests, taxonomy, report)
    corrections = settle(overrides, listed, report)
    library = correct(listed, corrections, report)
    progress.say(f"finding topics of {len(library.papers):,} papers")
    found, slugs = find_tags(library, taxonomy, kept)
    corrected = correct_tags(found, corrections, taxonomy)
    tags = found.corrected(corrected)
    slugs |= {key: tuple(hit.tag for hit in hits) for key, hits in corrected.items()}
    names = {key: card.names for key, card in library.cards.items()}
    progress.say("finding related papers")
    related, near = find_related(library, kept)
    return Site(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        library=library,
        taxonomy=taxonomy,
        tags=tags,
        slugs=slugs,
        tagged=_by_tag(slugs, taxonomy),
        related=related,
        near=near,
        stamps={
            key: stamp_of(card.stamp + card.listed + tags.stamps[key] + related.stamps[key])
            for key, card in library.cards.items()
        },
        listed={
            key: stamp_of(card.listed + " ".join(slugs[key]).encode())
            for key, card in library.cards.items()
        },
        trends=find_trends(
            {key: card.seen_on for key, card in library.cards.items()},
            slugs,
            [day.date for day in library.days],
            taxonomy,
        ),
        bylines=find_bylines(names, settings.author_pages, kept),
        kept=kept,
    )


def _by_tag(slugs: Mapping[str, Sequence[str]], taxonomy: Taxonomy) -> dict[str, list[str]]:
    """The papers of every tag, in their order; a tag without papers has an empty list."""
    tagged: dict[str, list[str]] = {tag.slug: [] for tag in taxonomy.tags}
    for key, its in slugs.items():
        for slug in its:
            tagged[slug].append(key)
    return tagged


def offers(site: Site) -> list[str]:
    """What `check` says of papers that are perhaps one."""
    texts = {key: text_of(paper) for key, paper in site.library.papers.items()}
    return [twins.offer() for twins in near_duplicates(texts, site.related)]


def routes_of(settings: Settings, library: Library) -> Routes:
    """Where everything is, under these settings."""
    on_days = {
        key: card.seen_on[0]
        for key, card in library.cards.items()
        if card.seen_on[0].year < settings.paper_pages_from
    }
    return Routes(settings.url, settings.authority, on_days)


def render(site: Site, settings: Settings, progress: Progress = SILENT) -> Iterator[Artifact]:
    """Every artifact of the site, from every output in `OUTPUTS`."""
    routes = routes_of(settings, site.library)
    # What is known of the site stays to the end and holds no ring: the collector, which looks for
    # rings whenever much has been made, need not read it again each time.
    gc.freeze()
    try:
        for output in OUTPUTS:
            made = output(site, routes, settings)
            yield from progress.each(f"rendering {output.__name__}", made)
    finally:
        gc.unfreeze()
