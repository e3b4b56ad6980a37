"""Text in Markdown that is read as Markdown, unlike that of our pages, which is HTML."""

from __future__ import annotations

import re

# Within a line; where a block begins; a number that begins a list; what many take for an emoji.
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~&$]|^[+\-=]|:(?=[\w+-]+:)")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)])")


def text(plain: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> text("C# is [not] *C*"), text("- no list"), text("12. nor :this:")
    ('C\\# is \\[not\\] \\*C\\*', '\\- no list', '12\\. nor \\:this:')
    """
    line = _ACTIVE.sub(lambda char: "\\" + char[0], " ".join(plain.split()))
    return _NUMBERED.sub(r"\1\\", line)


def link(name: str, url: str, note: str = "") -> str:
    """An item of a list."""
    return f"- [{text(name)}]({url})" + (f": {text(note)}" if note else "")
