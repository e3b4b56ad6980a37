"""COinS: a citation as OpenURL in the title of an empty span, https://en.wikipedia.org/wiki/COinS.

The one form of a list of citations on a page without a server that Zotero saves from.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from .cited import Cited


def coins(cited: Cited) -> str:
    """The title of a span of the class `Z3988`.

    The types of Dublin Core's form are Zotero's own; OpenURL has none for a preprint.
    """
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", cited.title),
        *(("rft.au", name) for name in cited.authors),
        ("rft.identifier", cited.url),
    ]
    if cited.published:
        fields.append(("rft.date", cited.published.isoformat()))
    if cited.doi:
        fields.append(("rft_id", f"info:doi/{cited.doi}"))
    return urlencode(fields, quote_via=quote)
