"""Reads `mkdocs.yml`, and `extra: broadsheet:` in it, once into typed, complete `Settings`."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote, urlsplit

from .bounds import BOUNDS, Bounds
from .configfile import Config, in_yaml, read_config
from .dates import FIRST_YEAR, LAST_YEAR
from .errors import SettingsError, UsageError
from .policy import MOST_HOSTS

DIGESTS_VARIABLE = "BROADSHEET_DIGESTS"
YEAR_VARIABLE = "BROADSHEET_YEAR"


ARCHIVES = ("all", "papers", "none")
"""What `feed_archives` may be."""

Place = Callable[..., str]
"""Says where a setting of a name stands, or all of them."""

_KINDS = {"int": (int, "a whole number"), "str": (str, "text"), "bool": (bool, "true or false")}
_HOST = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_IN_PATH = "/%:@!$&'()*+,;="
"""What a path may hold (RFC 3986, 3.3) beside what `quote` leaves; it may be escaped already."""
_DEVIANT = re.compile("[ßς\u200c\u200d]")
"""Of which RFC 3490, and so Python, makes the name of another host than browsers do (UTS 46)."""
_HUB = re.compile(r"https?://[!-~]+")
_SERVICE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[\w.~/-]*)?", re.ASCII)
_OTHER_HOST = re.compile(r"https://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?")
_CLASSES = re.compile(r"\s*[a-z-]+(?:\.[A-Za-z-]{2,})?(?:\s+[a-z-]+(?:\.[A-Za-z-]{2,})?)*\s*")


@dataclass(frozen=True, slots=True)
class Options(Bounds):
    """What `extra: broadsheet:` may hold, with the defaults; the bounds of what is read too."""

    digests: str = "digests"
    """Folder of the digests, relative to `mkdocs.yml`."""
    year: int | None = None
    """Year of captures whose file and folder state none."""
    authority: str | None = None
    """Host in every feed id. Pin it before the first release: ids must survive a move."""
    vocabulary: str | None = None
    """File of tags in place of the package's own, relative to `mkdocs.yml`."""
    feed_days: int = 7
    """A feed holds at least this many of the newest digest days."""
    feed_items: int = 50
    """A feed holds at least this many items, if there are that many."""
    feed_hour: int = 6
    """Hour, UTC, at which a day's papers count as published."""
    feed_archives: str = "all"
    """Which feeds have archives: `all` of them, that of all `papers` alone, or `none`."""
    websub_hub: str | None = None
    """Address of the hub that every feed names and that `ping` tells of news."""
    paper_pages_from: int = 0
    """First year of which each paper has a page; older ones stand on the pages of their days."""
    author_pages: int = 2
    """A name that at least this many papers bear has a page; of 0, none has one."""
    author_feeds: bool = False
    """Whether each name with a page has feeds, too."""
    ai_summaries: bool = False
    """Whether pages show, under a label, summaries that machines made, where a source has one."""
    citations: bool = True
    """Whether each day, month and topic has files of citations."""
    take_days: int = 31
    """The newest days, as many, have files to take along: one of HTML, and an EPUB."""
    markdown: bool = False
    """Whether each page of a paper, a day or a topic has its text as Markdown beside it."""
    offline: bool = False
    """Whether readers' browsers keep copies of what they visit; the theme alone asks."""
    data: bool = True
    """Whether all papers are published for programs as well: an eighth of a large site."""
    search: bool = True
    """Whether the archive can be searched: 0.6 KB a paper."""
    other_hosts: str | None = None
    """Hosts of the publisher's that pages may ask for scripts, styles, fonts, pictures and data."""
    fast_pages: bool = True
    """Build generated pages by the page builder; MkDocs makes the same bytes, and takes longer."""
    daily_papers: str | None = "https://huggingface.co"
    """Address of the service of daily papers that `collect` asks; empty where it asks none."""
    arxiv_feed: str = "https://rss.arxiv.org"
    """Address of arXiv's daily feeds."""
    arxiv_api: str = "https://export.arxiv.org"
    """Address of arXiv's API."""
    arxiv_categories: str | None = None
    """Classes whose announcements `collect` files, such as `cs.CL cs.LG`."""
    arxiv_query: str | None = None
    """What `collect` asks arXiv's API for, such as `cat:cs.LG AND all:graph`."""
    collect_interval: int = 3
    """Seconds between two requests: arXiv's terms of use ask for three."""
    stale_after: int | None = None
    """Days after which `check` fails where no newer digest has come; 0 or none: it never does."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run needs to know, complete and checked."""

    title: str
    description: str
    url: str
    """Address of the home page, in ASCII and ending in a slash."""
    authority: str
    authority_pinned: bool
    digests: Path
    docs: Path
    vocabulary: Path | None
    year: int | None
    feed_days: int
    feed_items: int
    feed_hour: int
    feed_archives: str
    websub_hub: str
    """Empty where there is none."""
    paper_pages_from: int
    author_pages: int
    author_feeds: bool
    ai_summaries: bool
    citations: bool
    take_days: int
    markdown: bool
    data: bool
    search: bool
    other_hosts: str
    """With spaces between; empty where pages ask nobody but their own site."""
    fast_pages: bool
    daily_papers: str
    """Empty where it is not to be asked; like the others, without a slash at its end."""
    arxiv_feed: str
    arxiv_api: str
    arxiv_categories: str
    """With spaces between; empty where none is to be asked for."""
    arxiv_query: str
    collect_interval: int
    stale_after: int
    bounds: Bounds = BOUNDS
    site: Path = Path("site")
    """Where the site is made."""
    strict: bool = False
    """Whether MkDocs makes no site where there is a problem."""
    own_digests: Path = Path("digests")
    """The folder of digests that `mkdocs.yml` names, whichever is read this time."""


def load_settings(config_file: Path) -> Settings:
    """The settings in a `mkdocs.yml`; `SettingsError` says what is wrong and how to mend it."""
    root = config_file.resolve().parent
    try:
        os.fspath(root).encode()
    except UnicodeEncodeError:  # neither templates nor pages can name what is in it
        raise SettingsError(f"{root}: the name of this folder is not UTF-8; rename it") from None
    return _settings(read_config(config_file), root)


def _settings(file: Config, root: Path) -> Settings:
    config = file.values
    extra = config.get("extra") or {}
    if not isinstance(extra, Mapping):
        place = file.place("extra")
        raise SettingsError(f"{place}: extra must be a list of `name: value` lines")

    def at(*name: object) -> str:
        """Where a setting of ours stands."""
        place = file.place("extra", "broadsheet", *name)
        return " ".join((f"{place}, extra: broadsheet:", *map(str, name)))

    if "broadsheet" not in extra:
        for near in difflib.get_close_matches("broadsheet", map(str, extra), n=1):
            place = file.place("extra", near)
            raise SettingsError(f"{place}, extra: {near}: did you mean broadsheet?")
    options = _options(extra.get("broadsheet") or {}, at)
    url, host = _address(config.get("site_url"), lambda: file.place("site_url"))
    year = os.environ.get(YEAR_VARIABLE)
    return Settings(
        title=_one_line(config.get("site_name")) or "Broadsheet",
        description=_one_line(config.get("site_description")),
        url=url,
        authority=options.authority or host,
        authority_pinned=options.authority is not None,
        digests=(root / (os.environ.get(DIGESTS_VARIABLE) or options.digests)).resolve(),
        docs=(root / str(config.get("docs_dir") or "docs")).resolve(),
        vocabulary=root / options.vocabulary if options.vocabulary else None,
        year=read_year(year, YEAR_VARIABLE) if year else options.year,
        feed_days=options.feed_days,
        feed_items=options.feed_items,
        feed_hour=options.feed_hour,
        feed_archives=options.feed_archives,
        websub_hub=options.websub_hub or "",
        paper_pages_from=options.paper_pages_from,
        author_pages=options.author_pages,
        author_feeds=options.author_feeds,
        ai_summaries=options.ai_summaries,
        citations=options.citations,
        take_days=options.take_days,
        markdown=options.markdown,
        data=options.data,
        search=options.search,
        other_hosts=" ".join((options.other_hosts or "").split()),
        fast_pages=options.fast_pages,
        daily_papers=(options.daily_papers or "").rstrip("/"),
        arxiv_feed=options.arxiv_feed.rstrip("/"),
        arxiv_api=options.arxiv_api.rstrip("/"),
        arxiv_categories=options.arxiv_categories or "",
        arxiv_query=options.arxiv_query or "",
        collect_interval=options.collect_interval,
        stale_after=options.stale_after or 0,
        bounds=Bounds(**{bound.name: getattr(options, bound.name) for bound in fields(Bounds)}),
        site=Path(os.path.normpath(root / str(config.get("site_dir") or "site"))),
        strict=config.get("strict") is True,
        own_digests=(root / options.digests).resolve(),
    )


def read_year(text: str, where: str) -> int:
    """A year as written on a command line or in the environment; `where` names the place."""
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise UsageError(f"{where} {text} is no year of a digest; give one such as 2025")
    return int(text)


def _address(given: object, place: Callable[[], str]) -> tuple[str, str]:
    """The site's address in ASCII, as feeds and crawlers take it, ending in a slash; its host."""
    url = given if isinstance(given, str) else ""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
        host = name.encode("idna").decode()
    except ValueError:
        parts, name, port, host = urlsplit(""), "", "", ""
    bare = url.lower() == f"{parts.scheme}://{name}{port}{parts.path}".lower()
    printable = url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not (bare and printable and _NAME.fullmatch(host)):
        raise SettingsError(
            f"{place()}: site_url is {in_yaml(given or None)}; set it to the address of the home "
            "page, for example https://me.github.io/broadsheet/"
        )
    if _DEVIANT.search(name):
        raise SettingsError(
            f"{place()}: site_url is {in_yaml(given)}, and programs disagree on where that host "
            "is; write its name as browsers ask for it, with xn--"
        )
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return f"{parts.scheme}://{host}{port}{quote(path, _IN_PATH)}", host


def _one_line(given: object) -> str:
    return "".join(c if c.isprintable() else " " for c in str(given or "")).strip()


def _options(given: object, at: Place) -> Options:
    if not isinstance(given, Mapping):
        raise SettingsError(
            f"{at()} holds {in_yaml(given)}; it must be a list of `name: value` lines"
        )
    kinds = {field.name: str(field.type) for field in fields(Options)}
    for name, value in given.items():
        if name not in kinds:
            near = difflib.get_close_matches(str(name), kinds, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(kinds)}"
            raise SettingsError(f"{at(name)} is no setting; {hint}")
        if value is None and "None" in kinds[name]:
            continue
        wanted, kind = _KINDS[kinds[name].split(" ")[0]]
        if type(value) is not wanted:  # a truth value is an int, too
            raise SettingsError(f"{at(name)} is {in_yaml(value)}; it must be {kind}")
    options = Options(**given)
    if not options.digests:
        raise SettingsError(f"{at('digests')} is empty; name the folder of the digests")
    if options.authority is not None and not _HOST.fullmatch(options.authority):
        raise SettingsError(
            f"{at('authority')} is {in_yaml(options.authority)}; it must be a host such as "
            "example.org"
        )
    if options.feed_archives not in ARCHIVES:
        raise SettingsError(
            f"{at('feed_archives')} is {in_yaml(options.feed_archives)}; it must be one of "
            f"{', '.join(ARCHIVES)}"
        )
    if options.websub_hub and not _HUB.fullmatch(options.websub_hub):
        raise SettingsError(
            f"{at('websub_hub')} is {in_yaml(options.websub_hub)}; it must be the address of a "
            "hub, for example https://hub.example.org/"
        )
    _check_hosts(options.other_hosts or "", at)
    _check_services(options, at)
    limits = {"feed_days": (1, 366), "feed_items": (1, 10_000), "feed_hour": (0, 23)}
    limits |= {
        "paper_pages_from": (0, LAST_YEAR),
        "author_pages": (0, 1_000),
        "take_days": (0, 366),
        "year": (FIRST_YEAR, LAST_YEAR),
        "collect_interval": (0, 3_600),
        "stale_after": (0, 3_660),
        "largest_file": (1, 1_000),
    }
    limits |= {bound.name: (1, 1_000_000) for bound in fields(Bounds) if bound.name not in limits}
    for name, (least, most) in limits.items():
        value = getattr(options, name)
        if value is not None and not least <= value <= most:
            raise SettingsError(f"{at(name)} is {value}; it must be {least} to {most}")
    return options


def _check_hosts(given: str, at: Place) -> None:
    """Refuse what a policy cannot name, or would understand as more than a host."""
    for host in given.split():
        if not _OTHER_HOST.fullmatch(host):
            raise SettingsError(
                f"{at('other_hosts')} has {in_yaml(host)}; it must hold addresses of hosts with "
                "spaces between, for example https://stats.example.org"
            )
    if len(given) > MOST_HOSTS:
        raise SettingsError(
            f"{at('other_hosts')} has {len(given)} characters; it must be {MOST_HOSTS} at "
            "most: name fewer, or all of a domain as https://*.example.org"
        )


def _check_services(options: Options, at: Place) -> None:
    """Refuse what `collect` cannot ask, or cannot ask for."""
    for name in ("daily_papers", "arxiv_feed", "arxiv_api"):
        given = getattr(options, name)
        if not _SERVICE.fullmatch(given or "") and (given or name != "daily_papers"):
            raise SettingsError(
                f"{at(name)} is {in_yaml(given)}; it must be the address of a service, for "
                f"example {getattr(Options(), name)}"
            )
    if options.arxiv_categories and not _CLASSES.fullmatch(options.arxiv_categories):
        raise SettingsError(
            f"{at('arxiv_categories')} is {in_yaml(options.arxiv_categories)}; it must name "
            "arXiv's classes with spaces between, for example cs.CL cs.LG"
        )
    if options.arxiv_query and not options.arxiv_query.isprintable():
        raise SettingsError(
            f"{at('arxiv_query')} is {in_yaml(options.arxiv_query)}; it must stand on one line"
        )
