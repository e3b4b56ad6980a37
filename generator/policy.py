"""The content security policy of every page: its own files, nothing inline, no other host.

It stands in the page, as a host such as GitHub Pages lets nobody set a header. There, browsers
ignore `frame-ancestors`, `report-uri` and `sandbox` (HTML Standard, 4.2.5.3): it has none of them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

MOST_HOSTS = 120
"""Characters that other hosts may take, in each of five directives: behind the policy a page names
its encoding, for which browsers look in its first 1,024 bytes (HTML Standard, 4.2.5.5)."""


def of_generated(hosts: str = "", *, serving: bool = False) -> str:
    """The policy of a page that digests may have written: what is inline in it never runs.

    `hosts` are the publisher's, with spaces between. While MkDocs serves, it puts into each page a
    script of its own, which differs each time, to load the page again after a change.

    >>> of_generated().partition("; style-src")[0]
    "default-src 'none'; base-uri 'none'; form-action 'self'; script-src 'self'"
    """
    return _written(_generated(hosts, serving=serving))


def of_hand_written(hosts: str = "", *, serving: bool = False) -> str:
    """The policy of a page that the publisher wrote: Markdown aligns the cells of a table by styles
    in them, and the theme's style sheet holds its icons as data. Scripts are as strict."""
    allowed = _generated(hosts, serving=serving)
    allowed["style-src-attr"] = "'unsafe-inline'"
    allowed["img-src"] += " data:"
    return _written(allowed)


def of_file(style: str) -> str:
    """The policy of a page that stands alone, with one style sheet in it and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _written(
        {
            "default-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "style-src": f"'sha256-{digest}'",
        }
    )


def _generated(hosts: str, *, serving: bool) -> dict[str, str]:
    known = f"'self' {hosts}".rstrip()
    return {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "script-src": f"{known} 'unsafe-inline'" if serving else known,
        "style-src": known,
        "img-src": known,
        "font-src": known,
        "connect-src": known,
        "manifest-src": "'self'",
        "worker-src": "'self'",
    }


def _written(allowed: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
