"""Makes the site from the digests."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..config import Settings
from ..errors import DigestError, Report, UsageError
from ..exchange import replaced, tidy
from ..kept import BEGUN
from ..limits import bytes_by_folder, warning
from ..listing import list_files
from ..lock import turn
from ..publish import find_docs
from ..renewal import NotRenewableError, find_site, renew, stamp_of_frame
from ..rings import uncollected
from ..unchanged import Said, note_build, said_before, stamp_of_digests
from .by_mkdocs import run_mkdocs
from .common import DONE, kept_of, progress, settings_of, show


def run(options: Namespace) -> int:
    """The exit code."""
    settings = settings_of(options)
    site = (options.site or settings.site).absolute()
    _refuse_foreign_folder(site, options, settings)
    with turn(options.root, "docs"):
        try:
            sizes = _renew(options, settings, site)
        except NotRenewableError as why:
            print(f"MkDocs builds all pages: {why}")
            # MkDocs empties its folder before it builds into it, so it gets one of its own.
            with replaced(site) as new:
                run_mkdocs(options, settings, "build", "--site-dir", str(new))
            sizes = {path: size for path, (size, _) in list_files(site).files.items()}
    if said := warning(bytes_by_folder(sizes)):
        print(f"broadsheet: {said}", file=sys.stderr)
    print(f"the site is in {site}")
    return DONE


def _renew(options: Namespace, settings: Settings, site: Path) -> Mapping[str, int]:
    """Make the site of the one before; the bytes of each file of it.

    `NotRenewableError` where that cannot be.
    """
    with uncollected(), kept_of(options, settings) as kept:
        if kept.differs == (BEGUN,):
            raise NotRenewableError(BEGUN)
        if kept.differs:
            named = kept.differs if options.explain else kept.differs[:3]
            raise NotRenewableError(f"changed since the last one: {', '.join(named)}")
        digests = stamp_of_digests(settings.digests, settings.bounds)
        docs, published = find_docs(settings.docs, kept), find_site(site, kept)
        before = said_before(kept, docs, published, digests)
        if before:
            for problem in before.problems:
                print(problem, file=sys.stderr)
            print(f"{before.summary}\nnothing changed since the last build")
            tidy(site)
            return {path: size for path, (size, _) in published.files.items()}
        # Not before: half of what a build takes that finds nothing to do.
        from ..conversion import convert  # noqa: PLC0415
        from ..outputs.words import count  # noqa: PLC0415

        report = Report()
        try:
            converted = convert(settings, report, progress(), kept, docs=docs)
        except DigestError:
            show(report)
            raise
        kept.save()
        made = converted.published
        if options.explain:  # also where MkDocs has to build: to it, all this is made already
            for line in made.explained():
                print(line)
        frame = stamp_of_frame(settings.docs, made.written, made.holdings)
        with _said_first(report, converted):
            if settings.strict and report:
                raise NotRenewableError("mkdocs.yml is strict, and there is a problem")
            renewed = renew(published, settings.docs, settings.url, kept, frame, made.holdings)
        note_build(kept, digests, frame, Said(report.problems, str(converted)))
    show(report)
    print(f"{converted}\n{count(len(renewed.changed), 'file')} of the site changed")
    return renewed.sizes


@contextmanager
def _said_first(report: Report, converted: object) -> Iterator[None]:
    """Where MkDocs has to build, say what its run could not, as it finds the docs made."""
    try:
        yield
    except NotRenewableError:
        for problem in report.found_once:
            print(problem, file=sys.stderr)
        print(converted)
        raise


def _refuse_foreign_folder(site: Path, options: Namespace, settings: Settings) -> None:
    """Refuse to put the site where it would replace or mix with something else."""
    named = f"--site {site}" if options.site else f"{site}, where site_dir puts the site,"
    if site.exists() and not site.is_dir():
        raise UsageError(f"{named} is a file; name a folder")
    if site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").is_file():
        raise UsageError(f"{named} holds other files than a site; name a new folder")
    place, own = site.resolve(), settings.site.resolve()
    for other in (options.root, settings.digests, settings.docs):
        if place == other or place in other.parents:
            raise UsageError(f"{named} holds {other}; name a folder of its own")
    for other in (settings.digests, settings.docs, own):
        if other in place.parents:
            raise UsageError(f"{named} lies in {other}; name a folder elsewhere")
