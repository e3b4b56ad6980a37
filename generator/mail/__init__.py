"""The digest of a day as one message, and its way to a mailing list.

settings   who sends to whom through which server, from environment variables
choice     which days are sent, and why one is not
message    a day as a message, text and HTML
record     which days were sent, so that none is sent twice
delivery   hands a message to a server
"""

from __future__ import annotations

from .choice import find_day, find_days, why_not
from .delivery import deliver
from .message import compose
from .record import claimed, note_sent, read_sent
from .settings import MailSettings, read_mail_settings, with_examples

__all__ = [
    "MailSettings",
    "claimed",
    "compose",
    "deliver",
    "find_day",
    "find_days",
    "note_sent",
    "read_mail_settings",
    "read_sent",
    "why_not",
    "with_examples",
]
