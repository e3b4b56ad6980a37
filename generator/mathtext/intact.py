r"""Finds mathematics that still has its dollars: `$..$`, `$$..$$`, `\(..\)`, `\[..\]`.

A dollar is also a price. Two dollars enclose mathematics if what stands between looks like it: TeX
commands or scripts, or one short expression without spaces; never words of running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import MathSpan

_OPEN = re.compile(r"\\\\|\\\$|\$\$?|\\\(|\\\[")
_LONGEST = 600
_MARKUP = re.compile(r"\\[A-Za-z]+|[\\^_=<>{}]")
_TEXT = re.compile(
    r"\\(?:text\w*|mbox|emph|mathrm|operatorname\*?|mathtt|mathsf)\s*\{[^{}]*\}|\\[A-Za-z]+"
)
_WORDS = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])")
_PRICE = re.compile(
    r"\s*\d[\d.,]*\s*(?:[kKmMbB]n?\b|million|billion|trillion|per|and|to|for|in|a|or)?[^\\^_]*$"
)
_SHORT = re.compile(
    r"[^\s$]{1,40}$|[-+]?\d(?:[\d.,]*\d)?\s?%?[A-Za-z]{0,4}$"
    r"|\d[\d.,]*\s?[-+/:,x]\s?\d[\d.,]*%?$|\d+ [A-Za-z]{1,4}$"
    r"|[^\W\d]\w{0,2}(?:\s?[,+\-*/:;]\s?\w{1,3})*$"
    # A function's arguments, a tuple, an interval.
    r"|(?:[^\W\d]\w{0,2})?[(\[|][-\w.']{1,8}(?:\s?[,;:|]\s?[-\w.']{1,8}){0,8}[)\]|]$"
)
_TERMS = re.compile(r"[-\w\s+*/|()\[\].,;:'!%]{3,80}$")
_JOINT = re.compile(r"[+*/|()\[\]]|\s-\s")
_RUNS = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "as is at by of or to in on an we us it no so be do go he if me my up am US CA AU HK NZ".split()
)
_NAMED = frozenset("log ln exp max min sup inf sin cos tan poly polylog det dim deg".split())
# `\rule[0.25em]{1em}{0.4pt}`, which the option keeps from the damage: its dollars may be gone.
_RULE = re.compile(
    r"\\?rule\[[^\[\]{}$]{0,12}\]\{\s?[\d.]{1,6}\s?[a-z]{2}\s?\}\{\s?[\d.]{1,6}\s?[a-z]{2}\s?\}"
)
_LINK = re.compile(r"\\(?:href|url)\b")


def find_intact(text: str) -> list[MathSpan]:
    """The formulas between dollars or TeX brackets, in order, and rules outside of them."""
    found = list(_find(text)) if "$" in text or "\\(" in text or "\\[" in text else []
    return _with_rules(text, found) if "rule[" in text else found


def _with_rules(text: str, found: list[MathSpan]) -> list[MathSpan]:
    """Also the dashes that are drawn, between the formulas."""
    rules: list[MathSpan] = []
    edges = [0, *(at for span in found for at in (span.start, span.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for match in _RULE.finditer(text, start, end):
            tex = "\\" + match[0].removeprefix("\\")
            rules.append(MathSpan(*match.span(), tex, "the lengths of a rule"))
    return sorted([*found, *rules])


def _find(text: str) -> Iterator[MathSpan]:
    at = 0
    ends: dict[str, int] = {}  # where each closer stands next, or -1: keeps the search linear
    while match := _OPEN.search(text, at):
        mark = match.group()
        at = match.end()
        if mark in ("\\\\", "\\$"):
            continue
        closer = {"\\(": "\\)", "\\[": "\\]"}.get(mark, mark)
        end = ends.get(closer, 0)
        if 0 <= end < at:
            end = ends[closer] = _closing(text, at, closer)
        if end < 0 or end - at > _LONGEST:
            continue
        inside = text[at:end]
        if mark[0] == "\\" or _is_mathematics(text, match.start(), at, end, inside):
            if inside.strip() and "\n\n" not in inside:
                because = f"between {mark} and {closer}"
                tex = " ".join(inside.split())
                yield MathSpan(match.start(), end + len(closer), tex, because)
                at = end + len(closer)


def _closing(text: str, at: int, closer: str) -> int:
    """Where the closer stands, not counting escaped dollars; -1 if nowhere."""
    end = text.find(closer, at)
    while end > 0 and closer[0] == "$" and _escaped(text, end):
        end = text.find(closer, end + 1)
    return end


def _escaped(text: str, at: int) -> bool:
    slashes = 0
    while at - slashes - 1 >= 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _is_mathematics(text: str, start: int, at: int, end: int, inside: str) -> bool:
    if _LINK.search(inside):
        return False
    stripped = inside.strip()
    if not stripped:
        return False
    bare = _TEXT.sub(" ", inside)
    words = _WORDS.findall(bare)
    after = text[end + 1 : end + 2]
    if _MARKUP.search(inside):
        price = _PRICE.match(inside) is not None and len(words) > 0
        # No price begins with a letter, and none ends just behind one.
        tight = not (inside[0].isdigit() or inside[0].isspace() or inside[-1].isspace())
        most = 12 if tight and not after.isalnum() else 3
        return not price and len(words) <= most + bare.count("_")
    if inside[:1].isspace() and inside[-1:].isspace() and len(stripped) == 1:
        return stripped.isalpha()
    if inside[-1:].isspace() or inside[:1].isspace():
        return False
    if after.isdigit() and any(map(str.isalnum, inside)):  # but `$+$6.25` is no price
        return False
    if start and text[start - 1].isalpha() and inside[0].isdigit() and len(words):
        return False
    return _SHORT.match(stripped) is not None or _is_reckoned(stripped)


def _is_reckoned(inside: str) -> bool:
    """`O(n/k + k)`, `f(x) + g(y)`: nothing but signs, joined or in brackets.

    >>> _is_reckoned("0.003 - 0.002i"), _is_reckoned("5 (or 6"), _is_reckoned("A to B (b)")
    (True, False, False)
    """
    if not _TERMS.match(inside) or not _JOINT.search(inside):
        return False
    runs = _RUNS.findall(inside)
    if not runs or any((len(run) > 2 and run not in _NAMED) or run in _ENGLISH for run in runs):
        return False
    return inside.count("(") == inside.count(")") and inside.count("[") == inside.count("]")
