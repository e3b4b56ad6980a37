"""On which day arXiv announces what was submitted when.

https://info.arxiv.org/help/availability.html: what comes in until 14:00 in New York, from Monday to
Friday, is announced at 20:00 from Sunday to Thursday, and dated the day after. On holidays arXiv
announces later; its schedule of them is no part of this rule.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

_UNTIL_DEADLINE = timedelta(hours=10)
"""From 14:00 to midnight: added to a time, its date is the day whose deadline it meets."""

_DAYS_AFTER = (1, 1, 1, 1, 3, 3, 2)
"""Days from that of the deadline to that of the announcement, by weekday from Monday on."""

SPAN = timedelta(days=5)
"""No announced paper was submitted longer before: on Thursday at 14:00 for Monday's date."""


def announced(submitted: datetime) -> date:
    """The day under which arXiv lists what was submitted then.

    >>> from datetime import UTC
    >>> str(announced(datetime(2026, 11, 19, 18, 59, tzinfo=UTC)))  # Thursday, 13:59 in New York
    '2026-11-20'
    >>> str(announced(datetime(2026, 11, 19, 19, 0, tzinfo=UTC)))
    '2026-11-23'
    """
    day = (submitted.astimezone(NEW_YORK).replace(tzinfo=None) + _UNTIL_DEADLINE).date()
    return day + timedelta(days=_DAYS_AFTER[day.weekday()])
