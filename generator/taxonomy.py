"""Loads the vocabulary of tags, and refuses one that cannot be used.

A publisher's own file takes the place of the package's by a setting; see `data/tags.yml` for what
the fields mean.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .errors import SettingsError
from .keys import RESERVED
from .model import Facet, Tag, Taxonomy
from .yamltext import UNPRINTABLE, Placed, reason_of

VOCABULARY = Path(__file__).parent / "data" / "tags.yml"
"""The package's own vocabulary."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_TEXTS = ("about",)
"""Fields that need not be there, and are texts."""

# libyaml reads the vocabulary ten times faster than plain Python does; both read the same.
_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(Placed, _Fast):  # type: ignore[misc, valid-type]
    """Safe, and says where it fails."""


@dataclass(frozen=True, slots=True)
class Topic(Tag):
    """A tag with what is known of its words: which are sure, which are not, which only seem so."""

    firm: tuple[str, ...] = ()
    """Those of the synonyms that are seldom written in passing."""
    weak: tuple[str, ...] = ()
    """Words that often mean something else: alone they seldom earn the tag."""
    decoys: tuple[str, ...] = ()
    """Phrases that hold one of the tag's words and mean something else."""
    cues: tuple[str, ...] = ()
    """Patterns within one sentence, such as `we|paper … prove|derive … bound|theorem`."""
    link: bool = False
    """True for the tag of papers with a link: an address or known code earns it."""


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The vocabulary in a YAML file; in the package's own file if `path` is `None`.

    Every tag is a `Topic`. `SettingsError` names the file, the entry and the remedy.

    >>> load_taxonomy().get("object-detection").name
    'Object Detection'
    """
    path = path or VOCABULARY
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe loader
    except FileNotFoundError:
        raise SettingsError(
            f"{path} is missing; restore it, or name another `vocabulary`"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        reason = reason_of(error)
        raise SettingsError(f"{path.name}: cannot be read as YAML; mend it ({reason})") from error
    if not isinstance(data, dict) or not all(
        isinstance(data.get(part), list) and data[part] for part in ("facets", "tags")
    ):
        raise SettingsError(f"{path.name}: holds no `facets` or no `tags`; give a list of each")
    facets = tuple(_facet(path.name, n, entry) for n, entry in enumerate(data["facets"], 1))
    _refuse_twins(path.name, "facet", facets)
    known = [facet.slug for facet in facets]
    tags = tuple(_topic(path.name, n, entry, known) for n, entry in enumerate(data["tags"], 1))
    _refuse_twins(path.name, "tag", tags)
    return Taxonomy(facets, tags)


def _facet(file: str, number: int, entry: object) -> Facet:
    where = f"{file}: facet {number}"
    given = _fields(where, entry, ("slug", "name"), ("former",))
    return Facet(_slug(where, given["slug"]), given["name"], _former(where, given))


def _topic(file: str, number: int, entry: object, facets: list[str]) -> Topic:
    where = f"{file}: tag {number}"
    if isinstance(entry, dict) and isinstance(entry.get("slug"), str):
        where += f" ({entry['slug']})"
    lists = ("synonyms", "firm", "weak", "decoys", "cues")
    given = _fields(
        where, entry, ("slug", "name", "facet", "definition"), (*lists, "about", "link", "former")
    )
    if given["facet"] not in facets:
        near = difflib.get_close_matches(given["facet"], facets, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(facets)}"
        raise SettingsError(f"{where}: facet {given['facet']!r} is not listed; {remedy}")
    words: dict[str, tuple[str, ...]] = {}
    for name in lists:
        value = given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(w, str) and w.strip() for w in value):
            raise SettingsError(f"{where}: `{name}` must be a list of words; put them in quotes")
        words[name] = tuple(value)
    if not isinstance(given.get("link", False), bool):
        raise SettingsError(f"{where}: `link` must be true or false; write one of them")
    # A firm word is a synonym too, for readers and for anything that knows only of `Tag`.
    words["synonyms"] = tuple(dict.fromkeys(words["firm"] + words["synonyms"]))
    return Topic(
        slug=_slug(where, given["slug"]),
        name=given["name"],
        facet=given["facet"],
        definition=given["definition"],
        about=given.get("about", ""),
        link=given.get("link", False),
        former=_former(where, given),
        **words,
    )


def _former(where: str, given: dict[str, Any]) -> tuple[str, ...]:
    """The slugs that a facet or a tag had."""
    value = given.get("former", [])
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise SettingsError(f"{where}: `former` must be a list of slugs, such as [old-name]")
    return tuple(_slug(where, slug) for slug in value)


def _fields(
    where: str, entry: object, needed: Sequence[str], optional: Sequence[str]
) -> dict[str, Any]:
    """The entry as a mapping with every needed field a text that is not empty."""
    if not isinstance(entry, dict):
        raise SettingsError(f"{where}: is no mapping; give it {', '.join(needed)}")
    for name in (*needed, *(name for name in _TEXTS if name in entry)):
        value = entry.get(name)
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{where}: `{name}` is missing or no text; write it, in quotes")
        if UNPRINTABLE.search(value):
            raise SettingsError(
                f"{where}: `{name}` holds a control, which a backslash in double quotes makes; "
                "write it in single quotes"
            )
    for name in entry:
        if name not in (*needed, *optional):
            near = difflib.get_close_matches(str(name), [*needed, *optional], n=1)
            remedy = f"did you mean {near[0]!r}?" if near else "remove it"
            raise SettingsError(f"{where}: field {name!r} is not known; {remedy}")
    return entry


def _slug(where: str, slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise SettingsError(
            f"{where}: slug {slug!r} cannot be an address; use a-z, 0-9 and single hyphens"
        )
    if slug in RESERVED or slug.isdigit():
        # Numbers are the further pages of a long list.
        raise SettingsError(
            f"{where}: slug {slug!r} is taken by the site or a system; choose another"
        )
    return slug


def _refuse_twins(file: str, kind: str, entries: Sequence[Facet | Tag]) -> None:
    """Refuse two entries with one slug, whether they have it now or had it."""
    first: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if entry.slug in first:
            raise SettingsError(
                f"{file}: {kind} {number} has the slug {entry.slug!r} of {kind} "
                f"{first[entry.slug]}; rename or remove one"
            )
        first[entry.slug] = number
    for number, entry in enumerate(entries, 1):
        for slug in entry.former:
            if slug in first:
                raise SettingsError(
                    f"{file}: {kind} {number} names as `former` the slug {slug!r} of {kind} "
                    f"{first[slug]}; remove it from one"
                )
            first[slug] = number
