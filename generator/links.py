"""What an address leads to: a paper, code, an abstract page, a project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from .arxiv import read_arxiv_id
from .model import Link, LinkKind, Prose

_CODE_HOSTS = frozenset(
    (
        "github.com gist.github.com gitlab.com bitbucket.org codeberg.org sourceforge.net "
        "gitee.com anonymous.4open.science"
    ).split()
)
_PROJECT_HOSTS = (".github.io", ".gitlab.io", ".pages.dev", "sites.google.com")
_PAPER = re.compile(
    r"https?://(?:[\w-]+\.)*(?:doi\.org/10\.|openreview\.net/(?:forum|pdf|attachment)"
    r"|aclanthology\.org/|\w{2,6}rxiv\.org/|semanticscholar\.org/paper/|proceedings\."
    r"|openaccess\.thecvf\.com/|dl\.acm\.org/doi|ieeexplore\.ieee\.org/|papers\.\w+\.cc/"
    r"|paperswithcode\.com/paper/|huggingface\.co/papers/)|https?://\S{1,1000}\.pdf\Z",
    re.IGNORECASE,
)
_SAYS_CODE = re.compile(
    r"\b(?:code|codes|codebase|source|implementation|repository|scripts)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?]\s")


def link_kind(url: str, before: str = "") -> LinkKind:
    """The kind of a link, from its host and the words of its sentence that stand before it.

    >>> link_kind("https://github.com/openai/CLIP"), link_kind("https://arxiv.org/abs/1412.6980")
    ('code', 'abs')
    >>> link_kind("https://tinyurl.com/x", "Our code is available at ")
    'code'
    >>> link_kind("https://example.org/x", "Our code is out. More is at ")
    'other'
    """
    address = urlsplit(url)
    host = (address.hostname or "").removeprefix("www.")
    parts = [part for part in address.path.split("/") if part]
    if host == "arxiv.org" and parts[:1] in (["abs"], ["pdf"], ["html"]):
        kinds: dict[str, LinkKind] = {"abs": "abs", "pdf": "pdf", "html": "html"}
        return kinds[parts[0]]
    if host in ("doi.org", "dx.doi.org"):
        return "doi"
    if host == "huggingface.co":
        return "hf"
    if host in _CODE_HOSTS and (len(parts) >= 2 or not host.endswith("github.com")):
        return "code"
    if _SAYS_CODE.search(_SENTENCE.split(before)[-1]):
        return "code"
    if host.endswith(_PROJECT_HOSTS) or "project" in before[-40:].lower():
        return "project"
    return "other"


def arxiv_id(text: str) -> str | None:
    """The id, without version, that a text is or an address leads to.

    >>> arxiv_id("https://arxiv.org/pdf/2401.12340v2.pdf"), arxiv_id("2401.1")
    ('2401.12340', None)
    """
    found = read_arxiv_id(text)
    return found.id if found else None


def leads_to_paper(url: str) -> bool:
    """Whether an address is that of a paper, or of its page at a publisher.

    >>> leads_to_paper("https://dl.acm.org/doi/10.1145/1.2"), leads_to_paper("https://arxiv.org/list")
    (True, False)
    """
    return bool(url) and (read_arxiv_id(url) is not None or _PAPER.match(url) is not None)


def links_in(prose: Prose) -> Iterable[Link]:
    """The links of a text, in its order; the same address may come twice."""
    before = ""
    for span in prose.spans:
        if span.kind == "link" and span.url:
            yield Link(link_kind(span.url, before), span.url)
        before = (before + span.text)[-300:]
