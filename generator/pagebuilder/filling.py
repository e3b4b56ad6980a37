"""Fills in the pages whose shape is known: all but what the theme puts around them is there."""

from __future__ import annotations

from collections.abc import Mapping

from ..header import split_header
from .body import is_raw_block
from .shell import Shape, Shell, describe


def filled(
    source: str, text: str, shells: Mapping[Shape, Shell | None]
) -> tuple[bytes, Mapping[str, object]] | None:
    """The page made of a generated Markdown file, and its front matter.

    `source` is the path of the file in the docs. `None` where MkDocs has to make the page: it is of
    a shape that is not known, or not as our pages are.
    """
    found = split_header(text)
    if not found:
        return None
    front_matter, content = found
    shape, values = describe(source.removesuffix(".md").split("/"), front_matter, content)
    shell = shells.get(shape)
    if shell is None or not is_plain(source, values):
        return None
    return shell.fill(values).encode("utf-8", "xmlcharrefreplace"), front_matter


def is_plain(source: str, values: list[str]) -> bool:
    """Whether Markdown passes on the body of a page, and its values are as they look."""
    unquoted = source.isascii() and "%" not in source
    return unquoted and is_raw_block(values[0]) and not any("\n" in text for text in values[1:])
