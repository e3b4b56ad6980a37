"""What a site is built with all the same, and hardly meant: what MkDocs warns of while it builds,
and files that pages are to load and never will.

`check` names it, with its place. Where other programs act on pages, only a build knows where these
lead, so nothing is said of that.
"""

from __future__ import annotations

import difflib
import logging
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from ..config import Options, Settings
from ..configfile import Config, in_yaml, read_config
from ..errors import BuildError
from ..model import Problem
from ..yamltext import UnreadableError, read_nodes, reason_of, spoilt_texts
from .files import GeneratedFile
from .refusals import HOOK, THEME, Asked, in_a_line, is_at, refuse_names

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_UNKNOWN = "Unrecognised configuration name: "
_OF_PAGE = re.compile(
    r"Doc file '(.*?)' contains an? (unrecognized )?[a-z ]*link '(.*?)', (.*)", re.DOTALL
)
_OF_NAV = re.compile(r"A reference to '(.*?)' is included in the 'nav' configuration, which is not")
_GUESS = re.compile(r" Did you mean '(.*?)'\?$")
_WITHOUT_EFFECT = ("search", "material/search")
"""Plugins that write into no page."""


_NOT_OURS = {
    "theme": {
        "palette": "put colours of yours into a file that extra_css names",
        "font": "put a font of yours into the docs, and name it in a file of extra_css",
        "icon": "a picture beside the name of the site is a file that logo names",
    },
    "extra": {
        "analytics": "a script of yours is a file in extra_javascript, its host in other_hosts",
        "consent": "pages set no cookie",
        "version": "a site has one version",
        "alternate": "lead to another site from a page of yours, or by social",
        "homepage": "the name of the site leads to its newest day",
    },
}
"""Settings of Material that our shell does without, and what there is instead."""

DEEPEST = 50
"""Levels of a configuration that are looked through."""


@dataclass(frozen=True, slots=True)
class InDocs:
    """The files of the docs, as the next build will find and make them."""

    written: Collection[str]
    """Those that people wrote, below the docs."""
    generated: Collection[str]

    def nearest(self, path: str) -> str:
        """What may have been meant by a page that is not there."""
        pages = [name for name in (*self.written, *self.generated) if name.endswith(".md")]
        near = difflib.get_close_matches(path, pages, n=1, cutoff=0.75)
        return f"did you mean {near[0]}?" if near else "mend it, or remove it"


def find_written(docs: Path, listed: Collection[str]) -> list[str]:
    """The files that people wrote into the docs: all but those `listed` as ours."""
    found = []
    top = os.fspath(docs)
    for place, folders, names in os.walk(top, onerror=_refuse, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = f"{place[len(top) + 1 :]}/".lstrip("/")
        paths = (f"{below}{name}" for name in sorted(names) if not name.startswith("."))
        found += [path for path in paths if path not in listed]
    return found


def _refuse(error: OSError) -> None:
    raise BuildError(f"{error.filename}: {error.strerror}") from None


def remarks(asked: Asked, settings: Settings, found: InDocs) -> Iterator[Problem]:
    """Everything of the kind. `BuildError` where a page that somebody wrote cannot be made."""
    config = read_config(asked.file)
    for name, message in asked.warnings:
        yield _at(config, (name,), _of_setting(name, message, asked.config))
    yield from _cut_short(config)
    yield from _of_look(config, asked.config, asked.file.parent)
    yield from _never_loaded(config, asked.config, settings, {*found.written, *found.generated})
    ours = (asked.file.parent / HOOK).resolve()
    hooks = [name for name in asked.config.hooks if (asked.file.parent / name).resolve() != ours]
    known = {*_WITHOUT_EFFECT, *asked.config.hooks}
    if not hooks and not [name for name in asked.config.plugins if name not in known]:
        yield from _leading_nowhere(config, asked.config, settings.docs, found)


def choices(asked: Asked, settings: Settings) -> Iterator[Problem]:
    """What a publisher may well want, and should know the price of: nothing fails for it."""
    config = read_config(asked.file)
    theme = asked.config.theme
    language = theme.get("language")
    if theme.name != "material":
        yield _at(config, ("theme",), _of_theme(theme.name))
    elif language not in (None, "en"):
        told = (
            f"theme: language is {in_yaml(language)} on the pages that you write; the words of all "
            f"others are English, as they stand in generator/templates and {THEME}"
        )
        yield _at(config, ("theme", "language"), told)
    if not settings.authority_pinned:
        told = (
            f"feed ids hold the host of site_url, here {settings.authority}; write that of your "
            "published site as `authority` below `extra:`, `broadsheet:`, or a move to another one "
            "brings readers every paper again"
        )
        yield _at(config, ("extra", "broadsheet"), told)


def _of_theme(name: str | None) -> str:
    return (
        f"theme: pages are those of {name} alone, with no content security policy, no search and "
        "no feeds in their heads, and ask other hosts for what it does; keep name: material and "
        f"custom_dir: {THEME}, and change the templates there"
    )


def _of_look(config: Config, asked: MkDocsConfig, root: Path) -> Iterator[Problem]:
    """What changes nothing of how pages look, or so much that what readers are promised is gone."""
    if asked.theme.name != "material":
        return
    theme = config.values.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    if not is_at(theme.get("custom_dir"), THEME, root):
        yield _at(config, ("theme",), _of_theme(asked.theme.name))
        return
    for part, known in _NOT_OURS.items():
        stated = config.values.get(part)
        for name in known if isinstance(stated, dict) else ():
            if stated and stated.get(name):
                yield _at(config, (part, name), f"{part}: {name} has no effect: {known[name]}")
    features = theme.get("features")
    idle = [
        str(name)
        for name in (features if isinstance(features, list) else [])
        if not str(name).startswith("content.")
    ]
    if idle:
        told = f"theme: features has {', '.join(idle)}, and none but content.… have an effect"
        yield _at(config, ("theme", "features"), f"{told}; remove the others", idle[0])


def _at(config: Config, names: tuple[str, ...], message: str, words: str = "") -> Problem:
    """A problem where a setting stands; in the line with these words of it."""
    origin, _, number = config.place(*names).rpartition(":")
    if not number.isdigit():
        return Problem(config.place(*names), 0, message)
    file = config.files[0].parent / origin
    return Problem(origin, _line_with(file, words, int(number)) or int(number), message)


def _line_with(file: Path, words: str, first: int = 1) -> int:
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    numbers = (number for number, line in enumerate(lines, 1) if number >= first and words in line)
    return next(numbers, 0)


def _of_setting(name: str, message: str, asked: MkDocsConfig) -> str:
    if not message.startswith(_UNKNOWN):
        return f"{name}: {in_a_line(message)}"
    if name == "broadsheet" or name in {option.name for option in fields(Options)}:
        return f"{name} is no setting of MkDocs; ours stand below `extra:`, `broadsheet:`"
    near = difflib.get_close_matches(name, [known for known in asked if known != name], n=1)
    hint = f"did you mean {near[0]}?" if near else "mend its name, or remove it"
    return f"{name} is no setting of MkDocs; {hint}"


def _cut_short(config: Config) -> Iterator[Problem]:
    """Texts that YAML ends at a ` #`, as that of `site_name: Paper #1`."""
    for file in config.files:
        origin = os.path.relpath(file, config.files[0].parent)
        with suppress(UnreadableError):  # an alias, which MkDocs follows
            for node in read_nodes(file.read_text(encoding="utf-8"), DEEPEST):
                for line, said in spoilt_texts(node):
                    yield Problem(origin, line, said)


def _never_loaded(
    config: Config, asked: MkDocsConfig, settings: Settings, there: Collection[str]
) -> Iterator[Problem]:
    """What pages are to load and will not: it is missing, or their policy forbids it."""
    known = settings.other_hosts.split()
    for setting, path in _loaded(asked):
        parts = urlsplit(path)
        host = f"https://{parts.netloc}"
        if parts.netloc:
            if parts.scheme != "http" and any(fnmatchcase(host, one) for one in known):
                continue
            said = f"no page may ask another host but by https and if other_hosts names {host}"
        else:
            folders = (Path(folder, parts.path) for folder in asked.theme.dirs)
            if parts.path in there or any(path.is_file() for path in folders):
                continue
            said = "there is no such file in the docs; mend it, or remove it"
        yield _at(config, setting[:1], f"{': '.join(setting)} has {path}, and {said}", path)


def _loaded(asked: MkDocsConfig) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each file that settings have pages load, behind the names of its setting."""
    for name in ("extra_css", "extra_javascript"):
        for stated in asked[name]:
            yield (name,), str(getattr(stated, "path", stated))
    for name in ("favicon", "logo"):
        if path := asked.theme.get(name):
            yield ("theme", name), str(path)


def _leading_nowhere(
    config: Config, asked: MkDocsConfig, docs: Path, found: InDocs
) -> Iterator[Problem]:
    """Where the navigation, and links of pages that people wrote, lead to nothing."""
    sites = (os.fspath(docs), asked.site_dir)
    files = Files([File(path, *sites, use_directory_urls=True) for path in found.written])
    pages = files.documentation_pages()
    refuse_names(docs, (file.src_uri for file in pages))
    for made in found.generated:
        files.append(GeneratedFile(made, *sites, use_directory_urls=True))
    set_exclusions(files, asked)
    with _heard() as said:
        get_navigation(files, asked)
    for level, message in said:
        if named := _OF_NAV.match(message):
            hint = found.nearest(named[1])
            told = f"nav has {named[1]}, and there is no such page; {hint}"
            yield _at(config, ("nav",), told, named[1])
        elif level >= logging.WARNING:
            yield _at(config, ("nav",), in_a_line(message))
    with _heard() as said:
        written = [file.page for file in pages if file.page]
        for page in written:
            _make(page, asked, files)
        for page in written:
            page.validate_anchor_links(files=files, log_level=asked.validation.links.anchors)
    for level, message in said:
        if problem := _of_page(level, message, docs):
            yield problem


def _make(page: Page, asked: MkDocsConfig, files: Files) -> None:
    try:
        page.read_source(asked)
        page.render(asked, files)
    except Exception as error:  # noqa: BLE001  an extension of Markdown is a program that may raise all
        known = isinstance(error, OSError | UnicodeDecodeError)
        reason = reason_of(error) if known else in_a_line(str(error) or type(error).__name__)
        raise BuildError(f"{page.file.abs_src_path}: {reason}") from None


def _of_page(level: int, message: str, docs: Path) -> Problem | None:
    """What is said of a page; of links that MkDocs leaves as they are, only of those that it can
    find no page for."""
    named = _OF_PAGE.fullmatch(message)
    if not named:
        return Problem(docs.name, 0, in_a_line(message)) if level >= logging.WARNING else None
    page, unrecognized, link, why = named.groups()
    guess = _GUESS.search(why)
    absolute = "it was left as is" in why and not unrecognized
    if absolute or (unrecognized and guess):
        return None
    what = "anchor" if "anchor" in why else "page or file"
    hint = f"did you mean {guess[1]}?" if guess else "mend it, or remove it"
    told = f"leads to {link}, and there is no such {what}; {hint}"
    return Problem(f"{docs.name}/{page}", _line_with(docs / page, link), told)


@contextmanager
def _heard() -> Iterator[Sequence[tuple[int, str]]]:
    """What MkDocs says meanwhile, in place of its saying it."""
    said: list[tuple[int, str]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append((record.levelno, record.getMessage()))

    logger, ear = logging.getLogger("mkdocs"), Ear()
    before = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    logger.setLevel(logging.INFO)
    try:
        yield said
    finally:
        logger.removeHandler(ear)
        logger.setLevel(before[0])
        logger.propagate = before[1]
