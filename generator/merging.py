"""Makes one paper of all its records: the best of every source, and where each part came from.

Of a text, the reading with the longest plain text stands; but one that the captured page's damage
makes of another is left out first, as the other is what its authors wrote, and so is one without
the signs around mathematics where another has them. Of lists, the longest stands; of the days and
versions, the first submission, the last revision and the highest version; of counts, the newest. Of
equals, the earliest record. What no record knows stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from .arxiv import read_arxiv_id
from .keys import damage
from .links import links_in
from .model import Author, Capture, Link, Paper, Prose, RawPaper, Signals, Span
from .prose import is_visible, parse_prose, to_plain


class Record(NamedTuple):
    """A raw paper with its place: which day, which file, which position."""

    key: str
    """From its own title."""
    day: date | None
    """`None` in a file without a date, which lists nothing."""
    arxiv_id: str | None
    line: int
    capture: Capture
    """What lists it."""
    position: int
    """In the capture, from 0."""

    @property
    def raw(self) -> RawPaper:
        """What the source says; read when it is asked for."""
        return self.capture.items[self.position]

    @property
    def origin(self) -> str:
        return self.capture.origin

    @property
    def place(self) -> str:
        return f"{self.origin}:{self.line}"


_NO_FRAGMENT = 0.8
"""Of the longest text: what another that is whole has at least. Services cut theirs far shorter."""


def _first(_: Any) -> int:
    return 0


_PREFERENCE: Mapping[str, Callable[[Any], Any]] = {
    "arxiv_id": _first,
    "version": int,
    "published": lambda moment: -moment.timestamp(),
    "updated": datetime.timestamp,
    "authors": len,
    "organisation": len,
    "categories": len,
    "primary": _first,
    "keywords": len,
    "comment": len,
    "summary_ai": len,
    "license": _first,
    "withdrawn": _first,
    "signals": lambda signals: signals.seen_at,
}
"""Each field, and what the record with the greatest of which gives it; of equals, the earliest."""


FIELDS = tuple(_PREFERENCE)


def prefer(field: str, stated: Iterable[tuple[Any, str]]) -> tuple[Any, str]:
    """Of several values of a field, each with its place, the one that stands."""
    return max(stated, key=lambda value_and_place: _PREFERENCE[field](value_and_place[0]))


def merge(key: str, records: Sequence[Record]) -> Paper:
    """One paper from its records, oldest first."""
    # The title says what an abstract's \\tool stands for.
    title = fullest(record.raw.title for record in records)
    abstract = fullest((record.raw.abstract for record in records), title.source)
    provenance = {
        name: next(r.place for r in records if getattr(r.raw, name) == text.source)
        for name, text in (("title", title), ("abstract", abstract))
        if text
    }
    known: dict[str, Any] = {}
    for field in FIELDS:
        stated = [(value, r.place) for r in records if (value := _value(r, field))]
        if stated:
            known[field], provenance[field] = prefer(field, stated)
    known["summary_ai_model"] = model_of(known.get("summary_ai"), (r.raw for r in records))
    known["authors"] = tuple(
        author for author in map(readable, known.get("authors", ())) if author.name
    )
    for field in ("organisation", "comment", "withdrawn", "summary_ai", "summary_ai_model"):
        if known.get(field):
            known[field] = _plain(known[field])
    return Paper(
        key=key,
        title=titled(title),
        abstract=abstract,
        seen_on=tuple(sorted({record.day for record in records if record.day})),
        origins=tuple(record.place for record in records),
        links=_links(records, abstract, known.get("arxiv_id")),
        provenance=provenance,
        **known,
    )


def model_of(summary: str | None, stated: Iterable[RawPaper | Paper]) -> str | None:
    """The model that made a summary, as the first says that has this one."""
    models = (each.summary_ai_model for each in stated if summary and each.summary_ai == summary)
    return next(filter(None, models), None)


def _value(record: Record, field: str) -> Any:
    """What a record says; counts that name no moment of their own are those of its day."""
    value = getattr(record.raw, field)
    if isinstance(value, Signals) and value.seen_at is None:
        day = record.day
        return replace(value, seen_at=datetime.combine(day, time(), UTC)) if day else None
    return value


def readable(author: Author) -> Author:
    """An author without the TeX of her accents, and without what must not be printed; her initials
    as they are written, which arXiv parts: `J. -C.`"""
    name = author.name
    if not name.isprintable() or set(name) & set("\\{$"):
        name = _plain(name)
    for tie in "~\u00a0":
        name = name.replace(tie, " ")
    # What stood before her in a list is none of it.
    name = name.removeprefix("and ").replace(". -", ".-")
    return author if name == author.name else replace(author, name=name)


def _plain(text: str) -> str:
    """A text as a reader should see it; parsing is what takes out all that must not be printed."""
    return to_plain(parse_prose(text))


def _links(records: Sequence[Record], abstract: Prose, arxiv_id: str | None) -> tuple[Link, ...]:
    """All links, each address once; none that says no more than the arXiv id."""
    found: dict[str, Link] = {}
    remarks = [parse_prose(r.raw.comment) for r in records if "http" in r.raw.comment]
    stated = (link for record in records for link in record.raw.links)
    for link in (
        *stated,
        *links_in(abstract),
        *(link for text in remarks for link in links_in(text)),
    ):
        own = arxiv_id and (leads_to := read_arxiv_id(link.url)) and leads_to.id == arxiv_id
        if not own:
            found.setdefault(link.url, link)
    return tuple(found.values())


def titled(title: Prose) -> Prose:
    """A title a reader can see and follow, even where the digest has only invisible characters.

    An address in it is text: a title is a link itself, and none stands inside another.
    """
    if not is_visible(to_plain(title)):
        return Prose((Span("text", title.source, "Untitled", because="no visible character"),))
    return Prose(tuple(_unlinked(span) for span in title.spans))


def _unlinked(span: Span) -> Span:
    return replace(span, kind="text", url=None) if span.kind == "link" else span


def fullest(texts: Iterable[str], title: str = "") -> Prose:
    """The intact reading with the longest plain text; of equally long ones that which is not all
    capitals, then the first by code point.

    >>> fullest(["an O(n) bound", "an $O(n)$ bound"]).source
    'an $O(n)$ bound'
    """
    proses = [parse_prose(text, title) for text in _intact(sorted(set(texts)))]
    readings = [(to_plain(prose), prose) for prose in proses]
    _, best = min(
        _as_written(readings),
        key=lambda reading: (-len(reading[0]), reading[0].isupper(), reading[0], reading[1].source),
    )
    return best


def _as_written(readings: list[tuple[str, Prose]]) -> list[tuple[str, Prose]]:
    """Those readings whose mathematics stands between signs that say so, if one of them is no
    fragment: authors reword an abstract, and then damage makes none of another.
    """
    written = [reading for reading in readings if any(map(_is_marked, reading[1].spans))]
    enough = _NO_FRAGMENT * max(len(plain) for plain, _ in readings)
    return written if any(len(plain) >= enough for plain, _ in written) else readings


def _is_marked(span: Span) -> bool:
    # Dollars do not outlive the damage; `\(` does.
    return span.kind == "math" and span.source.startswith("$")


def _intact(texts: Sequence[str]) -> Sequence[str]:
    """The texts without those that damage makes of another one: what it takes, it takes away."""
    if len(texts) == 1:
        return texts
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        alike["".join(damage(text).split())].append(text)
    return [max(same, key=_intactness) for same in alike.values()]


def _intactness(text: str) -> tuple[int, int, int]:
    """The most signs, the fewest lines broken at a hyphen, the most words parted."""
    return len("".join(text.split())), -text.count("- "), len(text)
