"""What one source says of papers, its strings untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

LinkKind = Literal["abs", "pdf", "html", "hf", "code", "project", "doi", "other"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper."""

    kind: LinkKind
    """What is found there: `abs` is the abstract page, `code` a repository."""
    url: str
    """Absolute, `http` or `https`."""


@dataclass(frozen=True, slots=True)
class Author:
    """One author, in the paper's order."""

    name: str
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """Popularity as a source showed it once: a snapshot, never a live number."""

    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    seen_at: datetime | None = None
    """When the numbers were read."""


@dataclass(frozen=True, slots=True)
class RawPaper:
    """One record of one source, its strings untouched."""

    title: str
    abstract: str
    """Empty where the source gave none."""
    line: int
    """Line of the title in its file, from 1."""
    arxiv_id: str | None = None
    """Without `vN`, e.g. `2401.12340` or `cs/9912001`."""
    version: int | None = None
    """The `N` of `vN`."""
    published: datetime | None = None
    """First submission."""
    updated: datetime | None = None
    """Last revision."""
    authors: tuple[Author, ...] = ()
    organisation: str | None = None
    """Who the authors work for, where the source names one for the whole paper."""
    categories: tuple[str, ...] = ()
    """arXiv classes, the primary one first where the source says which it is."""
    primary: str | None = None
    keywords: tuple[str, ...] = ()
    comment: str = ""
    """The authors' remark, e.g. `12 pages, code at https://...`."""
    summary_ai: str | None = None
    """A machine-made summary; shown only with a label saying so."""
    summary_ai_model: str | None = None
    links: tuple[Link, ...] = ()
    signals: Signals | None = None
    announce: str | None = None
    """`new`, `cross`, `replace`, `replace-cross` or `absonly`."""
    license: str | None = None
    withdrawn: str = ""
    """What says that the paper was withdrawn: a day or the authors' remark; else empty."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Fields of the source that no other field holds."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What one source listed for one day."""

    source: str
    """Name of the adapter that read it, e.g. `text_capture`."""
    origin: str
    """The file, relative to the digest folder, with forward slashes."""
    label: str
    """The date as the source wrote it, e.g. `Mar 12`; empty where it wrote none."""
    label_line: int | None
    """Line of the label in the file, from 1."""
    day: date | None
    """The listed day, once it is known in full."""
    items: Sequence[RawPaper]
    """In the order of the source."""
    headings: Sequence[Heading] = ()
    """Of each item, where they are kept from an earlier reading."""
    stamp: bytes = b""
    """Of the file and the place in it; empty where no file was read."""


class Heading(NamedTuple):
    """What tells which paper a record is of: all that is asked of most records."""

    key: str
    """From its title alone; see `keys.paper_key`."""
    line: int
    arxiv_id: str | None
