"""Cuts a string into cells: letters, numbers, names, words, spaces and single signs.

A word becomes one cell if it is English, a name or unknown, and several if it is glued mathematics.
Cells of kind `name` are TeX commands whose backslash was lost (or, `kept`, still stands).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..texmath.symbols import FUNCTIONS, GREEK, LARGE, SIZES
from .names import (
    ACCENTED,
    COMMANDS,
    GLUABLE,
    LOUD,
    NEGATED,
    TELLING,
    english,
    glued,
    joined,
    split,
)

Kind = Literal["space", "number", "letter", "name", "word", "sign", "stop"]


@dataclass(slots=True)
class Cell:
    """One piece of a string."""

    kind: Kind
    text: str
    start: int
    end: int
    kept: bool = False
    """True for a name whose backslash still stands."""
    part: bool = False
    """True for a piece of a glued word."""

    @property
    def loud(self) -> bool:
        """True for a name that is no word of any language."""
        return self.kind == "name" and (self.kept or self.text in LOUD)


_CUT = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(?:,\d{3}(?!\d))*(?:\.\d+)*|(?:(?<=[=<>({ ])|(?<=[=<>]\}))\.\d+)"
    rf"|(?P<accented>{ACCENTED.pattern})"
    r"|(?P<kept>\\(?:[A-Za-z]+|[{}|,;:!\ %]))"
    r"|(?P<starred>operatorname\*(?=\{)|perp\s?!+\s?perp(?![A-Za-z]))"
    r"|(?P<letter>[\u0370-\u03ff\u2100-\u214f\U0001d400-\U0001d7ff])"  # α as itself, ℝ, 𝓛
    r"|(?P<word>[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+)"
    r"|(?P<stop>\x00+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"https?://|www\.|\w@\w|\.(?:com|org|io|net|edu|ai|cn|de|fr|uk|eu|app|dev)(?![A-Za-z])"
)
_UNITS = frozenset("msgLlMAVWFNJTPH")
_RELATION = re.compile(
    r"([A-Za-z])(in|ne|le|ge|sim|subset|cap|cup|gg|ll|mid|circ|parallel)([A-Z]?)$"
)
_COMPARED = re.compile(r"([A-Za-z])(gg|ll|le|ge)(log)$")
_AHEAD = re.compile(
    r"\s?(?:[B-HJ-Zb-z](?![A-Za-z'’]|-(?!\d))|\d|[\[({][-\w])"
    r"|\s(?:(?:min|max|inf|sup|log|ln|exp)[_({]|(?:log|ln) [A-Za-z]\b|sqrt\b|frac\{|mathbb )"
    r"|\s(?:S[OEUL]|GL|Sp)\("
)
_SET_AHEAD = re.compile(r"\s(?:[B-HJ-Z](?:to\s|(?![\w'’.-]))|[+-]?infty)")
_POINT_AHEAD = re.compile(r"\s(?:[b-z](?![\w'’.-])|[+-]?(?:infty|[01](?![\w.%])))")
_SET_BEHIND = re.compile(r"\s?[\[{(]|[A-Z](?![a-z])|\smath")
_LAW_AHEAD = re.compile(r"\s(?:[A-Z][\^_(]|math(?:cal|bb))")
_MAP = re.compile(r"[A-Z]to[A-Z]\Z")
_MAPPING = re.compile(r"(?<![A-Za-z])[A-Za-z]:\s?\Z")
_SWITCHES = frozenset(("rm", "bf", "cal"))
_FACTORS = frozenset(("sim", "approx", "pm"))
_LIMITS = frozenset("max min sup inf sum prod int argmax argmin".split()) | frozenset(GREEK)
_LIMIT_BEHIND = re.compile(r"(?<![A-Za-z_])(?:max|min|sup|inf|sum|prod|int|lim|argmax|argmin)_\Z")
_LIMITED = frozenset(LARGE) | FUNCTIONS
_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_LONGEST_HOST = 80
_BEHIND_A_LETTER = frozenset(name for name in GREEK if len(name) > 3) | {"frac"}
_SCRIPTED = re.compile(r"\s[A-Z][\^_]")
_BEFORE = frozenset("_^{")
_SETS = frozenset(mark + sign for mark in "[({" for sign in "01-+tx")
_AFTER = frozenset("_^{}")
_MARKED = re.compile(
    r"\\(?:text[a-z]{2}|emph|underline)\s?\{[^{}\\$]{0,200}\}"
    r"|(?<=[A-Za-z])\ufffc+(?=[A-Za-z])|\bapprox\.(?!\d)"
)
_NEXT_WORD = re.compile(r"_[A-Za-z][a-z]{2,}(?![A-Za-z^{(])")
_LAST_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z][a-z]{2,}_\Z")
_FUNCTION = re.compile(r"(?![bcsv]log$)[A-Za-z](?:log|ln|max|min|exp|sin|cos)$")
_LOGARITHM = re.compile(r"(?!(?:b|v|s|c|f|we|ep)log$)(?!log$)([A-Za-z]{0,2}?)((?:log)+)$")
_VALUE_AHEAD = re.compile(r"\s[B-HJ-Zb-z0-9](?![\w'’-])|\(|[\^_]")
_TAG = re.compile(r"(?<![A-Za-z\\])(langle)\s?(/?)\s?([A-Za-z]{3,24}?)\s?(rangle)(?![A-Za-z])")
_RAISED = re.compile(r"(?:circledR|dagger|prime|star|ast|top)(?=[A-Z])")
_FACTOR = re.compile(
    rf"(?:(?<![^\W_])[B-Zb-z]|[)}}\]'*]|[_^/]\w+|(?<![A-Za-z])(?:{'|'.join(GREEK)}))\s?\Z"
)
_ALGEBRA = re.compile(r"(?<![^\W_])A\s?\Z")
_IN_WORD = "-\ufffc"
"""Beside letters; the object replacement character stands where a caller has hidden a command."""


def cut(text: str, at: int, stop: int, cells: list[Cell]) -> None:
    """Adds the cells of a stretch of a string, without gaps, in order."""
    stops = _addresses(text, at, stop) + _marked_words(text, at, stop)
    tags = {tag.start(): tag for tag in _tags(text, at, stop)}
    for start, end in sorted([*stops, *(tag.span() for tag in tags.values())]):
        if start < at:
            continue
        _cut(text, at, start, cells)
        if start in tags:
            cells += _tag(tags[start])
        else:
            cells.append(Cell("stop", text[start:end], start, end))
        at = end
    _cut(text, at, stop, cells)


def _tags(text: str, at: int, stop: int) -> Iterator[re.Match[str]]:
    r"""`langlethinkrangle`, `langle/think rangle`: a word between angles is no run of commands."""
    if "rangle" in text:
        for tag in _TAG.finditer(text, at, stop):
            word = tag[3]
            pieces = split(word) or ()
            names = word in COMMANDS or (pieces and all(len(piece) > 1 for piece in pieces))
            if not names and glued(word) is None:
                yield tag


def _tag(tag: re.Match[str]) -> list[Cell]:
    kinds: tuple[Kind, ...] = ("name", "sign", "word", "name")
    return [
        Cell(kind, tag[i], *tag.span(i), part=True) for i, kind in enumerate(kinds, 1) if tag[i]
    ]


def _addresses(text: str, at: int, stop: int) -> list[tuple[int, int]]:
    """Where links and mail addresses stand: `x_1` in one is a name."""
    found: list[tuple[int, int]] = []
    done = at
    for match in _ADDRESS.finditer(text, at, stop):
        start = match.start()
        if start < done:
            continue
        if text[start] != "h" and text[start] != "w":
            low = max(done, start - _LONGEST_HOST)
            while start > low and text[start - 1] in _HOST:
                start -= 1
        end = match.end()
        while end < stop and not text[end].isspace() and text[end] != "\0":
            end += 1
        found.append((start, end))
        done = end
    return found


def _marked_words(text: str, at: int, stop: int) -> list[tuple[int, int]]:
    r"""Words of running text: `mu\textbf{L}ti-agent` with a face inside, `approx.` cut short."""
    found: list[tuple[int, int]] = []
    done = at
    for match in _MARKED.finditer(text, at, stop):
        start, end = match.span()
        while start > done and (text[start - 1].isalpha() or text[start - 1] in _IN_WORD):
            start -= 1
        while end < stop and (text[end].isalpha() or text[end] in _IN_WORD):
            end += 1
        if start >= done:
            found.append((start, end))
            done = end
    return found


def _cut(text: str, at: int, stop: int, cells: list[Cell]) -> None:
    for match in _CUT.finditer(text, at, stop):
        start, end = match.span()
        kind = match.lastgroup
        found = match.group()
        if kind == "accented":
            cells.append(Cell("name", found[1] + found[3:-1], start, end, kept=True))
        elif kind == "starred":
            cells.append(Cell("name", found[:-1] if found[-1] == "*" else "Perp", start, end))
        elif kind == "word" and found in _SWITCHES and text[start - 1 : start] == "{":
            cells.append(Cell("name", found, start, end))
        elif kind == "word":
            cells += _word(found, start, text)
        elif kind == "kept":
            name = found[1:]
            if name in COMMANDS:
                cells.append(Cell("name", name, start, end, kept=True))
            elif name.isalpha():
                cells.append(Cell("stop", found, start, end))  # a macro of the authors
            else:
                cells.append(Cell("sign", found, start, end))
        else:
            cells.append(Cell(kind, found, start, end))  # type: ignore[arg-type]


@lru_cache(maxsize=65536)
def _is_whole(word: str) -> bool:
    """True for what can only be a word."""
    return word not in COMMANDS and split(word) is None


def _word(word: str, start: int, text: str) -> list[Cell]:
    end = start + len(word)
    if (len(word) < 9 or word[1:] == "parallel") and (
        pieces := _by_neighbours(word, text, start, end)
    ):
        return _pieces(pieces, start)
    if parts := joined(word) or _joined_here(word, text[start - 1 : start]):
        return _parted(parts, start)
    if word[:3] == "not" and f"not\\{word[3:]}" in NEGATED and word not in COMMANDS:
        return [Cell("name", f"not\\{word[3:]}", start, end, part=True)]  # `notsubseteq`
    if word[:5] == "times" and len(word) > 7 and text[start - 1 : start].isdigit():
        kind: Kind = "name" if word[5:] in _FACTORS else "word"
        rest = Cell(kind, word[5:], start + 5, end, part=True)
        return [Cell("name", "times", start, start + 5, part=True), rest]  # `4timesfaster`
    if word[-6:] == "limits" and word[:-6] in _LIMITED and text[end : end + 1] in ("_", "^"):
        return [Cell("name", word[:-6], start, end, part=True)]  # `sumlimits_{i=1}^n`
    if word[1:6] == "times" and (pieces := split(word)) and pieces[0] in ("rtimes", "ltimes"):
        if not _is_semidirect(text, start, end):  # `R^{rtimes k}`
            return _pieces((word[0], "times", *pieces[1:]), start)
    if len(word) == 1:
        return [Cell("letter", word, start, end)]
    if _is_whole(word):
        return [Cell("word", word, start, end)]
    if word in COMMANDS:
        return [Cell("name", word, start, end)]
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if (glue := _LOGARITHM.match(word)) and not before.isalnum() and _VALUE_AHEAD.match(text, end):
        # `O(nlog n)`, `O(WLlog W)`, `loglog T`
        factors = (glue[1],) if glue[1] in GREEK else glue[1]
        return _pieces((*factors, *["log"] * (len(glue[2]) // 3)), start)
    if word[1:] in _BEHIND_A_LETTER and (
        _is_atom(word, text, start, end) or _is_factor(word, text, start, end)
    ):
        return _pieces((word[0], word[1:]), start)
    named = _is_named(text, start, end)
    pieces = glued(word) or _forced(word, before, after, text[end : end + 2], named=named)
    if pieces is None:
        return [Cell("word", word, start, end)]
    return _pieces(pieces, start)


def _is_atom(word: str, text: str, start: int, end: int) -> bool:
    """`Calpha`, `Hbeta`: an atom or a line of a spectrum by a Greek letter, alone."""
    if not word[0].isupper() or word[1] not in "abgdels" or word[1:] == "frac":
        return False
    return not (text[start - 1 : start].isalnum() or text[end : end + 1] in ("_", "(", "{"))


def _is_factor(word: str, text: str, start: int, end: int) -> bool:
    r"""`y=Xbeta+`, `|y - Xbeta|`, `= USigma V^top`, `Cfrac{`: a letter times what it touches."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == " " and (after == "|" or text[start - 2 : start - 1] == "="):
        before = text[start - 2 : start - 1]
    if word[1:] == "frac":
        return after == "{"
    if word.lower() in english():
        return False
    if before in ("=", "+", "|") or (before == "-" and after in ("|", ")", "+")):
        return before != ""
    return word[0].isupper() and _SCRIPTED.match(text, end) is not None


def _is_semidirect(text: str, start: int, end: int) -> bool:
    """True where `rtimes` has a group or an algebra to its left: else it is a letter and `times`.

    The article begins a sentence too: only `A rtimes G` is a product of an algebra.
    """
    before = text[max(0, start - 16) : start]
    if _ALGEBRA.search(before):
        return text[end : end + 2].strip()[:1].isupper()
    return _FACTOR.search(before) is not None


def _is_named(text: str, start: int, end: int) -> bool:
    """True for a part of `num_heads`: a word stands on the other side of an underscore."""
    return bool(_NEXT_WORD.match(text, end) or _LAST_WORD.search(text, max(0, start - 12), start))


def may_be_glued(word: str) -> bool:
    """True where the text around the word could show it to be glued."""
    if word[:2] == "mu" and (word[2:] in _UNITS or (len(word) < 6 and word[2:].isupper())):
        return True
    if len(word) == 3 and word[:2] == "to" and word[2].isupper():
        return True
    if word[-3:] == "log" and (_LOGARITHM.match(word) or _COMPARED.match(word)):
        return True
    if len(word) == 3 and word[1:] == "to":
        return True
    if word[1:3] == "to" and _MAP.match(word):
        return True
    if _RELATION.match(word) is None:
        atom = word[0] < "a" and word[1:] in _BEHIND_A_LETTER
        return atom or (word[:3] == "not" and f"not\\{word[3:]}" in NEGATED)
    return word.lower() not in english() or (word[1:] == "sim" and word[0].isupper())


def _by_neighbours(word: str, text: str, start: int, end: int) -> tuple[str, ...] | None:
    """`5 mum`, `muKE`, `jne i`, `zsim 2`: what only the text around it shows to be glued."""
    if word[:2] == "mu":
        number = text[max(0, start - 4) : start].rstrip(" \n,")
        unit = word[2:] in _UNITS and number[-1:].isdigit()
        if unit or (len(word) < 6 and word[2:].isalpha() and word[2:].isupper()):
            return ("mu", *word[2:])
    if word[:2] == "in" and (len(word) == 2 or (len(word) == 3 and word[2].isupper())):
        # `Δin{3,4}`, `(x,y)inR^n`
        glued_to = text[start - 1 : start]
        if glued_to > "\u0370" or (glued_to == ")" and _SET_BEHIND.match(text, start + 2)):
            return ("in", *word[2:])
    if word[1:] in _LIMITS and _LIMIT_BEHIND.search(text, max(0, start - 8), start):
        return (word[0], word[1:]) if text[end : end + 1] in ("_", "^") else None  # `min_xmax_y`
    if len(word) == 3 and word[1:] == "to" and word not in ("Ito", "Oto"):
        ahead = _SET_AHEAD if word[0].isupper() else _POINT_AHEAD
        return (word[0], "to") if ahead.match(text, end) else None  # `f: Xto Y`, `tto 0`
    if word[1:3] == "to" and _MAP.match(word) and _MAPPING.search(text, max(0, start - 3), start):
        return (word[0], "to", word[3])  # `f:XtoY`
    if word[-3:] == "log" and (compared := _COMPARED.match(word)):
        return compared.groups() if _VALUE_AHEAD.match(text, end) else None  # `dgglog n`
    relation = _RELATION.match(word)
    if word[1:] == "sim" and word[0].isupper() and _LAW_AHEAD.match(text, end):
        return (word[0], "sim")  # `Ssim D^m`, which is no SSIM
    if relation is None or word in COMMANDS or word.lower() in english():
        return None
    if relation[3]:
        # A small letter in a capital one is no word, but `MinD` is a protein and `linA` a gene.
        set_ = relation[1] in "abcdefghijkmnopqrstuvwxyz" or relation[3] in "NRZQCXSF"
        return relation.groups() if relation[2] == "in" and set_ else None
    return (relation[1], relation[2]) if _AHEAD.match(text, end) else None


def _joined_here(word: str, before: str) -> tuple[str, ...] | None:
    """`1toN` and `Warfare^circledRIII`, where the sign before the word tells."""
    if before.isdigit() and len(word) == 3 and word[:2] == "to" and word[2].isupper():
        return ("", "to", word[2])
    if before == "^" and word not in COMMANDS and (sign := _RAISED.match(word)):
        return ("", sign[0], word[sign.end() :])
    return None


def _parted(parts: tuple[str, ...], start: int) -> list[Cell]:
    """A name between the words it was glued to."""
    cells = []
    for i, part in enumerate(parts):
        if part:
            kind: Kind = "name" if i == 1 else "letter" if len(part) == 1 else "word"
            cells.append(Cell(kind, part, start, start + len(part), part=True))
            start += len(part)
    return cells


def _pieces(pieces: tuple[str, ...], start: int) -> list[Cell]:
    cells = []
    for piece in pieces:
        kind: Kind = "name" if len(piece) > 1 else "letter"
        cells.append(Cell(kind, piece, start, start + len(piece), part=True))
        start += len(piece)
    return cells


def _forced(
    word: str, before: str, after: str, ahead: str, *, named: bool
) -> tuple[str, ...] | None:
    """A split without a loud name, where scripts or brackets beside the word ask for one."""
    if len(word) < 3:
        return None
    pieces = split(word)
    if pieces is None or all(len(piece) == 1 for piece in pieces):
        return None
    if any(len(piece) > 1 and piece not in GLUABLE for piece in pieces):
        return None
    letters = sum(len(piece) == 1 for piece in pieces)
    if before.isdigit() and len(pieces[0]) > 1 and word not in english():
        return pieces if pieces[0] in ("times", "pm", "sim", "cdot", "leq") else None
    if word[-5:] == "times" and (len(word) == 6 or word == "elltimes") and word not in english():
        return pieces  # `ntimes n`
    if _FUNCTION.match(word) and (before in ("(", "/", "+", "=") or after == "("):
        return (word[0], word[1:])  # `O(nlog n)`
    if pieces[-1] in SIZES and after and after in "([{|)]}.":
        return pieces  # `sigmaleft(`
    inside = before in _BEFORE or after in _AFTER
    if "_" in (before, after) and named and TELLING.isdisjoint(pieces):
        if not any(len(piece) > 3 and piece in GREEK for piece in pieces):
            return None  # `num_heads`, `max_len`, `Lingo_Lab`: a name of two words
    if not inside and ahead not in _SETS:
        return None
    if word.lower() in english():
        # `xinR^d`, `tin[0,1]`: a letter, a relation and at most a letter more
        fits = len(pieces) <= 3 and len(pieces[0]) == 1 and pieces[1] in ("in", "to", "sim", "mid")
        return pieces if fits and (after in ("^", "_") or ahead[:1] in "[({") and after else None
    return pieces if letters <= 3 else None
