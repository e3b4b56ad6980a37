"""Which days were sent: a file with one of them a line, `2026-11-17`.

A day is noted once the server has taken its message. A run claims the record by a file beside it,
so two runs at once cannot both send; where a run was killed while it sent, nobody but a reader of
the list knows whether the message went, so the claim stays and the next run asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ..errors import MailError
from ..writing import plain_errors, write_whole


def read_sent(path: Path) -> frozenset[date]:
    """The days that were sent; none where there is no file yet.

    `MailError` for a line that is no day: what cannot be read might be sent again.
    """
    with plain_errors(path):
        content = path.read_bytes() if path.exists() else b""
    days: set[date] = set()
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if line.strip():
            try:
                days.add(date.fromisoformat(line.strip()))
            except ValueError:
                raise MailError(
                    f"{path}:{number}: this line is no day such as 2026-11-17; correct or remove it"
                ) from None
    return frozenset(days)


def note_sent(path: Path, day: date) -> None:
    """Add a day that the server has taken."""
    days = sorted(read_sent(path) | {day})
    try:
        write_whole(path, "".join(f"{day.isoformat()}\n" for day in days).encode())
    except OSError as error:
        raise MailError(
            f"{day} was sent, but {path} cannot be written ({error.strerror or error}); add the "
            f"line {day} to it, or the next run sends it again"
        ) from error


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Keep other runs from the record, and find out whether it can be written, before sending."""
    claim = path.with_name(f"{path.name}.claim")
    with plain_errors(claim):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            claim.open("x").close()
        except FileExistsError:
            raise MailError(
                f"{claim} stands: another run is sending, or one was cut short; if none runs, note "
                f"in {path.name} the day it had sent, remove the claim and run again"
            ) from None
    try:
        yield
    finally:
        claim.unlink(missing_ok=True)
