"""Says when the newest digest is too old."""

from __future__ import annotations

from datetime import date


def why_stale(newest: date, today: date, most: int) -> str:
    """Why a site is stale whose newest day is more than `most` days ago; empty where it is not, or
    where any age will do, which is 0.

    >>> why_stale(date(2026, 11, 10), date(2026, 11, 20), 7)
    'the newest digest, 2026-11-10, is 10 days old, and stale_after is 7; see why nothing comes'
    >>> why_stale(date(2026, 11, 10), date(2026, 11, 17), 7)
    ''
    """
    age = (today - newest).days
    if not most or age <= most:
        return ""
    return (
        f"the newest digest, {newest}, is {age} days old, and stale_after is {most}; "
        "see why nothing comes"
    )
