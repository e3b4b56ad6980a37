"""Which headings, items and lines of a page in Markdown are papers; not a source itself.

The addresses that they lead to tell, and labels below them such as `**Authors:**`. Only where
nothing in a file has either do headings, items or lines in bold count for themselves, of the kind
that most of them are, if most of those have what reads like an abstract.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..arxiv import read_arxiv_id
from ..datelines import days_within, read_date_line
from ..dates import MonthDay
from ..links import leads_to_paper
from . import labels
from .frames import is_framing
from .list_marks import LENGTH, PICTURES
from .markdown_blocks import Block, Page
from .markdown_body import are_names, is_link_word, rest_of
from .markdown_inline import Line, read_line
from .page_lines import is_address
from .paragraphs import abstractness

MOST_BLOCKS = 12
"""Blocks below an item or a line in bold among which it is looked for what tells of a paper."""

# What stands before a title: a box to tick, a number, a year in brackets, a picture.
_BEFORE_TITLE = re.compile(
    r"""(?:\s*(?:\[[ xX]\]
    |\[\#?\d{1,4}\]|\(\d{1,3}\)|\#?\d{1,3}[.):](?=\s)|paper[ ]\d{1,3}:
    |\[(?:pdf|html|book|citation)\](?!\()
    |[\[(](?:19|20)\d\d[-/.\d]{0,6}[\])]
    |["""
    + PICTURES
    + r"""\ufe0f\u200d]{1,6}
    )\s*){1,6}""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(r"updated?|generated|version|since|until", re.IGNORECASE)
_LEANED = re.compile(r"([*_])(?![*_ ])([^\n]{3,300})(?<![*_ ])\1")
_NOTE = re.compile(r"\[\[(?:[^\[\]|]{1,300}\|)?([^\[\]|]{1,300})\]\]")
_DASH = re.compile(r"\s[—–-]\s")
_LONGEST_TITLE = 300
_LONGEST_DAY = 120
"""Characters of the longest line that names a day."""
_FEW_SPACES = 2
"""Of a title that may be a label, and half of those of what stands behind it."""
_TOP = 2
"""Columns by which an item of the outermost list is indented at most, less one."""


class Start(NamedTuple):
    """Where a paper may begin."""

    title: str
    url: str
    rest: str
    """What follows on the line of the title."""
    marked_off: bool
    kind: str
    """`h2` for a heading of that level, `item`, `outline` for an item that is a title alone,
    `bold`, `italic`."""
    sure: bool
    """Whether an address or a label tells that it is a paper."""


Read = Callable[[Block, Page], Start | None]
"""Makes a beginning of a block that can be one."""


def lifted(page: Page) -> Page:
    """A page whose papers are items within others, of a day or a section, as if those were headings
    above; itself, where an outer item is a paper."""
    levels = {block.level for block in page.blocks if _is_linked_item(block, page)}
    top = min(levels, default=0)
    if top < _TOP:
        return page
    blocks = [
        block._replace(kind="heading", level=6)
        if block.kind == "item" and block.level < top
        else block._replace(level=max(block.level - top, 0))
        if block.kind in ("item", "text")
        else block
        for block in page.blocks
    ]
    return replace(page, blocks=blocks)


def _is_linked_item(block: Block, page: Page) -> bool:
    """Whether an item begins with words that lead to a paper."""
    if block.kind != "item" or "http" not in block.text:
        return False
    lead = _cleared(read_line(block.text.split("\n", 1)[0], page.references)).lead()
    return lead is not None and leads_to_paper(lead[2]) and not is_link_word(lead[0].plain())


def find_starts(
    page: Page, tables: Mapping[int, Sequence[object]]
) -> tuple[dict[int, Start], dict[int, Start]]:
    """Where the papers of a page begin, by the index of the block, and what looks like them but
    leads elsewhere; `tables` are by their line."""
    possible = _possible(page, tables)
    chosen = _chosen(page, possible, has_tables=bool(tables))
    if not chosen and not tables:
        # Lines in italic type are remarks and names, unless nothing else can be a title.
        possible = _possible(page, tables, _italic)
        chosen = _chosen(page, possible, has_tables=False)
    kinds = {start.kind for start in chosen.values()}
    elsewhere = {
        at: start
        for at, start in possible.items()
        if at not in chosen and start.url and start.kind in kinds
    }
    return chosen, elsewhere


def _possible(
    page: Page, tables: Mapping[int, Sequence[object]], text: Read | None = None
) -> dict[int, Start]:
    """Everything that may be the beginning of a paper; `text` reads what is no heading or item."""
    blocks = page.blocks
    found: dict[int, Start] = {}
    heading: int | None = None
    told = False
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            start = _heading(block, page)
            if start and not start.url and days_of(block, page):
                start = None
            heading, told = at if start else None, False
            if start:
                found[at] = start
            continue
        if block.line in tables and heading is not None and not found[heading].sure:
            # Below a heading that leads nowhere stands what it is the heading of.
            heading = None
        evidence = _evidence(block, page)
        if heading is not None and found[heading].sure and (found[heading].url or told):
            continue  # all of it is said of the paper above
        if block.kind == "item":
            start = _item(block, page) or _outlined(page, at) or _named(page, at)
        else:
            start = (text or _bold)(block, page)
        if start:
            start = start._replace(sure=start.sure or _leads_on(page, at))
            found[at] = start
            if start.sure and heading is not None:
                found[heading] = found[heading]._replace(sure=False)
                heading = None
        elif evidence and heading is not None:
            found[heading] = found[heading]._replace(sure=True)
            told = True
    return found


def _chosen(page: Page, starts: dict[int, Start], *, has_tables: bool) -> dict[int, Start]:
    """The beginnings that are those of papers."""
    sure = {start.kind for start in starts.values() if start.sure}
    if sure or has_tables:
        return {
            at: start
            for at, start in starts.items()
            if start.sure
            or (start.kind in sure and start.kind[0] == "h" and _is_described(page, at, start, 3))
            or (
                start.kind in sure and start.kind == "outline" and _is_described(page, at, start, 1)
            )
        }
    described = {at: s for at, s in starts.items() if _is_described(page, at, s, 1)}
    kinds = Counter(start.kind for start in described.values())
    all_kinds = Counter(start.kind for start in starts.values())
    kind, count = max(kinds.items(), key=lambda kind: (kind[1], kind[0]), default=("", 0))
    dated = any(block.kind == "heading" and days_of(block, page) for block in page.blocks)
    if count < 2 - dated or 2 * count <= all_kinds[kind]:
        return {}
    return {at: start for at, start in starts.items() if start.kind == kind}


def _is_described(page: Page, at: int, start: Start, words: int) -> bool:
    """Whether what follows a title reads like an abstract, and the title has so many words."""
    texts = [start.rest, *page.blocks[at].text.split("\n", 1)[1:]]
    below = [block.text if block.kind == "text" else "" for block in page.blocks[at + 1 : at + 3]]
    if below and are_names(read_line(below[0].strip("*_ "), page.references).plain(), alone=True):
        del below[0]
    texts += below[:1]
    texts += [block.text for block in _within(page.blocks, at)]
    title = start.title.split(None, words)
    return len(title) >= words and any(
        abstractness(text.strip()) > 0 for text in texts if text.strip()
    )


def _heading(block: Block, page: Page) -> Start | None:
    """A heading that may be the title of a paper; a note of its own may have that name."""
    noted = _NOTE.fullmatch(block.text)
    line = _cleared(read_line(noted[1] if noted else block.text, page.references))
    kind = f"h{block.level}"
    if (lead := line.lead()) and lead[2] and not is_link_word(lead[0].plain()):
        rest, apart = rest_of(lead[1])
        return _start(lead[0].plain(), lead[2], rest, apart, kind, leads_to_paper(lead[2]))
    links = line.links()
    title = line.without_last(is_link_word, anywhere=True).plain()
    if labels.field_of(title.rstrip(":")) or is_link_word(title):
        return None
    url = next((url for url, _ in links if leads_to_paper(url)), "")
    return _start(title, url, "", False, kind, bool(url))


def _item(block: Block, page: Page) -> Start | None:
    """An item of a list that may be a paper: it begins with a link, in bold, or has an address."""
    if block.level >= _TOP:
        return None
    first = block.text.split("\n", 1)[0]
    if labels.read_label(first):
        return None
    line = _cleared(read_line(first, page.references))
    if lead := line.lead():
        words = lead[0].plain()
        if is_link_word(words) or (words.endswith((":", "：")) and not lead[2]):
            return None
        rest, apart = rest_of(lead[1])
        return _start(words, lead[2], rest, apart, "item", leads_to_paper(lead[2]))
    if _is_citation(first):
        return None  # another source knows what is title and what are names
    url = next((url for url, _ in line.links() if leads_to_paper(url)), "")
    before = line.before_links().rstrip(" ([|:,—–-")
    title, dash, rest = before, "", ""
    if parted := _DASH.search(before):
        title, dash, rest = before[: parted.start()], parted[0], before[parted.end() :]
    if not url or len(title.split(None, 2)) < 3 or abstractness(title) > 0:
        return None
    return _start(title, url, rest, bool(dash), "item", True)


def _is_citation(row: str) -> bool:
    from .cited import read_paper  # noqa: PLC0415  its patterns are many

    said = read_paper(row)
    return said is not None and said.is_citation


def _outlined(page: Page, at: int) -> Start | None:
    """An item that is a title alone: what is said of the paper stands in lines or items below it,
    and leads to no more than one."""
    block = page.blocks[at]
    first, *others = block.text.split("\n")
    line = _cleared(read_line(first, page.references))
    title = line.plain()
    if block.level >= _TOP or line.links() or labels.read_label(first):
        return None
    if abstractness(title) > 0 or title.endswith((":", "：")):
        return None
    inner = [block.text for block in _within(page.blocks, at)]
    told = any(_evidence(block._replace(text=other), page) for other in others)
    if not (inner or told) or (others and others[0][:1].islower()):
        return None  # lines alone may as well be those of a page that was copied
    below = [*others, *inner]
    links = [url for text in below for url, _ in read_line(text, page.references).links()]
    papers = {
        found.id if (found := read_arxiv_id(url)) else url for url in filter(leads_to_paper, links)
    }
    return _start(title, "", "", False, "outline", False) if len(papers) <= 1 else None


def _named(page: Page, at: int) -> Start | None:
    """An item that begins like a label that we do not know, `**A Title of Some Words**: its
    abstract`, and has the address of one paper in items below it."""
    block = page.blocks[at]
    label = labels.read_label(block.text.split("\n", 1)[0])
    if block.level >= _TOP or not label or label.field or label.name.count(" ") < _FEW_SPACES:
        return None
    if label.value.count(" ") < 2 * _FEW_SPACES:
        return None
    inner = [found for found in _within(page.blocks, at) if _evidence(found, page)]
    line = _cleared(read_line(block.text.split("\n", 1)[0], page.references))
    lead = line.lead()
    if not inner or not lead:
        return None
    rest, apart = rest_of(lead[1])
    return _start(lead[0].plain().rstrip(":： "), lead[2], rest, apart, "item", True)


def _within(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    """The items and texts inside of an item."""
    if blocks[at].kind != "item":
        return ()
    below = _below(blocks, at)
    end = next((n for n, block in enumerate(below) if block.level <= blocks[at].level), len(below))
    return below[:end]


def _italic(block: Block, page: Page) -> Start | None:
    """A paragraph whose first line is a title in italic type."""
    first = block.text.split("\n", 1)[0].strip()
    leaned = _LEANED.fullmatch(first)
    if block.kind != "text" or block.level >= _TOP or not leaned or labels.read_label(first):
        return None
    title = read_line(leaned[2], page.references).plain()
    if are_names(title, alone=True) and "," in title:
        return None
    return _start(title, "", "", False, "italic", False)


def _bold(block: Block, page: Page) -> Start | None:
    """A paragraph whose first line is a title in bold type, or one that leads to a paper."""
    if block.kind != "text" or block.level >= _TOP:
        return None
    first = block.text.split("\n", 1)[0]
    if labels.read_label(first):
        return None
    lead = _cleared(read_line(first, page.references)).lead()
    if lead is None or is_link_word(lead[0].plain()):
        return None
    rest, apart = rest_of(lead[1])
    if any(map(str.isalnum, Line(rest).without_links())) and not apart:
        return None
    return _start(lead[0].plain(), lead[2], rest, apart, "bold", leads_to_paper(lead[2]))


def _start(
    title: str, url: str, rest: str, marked_off: bool, kind: str, sure: bool
) -> Start | None:
    number = _BEFORE_TITLE.match(title)
    title = LENGTH.sub("", " ".join(title[number.end() if number else 0 :].split()))
    if (
        not any(map(str.isalnum, title))
        or (not sure and (is_framing(title) or read_date_line(title)))
        or (kind != "item" and is_address(title))
        or (kind != "item" and len(title) > _LONGEST_TITLE and not url)
    ):
        return None
    return Start(title, url, rest, marked_off, kind, sure)


def _cleared(line: Line) -> Line:
    """The line without what stands before a title."""
    before = _BEFORE_TITLE.match(line.marked)
    return Line(line.marked[before.end() :]) if before else line


def _evidence(block: Block, page: Page) -> str:
    """What tells of a block below a heading that this is a paper: a label, or an address that
    stands apart from a text."""
    told = ""
    for raw in block.text.split("\n"):
        label = labels.read_label(raw)
        if label and label.field in labels.TELLING:
            return "label"
        line = read_line(raw, page.references)
        if any(
            leads_to_paper(url) and (label or is_link_word(words)) for url, words in line.links()
        ):
            told = "link"
    return told


def _leads_on(page: Page, at: int) -> bool:
    """Whether what belongs to an item or a line in bold has the address of a paper, or a label."""
    first = page.blocks[at]
    for block in [first, *_below(page.blocks, at)]:
        text = block.text.split("\n", 1)[1:] if block is first else [block.text]
        for raw in text:
            if _evidence(block._replace(text=raw), page):
                return True
    line = read_line(first.text.split("\n", 1)[0], page.references)
    return any(leads_to_paper(url) for url, _ in line.links())


def _below(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    """The blocks up to the next that may begin a paper like the one at a place."""
    end = at + 1
    while end < len(blocks) and end - at <= MOST_BLOCKS:
        block = blocks[end]
        if block.kind in ("heading", "rule", "row"):
            break
        may_begin = blocks[at].kind == "item" or block.text[:1] in "*[_"
        if may_begin and block.level < _TOP and block.kind == blocks[at].kind:
            break
        end += 1
    return blocks[at + 1 : end]


def days_of(heading: Block, page: Page) -> list[MonthDay]:
    """The day that a heading names; none where it tells when a page was made."""
    text = read_line(heading.text, page.references).plain()
    if len(text) > _LONGEST_DAY or _UPDATED.search(text):
        return []
    if stated := read_date_line(text):
        return [stated]
    return days_within(text.replace("/", "-"))[:1]


def day_of(block: Block, page: Page) -> MonthDay | None:
    """The day that a line of its own states, maybe behind a label."""
    first = block.text.split("\n", 1)[0][:200]
    label = labels.read_label(first)
    if label and label.field != "published":
        return None
    text = read_line(label.value if label else first, page.references).plain()
    if stated := read_date_line(text):
        return stated
    named = [] if len(text) > _LONGEST_DAY or _UPDATED.search(text) else days_within(text)
    return next((stated for stated in named if stated.year), None)
