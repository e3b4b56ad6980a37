"""Reads the rows of CSV and the like; what is well written is read as the `csv` module reads it.

A quote that nothing closes, or only a quote amid a text further down, must not take the rows
between along: it is a character like any other then, and the next row begins on the next line that
has cells enough for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Possessive, so a million quotes leave no trail of choices to come back to.
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)("?)')
_PLAIN = {delimiter: re.compile(rf"[^\n{re.escape(delimiter)}]*") for delimiter in ",\t;|"}


def read_rows(
    text: str, delimiter: str, note: Callable[[int, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """The line each row begins on, from 1, and its cells; the first row says how many there are.

    `note` hears the line of a quote that is read as a character, and the remedy.

    >>> list(read_rows('a,b\\n1,"2\\n3"\\n', ",", print))
    [(1, ['a', 'b']), (2, ['1', '2\\n3'])]
    >>> list(read_rows('a,b\\n1,"2\\n3,4\\n', ",", print))[1:]
    2 a quote that nothing closes; read as a character of the text: close or remove it
    [(2, ['1', '"2']), (3, ['3', '4'])]
    """
    columns = text.partition("\n")[0].count(delimiter) + 1
    at, line = 0, 1
    while at < len(text):
        end = _line_end(text, at)
        if text.find('"', at, end) < 0:
            cells, following = text[at:end].split(delimiter), end + 1
        else:
            cells, following, stray = _row(text, at, delimiter, columns)
            if stray is not None:
                what = "a quote that nothing closes; read as a character of the text"
                note(line + text.count("\n", at, stray), f"{what}: close or remove it")
        yield line, cells
        line += text.count("\n", at, following)
        at = following


def _row(text: str, at: int, delimiter: str, columns: int) -> tuple[list[str], int, int | None]:
    """The cells of the row that begins at a place, the place of the next one, and that of a quote
    that closes nowhere."""
    # Each character is passed twice at most: from a quote up to where it turns out to close
    # nowhere, quotes stand in pairs, and none of those opens a cell that is longer than they are.
    cells: list[str] = []
    plain = _PLAIN[delimiter]
    while True:
        quoted = _QUOTED.match(text, at)
        end = _end(plain, text, quoted.end() if quoted else at)
        if quoted is None:
            cells.append(text[at:end])
        else:
            tail = text[quoted.end() : end]
            spans = "\n" in quoted[1] and tail.strip()
            if not quoted[2] or (spans and not _amid_words(text, quoted.end(), delimiter)):
                following = _next_row(text, at, _line_end(text, end), delimiter, columns)
                if following or not quoted[2]:
                    literal = text[at : following or len(text)].rstrip("\n")
                    cells += _parted(literal, delimiter, columns - len(cells))
                    return cells, following or len(text), at
            # Words behind a quote that closes: the quotes are the text's own, unless it doubles
            # others within or holds a line end, as only a cell between quotes does.
            own = tail.strip() and '""' not in quoted[1] and "\n" not in quoted[1]
            cells.append(text[at:end] if own else quoted[1].replace('""', '"') + tail)
        if text[end : end + 1] != delimiter:
            return cells, end + 1, None
        at = end + 1


def _amid_words(text: str, at: int, delimiter: str) -> bool:
    """Whether the quote before a place belongs to a text that has quotes of its own, undoubled: it
    begins no cell, and its line has one quote too many, that which closes the cell."""
    if text[at - 2] in (delimiter, "\n"):
        return False
    return text.count('"', text.rfind("\n", 0, at) + 1, _line_end(text, at)) % 2 == 1


def _next_row(text: str, at: int, end: int, delimiter: str, columns: int) -> int:
    """Where the first line below a place begins that has cells enough for a row; 0 for none."""
    start = _line_end(text, at) + 1
    while start < end:
        stop = _line_end(text, start)
        if text.count(delimiter, start, stop) >= columns - 1:
            return start
        start = stop + 1
    return 0


def _parted(literal: str, delimiter: str, columns: int) -> list[str]:
    """The cells from a quote on that nothing closes: what is too much for the columns, or not
    enough, is text of the first."""
    parts = literal.split(delimiter)
    if len(parts) < columns:
        return [literal]
    surplus = len(parts) - max(columns, 1)
    return [delimiter.join(parts[: surplus + 1]), *parts[surplus + 1 :]]


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    assert found
    return found.end()


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
