"""Which days are sent, and why one is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from ..errors import UsageError
from ..model import Day, Library
from ..outputs.words import count

_LATELY = timedelta(days=7)
"""Before the newest day: a longer time without mail is no accident, and a list wants no flood."""


def find_days(library: Library, sent: Collection[date]) -> Sequence[Day]:
    """The days to send when none is named, oldest first: those of the last week since the last that
    was sent, as several may come at once; the newest alone where none was sent yet, or none is
    new."""
    newest = library.days[0]
    since = max([newest.date - _LATELY, *sent]) if sent else newest.date
    new = [day for day in library.days if day.date > since and day.entries]
    return new[::-1] or [newest]


def find_day(library: Library, wanted: date | None) -> Day:
    """That day, or the newest; `UsageError` names the nearest ones."""
    if wanted is None:
        return library.days[0]
    found = [day for day in library.days if day.date == wanted]
    if found:
        return found[0]
    before = [day.date for day in library.days if day.date < wanted][:1]
    after = [day.date for day in library.days if day.date > wanted][-1:]
    near = " and ".join(str(day) for day in before + after)
    raise UsageError(f"--day {wanted} is no day of the digests; next to it are {near}")


def why_not(
    day: Day, sent: Collection[date], *, named: bool, today: date, max_age: int | None
) -> str:
    """Why this day is not sent; empty if it is.

    A day that is not `named` is sent only while it is news: it follows all that were sent, and is
    at most `max_age` days old. So neither a digest added for a day long past nor a lost record
    sends what is old.
    """
    if not day.entries:
        return f"{day.date} lists no paper"
    if day.date in sent:
        return f"{day.date} was sent before"
    if named:
        return ""
    remedy = f"to send it nonetheless: --day {day.date}"
    if sent and day.date < max(sent):
        return f"{day.date} is older than {max(sent)}, which was sent; {remedy}"
    if max_age is not None and (today - day.date).days > max_age:
        return f"{day.date} is more than {count(max_age, 'day')} ago; {remedy}"
    return ""
