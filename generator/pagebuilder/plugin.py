"""Where MkDocs meets the page builder: a plugin that the hook adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

# MkDocs' own steps for one page: they have no public names. MkDocs 1.x is
# pinned and no longer developed, and the tests compare with what it makes by itself.
from mkdocs.commands.build import _build_page, _populate_page, get_context
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_build_date, meta

from ..header import split_header
from ..progress import SILENT, Progress
from ..writing import read_bytes, write_file
from .files import LISTED, BuiltPage, GeneratedFile, take_over
from .filling import is_plain
from .shell import Shape, Shell, cut, describe, placeholders

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

log = getLogger("mkdocs.hooks.broadsheet")

PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)


class NoSettings(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves this one untyped
    """The hook has read ours."""


class PageBuilder(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]  # likewise
    """Keeps the generated pages out of MkDocs' loops and builds them at the end."""

    def __init__(
        self,
        generated: Callable[[], Iterable[str]],
        own: Iterable[Callable[..., object]],
        progress: Progress = SILENT,
    ) -> None:
        """`generated` lists the generated files when asked; `own` are our hook's handlers of page
        events, which change pages of one shape alike."""
        super().__init__()
        self.generated = generated
        self.own = frozenset(own)
        self.progress = progress
        self.pages: list[GeneratedFile] = []
        self.shells: dict[Shape, Shell | None] = {}

    @event_priority(-100)  # after every plugin that adds or removes files
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        others = self._others(config)
        if others:
            log.info(
                "pages are built by MkDocs, which takes longer: %s acts on each", ", ".join(others)
            )
            return files
        files, self.pages = take_over(files, frozenset(self.generated()))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav
        return nav

    @event_priority(-100)  # after every plugin that changes the environment of the templates
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self.env = env
        self.files = files
        return env

    @event_priority(100)  # before any plugin that reads the whole site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if not self.pages:
            return
        self.mkdocs = config
        self.home = config.site_url and config.site_url.rstrip("/") + "/"
        self.path = urlsplit(self.home).path if self.home else ""
        self.today = get_build_date()
        by_mkdocs: Counter[str] = Counter()
        # The first page of a shape goes through Markdown, so let it be the shortest.
        pages = sorted(self.pages, key=_size)
        for file in self.progress.each(f"building {len(pages):,} pages", pages):
            if not self._build(file):
                by_mkdocs[file.src_uri.removesuffix(".md").split("/")[0]] += 1
        for page in self._navigated():
            self._learn_in_place(page)
        for folder, number in by_mkdocs.items():
            shapes = sum(shape.folder == folder for shape in self.shells)
            if number > shapes:
                log.info("%s of %s/ were built by MkDocs", f"{number:,}", folder)

    def _build(self, file: GeneratedFile) -> bool:
        """Build one page; False where MkDocs did it."""
        front_matter, content = _read(file)
        folders = _folders(file)
        shape, found = describe(folders, front_matter, content)
        shell = self.shells.get(shape)
        if shell is None or not is_plain(file.src_uri, found):
            self._by_mkdocs(file)
            if shape not in self.shells and is_plain(file.src_uri, found):
                self.shells[shape] = self._learn(file, front_matter, content)
            return False
        html = shell.fill(found).encode("utf-8", "xmlcharrefreplace")
        write_file(file.abs_dest_path, html)
        file.note(
            BuiltPage(
                self.home and self.home + file.url,
                self.home and self.path + file.url,
                str(front_matter.get("date", self.today)),
                _listed(front_matter),
            )
        )
        return True

    def _by_mkdocs(self, file: GeneratedFile) -> None:
        page = Page(None, file, self.mkdocs)
        _populate_page(page, self.mkdocs, self.files)
        _build_page(page, self.mkdocs, [], self.nav, self.env)
        listed = _listed(page.meta)
        file.note(BuiltPage(page.canonical_url, page.abs_url, page.update_date, listed))

    def _navigated(self) -> list[Page]:
        """The generated pages in the navigation, each of which has its own place there."""
        generated = frozenset(self.generated())
        return [
            file.page
            for file in self.files.documentation_pages()
            if file.page and file.src_uri in generated and not isinstance(file, GeneratedFile)
        ]

    def _learn_in_place(self, page: Page) -> None:
        """Learn the shell of a page that has a shape of its own, by which it may be made again."""
        front_matter, content = _read(page.file)
        shape, found = describe(_folders(page.file), front_matter, content)
        if is_plain(page.file.src_uri, found):
            meta = page.meta
            self.shells[shape] = self._learn(page.file, front_matter, content, page)
            page.meta = meta

    def _learn(
        self, file: File, front_matter: dict[str, object], content: str, page: Page | None = None
    ) -> Shell | None:
        """The shell of the shape of a page that MkDocs has just built, if it gives that page.

        `page` is the page itself where it has a place in the navigation.
        """
        folders = _folders(file)
        marked_folders, marked, marks = placeholders(folders, front_matter, content)
        if page is None:
            path = "/".join(marked_folders) + ".md"
            probe = File(path, file.src_dir, file.dest_dir, file.use_directory_urls)
            page = Page(None, probe, self.mkdocs)
        html = self._rendered(page, marked, marks[0])
        shell = cut(html, marks)
        expected = Path(file.abs_dest_path).read_text(encoding="utf-8")
        if shell is None or shell.fill(describe(folders, front_matter, content)[1]) != expected:
            log.info("pages like %s are built by MkDocs: no shell gives them", file.src_uri)
            return None
        return shell

    def _rendered(self, page: Page, front_matter: dict[str, object], content: str) -> str:
        """A page with this front matter and content, as the theme and our hook make it."""
        page.meta = front_matter
        page.markdown = page.content = content
        page.toc = get_toc([])  # a heading inside raw HTML is none of Markdown's
        if "date" in front_matter:
            page.update_date = str(front_matter["date"])
        page.active = True
        context = get_context(self.nav, [], self.mkdocs, page)
        template = self.env.get_template(str(front_matter.get("template", "main.html")))
        html = template.render(context)
        page.active = False
        return self.mkdocs.plugins.on_post_page(html, page=page, config=self.mkdocs) or ""

    def _others(self, config: MkDocsConfig) -> list[str]:
        """Plugins and hooks that act on single pages."""
        return sorted(
            {
                str(getattr(handler, "__module__", handler))
                for event in PAGE_EVENTS
                for handler in _handlers(config, event)
                if handler not in self.own
            }
        )


def _handlers(config: MkDocsConfig, event: str) -> list[Callable[..., object]]:
    return config.plugins.events[event]


def _folders(file: File) -> list[str]:
    return file.src_uri.removesuffix(".md").split("/")


def _size(file: GeneratedFile) -> int:
    """Bytes of the source."""
    return Path(file.abs_src_path or "").stat().st_size


def _read(file: File) -> tuple[dict[str, object], str]:
    # As MkDocs reads a page, but for line ends, of which ours have one kind only.
    text = (read_bytes(file.abs_src_path or "") or b"").decode("utf-8-sig")
    found = split_header(text)
    if found:
        return found
    body, front_matter = meta.get_data(text)
    return front_matter, body.strip("\n")


def _listed(front_matter: Mapping[str, object]) -> dict[str, object]:
    return {key: front_matter[key] for key in LISTED if key in front_matter}
