"""Where MkDocs calls us: thin wiring.

`mkdocs build` and `mkdocs serve` run the pipeline before MkDocs collects its files, so the site is
always that of the digests as they are.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import UTC, datetime, time
from logging import getLogger
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that `pip install -r requirements.txt` is the whole set-up
    sys.path.insert(0, str(ROOT))

from generator.config import Settings, load_settings  # noqa: E402  needs the path set above
from generator.errors import DigestError, Report  # noqa: E402
from generator.outputs.feeds import FORMATS  # noqa: E402
from generator.pagebuilder import PageBuilder, squeeze  # noqa: E402
from generator.pipeline import build_site, render, routes_of  # noqa: E402
from generator.publish import MANIFEST, publish, read_manifest  # noqa: E402
from generator.routes import WAITING  # noqa: E402
from generator.sitemap import part  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = getLogger("mkdocs.hooks.broadsheet")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the generated pages be built the fast way, unless the settings say otherwise."""
    settings = _settings(config)
    if settings.fast_pages:
        own = (on_page_markdown, on_post_page)
        config.plugins["broadsheet"] = PageBuilder(lambda: read_manifest(settings.docs), own)
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Write everything generated into the docs folder, and set the clock to the newest digest."""
    report = Report()
    try:
        settings = _settings(config)
        site = build_site(settings, report, log.info)
        changes = publish(settings.docs, render(site, settings, log.info)).changes
    except DigestError as error:
        _show(report)
        raise Abort(str(error)) from None
    _show(report)
    if not settings.authority_pinned:
        log.info(
            "feed ids use the host %s; before the first release pin it as `authority` under "
            "`extra: broadsheet:`, so that a move keeps every reader's marks",
            settings.authority,
        )
    library = site.library
    kinds = Counter(change.kind for change in changes)
    changed = ", ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items()))
    entries = sum(len(day.entries) for day in library.days)
    summary = (
        f"{len(library.days):,} days, {entries:,} entries, {len(library.papers):,} papers, newest "
        f"{library.as_of}; files: {changed or 'nothing changed'}"
    )
    log.info(summary)
    routes = routes_of(settings, library)
    # The theme announces these on every page, hand-written ones included.
    config.extra["site_feeds"] = [
        {"name": fmt.name, "mime": fmt.mime, "address": routes.feed("all", fmt.file)}
        for fmt in FORMATS
        if fmt.looked_for
    ]
    config.extra["search"] = routes.search if settings.search else ""
    # MkDocs stamps pages, sitemap and its compressed copy with this instead of the time of day.
    newest = datetime.combine(library.as_of, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(newest.timestamp()))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish nothing of the theme's own search: there is ours."""
    for file in list(files):
        if file.src_uri.startswith(("assets/javascripts/lunr/", "assets/javascripts/workers/")):
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its own date in the sitemap."""
    if "date" in page.meta:
        page.update_date = str(page.meta["date"])
    return markdown


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Publish no indentation of the theme's templates: a quarter of a page."""
    return squeeze(output, page.content or "")


def on_post_build(config: MkDocsConfig) -> None:
    """Put the Markdown of pages beside them, and part a sitemap that is too large."""
    settings = _settings(config)
    sitemap = Path(config.site_dir, "sitemap.xml")
    for name, text in part(sitemap.read_text(encoding="utf-8"), config.site_url or "").items():
        sitemap.with_name(name).write_text(text, encoding="utf-8", newline="\n")
        sitemap.with_name("sitemap.xml.gz").unlink(missing_ok=True)  # it would hold all of them
    for path in read_manifest(settings.docs):
        if path.startswith(WAITING):
            target = Path(config.site_dir, path.removeprefix(WAITING))
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(settings.docs / path, target)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch the digests, and of the docs what people write.

    What the build itself writes is not watched, or every change would build twice.
    """
    settings = _settings(config)
    server.unwatch(config.docs_dir)
    generated = {path.split("/")[0] for path in read_manifest(settings.docs)} | {MANIFEST}
    written = (entry for entry in settings.docs.iterdir() if entry.name not in generated)
    for path in (settings.digests, settings.vocabulary, *sorted(written)):
        if path and path.exists():
            server.watch(str(path))
    return server


def _settings(config: MkDocsConfig) -> Settings:
    # From the file, not from MkDocs' view of it: `serve` puts its own address there, and feeds
    # that name it would be rewritten by every change between serving and building.
    return load_settings(Path(config.config_file_path))


def _show(report: Report) -> None:
    for problem in report.problems:
        log.warning(str(problem))
