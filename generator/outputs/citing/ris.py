"""RIS, which EndNote, Mendeley and most libraries' programs import."""

from __future__ import annotations

from collections.abc import Iterator

from .cited import Cited
from .names import split_name


def ris(cited: Cited) -> str:
    r"""A record, its lines ended as the format wants them, with CR LF.

    There is no type for a preprint: `UNPB`, an unpublished work, is what programs take for one.

    >>> cited = Cited("a", "A", ("Ann Lee",), ("2024", "01", "02"), "", "", "u", "", "u", "Seen")
    >>> ris(cited).split("\r\n")[2:6]
    ['TI  - A', 'AU  - Lee, Ann', 'PY  - 2024', 'DA  - 2024/01/02']
    """
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(cited))


def _fields(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB"
    yield "ID", cited.key
    yield "TI", cited.title
    for name in cited.authors:
        yield "AU", _name(name)
    if cited.issued:
        yield "PY", cited.issued[0]
    if len(cited.issued) == 3:
        yield "DA", "/".join(cited.issued)
    if cited.doi:
        yield "DO", cited.doi
    yield "UR", cited.url
    if cited.arxiv_id:
        yield "N1", f"arXiv:{cited.arxiv_id}"
    if cited.note:
        yield "N1", cited.note
    yield "ER", ""


def _name(name: str) -> str:
    """`Family, Given, Suffix`."""
    parts = split_name(name)
    if not parts:
        return name
    family = f"{parts.particle} {parts.family}".strip()
    return ", ".join(part for part in (family, parts.given, parts.suffix) if part)
