"""What is found of papers: topics, neighbours, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of tags that answer one question about a paper."""

    slug: str
    name: str
    former: tuple[str, ...] = ()
    """Slugs that it had."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic a reader can follow."""

    slug: str
    name: str
    facet: str
    """Slug of its facet."""
    definition: str
    """When the tag applies, and when it does not, in one sentence."""
    synonyms: tuple[str, ...]
    about: str = ""
    """What readers are told of it; empty where that is the definition."""
    former: tuple[str, ...] = ()
    """Slugs that it had, or topics that are in it now: their addresses lead here."""

    @property
    def told(self) -> str:
        """What readers are told of it."""
        return self.about or self.definition


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The vocabulary of tags, in the order readers should see it."""

    facets: tuple[Facet, ...]
    tags: tuple[Tag, ...]

    def get(self, slug: str) -> Tag:
        """The tag with that slug; `KeyError` if there is none."""
        for tag in self.tags:
            if tag.slug == slug:
                return tag
        raise KeyError(slug)


@dataclass(frozen=True, slots=True)
class PaperText:
    """What tagging and relating read of a paper, in plain Unicode."""

    title: str
    abstract: str
    """Empty where no capture had one."""
    has_code: bool = False
    """True where a link to code is known, whatever the abstract says."""
    keywords: tuple[str, ...] = ()
    """What a source lists, often made by a machine."""
    categories: tuple[str, ...] = ()
    """arXiv classes, as a source has them; read by tagging alone."""


@dataclass(frozen=True, slots=True)
class TagHit:
    """A tag a paper has, and why."""

    tag: str
    """Slug of the tag."""
    score: float
    because: tuple[str, ...]
    """The words that earned it, strongest first."""
    points: tuple[float, ...]
    """What each of them weighs; 1 earns a tag."""


class Neighbour(NamedTuple):
    """A related paper, and why."""

    paper: str
    """Key of the neighbour."""
    score: float
    """How near, 0 to 1."""
    because: tuple[str, ...]
    """The terms both share, weightiest first."""


@dataclass(frozen=True, slots=True)
class Byline:
    """A name that several papers bear: one person's, or that of several who share it."""

    slug: str
    name: str
    """As the oldest of the papers spells it."""
    papers: tuple[str, ...]
    """Their keys, newest first."""
