"""CSL-JSON, what citation programs exchange (Citation Style Language 1.0.2, `csl-data.json`)."""

from __future__ import annotations

from typing import Any

from .cited import Cited
from .names import split_name


def csl(cited: Cited) -> dict[str, Any]:
    """An item. CSL's word for a preprint is `article`."""
    item: dict[str, Any] = {"id": cited.key, "type": "article", "title": cited.title}
    if cited.authors:
        item["author"] = [_name(name) for name in cited.authors]
    if cited.issued:
        item["issued"] = {"date-parts": [[int(part) for part in cited.issued]]}
    if cited.doi:
        item["DOI"] = cited.doi
    if cited.arxiv_id:
        item |= {"publisher": "arXiv", "number": f"arXiv:{cited.arxiv_id}"}
    item["URL"] = cited.url
    if cited.note:
        item["note"] = cited.note
    return item


def _name(name: str) -> dict[str, str]:
    parts = split_name(name)
    if not parts:
        return {"literal": name}
    given, particle, family, suffix = parts
    fields = {"family": family, "given": given}
    fields |= {"non-dropping-particle": particle, "suffix": suffix}
    return {field: text for field, text in fields.items() if text}
