"""The front matter of a generated page: YAML of which every value is JSON on one line.

Any YAML reader reads it, MkDocs and Hugo among them. We write and read it ten times faster than a
YAML library does, which for tens of thousands of pages is a quarter of all work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

FENCE = "---\n"
MARK = "generator: broadsheet\n"
"""First line of every header: it tells generated pages from hand-written ones."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE = re.compile(r"([a-z_]+): (.*)")


def with_header(values: Mapping[str, object], body: str) -> str:
    r"""A page: these values between fences, a blank line, the body.

    >>> with_header({"title": "A: \"b\"", "date": date(2025, 3, 11), "hide": ["toc"]}, "<p>")
    '---\ngenerator: broadsheet\ntitle: "A: \\"b\\""\ndate: 2025-03-11\nhide: ["toc"]\n---\n\n<p>\n'
    """
    lines = "".join(f"{name}: {_dump(value)}\n" for name, value in values.items())
    return f"{FENCE}{MARK}{lines}{FENCE}\n{body}\n"


def split_header(page: str) -> tuple[dict[str, object], str] | None:
    """The values of a page's header, those a YAML reader would give, and its body.

    `None` for a page that `with_header` has not made.
    """
    if not page.startswith(FENCE + MARK):
        return None
    head, fence, body = page[len(FENCE + MARK) :].partition(f"\n{FENCE}\n")
    values: dict[str, object] = {"generator": "broadsheet"}
    for line in head.split("\n"):
        match = _LINE.fullmatch(line)
        if not match:
            return None
        try:
            dated = _DATE.fullmatch(match[2])
            values[match[1]] = date.fromisoformat(match[2]) if dated else json.loads(match[2])
        except ValueError:
            return None
    return (values, body.removesuffix("\n")) if fence else None


def _dump(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    # YAML forbids some characters that JSON allows, so all that show nothing are written as \uXXXX
    # or, what JSON does not know and YAML does, as \UXXXXXXXX.
    return "".join(char if char.isprintable() else _escaped(ord(char)) for char in text)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"
