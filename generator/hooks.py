"""Where MkDocs calls us: thin wiring.

`mkdocs build` and `mkdocs serve` run the pipeline before MkDocs collects its files, so the site is
always that of the digests as they are.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, time
from functools import partial
from logging import INFO, getLogger
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that `pip install -r requirements.txt` is the whole set-up
    sys.path.insert(0, str(ROOT))

from generator.config import Settings, load_settings  # noqa: E402  needs the path set above
from generator.configfile import files_of_config  # noqa: E402
from generator.conversion import Conversion, convert  # noqa: E402
from generator.errors import DigestError, Report  # noqa: E402
from generator.kept import NOTHING, Kept  # noqa: E402
from generator.lock import turn  # noqa: E402
from generator.model import visible  # noqa: E402
from generator.outputs.feeds import FORMATS  # noqa: E402
from generator.pagebuilder.files import share  # noqa: E402
from generator.pagebuilder.plugin import PageBuilder  # noqa: E402
from generator.pagebuilder.refusals import refuse_names, refuse_other_frame  # noqa: E402
from generator.pagebuilder.squeeze import squeeze  # noqa: E402
from generator.pagebuilder.templates import told_by_template  # noqa: E402
from generator.pipeline import routes_of  # noqa: E402
from generator.policy import of_generated, of_hand_written  # noqa: E402
from generator.program import open_kept  # noqa: E402
from generator.progress import Progress, Shown  # noqa: E402
from generator.publish import generated_names, read_manifest  # noqa: E402
from generator.renewal import is_listed, is_of_text, note_site, stamp_of_frame  # noqa: E402
from generator.routes import WAITING  # noqa: E402
from generator.sitemap import day_of, sitemap  # noqa: E402
from generator.unchanged import Said, note_build, stamp_of_digests  # noqa: E402
from generator.writing import link_file, refusal  # noqa: E402

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = getLogger("mkdocs.hooks.broadsheet")
commands: list[str] = []
"""What MkDocs was asked to do."""


def on_startup(command: str, dirty: bool) -> None:
    """Note what MkDocs was asked to do; it tells nobody else."""
    commands.append(command)


class _Run:
    """What one build knows from its first event to its last."""

    settings: Settings
    kept: Kept = NOTHING
    converted: Conversion
    builder: PageBuilder | None
    files: Files
    digests: bytes
    """Stamp of the digests, before they were read."""
    frame: bytes
    """Stamp of what people wrote into the docs, before MkDocs reads it."""
    said: Said


_run = _Run()

_turn = ExitStack()
"""Holds the lock of the docs from before they are written until MkDocs has read them."""


def _progress() -> Progress:
    return Shown(log.info, bars=sys.stderr.isatty() and log.isEnabledFor(INFO))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the theme what pages may load; let the generated ones be built the fast way, unless the
    settings say otherwise."""
    # From the file, not from MkDocs' view of it: `serve` puts its own address there, and feeds
    # that name it would be rewritten by every change between serving and building.
    try:
        refuse_other_frame(Path(config.config_file_path))
        _run.settings = settings = load_settings(Path(config.config_file_path))
    except DigestError as error:
        raise Abort(visible(str(error))) from None
    _run.builder = None
    serving = "serve" in commands
    if not serving:  # then it is an address of this machine
        config.site_url = settings.url
    config.extra["policy"] = {
        "generated": of_generated(settings.other_hosts, serving=serving),
        "hand_written": of_hand_written(settings.other_hosts, serving=serving),
    }
    if settings.fast_pages:
        own = (on_page_markdown, on_post_page)
        _run.builder = PageBuilder(lambda: read_manifest(settings.docs), own, _progress())
        config.plugins["broadsheet"] = _run.builder
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Write everything generated into the docs folder, and set the clock to the newest digest."""
    report = Report()
    settings = _run.settings
    try:
        _turn.enter_context(turn(ROOT, "docs"))
        _run.kept = open_kept(Path(config.config_file_path), settings)
        _run.digests = stamp_of_digests(settings.digests, settings.bounds)
        _run.converted = convert(settings, report, _progress(), _run.kept)
        published = _run.converted.published
        # Before MkDocs reads the pages: what is edited while it builds, the next build makes.
        _run.frame = stamp_of_frame(settings.docs, published.written, published.holdings)
        _run.kept.save()
    except DigestError as error:
        _show(report)
        raise Abort(visible(str(error))) from None
    _show(report)
    _run.said = Said(report.problems, str(_run.converted))
    if not settings.authority_pinned:
        log.info(
            "feed ids use the host %s; before the first release pin it as `authority` under "
            "`extra: broadsheet:`, so that a move keeps every reader's marks",
            settings.authority,
        )
    log.info(str(_run.converted))
    library = _run.converted.site.library
    routes = routes_of(settings, library)
    # The theme announces these on every page, hand-written ones included.
    config.extra["site_feeds"] = [
        {"name": fmt.name, "mime": fmt.mime, "address": routes.feed("all", fmt.file)}
        for fmt in FORMATS
        if fmt.looked_for
    ]
    config.extra["search"] = routes.search if settings.search else ""
    # MkDocs stamps pages with this instead of the time of day.
    newest = datetime.combine(library.as_of, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(newest.timestamp()))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Know the files of the site, all of them, when it is built."""
    _run.files = files
    return env


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish nothing of the theme's own search: there is ours; and feeds and data uncopied."""
    try:
        refuse_names(_run.settings.docs, (file.src_uri for file in files.documentation_pages()))
    except DigestError as error:
        raise Abort(visible(str(error))) from None
    for file in list(files):
        if file.src_uri.startswith(("assets/javascripts/lunr/", "assets/javascripts/workers/")):
            files.remove(file)
    return files if _others(config) else share(files, _run.converted.published.holdings)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a page its own date in the sitemap; MkDocs fails at one that is none."""
    if day := day_of(page.meta.get("date")):
        page.update_date = day
    return markdown


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Publish no indentation of the theme's templates: a quarter of a page."""
    return squeeze(output, page.content or "")


def on_post_build(config: MkDocsConfig) -> None:
    """Put the Markdown of pages beside them, tell crawlers of the pages, note what was built."""
    settings, published = _run.settings, _run.converted.published
    folder, others = Path(config.site_dir), _others(config)
    for path in published.holdings:
        if path.startswith(WAITING):
            target = folder / path.removeprefix(WAITING)
            target.parent.mkdir(parents=True, exist_ok=True)
            (copyfile if others else link_file)(f"{settings.docs}/{path}", f"{target}")
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs' own
    pages = {
        page.canonical_url: day_of(page.meta.get("date"))
        for file in _run.files.documentation_pages()
        if (page := file.page) and page.canonical_url and is_listed(page.meta)
    }
    for name, content in sitemap(pages, config.site_url or "").items():
        (folder / name).write_bytes(content)
    shells = _run.builder.shells if _run.builder else {}
    if "serve" not in commands:  # what MkDocs serves has an address of its own
        if others:
            log.info("MkDocs builds the whole site each time: %s may change it", ", ".join(others))
        else:
            frame, held = _run.frame, published.holdings
            note_site(_run.kept, folder, settings.url, frame, held, shells, pages)
            note_build(_run.kept, _run.digests, frame, _run.said)
    _run.kept.close()
    _turn.close()


def _others(config: MkDocsConfig) -> list[str]:
    """What else acts on a site: it does so when MkDocs builds it, and else never."""
    folder, hooks = Path(config.config_file_path).parent, [str(name) for name in config.hooks]
    ours = {"broadsheet", *hooks}
    return [
        *(name for name in hooks if not (folder / name).samefile(__file__)),
        *(name for name in config.plugins if name not in ours),
        *(name for name in config.markdown_extensions if not is_of_text(name)),
    ]


def on_build_error(error: Exception) -> None:
    """Let others build, and say in a sentence what the system refuses MkDocs, or what is wrong with
    a template."""
    _run.kept.close()
    _turn.close()
    if said := told_by_template(error, ROOT):
        raise Abort(said) from None
    if isinstance(error, OSError):
        raise Abort(refusal(error, ROOT)) from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch the digests, and of the docs what people write.

    What the build itself writes is not watched, or every change would build twice.
    """
    # Not before: a build needs no server.
    from generator.serving import watch_docs  # noqa: PLC0415

    settings = _run.settings
    server.unwatch(config.docs_dir)
    watch_docs(server, settings.docs, partial(generated_names, settings.docs))
    config_files = files_of_config(Path(config.config_file_path))
    for path in (settings.digests, settings.vocabulary, *config_files):
        if path and path.exists():
            server.watch(str(path))
    return server


def _show(report: Report) -> None:
    for problem in report.problems:
        log.warning(str(problem))
