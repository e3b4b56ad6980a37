"""TeX's quotes, dashes and ties, as typed: ``..'', `..', --, --- and ~.

All three are also ordinary characters of code, shells, arithmetic and informal prose, so each is
read only where its neighbours show that TeX was meant. The counts below are of the arXiv abstracts
the rules were made on (thirty days of 2025 and 2026, about 7,500 papers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import MASK, NBSP
from .edits import Edit

_QUOTES = re.compile(r"`+|'+|\"")
_MIXED = re.compile(r"\"(?:[^\"`']|'(?!')){1,1000}(?:\"|'')")

# A lone backquote pairs with the next fitting apostrophe, so it must be near: "the `best' one".
_SINGLE_REACH = 200
_DOUBLE_REACH = 1000


def quotes(text: str) -> Iterator[Edit]:
    """Curly quotes for pairs opened and closed the TeX way, in no particular order.

    Also pairs that TeX accepts in print and authors often type: `''word''` (28, beside 132
    right ones), ``` ``word" ``` (22) and `"word''` (9). Apostrophes, straight quotes, Markdown's
    `x` and what has no partner stay.

    >>> from .edits import show
    >>> show(quotes, "``Yes'', the `best' users' `code`, ''no'' and 5''")
    "“Yes”, the ‘best’ users' `code`, “no” and 5''"
    """
    if "`" not in text and "''" not in text:
        return
    single: int | None = None
    double: Edit | None = None
    if '"' in text and "''" in text:
        yield from _mixed(text)
    for token in _QUOTES.finditer(text):
        start, end, run = token.start(), token.end(), token[0]
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "\\":  # an accent, \'e, or an escape
            continue
        opens = not _is_word(before) and not _is_gap(after)
        closes = not _is_gap(before)
        if run.startswith("`"):
            # A lone one that cannot open ends `code`, and with it whatever was open.
            single = start if run == "`" and opens else None
            if run != "`":
                double = Edit(start, end, "“") if run == "``" and opens else None
            continue
        if single is not None and start - single > _SINGLE_REACH:
            single = None
        if double and start - double.start > _DOUBLE_REACH:
            double = None
        ends_single = (run == "'" and not _is_word(after)) or (run == "'''" and double)
        if single is not None and closes and ends_single:
            yield Edit(single, single + 1, "‘")
            yield Edit(start, start + 1, "’")
            single = None
        if double and closes and (run in ("''", "'''") or run + text[double.start] == '"`'):
            yield double
            yield Edit(max(start, end - 2), end, "”")
            single = double = None
        elif run == "''" and opens and _is_word(after):
            double = Edit(start, end, "“")


def _mixed(text: str) -> Iterator[Edit]:
    """Curly quotes for `"word''`; not for `5''`, which are inches."""
    for pair in _MIXED.finditer(text):
        start, end = pair.start(), pair.end() - 2
        opens = not _is_word(text[start - 1 : start]) and not _is_gap(text[start + 1])
        closes = not _is_gap(text[end - 1]) and not text[end - 1].isdigit()
        if opens and closes and text[end] == "'" and not text.startswith("'", end + 2):
            yield Edit(start, start + 1, "“")
            yield Edit(end, end + 2, "”")


_DASHES = re.compile(r"--+")


def dashes(text: str) -> Iterator[Edit]:
    """An en dash for `--`, an em dash for `---`.

    `--` is a dash after a word (`A--B`, `word-- next`) or between spaces; before a word and after
    a space it is an option of a command. Arrows, comments, rules and tables stay.

    >>> from .edits import show
    >>> show(dashes, "A--B -- not --flag, (--flag), --> or ----, but this---yes")
    'A–B – not --flag, (--flag), --> or ----, but this—yes'
    """
    for token in _DASHES.finditer(text):
        start, end = token.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if end - start > 3 or before == "\\":
            continue
        option = end - start == 2 and after.isalnum() and not _ends_word(text, start)
        drawing = before in set("<>|=+*#!") or after in set("<>|=+*#!")
        alone = not before and (not after or after in "\r\n")  # a rule, or YAML's ---
        if not (option or drawing or alone):
            yield Edit(start, end, "–" if end - start == 2 else "—")


_TIES = re.compile(r"~(?=[^\s~])")
_LAST_WORD = re.compile(r"[A-Za-z0-9.]{1,12}\Z")


def ties(text: str) -> Iterator[Edit]:
    r"""A no-break space for `~`, where it stands between two words as TeX's tie does.

    After a space or bracket it says "about" (` ~160,000`; a third of all tildes); between
    numbers it is a range (`5~10`, `3B~7B`); after a lone letter a distribution (`x~N(0,1)`).

    >>> from .edits import show
    >>> show(ties, "Fig.~1, i.e.~points, 5~ms, (ii)~the; ~160,000, 5~10, x~N(0,1), /~me")
    'Fig.\xa01, i.e.\xa0points, 5\xa0ms, (ii)\xa0the; ~160,000, 5~10, x~N(0,1), /~me'
    """
    for token in _TIES.finditer(text):
        start, end = token.span()
        before, after = text[start - 1 : start], text[end]
        word = _LAST_WORD.search(text[max(0, start - 12) : start])
        left = word[0] if word else ""
        variable = left.isalpha() and len(left) == 1 and left not in "aAI"
        # "10%~20%" and "3B~7B" are ranges; "Claude Opus~4.6" and "Eq.~3" are not.
        span = after.isdigit() and (before in set(",;:%") or left[:1].isdigit())
        joins = _is_word(before) or before in set(".,;:)]}%'\"’”–—")
        joins = joins or text.endswith("--", 0, start)
        follows = _is_word(after) or after in set("\\([{$`'\"‘“–—") or text.startswith("--", end)
        if joins and follows and not variable and not span:
            yield Edit(start, end, NBSP)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == MASK


def _is_gap(char: str) -> bool:
    return not char or char.isspace()


def _ends_word(text: str, end: int) -> bool:
    """Whether text[:end] ends with something a dash may follow, rather than an opening."""
    before = text[max(0, end - 3) : end].rstrip("'\"")[-1:]
    return _is_word(before) or before in set(")]}%.,;:!?$’”")
