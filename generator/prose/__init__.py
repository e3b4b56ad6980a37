"""Makes `Prose` from a string, renders it, and owns all escaping.

A title or abstract is read once, by `parse_prose`, into spans of text, math, code and links; every
page, feed and index is then made from the spans. The string comes from outside and may hold HTML,
Markdown, Jinja or control characters. Reading mends only what text-mode TeX and the capture did to
it; rendering makes sure that all the rest stays text.

    characters   which characters exist at all, and white space
    edits        changes to a string, found by several rules
    typography   TeX's quotes, dashes and ties
    slips        spaces that authors forgot, or forgot to take out
    losses       what is left of commands that the capture took
    textmode     TeX's commands for text: accents, letters, faces, escapes
    addresses    what counts as a web address, and the target of one
    links        finds the addresses in a string
    formulas     finds mathematics
    quantities   numbers with their units, in commands
    authors      macros and citations of the authors
    reading      spans out of all these: `parse_prose`
    rendering    `to_plain`, `to_tex`, `to_html`, `to_markdown`, `to_headline`, the escaping
    opening      `split_opening`, `plain_opening`
"""

from __future__ import annotations

from .addresses import target as link_target
from .characters import is_visible
from .opening import plain_opening, split_opening
from .reading import parse_prose
from .rendering import (
    escape_html,
    escape_lines,
    escape_markdown,
    escape_xml,
    to_headline,
    to_html,
    to_markdown,
    to_plain,
    to_tex,
)

__all__ = [
    "escape_html",
    "escape_lines",
    "escape_markdown",
    "escape_xml",
    "is_visible",
    "link_target",
    "parse_prose",
    "plain_opening",
    "split_opening",
    "to_headline",
    "to_html",
    "to_markdown",
    "to_plain",
    "to_tex",
]
