"""Text of a page that was printed, as it was before: without the feet and heads of sheets.

Not a source itself. A browser prints its address and the number of the sheet below each, and when
it did so above; in a copy of that, they stand in the middle of titles and abstracts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_FOOT = re.compile(
    r"(?P<before>[^\n]{0,200}?)[ \t]*(?<!\d)(?P<at>\d{1,4})[ \t]?(?:/|of|von|de|sur|di)[ \t]?"
    r"(?P<of>\d{1,4})[ \t\f]*"
)
_HINT = re.compile(r"(?:/|of|von|de|sur|di)[ \t]?\d{1,4}[ \t\f]*$", re.MULTILINE)
_LONGEST = 250
_FEWEST = 2
"""Sheets."""
_MOST_HEADS = 2
"""Lines at the head of a sheet."""
_FARTHEST = 100
"""Blank lines above a foot behind which a paragraph may go on below it."""
_WIDEST = 130
"""Columns at which text is wrapped at most."""
_STOP = re.compile(r"[.!?:。！？][\"'”’)\]]*\s*$")
_WIDE = 0.75
"""Of the widest line, what a wrapped one has at least."""


def without_sheets(text: str) -> str:
    """A text without feet and heads of sheets; what went on behind them is moved up to where it
    began, so all else stays on its line.

    >>> without_sheets("Nets\\nthat\\nx.org 1/2\\n\\nwait.\\n\\nx.org 2/2").split("\\n")
    ['Nets', 'that', 'wait.', '', '', '', '']
    >>> without_sheets("Nets 1/2\\nMore Nets 2/2")
    'Nets 1/2\\nMore Nets 2/2'
    """
    if _HINT.search(text) is None:
        return text
    lines = text.split("\n")
    feet = _feet(lines)
    if len(feet) < _FEWEST:
        return text
    heads = _heads(lines, feet)
    widest = max(len(line) for line in lines if len(line) <= _LONGEST)
    first = next(at for at, line in enumerate(lines) if line.strip())
    while first < len(lines) and lines[first].strip() in heads:
        lines[first] = ""
        first += 1
    for foot in feet:
        lines[foot] = ""
        at, end = foot + 1, foot
        while at < len(lines) and (not lines[at].strip() or lines[at].strip() in heads):
            lines[at] = ""
            at += 1
        while end > max(foot - _FARTHEST, 0) and not lines[end - 1].strip():
            end -= 1
        if end and at < len(lines) and _goes_on(lines[end - 1], lines[at], widest):
            last = at
            while last < len(lines) and lines[last].strip() and last not in feet:
                last += 1
            lines[end:last] = lines[at:last] + [""] * (at - end)
    return "\n".join(lines)


def closed_up(text: str) -> str:
    """A text in which wrapped lines stand apart, as some programs write it, with these one below
    the other: where wider gaps part what the narrowest do not.

    >>> closed_up("Nets\\n\\n\\nWe find\\n\\nthat nets\\n\\nare deep.\\n\\n\\nNets").split("\\n")
    ['Nets', '', '', 'We find', 'that nets', 'are deep.', '', '', '', '', 'Nets']
    """
    if "\n\n\n" not in text:
        return text
    lines = text.split("\n")
    seen = [at for at, line in enumerate(lines) if line.strip()]
    gaps = [below - above - 1 for above, below in pairwise(seen)]
    narrow = min(gaps, default=0)
    near = [above for above, gap in zip(seen, gaps, strict=False) if gap == narrow]
    if not narrow or len(near) == len(gaps) or max(len(lines[at]) for at in seen) > _WIDEST:
        return text
    below = narrow + 1
    going = sum(_goes_on_small(lines[at], lines[at + below]) for at in near)
    if 2 * going <= len(near):
        return text
    found = [""] * len(lines)
    place = seen[0]
    for at, gap in zip(seen, [0, *gaps], strict=True):
        place = place + 1 if gap == narrow else at
        found[place] = lines[at]
    return "\n".join(found)


def _goes_on_small(above: str, below: str) -> bool:
    return not _STOP.search(above) and below.lstrip()[:1].islower()


def _feet(lines: Sequence[str]) -> dict[int, None]:
    """The lines that count sheets, one after the other, and say nothing else that differs."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, line in enumerate(lines):
        foot = (
            _FOOT.fullmatch(line)
            if len(line) <= _LONGEST and line.rstrip()[-1:].isdigit()
            else None
        )
        if foot:
            known = found.setdefault((foot["before"].strip(), foot["of"]), [])
            if int(foot["at"]) == len(known) + 1 <= int(foot["of"]):
                known.append(at)
    longest = max(found.values(), key=len, default=[])
    return dict.fromkeys(longest)


def _heads(lines: Sequence[str], feet: dict[int, None]) -> frozenset[str]:
    """What stands right behind most feet."""
    counts: Counter[str] = Counter()
    for foot in feet:
        rows = (line.strip() for line in lines[foot + 1 : foot + 2 * _MOST_HEADS + 2])
        counts.update([row for row in rows if row][:_MOST_HEADS])
    often = max(len(feet) // 2, _FEWEST - 1)
    return frozenset(row for row, count in counts.items() if count >= often and count > 1)


def _goes_on(above: str, below: str, widest: int) -> bool:
    """Whether a paragraph does not end with a sheet."""
    if _STOP.search(above):
        return False
    return below.lstrip()[:1].islower() or len(above) >= _WIDE * widest
