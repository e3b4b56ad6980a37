"""On which day arXiv announces what was submitted when.

https://info.arxiv.org/help/availability.html: what comes in until 14:00 in New York, from Monday to
Friday, is announced at 20:00 from Sunday to Thursday, and dated the day after. On holidays arXiv
announces later; its schedule of them is no part of this rule.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

_UNTIL_DEADLINE = timedelta(hours=10)
"""From 14:00 to midnight: added to a time, its date is the day whose deadline it meets."""

_DAYS_AFTER = (1, 1, 1, 1, 3, 3, 2)
"""Days from that of the deadline to that of the announcement, by weekday from Monday on."""


def announced(submitted: datetime) -> date:
    """The day under which arXiv lists what was submitted then.

    >>> from datetime import UTC
    >>> str(announced(datetime(2026, 11, 19, 18, 59, tzinfo=UTC)))  # Thursday, 13:59 in New York
    '2026-11-20'
    >>> str(announced(datetime(2026, 11, 19, 19, 0, tzinfo=UTC)))
    '2026-11-23'
    """
    return _listed((submitted.astimezone(NEW_YORK).replace(tzinfo=None) + _UNTIL_DEADLINE).date())


def submitted_for(day: date) -> tuple[datetime, datetime] | None:
    """From when until when, in UTC, was submitted what arXiv lists under a day; `None` at weekends.

    >>> [f"{end:%a %H:%M}" for end in submitted_for(date(2026, 11, 24))]  # a Tuesday
    ['Fri 19:00', 'Mon 19:00']
    """
    met = [day - timedelta(days=n) for n in range(max(_DAYS_AFTER), 0, -1)]
    met = [one for one in met if _listed(one) == day]
    return (_deadline(met[0]), _deadline(met[-1] + timedelta(days=1))) if met else None


def _listed(met: date) -> date:
    """The day under which is listed what met the deadline of a day."""
    return met + timedelta(days=_DAYS_AFTER[met.weekday()])


def _deadline(day: date) -> datetime:
    """When the deadline before that of a day was, in UTC."""
    local = datetime.combine(day, time()) - _UNTIL_DEADLINE
    return local.replace(tzinfo=NEW_YORK).astimezone(UTC)
