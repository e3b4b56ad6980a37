"""Typed access to values that somebody else wrote: every question has an answer, none an error.

A field may hold anything whatever its name says, so adapters ask here for the type they need.
Numbers arrive as the text they were written as (see `documents`), so `2401.12340` keeps its zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from ..arxiv import StatedId, stated_arxiv_id
from ..dates import FIRST_YEAR, LAST_YEAR, read_label

LONGEST_ADDRESS = 2_000
"""Characters of the longest address kept: what browsers and proxies agree to take."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"\d{1,9}")
# Of ASCII, what no address may hold (RFC 3986), and a browser or a reader of feeds may take amiss.
_UNFIT = re.compile(r"[\"<>\\^`{|}]")
_HANDS_ON = re.compile(
    r"[\w-]{1,60}\.safelinks\.protection\.outlook\.com/"
    r"|www\.google\.\w{2,3}(?:\.\w{2})?/url|scholar\.google\.\w{2,3}(?:\.\w{2})?/scholar_url"
    r"|l\.(?:facebook|instagram)\.com/(?:l\.php)?|slack-redir\.net/link"
    r"|(?:www\.)?linkedin\.com/(?:safety/go|redir/redirect)|link\.zhihu\.com/"
)
"""Hosts and paths that hand on to the address in their query."""
# Newsletters count who follows their links by way of hosts of any name.
_COUNTED = re.compile(
    r"[/?&=](https?(?::|%3A)%2F%2F(?:[\w-]+\.){0,3}"
    r"(?:arxiv\.org|doi\.org|openreview\.net|aclanthology\.org|huggingface\.co|github\.com)"
    r"%2F[^/&#\s]{1,1500})",
    re.IGNORECASE,
)
"""The address of a paper, or of its code, within another: encoded, up to what is not."""
_DEFENDED = re.compile(r"https://urldefense\.(?:com|us)/v3/__(https?://.{1,1500}?)__;")
"""What programs of mail make of all addresses."""
# What Python, pandas, spreadsheets and forms write for no value.
_MISSING = frozenset(("", "None", "none", "nan", "NaN", "null", "NULL", "N/A", "n/a", "#N/A"))
# NumPy shows no commas.
_ITEM = re.compile(r"""\s*+(?:'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)")\s*+,?\s*+""", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BREAK = re.compile(r"[;\n]")
# arXiv wraps after hyphens; a hyphen that hangs ("pre- and post-training") stands before a word
# such as these.
_WRAPPED = re.compile(r"(?<=\w-)[ \t]*\n[ \t]*(?!(?:and|or|to|nor|vs)\b)(?=\w)")


def unwrapped(value: str) -> str:
    r"""A text whose words are whole again where a line was broken behind their hyphen.

    >>> unwrapped("state-of-the-\nart pre-\nand post-training")
    'state-of-the-art pre-\nand post-training'
    """
    return _WRAPPED.sub("", value) if "-" in value else value


def text(value: object) -> str:
    """A text on one line, unwrapped; empty for what is no text.

    >>> text("hardware-\\nspecific  kernels"), text(["no"])
    ('hardware-specific kernels', '')
    """
    if not isinstance(value, str):
        return ""
    return " ".join(_SURROGATE.sub("\ufffd", unwrapped(value)).split())


def paragraphs(value: object) -> str:
    """A text, or those of a list, one behind the other.

    >>> paragraphs(["One.", "Two."]), paragraphs("One."), paragraphs({})
    ('One. Two.', 'One.', '')
    """
    parts = value if isinstance(value, list) else [value]
    return " ".join(found for part in parts if (found := text(part)))


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or of one text with `;` between them, each once.

    >>> texts("a; b;a"), texts(["a", 1, None]), texts(None)
    (('a', 'b'), ('a',), ())
    """
    if isinstance(value, str):
        listed = cell_list(value)
        value = _BREAK.split(value) if listed is None else listed
    parts = value if isinstance(value, list) else ()
    return tuple(dict.fromkeys(found for part in parts if (found := text(part))))


def is_missing(written: str) -> bool:
    """Whether a text says that there is nothing to say, as programs and forms do.

    >>> [is_missing(written) for written in ("nan", "N/A", ":", "Nan Li", "李")]
    [True, True, True, False, False]
    """
    return written in _MISSING or not any(map(str.isalnum, written))


def cell_list(written: str) -> list[object] | None:
    """The texts of a list that a program wrote into a cell, as Python shows it; `None` for others.

    >>> cell_list("['Ann Lee', 'Bo Wu']"), cell_list("[Ann Lee]"), cell_list("Ann Lee")
    (['Ann Lee', 'Bo Wu'], None, None)
    """
    written = written.strip()
    if written[:1] != "[" or written[-1:] != "]":
        return None
    found: list[object] = []
    at = 1
    while item := _ITEM.match(written, at):
        found.append(_ESCAPED.sub(r"\1", item[1] or item[2] or ""))
        at = item.end()
    return found if at == len(written) - 1 else None


def arxiv_id(value: object) -> StatedId | None:
    """The arXiv id that a value is, in any form that is in use; not one that it only mentions."""
    return stated_arxiv_id(text(value))


def mapping(value: object) -> Mapping[str, object]:
    """A mapping whose keys are texts; empty for what is none."""
    return value if isinstance(value, dict) else {}


def whole(value: object) -> int | None:
    """A count, 0 to 999,999,999; a missing one is not zero.

    >>> whole("41"), whole("1e3"), whole(None), whole("-1")
    (41, None, None, None)
    """
    written = text(value)
    return int(written) if _WHOLE.fullmatch(written) and written.isascii() else None


def truth(value: object) -> bool:
    """Whether a value says yes, in JSON's way or in that of a table."""
    return value is True or text(value).lower() in ("true", "yes", "1")


def moment(value: object) -> datetime | None:
    """A time in the ISO form or that of mail and RSS, or a day as people write it; in UTC where it
    states no zone.

    >>> moment("2026-06-11T02:10:00.000Z"), moment("Tue, 02 Jun 2026 00:00:00 -0400").hour
    (datetime.datetime(2026, 6, 11, 2, 10, tzinfo=datetime.timezone.utc), 0)
    """
    written = text(value)
    if not written or len(written) > 60:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    stated = _stated(written)
    return datetime(stated.year, stated.month, stated.day, tzinfo=UTC) if stated else None


def day(value: object) -> date | None:
    """The day of a date or time, as its writer's clock showed it.

    >>> day("2026-06-11T23:10:00-04:00"), day("12 March 2025"), day("Mar 12")
    (datetime.date(2026, 6, 11), datetime.date(2025, 3, 12), None)
    """
    written = text(value)
    if read_label(written):
        return _stated(written)
    found = moment(value)
    return found.date() if found else None


def _stated(written: str) -> date | None:
    """The day that a text is, if it states its year."""
    stated = read_label(written)
    if not stated or not stated.year or not FIRST_YEAR <= stated.year <= LAST_YEAR:
        return None
    try:
        return date(stated.year, stated.month, stated.day)
    except ValueError:
        return None


def address(value: object) -> str:
    """An absolute `http` or `https` address; empty for anything else, and for one that names a user
    before the host, as it seems to lead elsewhere. What may not stand in an address is encoded.

    Programs of mail and search lead by way of themselves, and tell whom; that is cut out.

    >>> address("https://eu.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.org%2Fa&data=me")
    'https://x.org/a'
    >>> address("https://track.example.com/CL0/https:%2F%2Farxiv.org%2Fabs%2F2401.12340/1/me")
    'https://arxiv.org/abs/2401.12340'
    >>> address("https://x.org/a?<b>"), address("javascript:alert(1)"), address("https://a@x.org")
    ('https://x.org/a?%3Cb%3E', '', '')
    """
    url = text(value)
    if not url or len(url) > LONGEST_ADDRESS or " " in url or not url.isprintable():
        return ""
    url = _UNFIT.sub(lambda char: f"%{ord(char[0]):02X}", url)
    if defended := _DEFENDED.match(url):
        url = defended[1]
    elif counted := _COUNTED.search(url):
        url = unquote(counted[1])
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    known = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    if known and parts.query and _HANDS_ON.fullmatch(f"{parts.hostname}{parts.path}"):
        named = parse_qs(parts.query)
        for name in ("url", "q", "u"):
            if name in named:
                return address(named[name][0])
    return url if known else ""
