"""Settles what a publisher's overrides say of a library, whatever their order in the file.

Every name is found, entries of one paper are put together, merges are followed to the paper that
stands; so what hides one of merged papers hides them all. What cannot hold, such as two titles for
one paper, is noted and left out on both sides: the order of a file decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from .errors import Report, quote
from .model import Library
from .naming import Names
from .overrides import OVERRIDES, Override

_ONE_VALUE = ("title", "abstract", "authors", "arxiv_id", "date", "hide")


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the overrides of a library come to."""

    papers: Mapping[str, Override]
    """By the key that stands, all that is said of that paper and of those merged into it."""
    merged: Mapping[str, str]
    """Keys of papers that are another paper, to that paper's key."""


def settle(overrides: Sequence[Override], library: Library, report: Report) -> Corrections:
    """What these overrides, in any order, say of this library; what cannot hold is noted."""
    names = Names(library)
    by_key: defaultdict[str, list[Override]] = defaultdict(list)
    # The order of the file must not decide anything but the order of lines in a message.
    for override in sorted(overrides, key=lambda override: override.line):
        key = names.find(override.name)
        if key is None:
            _note_unknown(override.line, override.name, names, report)
            continue
        if key in by_key:
            report.note(
                OVERRIDES,
                override.line,
                f"{quote(override.name)} is the paper of line {by_key[key][0].line}, too; "
                "both count: put them together",
            )
        by_key[key].append(override)
    merged = _merges(by_key, names, report)
    groups: defaultdict[str, list[Override]] = defaultdict(list)
    for key, said in by_key.items():
        groups[merged.get(key, key)] += said
    standing = set(merged.values())
    papers = {key: _together(groups[key], key in standing, report) for key in sorted(groups)}
    return Corrections(papers, merged)


def _note_unknown(line: int, name: str, names: Names, report: Report) -> None:
    hint = names.hint(name) or "mend the name, unless a digest to come lists it"
    report.note(OVERRIDES, line, f"no paper is named {quote(name)}; {hint}")


def _merges(
    by_key: Mapping[str, Sequence[Override]], names: Names, report: Report
) -> dict[str, str]:
    """Keys of merged papers, to the key that stands in the end."""
    into: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, said in by_key.items():
        for override, name in ((one, name) for one in said for name in one.merge):
            line = override.line_of("merge")
            other = names.find(name)
            if other is None:
                _note_unknown(line, name, names, report)
            elif other == key:
                report.note(OVERRIDES, line, f"{quote(name)} is this very paper; remove `merge`")
            else:
                into[other].setdefault(key, line)
    for other, keepers in into.items():
        if len(keepers) > 1:
            reason = (
                f"{other} is merged into {' and into '.join(sorted(keepers))}; keep one `merge`"
            )
            report.note(OVERRIDES, max(keepers.values()), reason)
    parents = {other: next(iter(keepers)) for other, keepers in into.items() if len(keepers) == 1}
    for key in sorted(_in_rings(parents)):
        line = into[key][parents.pop(key)]
        report.note(OVERRIDES, line, f"{key} is merged into itself in the end; remove one `merge`")
    return {key: _root(key, parents) for key in sorted(parents)}


def _in_rings(parents: Mapping[str, str]) -> set[str]:
    """The keys from which going on to the parent comes back to the key."""
    done: set[str] = set()
    rings: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        key = start
        while key in parents and key not in done and key not in path:
            path[key] = None
            key = parents[key]
        if key in path:
            steps = list(path)
            rings.update(steps[steps.index(key) :])
        done.update(path)
    return rings


def _root(key: str, parents: Mapping[str, str]) -> str:
    while key in parents:
        key = parents[key]
    return key


def _together(said: Sequence[Override], merging: bool, report: Report) -> Override:
    """One override out of several for one paper, without what they contradict each other in.

    `merging` says whether any of their merges holds.
    """
    note = partial(report.note, OVERRIDES)
    fields: dict[str, Any] = {}
    dropped = set() if merging else {"merge"}
    for field in _ONE_VALUE:
        stating = [override for override in said if getattr(override, field) is not None]
        if len({getattr(override, field) for override in stating}) > 1:
            lines = sorted(override.line_of(field) for override in stating)
            places = " and ".join(map(str, lines))
            note(lines[-1], f"`{field}` differs in lines {places}; left out: keep one")
            dropped.add(field)
        elif stating:
            fields[field] = getattr(stating[0], field)
    add_tags = {tag for override in said for tag in override.add_tags}
    remove_tags = {tag for override in said for tag in override.remove_tags}
    links = {link for override in said for link in override.add_links}
    remove_links = {url for override in said for url in override.remove_links}
    stated = sorted((line, field) for o in said for line, field in o.stated if field not in dropped)
    twice = {"tags": add_tags & remove_tags, "links": {k.url for k in links} & remove_links}
    for field, both in twice.items():
        if both:
            line = max(line for line, name in stated if name == field)
            note(line, f"{', '.join(sorted(both))}: to add and to remove; left out: keep one")
    kept = [link for link in links if link.url not in twice["links"]]
    return Override(
        name=min(override.name for override in said),
        line=min(override.line for override in said),
        stated=tuple(stated),
        merge=tuple(sorted({name for override in said for name in override.merge})),
        add_tags=tuple(sorted(add_tags - twice["tags"])),
        remove_tags=tuple(sorted(remove_tags - twice["tags"])),
        add_links=tuple(sorted(kept, key=lambda link: (link.url, link.kind))),
        remove_links=tuple(sorted(remove_links - twice["links"])),
        **fields,
    )
