"""The front matter of a generated page: YAML of which every value is JSON on one line.

Any YAML reader reads it, MkDocs and Hugo among them. To write and read it so takes a tenth of the
time a YAML library takes, which for tens of thousands of pages is a quarter of all work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import frontmatter
from frontmatter.default_handlers import YAMLHandler

MARK = "generator: broadsheet\n"
"""First line of every header: it tells generated pages from hand-written ones."""

MARK_OF_LIST = ", each with a page of its own."
"""In `llms.txt`, which has no header: it tells ours from one written by hand."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE = re.compile(r"([a-z_]+): (.*)")
# Made once: the functions of `json` make one for each value that is not written as they would.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_DECODER = json.JSONDecoder()


class _JsonValues(YAMLHandler):
    """How python-frontmatter writes and reads such a header."""

    def export(self, metadata: Mapping[str, object], **_: object) -> str:
        return MARK + "\n".join(f"{name}: {_dump(value)}" for name, value in metadata.items())

    def load(self, fm: str, **_: object) -> dict[str, object]:
        """The values that a YAML reader would give; `ValueError` if this is not ours."""
        values: dict[str, object] = {"generator": "broadsheet"}
        for line in fm.strip("\n").removeprefix(MARK).split("\n"):
            match = _LINE.fullmatch(line)
            if not match:
                raise ValueError(line)
            name, text = match.groups()
            dated = _DATE.fullmatch(text)
            values[name] = date.fromisoformat(text) if dated else _DECODER.decode(text)
        return values


_HANDLER = _JsonValues()


def with_header(values: Mapping[str, object], body: str) -> str:
    r"""A page: these values between fences, a blank line, the body.

    >>> with_header({"title": "A: \"b\"", "date": date(2025, 3, 11), "hide": ["toc"]}, "<p>")
    '---\ngenerator: broadsheet\ntitle: "A: \\"b\\""\ndate: 2025-03-11\nhide: ["toc"]\n---\n\n<p>\n'
    """
    return frontmatter.dumps(frontmatter.Post(body, _HANDLER, **values)) + "\n"


def split_header(page: str) -> tuple[dict[str, object], str] | None:
    """The values of a page's header, those a YAML reader would give, and its body.

    `None` for a page that `with_header` has not made.
    """
    if not page.startswith("---\n" + MARK):
        return None
    try:
        return frontmatter.parse(page, handler=_HANDLER)
    except ValueError:
        return None


def _dump(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = _ENCODER.encode(value)
    if text.isprintable():
        return text
    # YAML forbids some characters that JSON allows, so all that show nothing are written as \uXXXX
    # or, what JSON does not know and YAML does, as \UXXXXXXXX.
    return "".join(char if char.isprintable() else _escaped(ord(char)) for char in text)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"
