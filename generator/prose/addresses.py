"""What counts as a web address, and the target a link to one gets.

Only `http` and `https`, and only hosts that can be public names (RFC 1123 labels under an
alphabetic top level): `http://localhost`, bare numbers and names without a dot are examples in a
text, not places to go. A host with other than ASCII letters stays text, because a look-alike
letter would lead somewhere else than it says, and so does one behind `user@`.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote

MAX_ADDRESS = 500
"""Characters. The longest in 7,500 abstracts has 115; what is longer than this stays text, so that
no string can make us read it over and over."""

_SCHEME = re.compile(r"(https?):\s?//", re.IGNORECASE)
_AUTHORITY = re.compile(r"[A-Za-z0-9._-]{1,253}(?::[0-9]{1,5})?")
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_TOP_LEVEL = re.compile(r"[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59}")
_TEX_ESCAPE = re.compile(r"\\([_%#&~])(?:\{\})?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

# A run of what an address may be made of: RFC 3986 without `$`, which opens mathematics here, with
# letters of alphabetic scripts, which browsers encode (`/wiki/Künstliche`), and with TeX's escapes.
# Chinese or Japanese text often follows an address without a space, so it ends one.
_RUN = re.compile(
    rf"(?:[A-Za-z0-9._~:/?#@!&()*+,;=%\[\]'\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u0388-\u0556]|\\[_%#&~]){{1,{MAX_ADDRESS}}}"
)
# Where a run stops being one address: closing TeX quotes, a dash, the next address poured in. An
# address inside another one comes after a slash or in a query.
_BREAK = re.compile(r"''|---|(?<![/=?&])https?://", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]]")
# What may stand in an address but not end one: sentences, quotes, emphasis, ties and dashes do.
_TRAILING = ".,;:!?'*~-&"


def target(address: str) -> str | None:
    r"""The absolute, percent-encoded target of a whole address, or `None` if it is not one.

    >>> target(r"GitHub.com/a\_b"), target("https://x.org/a b'<é")
    ('https://GitHub.com/a_b', 'https://x.org/a%20b%27%3C%C3%A9')
    >>> target("javascript:alert(1)"), target("https://user@x.org"), target("http://localhost/")
    (None, None, None)
    """
    if len(address) > MAX_ADDRESS:
        return None
    scheme = _SCHEME.match(address)
    start = scheme.end() if scheme else 0
    host = _authority_end(address, start)
    if not host or address[host : host + 1] not in ("", "/", "?", "#"):
        return None
    rest = _STRAY_PERCENT.sub("%25", shown(address[host:]))
    # Everything else is encoded: quotes, brackets, backslashes, spaces, other than ASCII.
    path = quote(rest, safe="/?#:@!&()*+,;=~%", errors="replace")
    return f"{scheme[1].lower() if scheme else 'https'}://{address[start:host]}{path}"


def shown(address: str) -> str:
    r"""The address without TeX's escapes and without the space some put after `https:`.

    >>> shown(r"https: //x.org/a\_b\~{}c")
    'https://x.org/a_b~c'
    """
    address = _SCHEME.sub(lambda scheme: f"{scheme[1]}://", address, count=1)
    return normalize("NFC", _TEX_ESCAPE.sub(r"\1", address))


def address_end(text: str, start: int) -> int:
    r"""Where the address beginning at `start` ends; `start` itself if there is none.

    >>> text = "(see https://x.org/wiki/Y_(z).)"
    >>> text[5 : address_end(text, 5)]
    'https://x.org/wiki/Y_(z)'
    """
    scheme = _SCHEME.match(text, start)
    begin = scheme.end() if scheme else start
    host = _authority_end(text, begin)
    # Hosts are looked at first: they are short, so nothing long is read twice.
    run = _RUN.match(text, begin) if host else None
    if not host or not run or len(run[0]) >= MAX_ADDRESS:
        return start
    end = _trim(text, begin, run.end())
    if end < host or (end > host and text[host] not in "/?#"):
        return start
    return end


def _authority_end(text: str, start: int) -> int:
    """Where a plausible host, with its port, ends; 0 if there is none at `start`."""
    authority = _AUTHORITY.match(text, start)
    if not authority:
        return 0
    host, _, port = authority[0].partition(":")
    host = host.rstrip(".-_")
    labels = host.split(".")
    plausible = (
        len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and _TOP_LEVEL.fullmatch(labels[-1])
    )
    end = start + len(host)
    return (authority.end() if port else end) if plausible else 0


def _trim(text: str, start: int, end: int) -> int:
    """The end of a run of address characters without what belongs to the sentence around it."""
    if cut := _BREAK.search(text, start, end):
        end = cut.start()
    opened: list[re.Match[str]] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] in "([":
            opened.append(bracket)
        elif opened and opened[-1][0] + bracket[0] in ("()", "[]"):
            opened.pop()
        else:
            end = bracket.start()
            break
    end = start + len(text[start:end].rstrip(_TRAILING))
    inside = [bracket.start() for bracket in opened if bracket.start() < end]
    return start + len(text[start : min([end, *inside])].rstrip(_TRAILING))
