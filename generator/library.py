"""Folds captures into papers and days, resolving years, repeats and identity."""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, repeat

from .arxiv import month_of, read_arxiv_id
from .dates import resolve_day
from .errors import InputError, Report, quote
from .kept import NOTHING, Kept
from .keys import paper_key, twin_key
from .ledger import is_id, moves
from .merging import Record, merge
from .model import Capture, Card, Day, Entry, Heading, Library, Paper, Papers, RawPaper
from .packing import packed, unpacked
from .progress import SILENT, Progress
from .stamps import stamp_of


def date_captures(
    captures: Iterable[Capture], year: int | None, report: Report
) -> tuple[Capture, ...]:
    """The captures with their days; one whose day is unknown is left out and named.

    One that no date at all goes with is kept for its arXiv ids: it completes what others list.
    """
    dated = []
    for capture in captures:
        if capture.day:
            dated.append(_without_later_ids(capture, capture.day, report))
            continue
        found = resolve_day(capture.origin, capture.label, year)
        with_id = 0 if found.stated else sum(bool(raw.arxiv_id) for raw in capture.items)
        if with_id:
            if with_id < len(capture.items):
                what = "no date: it lists none of its papers, and completes those that others list"
                remedy = "to list them, name the file like 2025-03-12.txt"
                report.note(capture.origin, None, f"{what}; {remedy}")
            dated.append(capture)
            continue
        if found.problem:
            left_out = "" if found.day else "left out: "
            report.note(capture.origin, capture.label_line, left_out + found.problem)
        if found.day:
            known = replace(capture, day=found.day)
            dated.append(_without_later_ids(known, found.day, report))
    return tuple(dated)


_MONTH_ENDS = 4
"""Digits of an arXiv id that say its month; ids of the old form are those of before April 2007."""


def _without_later_ids(capture: Capture, day: date, report: Report) -> Capture:
    """The capture without the arXiv ids that were given out after its day, which are those of other
    papers; where most are, the day may be the wrong one, and they stay."""
    # Where the day ends last, a month has begun already.
    limit = (day + timedelta(days=1)).strftime("%Y%m") if day < date.max else "999999"
    headings = capture.headings or _headings(capture)
    ids = [heading.arxiv_id for heading in headings if heading.arxiv_id]
    # Few months among many ids: this is asked at each build of every paper there is.
    months = {arxiv_id[:_MONTH_ENDS] for arxiv_id in ids if "/" not in arxiv_id}
    if not any("".join(month_of(month)) > limit for month in months):
        return capture
    later = {arxiv_id for arxiv_id in ids if "".join(month_of(arxiv_id)) > limit}
    first = next(heading for heading in headings if heading.arxiv_id in later)
    if 2 * sum(arxiv_id in later for arxiv_id in ids) > len(ids):
        what = f"most of its arXiv ids, such as {first.arxiv_id}, are later than {day}"
        report.note(
            capture.origin, first.line, f"{what}; {day} is taken: mend the date if it is wrong"
        )
        return capture
    items = tuple(_without_id(raw) if raw.arxiv_id in later else raw for raw in capture.items)
    for raw in capture.items:
        if raw.arxiv_id in later:
            what = f"{quote(raw.title)} has the arXiv id {raw.arxiv_id}, which is later than {day}"
            report.note(capture.origin, raw.line, f"{what}; kept without it: mend the id")
    headings = tuple(
        heading._replace(arxiv_id=None) if heading.arxiv_id in later else heading
        for heading in headings
    )
    return replace(capture, items=items, headings=headings)


def _without_id(raw: RawPaper) -> RawPaper:
    links = (link for link in raw.links if not _leads_to(link.url, raw.arxiv_id))
    return replace(raw, arxiv_id=None, version=None, links=tuple(links))


def _leads_to(url: str, arxiv_id: str | None) -> bool:
    found = read_arxiv_id(url)
    return found is not None and found.id == arxiv_id


def assemble(
    captures: Sequence[Capture],
    report: Report,
    ledger: Mapping[str, str] | None = None,
    kept: Kept = NOTHING,
    progress: Progress = SILENT,
) -> Library:
    """Every paper and every day of dated captures, given in their order.

    Records with one key are one paper, unless their arXiv ids differ; records with one arXiv id
    are one paper, as are keys that the ledger joins. What captures without a day know completes
    these papers and lists none. `InputError` when there is no paper at all.
    """
    ledger = ledger or {}
    records, shared, standing = _identified(captures, ledger)
    if not any(record.day for record in records):
        _name_strays(captures, (), {}, (), report)
        raise InputError(
            "no paper can be read from the digests; mend what is named above, or put one there"
        )
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[standing[record.key]].append(record)
    listed = [record for record in records if record.day]
    days = _days(captures, listed, standing, groups)
    _name_repeats(listed, standing, report)
    _name_doubts(records, ledger, report)
    _name_strays(captures, records, standing, listed, report)
    keys = [entry.paper for day in days for entry in day.entries if entry.first_time]
    before = _before(kept)
    papers = _papers(keys, groups, before, kept, progress)
    aliases = {k: kept for k, kept in sorted(standing.items()) if k != kept and kept in papers}
    told = {standing[key] for key in shared} & papers.keys()
    twins = {r.arxiv_id: standing[r.key] for r in records if r.arxiv_id and standing[r.key] in told}
    library = Library(papers=papers, days=days, aliases=aliases, twins=dict(sorted(twins.items())))
    for key, reason in moves(before, library, ledger):
        report.note(groups[key][0].origin, groups[key][0].line, reason, once=True)
    return library


def keys_of(
    captures: Sequence[Capture], ledger: Mapping[str, str]
) -> Mapping[str, AbstractSet[str]]:
    """The keys of the papers that dated captures list, as `assemble` gives them, and the arXiv ids
    of each."""
    records, _, standing = _identified(captures, ledger)
    keys: dict[str, set[str]] = {standing[record.key]: set() for record in records if record.day}
    for record in records:
        if record.arxiv_id and standing[record.key] in keys:
            keys[standing[record.key]].add(record.arxiv_id)
    return keys


def _identified(
    captures: Sequence[Capture], ledger: Mapping[str, str]
) -> tuple[list[Record], set[str], dict[str, str]]:
    """All records, with what `_part_twins` and `_identify` say of them."""
    records = [record for capture in captures if capture.day for record in _records(capture)]
    # Stable: records of a day stay in the order of captures, then of their lists.
    records.sort(key=lambda record: record.day or date.min)
    # They come last, so they move no paper.
    records += [record for capture in captures if not capture.day for record in _records(capture)]
    records, shared = _part_twins(records, ledger)
    return records, shared, _identify(records, ledger)


_TELLING = 2
"""Words of a title that have to differ before it is doubted; a name alone may be a new one."""


def _records(capture: Capture) -> Iterator[Record]:
    for position, (key, line, arxiv_id) in enumerate(capture.headings or _headings(capture)):
        yield Record(key, capture.day, arxiv_id, line, capture, position)


def _headings(capture: Capture) -> Sequence[Heading]:
    return [Heading(paper_key(raw.title), raw.line, raw.arxiv_id) for raw in capture.items]


def _before(kept: Kept) -> Mapping[str, Card]:
    """The cards of all papers of the build before."""
    return next((unpacked(value, Card._make) for _, _, value in kept.every("cards")), {})


def _papers(
    keys: Sequence[str],
    groups: Mapping[str, Sequence[Record]],
    before: Mapping[str, Card],
    kept: Kept,
    progress: Progress,
) -> Papers:
    """The papers with these keys; one whose records are those of an earlier run as it was then."""
    cards: dict[str, Card] = {}
    merged: dict[str, Paper] = {}
    for key in progress.each(f"restoring {len(keys):,} papers", keys):
        made_of = _stamp_of(groups[key])
        card = before.get(key)
        if card is None or card.stamp != made_of:
            merged[key] = paper = merge(key, groups[key])
            card = Card.of(paper, made_of)
            kept.keep("paper", key, made_of, pickle.dumps(paper))
        cards[key] = card
    if cards != before:
        kept.keep("cards", "all", b"", packed(cards))
        kept.forget("paper", before.keys() - cards.keys())

    def read(key: str) -> Paper:
        value = kept.read("paper", key, cards[key].stamp)
        return pickle.loads(value) if value else merge(key, groups[key])  # noqa: S301  our own

    return Papers(cards, read, merged)


def _stamp_of(records: Sequence[Record]) -> bytes:
    """Of all that a paper is made of: most are of one record, which needs no digest."""
    parts = [
        b"%s%x %x "
        % (record.capture.stamp, record.position, record.day.toordinal() if record.day else 0)
        for record in records
    ]
    return parts[0] if len(parts) == 1 else stamp_of(b"".join(parts))


def _part_twins(
    records: Sequence[Record], ledger: Mapping[str, str]
) -> tuple[list[Record], set[str]]:
    """The records with a key of their own where a title is that of several arXiv ids.

    An id that the ledger knows has the key that it says. Any other has that of the title, unless
    this belongs to other ids, by the ledger or by an earlier record; records without an id stay
    with it. Beside them, the keys of all titles that several ids share or once shared.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    for name, key in ledger.items():
        if is_id(name):
            ids[key].add(name)
    # What the ledger says of a paper's key holds for the keys of its other titles, too.
    owners = {name: ids[key] for name, key in ledger.items() if key in ids}
    shared = {*ids}
    parted: list[Record] = []
    for record in records:
        key, arxiv_id = record.key, record.arxiv_id
        said = ledger.get(arxiv_id or "")
        if said and ledger.get(key, said) != said:
            key = said
        # What is made of a key may be that of another title: then more is added.
        for make in chain((twin_key,), repeat(_longer_key)):
            if not arxiv_id or arxiv_id in owners.setdefault(key, {arxiv_id}):
                break
            shared.add(key)
            key = make(key, arxiv_id)
            shared.add(key)
        parted.append(record if key == record.key else record._replace(key=key))
    return parted, shared


def _longer_key(key: str, arxiv_id: str) -> str:
    """Another key, of the hash of both where it would be too long."""
    return paper_key(f"{key} {arxiv_id}")


def _identify(records: Sequence[Record], ledger: Mapping[str, str]) -> dict[str, str]:
    """Every key, to the key that stands for its paper (sets joined by union-find)."""
    parent: dict[str, str] = {}
    rank: dict[str, tuple[bool, int]] = {}

    def find(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent.setdefault(parent[key], parent[key])
        return key

    def join(one: str, other: str) -> None:
        # The ledger's key stands, else the one of the earliest record.
        kept, moved = sorted((find(one), find(other)), key=lambda key: rank.get(key, last))
        parent[moved] = kept

    by_arxiv_id = {name: key for name, key in ledger.items() if is_id(name)}
    ledger = {name: key for name, key in ledger.items() if name not in by_arxiv_id}
    last = (True, len(records))
    # Where one id joins two of the ledger's keys, the first of them, whatever records come first.
    for index, key in enumerate(ledger.values()):
        rank.setdefault(key, (False, index))
    for index, record in enumerate(records):
        rank.setdefault(record.key, (True, index))
        find(record.key)
    for other, key in ledger.items():
        join(key, other)
    for record in records:
        if record.arxiv_id:
            join(by_arxiv_id.setdefault(record.arxiv_id, record.key), record.key)
    return {key: find(key) for key in list(parent)}


def _days(
    captures: Sequence[Capture],
    records: Sequence[Record],
    standing: Mapping[str, str],
    groups: Mapping[str, Sequence[Record]],
) -> tuple[Day, ...]:
    listed: dict[date, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.day:
            listed[record.day].setdefault(standing[record.key])
    origins: dict[date, dict[str, None]] = defaultdict(dict)
    for capture in captures:
        if capture.day:
            origins[capture.day].setdefault(capture.origin)
    return tuple(
        Day(
            date=day,
            entries=tuple(
                Entry(paper=key, position=n, first_time=groups[key][0].day == day)
                for n, key in enumerate(listed[day], 1)
            ),
            captures=tuple(origins[day]),
        )
        for day in sorted(listed, reverse=True)
    )


def _name_repeats(records: Sequence[Record], standing: Mapping[str, str], report: Report) -> None:
    """Note a paper that one file lists twice under titles that differ."""
    seen: dict[tuple[str, str, date | None], Record] = {}
    for record in records:
        place = (standing[record.key], record.origin, record.day)
        first = seen.setdefault(place, record)
        if first is not record and first.raw.title != record.raw.title:
            report.note(
                record.origin,
                record.line,
                f"{quote(record.raw.title)} is the paper of line {first.line}; kept once",
            )


def _name_doubts(records: Sequence[Record], ledger: Mapping[str, str], report: Report) -> None:
    """Note titles of one arXiv id that have no word in common, unless the ledger knows them."""
    first: dict[str, Record] = {}
    for record in records:
        if not record.arxiv_id:
            continue
        other = first.setdefault(record.arxiv_id, record)
        if record.key == other.key or record.key in ledger:
            continue
        words, known = _words(record.key), _words(other.key)
        if min(len(words), len(known)) >= _TELLING and not words & known:
            report.note(
                record.origin,
                record.line,
                f"{quote(record.raw.title)} has the arXiv id of {quote(other.raw.title)}, "
                f"{other.place}, and no word of its title; read as one paper: mend the id if they "
                "are two",
            )


def _words(key: str) -> set[str]:
    """The words of a title that say what it is about, as far as their length tells."""
    return {word for word in key.split("-") if len(word) > 3}


def _name_strays(
    captures: Sequence[Capture],
    records: Sequence[Record],
    standing: Mapping[str, str],
    listed: Sequence[Record],
    report: Report,
) -> None:
    """Note what a file without a date says of papers that no other file lists."""
    held = {standing[record.key] for record in listed}
    used = Counter(r.origin for r in records if not r.day and standing[r.key] in held)
    for capture in captures:
        strays = 0 if capture.day else len(capture.items) - used[capture.origin]
        if strays:
            report.note(
                capture.origin,
                None,
                f"no date, and {strays} of its {len(capture.items)} papers are listed nowhere "
                "else: left out; name the file by its day, like 2025-03-12.txt, to list them",
            )
