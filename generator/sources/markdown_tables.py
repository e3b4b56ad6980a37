"""Tables of papers in Markdown: `|Date|Title|Authors|PDF|Code|`; not a source itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import labels
from .documents import Record
from .markdown_blocks import Block, Page
from .markdown_body import Body, is_link_word, rest_of
from .markdown_inline import Line, read_line
from .untrusted import is_missing

_UNDER_HEADER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?")
_BETWEEN = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+")
_FEWEST_SPACES = 4
"""Of what is told of a paper behind its title."""
_TITLE_NAMES = frozenset(("name", "paper name", "论文", "论文标题", "paper", "article", "work"))


def read_tables(page: Page) -> Iterator[tuple[Block, list[Record]]]:
    """The first row of each table of papers, and its records."""
    at = 0
    blocks = page.blocks
    while at < len(blocks):
        end = at
        while (
            end < len(blocks)
            and blocks[end].kind == "row"
            and (end == at or blocks[end].line == blocks[end - 1].line + 1)
        ):
            end += 1
        if end - at > 2 and _UNDER_HEADER.fullmatch(blocks[at + 1].text):
            rows = [(row.line, _cells(row.text)) for row in blocks[at + 2 : end]]
            if records := _records(page, _cells(blocks[at].text), rows):
                yield blocks[at], records
        at = max(end, at + 1)


def _cells(text: str) -> list[str]:
    cells = _BETWEEN.split(text)
    return [cell.strip() for cell in cells[1 : -1 if not cells[-1].strip() else None]]


def _records(
    page: Page, header: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> list[Record]:
    names = [read_line(name).plain() for name in header]
    fields = [labels.field_of(name) for name in names]
    title = _title_column(page, names, fields, rows)
    if title is None:
        return []
    records = []
    for line, cells in rows:
        if _UNDER_HEADER.fullmatch("|".join(cells)) or not any(cells):
            continue
        body = Body(page.references)
        words = ""
        for at, cell in enumerate(cells[: len(header)]):
            if at == title:
                words, url, text = _title(read_line(cell, page.references))
                body.lead_to(url)
                if text:
                    body.put("abstract", "", text)
            elif not is_missing(cell):
                body.put(fields[at], names[at], cell)
        records.append(Record(line, body.record(words)))
    told = any(record.fields["arxiv_id"] or record.fields["links"] for record in records)
    return records if told or "authors" in fields or "abstract" in fields else []


def _title_column(
    page: Page,
    names: Sequence[str],
    fields: Sequence[str | None],
    rows: Sequence[tuple[int, list[str]]],
) -> int | None:
    """The column of titles: that of this name, else the first that links words to addresses."""
    if "title" in fields:
        return fields.index("title")
    for at, name in enumerate(names):
        if name.lower() in _TITLE_NAMES and any(_is_title(page, cells, at) for _, cells in rows):
            return at
    for at in range(len(names)):
        linked = [
            _title(read_line(cells[at], page.references)) for _, cells in rows if at < len(cells)
        ]
        if linked and all(url and len(words.split(None, 2)) > 2 for words, url, _ in linked):
            return at
    return None


def _is_title(page: Page, cells: Sequence[str], at: int) -> bool:
    words = _title(read_line(cells[at], page.references))[0] if at < len(cells) else ""
    return bool(words) and not is_link_word(words)


def _title(line: Line) -> tuple[str, str, str]:
    """The title in a cell, where it leads, and what is told behind it."""
    number = _NUMBER.match(line.marked)
    lead = Line(line.marked[number.end() :] if number else line.marked).lead()
    if lead and not is_link_word(lead[0].plain()):
        rest, apart = rest_of(lead[1])
        told = rest if apart and rest.count(" ") >= _FEWEST_SPACES else ""
        if lead[2] or told:
            return lead[0].plain(), lead[2], told
    links = line.links()
    title = line.without_last(is_link_word, anywhere=True).plain()
    return title, links[0].url if links else "", ""
