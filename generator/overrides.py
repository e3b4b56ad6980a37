"""Reads `overrides.yml`, in which a publisher corrects papers; `corrections` applies it.

    some-key:                     # or an arXiv id, a former key, a title, an address of the paper
      title: "A Better Title"     # and abstract, authors, arxiv_id
      tags: {add: [theory], remove: [robotics]}
      links: {add: https://github.com/a/b}
      merge: other-key            # the other is this paper, too; some-key stays
      hide: yes
      date: 2025-03-14            # the day of the correction

A mistake costs its own line: it is noted with its place and its remedy, and the rest counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, get_args

from .dates import FIRST_YEAR, LAST_YEAR
from .errors import Report, quote
from .links import arxiv_id, link_kind
from .model import Link, LinkKind, Taxonomy
from .naming import did_you_mean
from .prose import link_target
from .sources import decode
from .yamltext import Fields, Items, Node, Text, read_entries

OVERRIDES = "overrides.yml"
"""File of the digest folder that corrects papers."""

LARGEST = 8 * 2**20
"""Bytes of the largest file that is read: some 50,000 corrections."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH = dict.fromkeys(("yes", "true", "on"), True) | dict.fromkeys(("no", "false", "off"), False)
_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)


@dataclass(frozen=True, slots=True)
class Override:
    """What one entry, or several entries of one paper, correct; `None` and empty say nothing."""

    name: str
    """The paper, as the file names it."""
    line: int
    stated: tuple[tuple[int, str], ...] = ()
    """Line and name of every field below that says something."""
    title: str | None = None
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    arxiv_id: str | None = None
    date: date | None = None
    hide: bool | None = None
    merge: tuple[str, ...] = ()
    """Names of papers that are this one, too."""
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    add_links: tuple[Link, ...] = ()
    remove_links: tuple[str, ...] = ()

    def line_of(self, field: str) -> int:
        """The first line that states a field; that of the entry if none does."""
        return min((line for line, stated in self.stated if stated == field), default=self.line)


class _OddError(Exception):
    """A field that cannot be used: line and message."""


def read_overrides(folder: Path, taxonomy: Taxonomy, report: Report) -> tuple[Override, ...]:
    """Every entry of a digest folder's `overrides.yml` that corrects something, as written."""
    text = _read(folder / OVERRIDES, report)
    note = partial(report.note, OVERRIDES)
    slugs = {slug: tag.slug for tag in taxonomy.tags for slug in (tag.slug, *tag.former)}
    found = (_override(name, node, slugs, note) for name, node in read_entries(text, note))
    return tuple(override for override in found if override.stated)


def _read(path: Path, report: Report) -> str:
    try:
        if not path.exists():
            return ""
        if not path.is_file() or path.stat().st_size > LARGEST:
            reason = f"no file of at most {LARGEST // 2**20} MiB; no correction applies: mend it"
            report.note(OVERRIDES, None, reason)
            return ""
        text, remark = decode(path.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.note(OVERRIDES, None, f"cannot be read ({reason}); no correction applies: mend it")
        return ""
    if remark:
        report.note(OVERRIDES, None, f"{remark}: save it as UTF-8")
    return text or ""


Note = Callable[[int, str], None]


def _override(name: Text, node: Node, slugs: Mapping[str, str], note: Note) -> Override:
    """The entry of one paper, without what is odd in it."""
    empty = Override(name.text, name.line)
    if not isinstance(node, Fields):
        note(name.line, f"{quote(name.text)} corrects nothing; write `field: value` lines below it")
        return empty
    readers: dict[str, Callable[[Node], dict[str, Any]]] = {
        "title": lambda value: {"title": _text(value)},
        "abstract": lambda value: {"abstract": _text(value)},
        "authors": lambda value: {"authors": _authors(value)},
        "arxiv_id": lambda value: {"arxiv_id": _arxiv_id(value)},
        "date": lambda value: {"date": _date(value)},
        "hide": lambda value: {"hide": _truth(value)},
        "merge": lambda value: {"merge": tuple(text for _, text in _texts(value))},
        "tags": lambda value: _tags(value, slugs, note),
        "links": lambda value: _links(value, note),
    }
    given: dict[str, Any] = {}
    stated: list[tuple[int, str]] = []
    for field, value in _once(node, list(readers), note):
        try:
            read = readers[field.text](value)
        except _OddError as error:
            line, reason = error.args
            note(line, f"`{field.text}` {reason}; left out")
            continue
        if isinstance(value, Items) and not value.items:
            note(value.line, f"`{field.text}` is empty; write what it holds or remove the line")
        if any(part not in ((), None) for part in read.values()):
            given |= read
            stated.append((field.line, field.text))
    return Override(name.text, name.line, tuple(stated), **given)


def _once(node: Fields, known: Sequence[str], note: Note) -> Iterator[tuple[Text, Node]]:
    """The known fields that are stated once; the others are noted."""
    lines: dict[str, list[int]] = {}
    for field, _ in node.pairs:
        lines.setdefault(field.text, []).append(field.line)
    for field, value in node.pairs:
        if field.text not in known:
            hint = did_you_mean(field.text, list(known)) or f"known are {', '.join(known)}"
            note(field.line, f"{quote(field.text)} is no field; {hint}")
        elif len(lines[field.text]) > 1:
            places = " and ".join(str(line) for line in lines[field.text])
            note(field.line, f"`{field.text}` stands in lines {places}; left out: keep one")
        else:
            yield field, value


# --- values of fields ----------------------------------------------------------------------------


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise _OddError(node.line, "must be text; put it in quotes")
    if node.is_null or not node.text.strip():
        raise _OddError(node.line, "is empty; write a text or remove the line")
    return node.text.strip()


def _texts(node: Node) -> list[tuple[int, str]]:
    """The texts of a list, or the one text that stands for a list, with their lines."""
    nodes = node.items if isinstance(node, Items) else (node,)
    return [(inner.line, _text(inner)) for inner in nodes]


def _authors(node: Node) -> tuple[str, ...]:
    if isinstance(node, Text) and "," in node.text:
        raise _OddError(node.line, "is one text; write a list, such as [Ada Byron, Emmy Noether]")
    return tuple(" ".join(text.split()) for _, text in _texts(node))


def _arxiv_id(node: Node) -> str:
    found = arxiv_id(_text(node))
    if not found:
        raise _OddError(node.line, "is no arXiv id; give one such as 2401.12340")
    return found


def _date(node: Node) -> date:
    text = _text(node)
    try:
        day = date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        day = None
    if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _OddError(node.line, f"{quote(text)} is no day; give one such as 2025-03-14")
    return day


def _truth(node: Node) -> bool:
    text = _text(node)
    if text.lower() not in _TRUTH:
        raise _OddError(node.line, f"must be yes or no, not {quote(text)}")
    return _TRUTH[text.lower()]


def _changes(node: Node, note: Note) -> dict[str, Node]:
    """What stands below `add` and `remove`."""
    if not isinstance(node, Fields):
        raise _OddError(node.line, "must say what to `add` and what to `remove`")
    return {field.text: value for field, value in _once(node, ("add", "remove"), note)}


def _tags(node: Node, slugs: Mapping[str, str], note: Note) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for change, value in _changes(node, note).items():
        kept = []
        for line, text in _texts(value):
            if text in slugs:
                kept.append(slugs[text])
                continue
            hint = did_you_mean(text.lower().replace(" ", "-"), list(slugs))
            note(line, f"{quote(text)} is no tag; {hint or 'see tags/ on the site for all'}")
        read[f"{change}_tags"] = tuple(dict.fromkeys(kept))
    return read


def _links(node: Node, note: Note) -> dict[str, Any]:
    read: dict[str, Any] = {}
    changes = _changes(node, note)
    if "add" in changes:
        read["add_links"] = tuple(dict.fromkeys(_added(changes["add"], note)))
    if "remove" in changes:
        targets = (_target(line, text, note) for line, text in _texts(changes["remove"]))
        read["remove_links"] = tuple(dict.fromkeys(url for url in targets if url))
    return read


def _added(node: Node, note: Note) -> Iterator[Link]:
    """Links given as `address` or as `kind: address`, one or a list of them."""
    for inner in node.items if isinstance(node, Items) else (node,):
        pairs = inner.pairs if isinstance(inner, Fields) else ((None, inner),)
        for kind, value in pairs:
            url = _target(value.line, _text(value), note)
            if url and kind is None:
                yield Link(link_kind(url), url)
            elif url and kind is not None:
                known = next((k for k in _KINDS if k == kind.text), None)
                if known:
                    yield Link(known, url)
                else:
                    hint = did_you_mean(kind.text, list(_KINDS))
                    hint = hint or f"known are {', '.join(_KINDS)}"
                    note(kind.line, f"{quote(kind.text)} is no kind of link; {hint}")


def _target(line: int, text: str, note: Note) -> str | None:
    url = link_target(text)
    if not url:
        note(line, f"{quote(text)} is no address; give one such as https://github.com/a/b")
    return url
