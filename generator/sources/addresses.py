"""Reads the addresses of a record, in whatever shape a field holds them; says which are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..errors import quote
from ..links import link_kind
from ..model import Link, LinkKind
from . import untrusted as ask

KINDS: tuple[LinkKind, ...] = ("abs", "pdf", "html", "hf", "code", "project", "doi")
"""Fields for an address of that kind; what is not known to be of one is of another kind."""

_DOI = re.compile(r"10\.[0-9]{4,9}/")
_HOST = r"(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?"
# A host alone may be any words with a dot.
_BARE = re.compile(rf"{_HOST}/\S*|www\.{_HOST}", re.IGNORECASE)
_BETWEEN = re.compile(r";\s+|[;,]?\s+(?=https?://|www\.)|;(?=https?://)")


def links_of(known: Mapping[str, Sequence[object]], odd: list[str]) -> tuple[Link, ...]:
    """Every address of a record by field, each once; what is none is added to what is odd."""
    found: dict[str, Link] = {}
    for field, kind, value in _stated(known):
        for part in _parts(value):
            if url := _address(part, kind):
                found.setdefault(url, Link(kind or link_kind(url), url))
            elif what := _refused(part):
                odd.append(f"`{field}` {what} is no address; write it as https://github.com/a/b")
    return tuple(found.values())


def _stated(
    known: Mapping[str, Sequence[object]],
) -> Iterator[tuple[str, LinkKind | None, object]]:
    """Field, kind and value of all that should be an address, the kinds in their order first."""
    mixed = [pair for value in known.get("links", ()) for pair in _pairs(value)]
    for kind in KINDS:
        yield from ((kind, kind, value) for value in known.get(kind, ()))
        yield from (("links", kind, value) for stated, value in mixed if stated == kind)
    yield from (("url", None, value) for value in known.get("url", ()))
    yield from (("links", None, value) for stated, value in mixed if stated not in KINDS)


def _pairs(value: object) -> Iterator[tuple[object, object]]:
    """Kind and address of a list of links, of a mapping, or of one address."""
    for part in value if isinstance(value, list) else [value]:
        if not isinstance(part, dict):
            yield None, part
        elif address := part.get("url") or part.get("href"):
            yield part.get("kind"), address
        else:
            yield from part.items()


def _parts(value: object) -> list[object]:
    """The addresses of a list, or of one text; as `{url: …}`, too."""
    if isinstance(value, str):
        written = ask.text(value)
        listed = ask.cell_list(written)
        return list(_BETWEEN.split(written)) if listed is None else listed
    if isinstance(value, dict):
        return [value.get("url") or value.get("href") or value]
    return value if isinstance(value, list) else [value]


def _address(value: object, kind: LinkKind | None) -> str:
    """An absolute address; empty where a value is none.

    >>> _address("github.com/a/b", None), _address("www.a.org", None), _address("10.1000/x", "doi")
    ('https://github.com/a/b', 'https://www.a.org', 'https://doi.org/10.1000/x')
    >>> _address("a.org", None), _address("javascript:alert(1)/x.org/", None)
    ('', '')
    """
    written = ask.text(value)
    if written[:1] + written[-1:] == "<>":
        written = written[1:-1]
    if kind == "doi":
        written = written.removeprefix("doi:").strip()
        if _DOI.match(written):
            return ask.address(f"https://doi.org/{written}")
    return ask.address(written) or (
        ask.address(f"https://{written}") if _BARE.fullmatch(written[: ask.LONGEST_ADDRESS]) else ""
    )


def _refused(value: object) -> str:
    """What is said of a value that is no address; nothing of one that says that there is none, or
    that is an id."""
    written = ask.text(value)
    if isinstance(value, str):
        silent = ask.is_missing(written) or ask.arxiv_id(written)
        return "" if silent else quote(written)
    return "" if value in (None, True, False, [], {}) else "that is no text"
