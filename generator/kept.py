"""What earlier builds made, kept under a stamp of all it was made from.

A value is found again under the same kind, name and stamp alone, and all is forgotten when the
program changes (`program.py`). So a build may use what it finds, and comes to the same without. The
file is one SQLite database: a run that is cut short leaves what the one before has kept. What
cannot be read counts as not kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeGuard
from zlib import crc32

BEGUN = "nothing is kept of an earlier build"
"""In place of parts of the program, where there is nothing to compare it with."""

_AT_ONCE = 1 << 22
"""Bytes that wait in memory before they are written."""
_LATELY = 1 << 26
"""Bytes at hand for being asked for again, as most are: a paper stands in several lists."""
_AT_A_TIME = 500
"""Names in one question: SQLite takes 999 everywhere."""
_PAGE = 1 << 14
"""Bytes of a page of a new file: with SQLite's 4 KB one more day took three times as many reads and
writes, and the file a tenth more."""
_PROGRAM = "CREATE TABLE IF NOT EXISTS program (name TEXT PRIMARY KEY, value TEXT)"
_CACHE = 1 << 15
"""KB of pages in memory: with SQLite's 2 MB one more day at 10,000 papers read three times as many
(28,000; with 16 MB 9,000), and waited for the disk 24 times instead of ten, as what does not fit is
written before its time."""


class Kept:
    """Values by kind, name and stamp; without a file, nothing is kept and nothing found."""

    def __init__(
        self,
        path: Path | None = None,
        program: Mapping[str, str] | None = None,
        *,
        begin: bool = True,
    ) -> None:
        """Open the file at `path`, or begin one; what another `program` left in it is dropped.

        Without `begin`, nothing is kept where there is no file of this program.
        """
        self._db: sqlite3.Connection | None = None
        self._waiting: dict[str, dict[str, tuple[bytes, bytes]]] = {}
        self._size = 0
        self._lately: dict[tuple[str, str, bytes], bytes] = {}
        self._lately_size = 0
        self.differs: tuple[str, ...] = ()
        """Parts of the program that are not what they were, so that nothing is kept of before."""
        if path is not None:
            self._db, self.differs = _opened(path, program or {}, begin=begin)

    def read(self, kind: str, name: str, stamp: bytes) -> bytes | None:
        """What was kept under that stamp."""
        waiting = self._waiting.get(kind)
        if waiting and name in waiting:
            found, value = waiting[name]
            return value if found == stamp else None
        at_hand = self._lately.get((kind, name, stamp))
        if at_hand is not None or self._db is None:
            return at_hand
        try:
            row = self._db.execute(
                f'SELECT value, check_sum FROM "{kind}" WHERE name = ? AND stamp = ?',  # noqa: S608  kinds are ours
                (name, stamp),
            ).fetchone()
        except sqlite3.Error:  # there is no such kind yet, or it cannot be read
            return None
        if row is None:
            return None
        value, check_sum = row
        return value if _is_sound(value, check_sum) else None

    def fetch(self, kind: str, asked: Mapping[str, bytes]) -> None:
        """Have at hand what was kept of a kind under these stamps, by name: asked for together, a
        value takes a fifth of the time."""
        if self._db is None:
            return
        waiting = self._waiting.get(kind, {})
        names = [
            name
            for name, stamp in asked.items()
            if (kind, name, stamp) not in self._lately and name not in waiting
        ]
        for at in range(0, len(names), _AT_A_TIME):
            some = names[at : at + _AT_A_TIME]
            marks = ",".join("?" * len(some))
            with suppress(sqlite3.Error):  # there is no such kind yet, or it cannot be read
                for name, stamp, check_sum, value in self._db.execute(
                    f'SELECT name, stamp, check_sum, value FROM "{kind}" WHERE name IN ({marks})',  # noqa: S608
                    some,
                ):
                    if stamp == asked[name] and _is_sound(value, check_sum):
                        self._have(kind, name, stamp, value)

    def every(self, kind: str) -> Iterator[tuple[str, bytes, bytes]]:
        """Name, stamp and value of all that earlier builds kept of a kind."""
        if self._db is None:
            return
        with suppress(sqlite3.Error):  # likewise
            for name, stamp, check_sum, value in self._db.execute(
                f'SELECT name, stamp, check_sum, value FROM "{kind}"'  # noqa: S608
            ):
                if _is_sound(value, check_sum):
                    yield name, stamp, value

    def keep(self, kind: str, name: str, stamp: bytes, value: bytes) -> None:
        """Keep a value in place of what had its name."""
        if self._db is None:
            return
        self._waiting.setdefault(kind, {})[name] = stamp, value
        self._size += len(value)
        if self._size > _AT_ONCE:
            self._write()

    def made(self, kind: str, name: str, stamp: bytes, make: Callable[[], bytes]) -> bytes:
        """What was kept under that stamp, else what is made now, and kept."""
        if self._db is None:
            return make()
        asked = kind, name, stamp
        found = self._lately.get(asked)
        if found is None:
            found = self.read(*asked)
            if found is None:
                found = make()
                self.keep(*asked, found)
            self._have(*asked, found)
        return found

    def _have(self, kind: str, name: str, stamp: bytes, value: bytes) -> None:
        """Have a value at hand."""
        self._lately_size += len(value)
        if self._lately_size > _LATELY:
            self._lately.clear()
            self._lately_size = len(value)
        self._lately[kind, name, stamp] = value

    def names(self, kind: str) -> list[str]:
        """The names of all that earlier builds kept of a kind."""
        if self._db is None:
            return []
        with suppress(sqlite3.Error):  # likewise
            return [name for (name,) in self._db.execute(f'SELECT name FROM "{kind}"')]  # noqa: S608
        return []

    def forget(self, of: str, names: Iterable[str]) -> None:
        """Keep no longer what has these names, of any kind that begins with `of`.

        A name says something within its kind alone: a paper may have the key `all`.
        """
        gone = [(name,) for name in names]

        def delete(db: sqlite3.Connection) -> None:
            for kind in (kind for kind in _kinds(db) if kind.startswith(of)):
                db.executemany(f'DELETE FROM "{kind}" WHERE name = ?', gone)  # noqa: S608

        if gone:
            self._write()
            self._change(delete)

    def save(self) -> None:
        """Write all that was kept since it was opened, at once or not at all."""
        self._write()
        self._change(sqlite3.Connection.commit)

    def close(self) -> None:
        """Save, and keep nothing from now on."""
        self.save()
        if self._db is not None:
            self._db.close()
            self._db = None
        self._lately.clear()
        self._lately_size = 0

    def _write(self) -> None:
        def insert(db: sqlite3.Connection) -> None:
            for kind, waiting in self._waiting.items():
                db.execute(
                    f'CREATE TABLE IF NOT EXISTS "{kind}" '
                    "(name TEXT PRIMARY KEY, stamp BLOB, check_sum INTEGER, value BLOB)"
                )
                db.executemany(
                    f'INSERT OR REPLACE INTO "{kind}" VALUES (?, ?, ?, ?)',  # noqa: S608  likewise
                    [
                        (name, stamp, crc32(value), value)
                        for name, (stamp, value) in waiting.items()
                    ],
                )

        self._change(insert)
        self._waiting = {}
        self._size = 0

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change the database, or give it up as it was last saved: what is kept goes together."""
        if self._db is None:
            return
        try:
            change(self._db)
        except sqlite3.Error:  # a full disk
            self._db.close()
            self._db = None


def _is_sound(value: object, check_sum: object) -> TypeGuard[bytes]:
    """Whether a value is as it was kept: SQLite does not notice a spoilt page."""
    return isinstance(value, bytes) and crc32(value) == check_sum


def _opened(
    path: Path, program: Mapping[str, str], *, begin: bool
) -> tuple[sqlite3.Connection | None, tuple[str, ...]]:
    """The database of a program, begun where there is none, and in what an earlier one differs.

    No database where the system allows none, or another run has it.
    """
    for anew in (False, True)[: 1 + begin]:
        with suppress(OSError):
            if not begin and not path.exists():
                break
            path.parent.mkdir(parents=True, exist_ok=True)
            if anew:
                path.unlink(missing_ok=True)
            db = None
            try:
                db = sqlite3.connect(path, timeout=0)
                db.execute(f"PRAGMA page_size = {_PAGE}")
                db.execute(f"PRAGMA cache_size = -{_CACHE}")
                return _agreed(db, program, begin=begin)
            except sqlite3.Error as error:
                if db is not None:
                    db.close()  # or the file would be unlinked below it
                if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
                    break
    return None, ()


def _agreed(
    db: sqlite3.Connection, program: Mapping[str, str], *, begin: bool
) -> tuple[sqlite3.Connection | None, tuple[str, ...]]:
    """A database as one of this program."""
    differs = _differences(db, program)
    if differs and not begin:
        db.close()
        return None, differs
    if differs:
        _begin(db, program)
    return db, differs


def _differences(db: sqlite3.Connection, program: Mapping[str, str]) -> tuple[str, ...]:
    """In what a program differs from that of a database; it takes hold of the database, too."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(_PROGRAM)
    before = dict(db.execute("SELECT name, value FROM program").fetchall())
    if not before:
        return (BEGUN,)
    names = [*before, *(name for name in program if name not in before)]
    return tuple(name for name in names if before.get(name) != program.get(name))


def _begin(db: sqlite3.Connection, program: Mapping[str, str]) -> None:
    """Make a database one of this program, with nothing in it."""
    for kind in _kinds(db):
        db.execute(f'DROP TABLE "{kind}"')  # not only emptied: another program has other columns
    db.execute(_PROGRAM)
    db.executemany("INSERT INTO program VALUES (?, ?)", program.items())


def _kinds(db: sqlite3.Connection) -> list[str]:
    found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in found]


NOTHING = Kept()
"""For a run that keeps nothing."""
