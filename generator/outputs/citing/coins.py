"""COinS: a citation as OpenURL in the title of an empty span, https://en.wikipedia.org/wiki/COinS.

The one form of a list of citations on a page without a server that Zotero saves from.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from .cited import Cited

_PREPRINT = urlencode(
    {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "preprint",
    },
    quote_via=quote,
)
"""Dublin Core's form, whose types are Zotero's own; OpenURL has none for a preprint."""


def coins(cited: Cited) -> str:
    """The title of a span of the class `Z3988`."""
    fields = [("rft.title", cited.title), *(("rft.au", name) for name in cited.authors)]
    fields.append(("rft.identifier", cited.url))
    if cited.issued:
        fields.append(("rft.date", "-".join(cited.issued)))
    if cited.doi:
        fields.append(("rft_id", f"info:doi/{cited.doi}"))
    return _PREPRINT + "".join(f"&{name}={quote(value, safe='')}" for name, value in fields)
