r"""Finds the web addresses in a string: bare, poured into a word, `\url`, `\href` and its remains.

The capture turns `\href{u}{t}` into `u{t}` and `\footnote{u}` after a word into `wordu`
(`damage-rule.md`, R1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Span
from .addresses import MAX_ADDRESS, address_end, shown, target
from .authors import citations, remains
from .characters import tidy
from .edits import apply, collect
from .textmode import braces, commands
from .typography import dashes, quotes, ties

_START = re.compile(r"https?:\s?//|(?P<command>\\(?:url|href|hyperlink)\s?\{)", re.IGNORECASE)

# Places that papers point to without a scheme. Other names stay text: `Amazon.com`, `Lens.org` and
# `HPNet.Experiments` are not meant as addresses, and the last is a sentence end without its space.
_KNOWN = re.compile(
    r"(?<![\w@./:\\-])(?:"
    r"(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org"
    r"|huggingface\.co|hf\.co|modelscope\.cn|arxiv\.org/(?:abs|pdf|html)|doi\.org/10\.[0-9]{4,9}"
    r"|zenodo\.org|osf\.io|youtu\.be|youtube\.com|anonymous\.4open\.science)/(?=[A-Za-z0-9])"
    r"|[A-Za-z0-9-]{1,63}\.git(?:hub|lab)\.io(?![\w-])"
    r"|www\.[A-Za-z0-9-]{1,63}\.(?=[A-Za-z]{2}))",
    re.IGNORECASE,
)
# Tells in no time that a text has none of them, which is nearly always.
_HINT = re.compile(r"\.(?:(?:com|org|co|cn|be|io|science|[0-9]+)/|io(?![\w-]))", re.IGNORECASE)

_MAX_WORDS = 300
"""Characters a damaged link's words may have; a longer group belongs to something else."""


def find_links(text: str) -> Iterator[tuple[int, Span]]:
    r"""Every address with a scheme or in one of TeX's commands, with its place, in order.

    >>> [(at, s.text, s.url) for at, s in find_links(r"at \href{x.org/a}{our \emph{page}}.")]
    [(3, 'our page', 'https://x.org/a')]
    """
    if "//" not in text and "\\" not in text:
        return
    pairs = braces(text)
    place = 0
    while start := _START.search(text, place):
        found = _argument(text, start, pairs) if start["command"] else _bare(text, start, pairs)
        place = start.end()
        if found:
            yield start.start(), found
            place = start.start() + len(found.source)


def find_hosts(text: str) -> Iterator[tuple[int, Span]]:
    """Every address without a scheme on a host we know to be meant as one, in order.

    >>> [(at, s.text, s.url) for at, s in find_hosts("Code: github.com/a/b.")]
    [(6, 'github.com/a/b', 'https://github.com/a/b')]
    """
    if not _HINT.search(text) and "www." not in text:
        return
    place = 0
    while start := _KNOWN.search(text, place):
        end = address_end(text, start.start())
        address = text[start.start() : end]
        url = target(address)
        if url and end >= start.end():
            yield start.start(), Span("link", address, shown(address), url=url, because="host")
        place = max(start.end(), end)


def _bare(text: str, start: re.Match[str], pairs: dict[int, int]) -> Span | None:
    """An address standing in the text, with the words in braces after it if there are any."""
    end = address_end(text, start.start())
    address = text[start.start() : end]
    url = target(address)
    if not url:
        return None
    if text.startswith("}{", end):  # of \\href{u}{u} only the middle is left
        again = address_end(text, end + 2)
        if target(text[end + 2 : again]) == url:
            return Span(
                "link", text[start.start() : again], shown(address), url=url, because=r"\href"
            )
    close = pairs.get(end, 0)
    # After {user} in https://x.org/{user}/repo the address goes on: a pattern, not two arguments.
    goes_on = text[close + 1 : close + 2].isalnum() or text.startswith("/", close + 1)
    if 0 < close - end <= _MAX_WORDS and not goes_on:
        words = _words(text[end + 1 : close])
        if words:
            return Span("link", text[start.start() : close + 1], words, url=url, because=r"\href")
    return Span("link", address, shown(address), url=url, because="address")


def _argument(text: str, start: re.Match[str], pairs: dict[int, int]) -> Span | None:
    r"""`\url{u}`, `\href{u}{t}`; `None` unless the target is an address we link to."""
    opened = start.end() - 1
    close = pairs.get(opened, 0)
    if not 1 < close - opened <= MAX_ADDRESS:
        return None
    address = "".join(text[opened + 1 : close].split())
    url = target(address)
    if not url:
        return None
    command = start[0][:-1].rstrip()
    words = ""
    if command.lower() != r"\url" and close + 1 in pairs:
        words, close = _words(text[close + 2 : pairs[close + 1]]), pairs[close + 1]
    source = text[start.start() : close + 1]
    return Span("link", source, words or shown(address), url=url, because=command)


def _words(text: str) -> str:
    """The words of a link, read like any others but for links in them."""
    rules = (commands, citations, remains, quotes, dashes, ties)
    return tidy(apply(text, collect(text, rules))).strip()
