"""The frozen values everything else passes around.

A capture is not a day (its date line has no year, and two captures may share one day), and a paper
is not an entry (the same paper comes back on later days). Facts found later, such as tags, live in
mappings beside the papers, keyed by paper, so no stage edits what an earlier one made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

LinkKind = Literal["abs", "pdf", "html", "hf", "code", "project", "doi", "other"]
SpanKind = Literal["text", "math", "link", "code"]


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
    items: tuple[RawPaper, ...]
    """In the order of the source."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one kind."""

    kind: SpanKind
    source: str
    """Exactly as found; the sources of all spans joined are the whole string."""
    text: str
    """As a reader should see it, in plain Unicode."""
    tex: str | None = None
    """TeX of a mathematical span, without dollars."""
    url: str | None = None
    """Target of a link, absolute."""
    because: str = ""
    """The evidence for reading the span this way."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A title or abstract, read once and rendered for each target by `prose`."""

    spans: tuple[Span, ...]

    @property
    def source(self) -> str:
        """The string it was read from, unchanged."""
        return "".join(span.source for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, kept once however often it was listed."""

    key: str
    """Its part of the address and of its feed id; see `keys.paper_key`."""
    title: Prose
    abstract: Prose
    """Without spans where no capture had an abstract."""
    seen_on: tuple[date, ...]
    """The days it was listed on, oldest first, each once, never empty."""
    origins: tuple[str, ...]
    """`file:line` of every record of it, by day, then by path and position."""
    arxiv_id: str | None = None
    authors: tuple[Author, ...] = ()
    links: tuple[Link, ...] = ()
    """Links of the records, then those found in the abstract, each address once."""
    published: datetime | None = None
    """First submission, where a source knows it."""
    updated: datetime | None = None
    """Last revision, where a source knows it."""
    version: int | None = None
    """The highest `N` of `vN` that was listed."""
    organisation: str | None = None
    categories: tuple[str, ...] = ()
    """arXiv classes, the primary one first where a source says which it is."""
    keywords: tuple[str, ...] = ()
    comment: str = ""
    """The authors' remark."""
    summary_ai: str | None = None
    """A machine-made summary; shown only by a setting, and only with a label saying so."""
    summary_ai_model: str | None = None
    license: str | None = None
    withdrawn: str = ""
    """What says that the paper was withdrawn: a day or the authors' remark; else empty."""
    signals: Signals | None = None
    """Counts as they were at `seen_at`, which is never empty here."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """The `file:line` each field came from."""
    corrected_on: date | None = None
    """The day of the publisher's correction, where she states one."""
    corrections: tuple[str, ...] = ()
    """`file:line` and field of every correction that applies, in the order of the file."""

    @property
    def code(self) -> str | None:
        """Address of the paper's code, if one is known."""
        return next((link.url for link in self.links if link.kind == "code"), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One appearance of a paper on one day."""

    paper: str
    """Key into `Library.papers`."""
    position: int
    """Place in the day's list, from 1."""
    first_time: bool
    """True on the earliest day this paper was seen."""


@dataclass(frozen=True, slots=True)
class Day:
    """All that was listed on one date, merged from its captures."""

    date: date
    entries: tuple[Entry, ...]
    """In the digest's order: captures by path, then position; a paper keeps its first place."""
    captures: tuple[str, ...]
    """Origins of the captures, by path."""


@dataclass(frozen=True, slots=True)
class Library:
    """Every paper and every day."""

    papers: Mapping[str, Paper]
    """By key; in the order of the day first seen, newest first, then of that day's list."""
    days: tuple[Day, ...]
    """Newest first."""
    aliases: Mapping[str, str]
    """Other keys of papers known to be one paper, to the key that stands; these redirect."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """arXiv ids of papers that share a title, to the key of each."""
    hidden: Mapping[str, str] = field(default_factory=dict)
    """Keys of papers the publisher has hidden, to the `file:line` that says so: each keeps its
    address, and nothing else of it is known here."""

    @property
    def as_of(self) -> date:
        """The newest day: the only clock of the site."""
        return self.days[0].date


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of tags that answer one question about a paper."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic a reader can follow."""

    slug: str
    name: str
    facet: str
    """Slug of its facet."""
    definition: str
    """When the tag applies, as one sentence for readers."""
    synonyms: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Neighbour:
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


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the calendar, Monday to Sunday."""

    monday: date
    digests: int
    """Days with a digest; where there is none, no paper could be seen."""
    papers: int
    """First seen in it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends in it."""

    first: date
    last: date
    papers: int
    """First seen in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A topic's share of some papers in the newest period and in the one before."""

    tag: str
    now: int
    of_now: int
    before: int
    of_before: int
    certainty: Fraction
    """Chi-square, negative for a fall; 0 where the difference may be chance."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A topic that often stands beside another."""

    tag: str
    papers: int
    """That have both."""


@dataclass(frozen=True, slots=True)
class TagTrend:
    """How one topic moves."""

    weekly: tuple[int, ...]
    """Papers first seen in each of the weeks shown."""
    change: Change
    companions: tuple[Companion, ...]
    """Closest first."""
    rising: tuple[Change, ...]
    """Topics that rise among this one's papers, surest first."""


@dataclass(frozen=True, slots=True)
class Trends:
    """How the topics move, up to the newest day."""

    weeks: tuple[Week, ...]
    """Those shown, oldest first, without a gap; the last has the newest day."""
    now: Period
    before: Period
    """As long as `now`, and ends the day before it."""
    tags: Mapping[str, TagTrend]
    """By slug, in the order of the taxonomy."""
    rising: tuple[Change, ...]
    """Surest first."""
    falling: tuple[Change, ...]
    """Likewise."""
    again: tuple[tuple[str, int], ...]
    """Keys of the papers listed on most days of the weeks shown, and on how many."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything known about the site; nothing rendered."""

    title: str
    description: str
    url: str
    """Address of the home page, ending in a slash."""
    library: Library
    taxonomy: Taxonomy
    tags: Mapping[str, tuple[TagHit, ...]]
    """By paper key, in the order of the taxonomy."""
    related: Mapping[str, tuple[Neighbour, ...]]
    """By paper key, nearest first."""
    trends: Trends
    bylines: Mapping[str, Byline]
    """Names with a page of their own, by slug."""

    @property
    def as_of(self) -> date:
        """The newest day: the only clock of the site."""
        return self.library.as_of


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to publish."""

    path: str
    """Posix path inside the docs folder."""
    content: bytes
    claimant: str
    """What asked for it, in words for a message, e.g. `the tag "Theory"`."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something odd in the input, what was done about it and how to mend it."""

    origin: str
    """The file, relative to the digest folder."""
    line: int
    """From 1; 0 where the whole file is meant."""
    message: str

    def __str__(self) -> str:
        place = f"{self.origin}:{self.line}" if self.line else self.origin
        return f"{place}: {self.message}"
