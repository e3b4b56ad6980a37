"""Text in Markdown that is read as Markdown, unlike that of our pages, which is HTML."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~&$]|^[+\-=]|(?<=^\d)[.)]")


def text(plain: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> text("C# is [not] *C*"), text("- no list"), text("1. nor this")
    ('C\\# is \\[not\\] \\*C\\*', '\\- no list', '1\\. nor this')
    """
    return _ACTIVE.sub(lambda char: "\\" + char[0], " ".join(plain.split()))


def link(name: str, url: str, note: str = "") -> str:
    """An item of a list."""
    return f"- [{text(name)}]({url})" + (f": {text(note)}" if note else "")
