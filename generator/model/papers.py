"""Papers and days, whatever the source; each paper is read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from ..stamps import stamp
from .captures import Author, Link, Signals

SpanKind = Literal["text", "math", "link", "code"]


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
    primary: str | None = None
    """Of these the one that a source calls primary."""
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


class Card(NamedTuple):
    """What is known of a paper without reading it: all that a whole archive is asked for."""

    stamp: bytes
    """Of all that the paper was made of."""
    text: bytes
    """The stamp of what tagging and relating read of it."""
    found_by: bytes
    """The stamp of what a search finds it by, but its topics."""
    listed: bytes
    """The stamp of what lists say of it, but its topics: not on which later days it came again."""
    seen_on: tuple[date, ...]
    arxiv_id: str | None
    has_code: bool
    names: tuple[str, ...]
    """Of its authors."""
    corrected_on: date | None

    @classmethod
    def of(cls, paper: Paper, made_of: bytes) -> Card:
        """The card of a paper that was made of what has that stamp."""
        code = paper.code is not None
        text = (paper.title.source, paper.abstract.source, code, paper.keywords, paper.categories)
        names = tuple(author.name for author in paper.authors)
        # With the key: the ledger may give another one to what is otherwise the same.
        found_by = stamp(paper.key, *text, names, paper.arxiv_id)
        known = (paper.seen_on, paper.arxiv_id, code, names, paper.corrected_on)
        links = [(link.kind, link.url) for link in paper.links]
        first, published = paper.seen_on[:1], paper.published and paper.published.isoformat()
        cited = (links, published, paper.primary)
        listed = stamp(found_by, cited, first, paper.corrected_on, paper.withdrawn)
        return cls(made_of, stamp(*text), found_by, listed, *known)


class Papers(Mapping[str, Paper]):
    """Papers by key, each read when it is asked for, and a card of each."""

    def __init__(
        self,
        cards: Mapping[str, Card],
        read: Callable[[str], Paper],
        held: Mapping[str, Paper] | None = None,
    ) -> None:
        """`read` gives the paper of any key in `cards` that is not among those `held`."""
        self.cards = cards
        self._read = read
        self._held = dict(held or {})

    @classmethod
    def of(cls, papers: Mapping[str, Paper]) -> Papers:
        """Papers that are all there."""
        cards = {key: Card.of(paper, stamp(paper)) for key, paper in papers.items()}
        return cls(cards, papers.__getitem__, papers)

    def __getitem__(self, key: str) -> Paper:
        paper = self._held.get(key)
        if paper is None:
            if key not in self.cards:
                raise KeyError(key)
            paper = self._held[key] = self._read(key)
        return paper

    def __contains__(self, key: object) -> bool:
        return key in self.cards

    def __iter__(self) -> Iterator[str]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    def corrected(self, papers: Mapping[str, Paper], order: Mapping[str, object]) -> Papers:
        """The papers with some in place of others, in another order; what has no place is gone."""
        cards = {**self.cards, **{k: Card.of(paper, stamp(paper)) for k, paper in papers.items()}}
        return Papers({key: cards[key] for key in order}, self.__getitem__, papers)


class Entry(NamedTuple):
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

    papers: Papers
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
    hidden_ids: Mapping[str, str] = field(default_factory=dict)
    """arXiv ids of hidden papers, to their keys: the publisher may ask by them."""

    @property
    def as_of(self) -> date:
        """The newest day: the only clock of the site."""
        return self.days[0].date

    @property
    def cards(self) -> Mapping[str, Card]:
        """What is known of each paper without reading it, in the order of the papers."""
        return self.papers.cards
