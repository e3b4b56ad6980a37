"""The one schema of a record: which field may go by which names, and what each may hold.

Every adapter hands its records over as named values and leaves the rest to `read_record`, so a
field is read in one way wherever it comes from. The README documents the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from ..arxiv import ArxivId, StatedId, is_arxiv_class, mended_arxiv_id, parted_title
from ..errors import quote
from ..model import RawPaper, Signals
from . import untrusted as ask
from .addresses import links_of
from .documents import Record
from .labels import field_of
from .people import authors, organisation

Value = TypeVar("Value")

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (),
    "abstract": ("summary", "description", "abstract_note"),
    "arxiv_id": ("arxiv", "paper_id", "eprint", "id"),
    "version": (),
    "listed_on": ("date", "day", "listed"),
    "published": ("published_at", "submitted"),
    "updated": ("updated_at",),
    "authors": ("author", "creators"),
    "organisation": ("organization", "affiliations", "affiliation"),
    "categories": ("category",),
    "primary": ("primary_category",),
    "keywords": ("ai_keywords", "tags"),
    "comment": (),
    "links": (),
    "url": ("link",),
    "abs": ("abs_url",),
    "pdf": ("pdf_url",),
    "html": ("html_url",),
    "hf": (),
    "code": ("code_url", "github", "github_repo", "repository"),
    "project": ("project_page", "project_url", "homepage"),
    "doi": (),
    "upvotes": ("votes",),
    "comments": ("num_comments",),
    "stars": ("github_stars", "code_stars"),
    "seen_at": ("fetched_at",),
    "summary_ai": ("ai_summary", "tldr"),
    "summary_ai_model": ("ai_summary_model",),
    "announce": ("announce_type",),
    "license": ("licence", "rights"),
    "withdrawn": ("withdrawn_at",),
    "extra": (),
}
"""Each field, and what else it may be called; capitals, spaces, `-` and `_` do not count."""

PRIVATE = frozenset(
    "_id avatar avatarurl email fullname submittedby submittedondailyby submitter githubrepoaddedby"
    " thumbnail thumbnailurl user username uploader isauthorparticipating isfollowing".split()
)
"""Accounts, their pictures, who handed a paper in: no business of a site's readers."""

DEEPEST_EXTRA = 8
"""Levels of an unknown field that are kept; none known has more than three."""

_ANNOUNCED = frozenset("new cross replace replace-cross absonly".split())
_WITHDRAWN = re.compile(
    r"(?:^|\b(?:paper|article|submission|manuscript|preprint|version|it|has been|was|is) )"
    r"(?:has been |was |is )?withdrawn\b(?! from)",
    re.IGNORECASE,
)


def fold(name: str) -> str:
    """A field's name without what writers differ in.

    >>> fold("githubRepo") == fold("GitHub repo") == fold("github_repo")
    True
    """
    return re.sub(r"[\s_-]", "", name).lower()


_FIELD = {fold(name): field for field, others in NAMES.items() for name in (field, *others)}
_ID_NAMES = frozenset(map(fold, ("arxiv_id", "arxiv", "eprint")))
"""Names that promise an arXiv id; others may hold the ids of anybody."""
_RANK = {fold(name): rank for f, names in NAMES.items() for rank, name in enumerate((f, *names))}


def by_field(fields: Mapping[str, object]) -> tuple[dict[str, list[object]], dict[str, object]]:
    """A record's values by field of the schema, the field's own name first; and all the others."""
    known: dict[str, list[tuple[int, object]]] = {}
    extra: dict[str, object] = {}
    for name, value in fields.items():
        folded = fold(str(name))
        if value is None or value in ("", []):
            continue
        if folded in _FIELD:
            known.setdefault(_FIELD[folded], []).append((_RANK[folded], value))
        elif label := _labelled(str(name)):
            known.setdefault(label, []).append((len(_RANK), value))
        elif folded not in PRIVATE and not folded.startswith("_"):
            extra[ask.text(name)] = public(value)
    ordered = {
        field: [value for _, value in sorted(values, key=lambda ranked: ranked[0])]
        for field, values in known.items()
    }
    return ordered, extra


def _labelled(name: str) -> str | None:
    """The field that a name means as people label it: `Publication Date`, `paper_title`."""
    field = field_of(name)
    return _FIELD.get(fold(field)) if field else None


def has_title(fields: Mapping[str, object]) -> bool:
    """Whether a record has a title, also one that is called a name, beside what tells of a paper.

    >>> has_title({"paper_title": "A"}), has_title({"name": "A", "abstract": "B"})
    (True, True)
    >>> has_title({"name": "A", "url": "https://x.org"})
    False
    """
    meant = {_FIELD.get(fold(str(name))) or _labelled(str(name)) for name in fields}
    return "title" in meant or ("name" in fields and bool(meant & {"abstract", "authors"}))


def public(value: object, depth: int = DEEPEST_EXTRA) -> object:
    """An unknown value without the accounts in it, fit to be written as JSON."""
    if depth and isinstance(value, dict):
        return {
            ask.text(name): public(inner, depth - 1)
            for name, inner in value.items()
            if fold(str(name)) not in PRIVATE
        }
    if depth and isinstance(value, list):
        return [public(inner, depth - 1) for inner in value]
    return ask.text(value) if isinstance(value, str) else value if value is True else None


class Reading(NamedTuple):
    """What a record says."""

    paper: RawPaper | None
    """None where it has no title."""
    day: date | None
    """When it was listed."""
    odd: list[str]
    unread: str = ""
    """What is said of that day, where no day can be read from it."""


def read_record(record: Record) -> Reading:
    """The paper of a record, the day it was listed on, and what was odd."""
    known, extra = by_field(record.fields)
    head = by_field(record.head)[0]
    for field in ("listed_on", "seen_at"):
        known[field] = known.get(field, []) + head.get(field, [])

    def first(field: str, read: Callable[[object], Value]) -> Value | None:
        """What the first value says that can be read: another name may have it."""
        return next((found for value in known.get(field, ()) if (found := read(value))), None)

    def text(field: str) -> str:
        return first(field, ask.text) or ""

    title = text("title")
    if not title and has_title(record.fields):
        title = ask.text(extra.pop("name", ""))
    odd: list[str] = []
    day = first("listed_on", ask.day)
    if not title:
        return Reading(None, day, ["no title; left out: give it one"])
    title, behind = parted_title(title)
    stated = _identity(known, odd) or behind
    identity = stated.id if stated else None
    odd += _unread_ids(record.fields)
    comment = text("comment")
    comments, remarks = _comments(known.get("comments", []))
    primary = text("primary") if is_arxiv_class(text("primary")) else None
    categories = _categories(known.get("categories", []))
    if primary:
        categories = tuple(dict.fromkeys((primary, *categories)))
    elif stated and stated.category and not categories:
        primary, categories = stated.category, (stated.category,)
    announced = text("announce").lower()
    extra.update(first("extra", lambda value: ask.mapping(public(value))) or {})
    return Reading(
        RawPaper(
            title=title,
            abstract=first("abstract", ask.paragraphs) or "",
            line=record.line,
            arxiv_id=identity.id if identity else None,
            version=first("version", ask.whole) or (identity.version if identity else None),
            published=first("published", ask.moment),
            updated=first("updated", ask.moment),
            authors=first("authors", authors) or (),
            organisation=first("organisation", organisation),
            categories=categories,
            primary=primary,
            keywords=_joined(known.get("keywords", [])),
            comment=comment or remarks,
            summary_ai=text("summary_ai") or None,
            summary_ai_model=text("summary_ai_model") or None,
            links=links_of(known, odd),
            signals=_signals(known, comments),
            announce=announced if announced in _ANNOUNCED else None,
            license=first("license", ask.address),
            withdrawn=_withdrawn(known.get("withdrawn", []), comment or remarks),
            extra=extra,
        ),
        day,
        odd,
        "" if day else text("listed_on"),
    )


def _identity(known: Mapping[str, list[object]], odd: list[str]) -> StatedId | None:
    """The arXiv id, from the fields made for it, then from the links."""
    for field in ("arxiv_id", "abs", "pdf", "html", "hf", "url", "doi"):
        for value in known.get(field, ()):
            if found := ask.arxiv_id(value):
                return found
            if field == "arxiv_id" and (mended := mended_arxiv_id(ask.text(value))):
                odd.append(
                    f"the id {ask.text(value)} was taken for a number somewhere; read as {mended}"
                )
                return StatedId(ArxivId(mended, None), None)
    links = _first_mapping(known.get("links", []))
    return next((found for url in links.values() if (found := ask.arxiv_id(url))), None)


def _unread_ids(fields: Mapping[str, object]) -> Iterator[str]:
    """What is said of ids that cannot be read, in fields made for them."""
    for name, value in fields.items():
        if fold(str(name)) not in _ID_NAMES or value is None or value in ([], {}):
            continue
        written = ask.text(value)
        if isinstance(value, str) and ask.is_missing(written):
            continue
        if not (ask.arxiv_id(value) or mended_arxiv_id(written)):
            what = quote(written) if written else "that is no text"
            yield f"`{ask.text(name)}` {what} is read as no arXiv id; write it as 2401.12340"


def _first_mapping(values: list[object]) -> Mapping[str, object]:
    return next((ask.mapping(value) for value in values if isinstance(value, dict)), {})


def _comments(values: list[object]) -> tuple[int | None, str]:
    """What `comments` holds: a count on some sites, the authors' remarks on others."""
    counts = [count for value in values if (count := ask.whole(value)) is not None]
    remarks = [words for value in values if (words := ask.text(value)) and not counts]
    return next(iter(counts), None), next(iter(remarks), "")


def _categories(values: list[object]) -> tuple[str, ...]:
    """arXiv classes, from a list or from one text with spaces, commas or semicolons."""
    found: dict[str, None] = {}
    for value in values:
        listed = not isinstance(value, str) or ask.cell_list(value) is not None
        parts = ask.texts(value) if listed else re.split(r"[\s,;]+", str(value))
        found |= dict.fromkeys(part for part in parts if is_arxiv_class(part))
    return tuple(found)


def _joined(values: list[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for value in values for word in ask.texts(value)))


def _signals(known: Mapping[str, list[object]], comments: int | None) -> Signals | None:
    def count(field: str) -> int | None:
        return next((n for v in known.get(field, ()) if (n := ask.whole(v)) is not None), None)

    upvotes, stars = count("upvotes"), count("stars")
    if upvotes is comments is stars is None:
        return None
    moments = map(ask.moment, known.get("seen_at", ()))
    seen_at = next((moment for moment in moments if moment), None)
    return Signals(upvotes, comments, stars, seen_at)


def _withdrawn(values: list[object], comment: str) -> str:
    for value in values:
        if ask.truth(value):
            return "withdrawn"
        if when := ask.day(value):
            return f"withdrawn on {when.isoformat()}"
    said = (*map(ask.text, values), comment)
    return next((words for words in said if _WITHDRAWN.search(words)), "")
