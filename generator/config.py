"""Reads `mkdocs.yml`, and `extra: broadsheet:` in it, once into typed, complete `Settings`.

The file holds `!ENV` and Python tags that a plain safe loader refuses; `!ENV` is resolved as MkDocs
does it, other tags are read as nothing, since no setting of ours uses one.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # ships no types

from .errors import SettingsError

DIGESTS_VARIABLE = "BROADSHEET_DIGESTS"
YEAR_VARIABLE = "BROADSHEET_YEAR"


@dataclass(frozen=True, slots=True)
class Options:
    """What `extra: broadsheet:` may hold, with the defaults."""

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


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run needs to know, complete and checked."""

    title: str
    description: str
    url: str
    """Address of the home page, ending in a slash."""
    authority: str
    authority_pinned: bool
    digests: Path
    docs: Path
    vocabulary: Path | None
    year: int | None
    feed_days: int
    feed_items: int
    feed_hour: int


class _Loader(yaml.SafeLoader):
    """Safe, and blind to the tags that only MkDocs needs."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def load_settings(config_file: Path) -> Settings:
    """The settings in a `mkdocs.yml`; `SettingsError` says what is wrong and how to mend it."""
    try:
        data = yaml.load(config_file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a SafeLoader
    except FileNotFoundError:
        raise SettingsError(
            f"{config_file} is missing; run this in the folder that holds mkdocs.yml"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(
            f"{config_file} cannot be read: {' '.join(str(error).split())}"
        ) from None
    if not isinstance(data, Mapping):
        raise SettingsError(f"{config_file} holds no settings; restore it from the repository")
    return settings_from(data, config_file)


def settings_from(config: Mapping[str, Any], config_file: Path) -> Settings:
    """The settings in the already read content of a `mkdocs.yml`, or in MkDocs' own config."""
    root = config_file.resolve().parent
    where = f"{config_file.name}, extra: broadsheet:"
    options = _options((config.get("extra") or {}).get("broadsheet") or {}, where)
    url = str(config.get("site_url") or "")
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError(
            f"{config_file.name}: site_url is {url!r}; set it to the address of the home page, "
            "for example https://me.github.io/broadsheet/"
        )
    year = os.environ.get(YEAR_VARIABLE, "")
    if year and not (year.isascii() and year.isdigit()):
        raise SettingsError(f"{YEAR_VARIABLE} is {year!r}; it must be a year such as 2025")
    return Settings(
        title=str(config.get("site_name") or "Broadsheet"),
        description=str(config.get("site_description") or ""),
        url=url if url.endswith("/") else url + "/",
        authority=options.authority or address.hostname,
        authority_pinned=options.authority is not None,
        digests=(root / (os.environ.get(DIGESTS_VARIABLE) or options.digests)).resolve(),
        docs=(root / str(config.get("docs_dir") or "docs")).resolve(),
        vocabulary=root / options.vocabulary if options.vocabulary else None,
        year=int(year) if year else options.year,
        feed_days=options.feed_days,
        feed_items=options.feed_items,
        feed_hour=options.feed_hour,
    )


def _options(given: object, where: str) -> Options:
    if not isinstance(given, Mapping):
        raise SettingsError(f"{where} holds {given!r}; it must be a list of `name: value` lines")
    kinds = {field.name: str(field.type) for field in fields(Options)}
    for name, value in given.items():
        if name not in kinds:
            near = difflib.get_close_matches(str(name), kinds, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(kinds)}"
            raise SettingsError(f"{where} {name} is no setting; {hint}")
        if value is None and "None" in kinds[name]:
            continue
        wanted = int if kinds[name].startswith("int") else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            kind = "a whole number" if wanted is int else "text"
            raise SettingsError(f"{where} {name} is {value!r}; it must be {kind}")
    options = Options(**given)
    limits = {"feed_days": (1, 366), "feed_items": (1, 10_000), "feed_hour": (0, 23)}
    limits["year"] = (1900, 9999)
    for name, (least, most) in limits.items():
        value = getattr(options, name)
        if value is not None and not least <= value <= most:
            raise SettingsError(f"{where} {name} is {value}; it must be {least} to {most}")
    return options
