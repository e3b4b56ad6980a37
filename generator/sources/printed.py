"""Text of a page that was printed, as it was before: without the feet and heads of sheets.

Not a source itself. A browser prints its address and the number of the sheet below each, and when
it did so above; in a copy of that, they stand in the middle of titles and abstracts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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
