"""The ledger of a digest folder, `keys.yml`: the keys that titles alone do not give.

What `add` and `collect` write there, and what a build says of papers that it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import yaml

from .arxiv import read_arxiv_id
from .errors import SettingsError
from .keys import is_key, twin_key
from .model import Card, Library
from .writing import plain_errors, write_whole
from .yamltext import SafeLoader, reason_of

LEDGER = "keys.yml"
"""File of the digest folder that keeps the keys that a title alone does not give."""


def read_ledger(folder: Path) -> Mapping[str, str]:
    """The ledger of a digest folder: other keys of papers, to the key that stands.

    The file maps a key to the list of its paper's other keys; an arXiv id in the list says whose
    the key is where several papers share a title. `SettingsError` when it cannot be
    read, holds what is no key (a key becomes a file's name) or gives one key to two papers.
    """
    path = folder / LEDGER
    if path.exists() and not path.is_file():  # to open a pipe is to wait for what never comes
        raise SettingsError(f"{path} is no file; restore it from history")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), SafeLoader) or {}  # noqa: S506  it is safe
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        reason = reason_of(error)
        raise SettingsError(f"{path} cannot be read: {reason}; restore it from history") from None
    ledger: dict[str, str] = {}
    if not isinstance(data, dict):
        raise SettingsError(f"{path} must map a key to the list of its paper's other keys")
    for key, others in data.items():
        if not isinstance(others, list):
            raise SettingsError(f"{path}: {key} must hold a list of keys, such as [other-key]")
        for name in [key, *others]:
            if not isinstance(name, str) or not (is_key(name) or (name != key and is_id(name))):
                raise SettingsError(f"{path}: {name!r} is no key; give the last part of an address")
        for other in [key, *others]:
            if ledger.setdefault(other, key) != key:
                raise SettingsError(
                    f"{path}: {other} belongs to both {ledger[other]} and {key}; keep one"
                )
    return ledger


def is_id(name: str) -> bool:
    """Whether a name in the ledger is an arXiv id."""
    found = read_arxiv_id(name)
    return found is not None and found.id == name


def write_ledger(
    folder: Path,
    library: Library,
    known: Callable[[], Mapping[str, AbstractSet[str]]] = dict,
) -> bool:
    """Add the papers of a library whose title does not say their key; whether any was new.

    `known` gives the keys that papers had until now, each with its arXiv ids, and is asked where
    that may matter: each key is kept, whatever else has become known of its paper, as readers of
    feeds know it by that.
    """
    ledger = dict(read_ledger(folder))
    before = known() if {*library.aliases, *library.twins} - ledger.keys() else {}
    stated = _kept_to(before, library, ledger)
    new = {name: key for name, key in stated.items() if ledger.get(name) != key}
    if not new:
        return False
    ledger |= new
    grouped: dict[str, list[str]] = {key: [] for key in ledger.values()}
    for other, key in sorted(ledger.items()):
        if other != key:
            grouped[key].append(other)
    path = folder / LEDGER
    with plain_errors(path):
        write_whole(path, (_head_of(ledger) + yaml.safe_dump(grouped)).encode())
    return True


def _kept_to(
    before: Mapping[str, AbstractSet[str]], library: Library, ledger: Mapping[str, str]
) -> Mapping[str, str]:
    """What a ledger should say of a library beside what it says, for keys to stay what they were
    `before`."""
    had = {arxiv_id: key for key, ids in before.items() for arxiv_id in ids - ledger.keys()}
    ids = {card.arxiv_id: key for key, card in library.cards.items() if card.arxiv_id}
    now = {**ids, **library.twins}
    leads = {key: library.aliases.get(key, key) for key in before}
    # Papers whose key another one of their title would have, since it is listed earlier; what is
    # said of that one waits for the next time, when it has a key of its own.
    robbed = {name: key for name, key in had.items() if now.get(name, leads[key]) != leads[key]}
    theirs = {*robbed.values()}
    taken = theirs | {leads[key] for key in theirs}
    kept = {
        key: former
        for former, key in sorted(library.aliases.items(), reverse=True)
        if former in before and key not in before and key not in ledger and former not in theirs
    }
    stated = {**library.aliases, **library.twins, **{key: key for key in kept}}
    stated = {name: k for name, k in stated.items() if k not in taken and name not in theirs}
    stated |= {name: key for name, key in had.items() if now.get(name) in taken} | robbed
    kept |= {now[name]: key for name, key in robbed.items()}
    return {name: kept.get(key, key) for name, key in stated.items()}


def _head_of(ledger: Mapping[str, str]) -> str:
    """What a ledger says of itself to whoever opens the file."""
    head = "# Written by `add` and `collect`: papers with several titles, and the key of each.\n"
    if any(map(is_id, ledger)):
        head += "# An arXiv id says which of several papers with one title has this key.\n"
    return head


def moves(
    before: Mapping[str, Card], library: Library, ledger: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The papers that the build before had at another key, which the ledger does not know: the key
    that each has now, and what is to be said of it.

    Only a build can know, and it must not use it: the same digests would make another site.
    """
    cards = library.cards
    gone = [
        (key, card.arxiv_id)
        for key, card in before.items()
        if key not in cards or cards[key].arxiv_id != card.arxiv_id
    ]
    if not gone:
        return
    now = {card.arxiv_id: key for key, card in cards.items() if card.arxiv_id}
    for former, arxiv_id in gone:
        key = library.aliases.get(former) or now.get(arxiv_id or "", former)
        if key == former or key in before or former in ledger:
            continue
        other = key
        if former in cards:  # that of another paper now: only an id tells the two apart
            if not arxiv_id or key != twin_key(former, arxiv_id):
                continue
            other = f'"{arxiv_id}"'
        reason = (
            f"the paper {former} moves to {key}, and readers of feeds get it again; to keep its "
            f"address and feed id, write `{former}: [{other}]` into {LEDGER}"
        )
        yield key, reason
