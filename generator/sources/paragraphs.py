"""Text as paragraphs, whether blank lines part them or not, and what reads like an abstract.

Blank lines get lost when a page is copied: a title then stands right above its abstract, or below
that of another paper. They may also hold a character that shows nothing. Both are mended here, so
that whoever reads the paragraphs finds titles and abstracts apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ..datelines import read_date_line
from ..errors import quote

Note = tuple[int, str]
"""A line and what is odd there."""

Asides = Callable[[str], str]
"""What a line may be that is no title and no abstract, as letters of `_Costs.steps`."""

# What shows nothing: controls that are no white space, soft hyphens, zero-width spaces and joins,
# byte-order marks, marks of direction and variation, and the letters that Unicode counts as such.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
_SEEN = re.compile(rf"[^\s{_INVISIBLE}]")

_SENTENCE_BREAK = re.compile(r"[a-z)\]][.!?]['\")\]]* +[A-Z]|[。！？]['\")\]”）]*\w")
_SENTENCE_END = re.compile(r"[.!。！]['\")\]”）]*$")
# A host from its beginning on, or a line of hyphens is looked at again from each of its words.
_LINK = re.compile(r"https?://|(?<![\w-])-*\w[\w-]*\.(?:com|org|io)/")
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")

_WIDEST = 130
"""Columns at which text is wrapped at most; a longer line was never wrapped."""

_LONGEST_HEADER = 60
"""Characters of the longest header line."""

_SURE_TITLE = -3.0
"""What a short line with capitals scores at most."""
_SURE_ABSTRACT = 2.0
"""What a sentence or two score at least."""


class Paragraph(NamedTuple):
    """Lines that belong together, and the first one's number."""

    line: int
    text: str


def bare(text: str) -> str:
    r"""What a reader sees of a line: no invisible character, and every white space one space.

    >>> bare("\ufeffMar\u00a012\u200e")
    'Mar 12'
    """
    return " ".join(_seen(text).split())


def _seen(text: str) -> str:
    # Nearly all text is ASCII, where no letter is invisible.
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def abstractness(text: str) -> float:
    """How much a paragraph reads like an abstract (above 0) or like a title (below 0).

    Log-odds by hand, from 6,161 arXiv records and 220 captured pairs: titles have at most 205
    characters and never end in a full stop; of the abstracts two are shorter than 300 characters
    and 95 in 100 end in a full stop, the others mostly in a link.
    """
    length = len(text)
    if length > 600:
        return 9.0
    text = _seen(text)
    score = -2.0 if length <= 120 else -1.0 if length <= 210 else 1.0 if length <= 300 else 5.0
    if _SENTENCE_END.search(text[-8:]):
        score += 2.0
    if _SENTENCE_BREAK.search(text):
        score += 2.0
    if _LINK.search(text):
        score += 2.5
    if text[:1].islower():
        score += 0.5
    words = _WORD.findall(text)
    if len(words) >= 3:
        capitals = sum(word[0].isupper() for word in words) / len(words)
        score += -1.5 if capitals >= 0.6 else 1.0 if capitals <= 0.3 else 0.0
    return score


def read_paragraphs(text: str, asides: Asides) -> tuple[list[Paragraph], list[Note]]:
    """The paragraphs of a text, and where one was parted although no blank line is there.

    In a file without blank lines every line is one; lines that `asides` calls `H` stand alone, and
    so do those at an end that it calls `L`, which are addresses, and, where no line was wrapped,
    those that it calls `P`.
    """
    return _part(list(_free_headers(_between_blanks(text), asides)), asides)


def _between_blanks(text: str) -> list[Paragraph]:
    """Runs of lines that are not blank; in a file without blank lines every line is one."""
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1)]
    runs = groupby(lines, key=lambda line: _SEEN.search(line[1]) is not None)
    found = [list(run) for seen, run in runs if seen]
    blanks = len(found) - (_SEEN.search(lines[-1][1]) is not None)
    if blanks <= 1 and sum(len(run) - 1 for run in found) >= 3:
        found = [[line] for run in found for line in run]
    return [Paragraph(run[0][0], "\n".join(line for _, line in run)) for run in found]


def _free_headers(paragraphs: list[Paragraph], asides: Asides) -> Iterator[Paragraph]:
    """The paragraphs, header lines inside of one apart.

    `cat` glues the header of a page to the last abstract of another. Two such lines on end are no
    wrapped text; a date is none either where nothing before or behind it goes on.
    """
    if not any("\n" in paragraph.text for paragraph in paragraphs):
        yield from paragraphs
        return
    lines = [
        Paragraph(paragraph.line + at, line)
        for paragraph in paragraphs
        for at, line in enumerate(paragraph.text.split("\n"))
    ]
    # Short lines only: in a wrapped file, that spares nearly all of them.
    known = [len(row) <= _LONGEST_HEADER and _is_header(asides(row)) for _, row in lines]
    apart = {
        number
        for at, (number, _) in enumerate(lines)
        if known[at] and any(known[max(at - 1, 0) : at] + known[at + 1 : at + 2])
    }
    dates = {n for (n, row), header in zip(lines, known, strict=True) if header and _is_date(row)}
    for paragraph in paragraphs:
        rows = paragraph.text.split("\n")
        if len(rows) == 1:
            yield paragraph
            continue
        freed = [
            paragraph.line + at in apart
            or (
                paragraph.line + at in dates
                and (at == 0 or _ends(rows[at - 1]))
                and (at + 1 == len(rows) or not rows[at + 1][:1].islower())
            )
            for at, row in enumerate(rows)
        ]
        if max(map(len, rows)) > _WIDEST:
            freed = [
                is_free or "P" in asides(row) for is_free, row in zip(freed, rows, strict=True)
            ]
        end = _end_of_text(rows, asides)
        freed[end:] = [True] * (len(rows) - end)
        edges = [at for at in range(1, len(rows)) if freed[at - 1] or freed[at]]
        yield from _cut(paragraph.line, rows, edges)


def _is_header(aside: str) -> bool:
    return "H" in aside and "L" not in aside  # an address may stand below `2015.` of an abstract


def _end_of_text(rows: Sequence[str], asides: Asides) -> int:
    """Behind which line nothing but addresses follows; not where a sentence goes on with them."""
    end = len(rows)
    while end > 1 and "L" in asides(rows[end - 1]):
        end -= 1
    return end if _SENTENCE_END.search(rows[end - 1][-8:]) else len(rows)


def _is_date(row: str) -> bool:
    return read_date_line(bare(row)) is not None


def _cut(first: int, rows: Sequence[str], edges: Iterable[int]) -> Iterator[Paragraph]:
    for start, end in pairwise([0, *edges, len(rows)]):
        yield Paragraph(first + start, "\n".join(rows[start:end]))


def _ends(line: str) -> bool:
    """Whether a line ends as abstracts do: in a full stop, or in a link."""
    link = "/" in line and _LINK.search(line.rsplit(None, 1)[-1])
    return bool(link or _SENTENCE_END.search(line[-8:]))


class _Costs(NamedTuple):
    """What it costs that one kind of paragraph follows another, in hundredths of log-odds.

    A step that is not listed does not happen. T is a title, A an abstract, C a further paragraph of
    one; t and a go on with a title or an abstract in the same paragraph. H is a line of the page
    between papers, I one inside of a paper; `^` comes before everything.
    """

    steps: dict[str, dict[str, int]]
    """Where a blank line is between the two."""
    cuts: dict[str, dict[str, int]]
    """Where a line end alone is."""


_CUTS = {
    "T": {"A": 40, "t": 30},
    "t": {"A": 40, "t": 30},
    "A": {"T": 40, "a": 0},
    "a": {"T": 40, "a": 0},
    "C": {"T": 40, "a": 0},
}
_APART = _Costs(
    {
        "^": {"T": 0, "H": 0},
        "T": {"T": 100, "A": 0, "H": 100, "I": 0},
        "t": {"T": 100, "A": 0, "H": 100, "I": 0},
        "A": {"T": 0, "C": 120, "H": 0},
        "a": {"T": 0, "C": 120, "H": 0},
        "C": {"T": 0, "C": 50, "H": 0},
        "H": {"T": 0, "H": 0},
        "I": {"T": 100, "A": 0, "I": 0},
    },
    _CUTS,
)
"""Blank lines are between all paragraphs; here and there one is missing."""

_GLUED = _Costs(
    {
        **_APART.steps,
        "T": {"T": 30, "A": 150, "H": 100, "I": 0},
        "t": {"T": 30, "A": 150, "H": 100, "I": 0},
        "I": {"T": 100, "A": 150, "I": 0},
    },
    {**_CUTS, "T": {"A": 0, "t": 30}, "t": {"A": 0, "t": 30}},
)
"""Blank lines are between papers, and none between a title and its abstract."""

_UNSURE = 5
"""What a cut costs more where a wrapped line may have ended as well."""
_NO_TITLE = 100
"""What a title costs more that reads like a line of the page."""
_TITLE_INSIDE = 100
"""What a paragraph costs more that is taken whole, for each sure title between two abstracts."""

_KINDS = "TACHIta"
"""Which of two equally cheap ends is taken: the first."""

_MOST_PIECES = 400_000
"""Parts of paragraphs that are weighed; each takes a KB."""


class _Piece(NamedTuple):
    """A part of a paragraph that no cut goes through."""

    paragraph: Paragraph
    worth: dict[str, int]
    """See `_worth`."""
    unsure: bool = False
    """Whether a wrapped line may have ended before it."""
    fresh: bool = True
    """Whether nothing before it goes on: a sentence ended, or the paragraph begins."""


def _worth(text: str, aside: str, extra: int = 0) -> dict[str, int]:
    """What it costs that a text is of a kind; `aside` says of which others it can be."""
    score = round(100 * abstractness(text))
    title, abstract = max(score, 0) + extra, max(-score, 0) + extra
    worth = {"T": title, "t": title, "A": abstract, "C": abstract, "a": abstract}
    if aside:
        worth["T"] += _NO_TITLE
        worth |= dict.fromkeys(aside, 0)
    return worth


def _pieces(paragraph: Paragraph, asides: Asides) -> list[_Piece]:
    """A paragraph in parts, between which a blank line may be missing.

    Where a line was wrapped, the next word had no room. Where it had, somebody ended the line: a
    title or an abstract may end there. Lines that leave no doubt are titles all the same.
    """
    rows = paragraph.text.split("\n")
    width = max(map(len, rows))
    edges: dict[int, tuple[bool, bool]] = {0: (False, True)}
    for at, (row, following) in enumerate(pairwise(rows), 1):
        ends, begins = _ends(row), not following[:1].islower()
        word = following.split(None, 1)[0]
        room = width > _WIDEST or len(row) + 1 + len(word) <= width
        sure = not room and (
            (ends and abstractness(following) <= _SURE_TITLE)
            or (at == 1 and begins and abstractness(row) <= _SURE_TITLE)
        )
        if sure or (room and (ends or begins)):
            edges[at] = (not room, ends)
    parts = _cut(paragraph.line, rows, [*edges][1:]) if len(edges) > 1 else [paragraph]
    return [
        _Piece(part, _worth(part.text, asides(part.text)), *edge)
        for part, edge in zip(parts, edges.values(), strict=True)
    ]


def classify(paragraphs: Sequence[Paragraph]) -> str:
    """Titles, abstracts and further paragraphs of one: T, A or C for each."""
    _, path = _cheapest(([_Piece(p, _worth(p.text, ""))] for p in paragraphs), _APART)
    return "".join(kind for _, kind in path)


def _part(paragraphs: list[Paragraph], asides: Asides) -> tuple[list[Paragraph], list[Note]]:
    """The paragraphs, parted where a title and an abstract share one."""
    if not any("\n" in paragraph.text for paragraph in paragraphs):
        return paragraphs, []
    pieces = [_pieces(paragraph, asides) for paragraph in paragraphs]
    flat = [piece.paragraph for group in pieces for piece in group]
    if len(flat) == len(paragraphs) or len(flat) > _MOST_PIECES:
        return paragraphs, []
    cost, path = _cheapest(pieces, _APART)
    glued, other = _cheapest(pieces, _GLUED) if cost else (0, path)
    if layout := glued < cost:
        path = other
    firsts = {paragraph.line for paragraph in paragraphs}
    found: list[Paragraph] = []
    above: list[Paragraph] = []
    notes: list[Note] = []
    for start, end, kind in _spans(path):
        unit = Paragraph(flat[start].line, "\n".join(part.text for part in flat[start:end]))
        if unit.line not in firsts and kind == "T":
            notes.append((unit.line, f"no blank line before {quote(unit.text)}; read as a title"))
        elif unit.line not in firsts:
            above.append(found[-1])
        found.append(unit)
    for title in above[:1] if layout else above:
        what = f"no blank line between {quote(title.text)} and its abstract"
        # How a file is written is said once; what happened to a paper, for each.
        many = f" ({len(above)} such papers in this file)" if layout else ""
        notes.append((title.line, f"{what}{many}; parted"))
    return found, notes


def _spans(path: list[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """`(from piece, to piece, kind)` of every title, abstract and other line."""
    start, begun = 0, path[0][1]
    for (end, _), (_, kind) in pairwise(path):
        if kind not in "ta":
            yield start, end, begun
            start, begun = end, kind
    yield start, path[-1][0], begun


def _cheapest(
    paragraphs: Iterable[Sequence[_Piece]], costs: _Costs
) -> tuple[int, list[tuple[int, str]]]:
    """What the pieces are: the cost and `(to piece, kind)` of the cheapest path (Viterbi).

    It looks at the whole list at once, so one missing abstract does not turn every later title
    into an abstract. Linear in the number of pieces: a step takes one piece or a whole paragraph.
    """
    came: list[dict[str, tuple[int, str]]] = [{}]
    reached = {"^": 0}
    for pieces in paragraphs:
        start, outset = len(came) - 1, reached
        for at, piece in enumerate(pieces):
            steps = costs.cuts if at else costs.steps
            extra = _UNSURE if piece.unsure else 0
            reached, back = _step(reached, steps, piece.worth, start + at, extra)
            if piece.fresh:  # no title goes on behind the end of a sentence
                reached.pop("t", None)
            came.append(back)
        if len(pieces) > 1:
            text = "\n".join(piece.paragraph.text for piece in pieces)
            worth = _worth(text, "", _TITLE_INSIDE * _titles_inside(pieces))
            whole, back = _step(outset, costs.steps, worth, start)
            for kind, cost in whole.items():
                if kind not in reached or cost <= reached[kind]:
                    reached[kind] = cost
                    came[-1][kind] = back[kind]
    kind = min(reached, key=lambda kind: (reached[kind], _KINDS.index(kind)))
    total, place = reached[kind], len(came) - 1
    path = []
    while place:
        path.append((place, kind))
        place, kind = came[place][kind]
    return total, path[::-1]


def _step(
    reached: dict[str, int],
    steps: dict[str, dict[str, int]],
    worth: dict[str, int],
    place: int,
    extra: int = 0,
) -> tuple[dict[str, int], dict[str, tuple[int, str]]]:
    """What it costs to reach each kind behind a text at a place, and where that came from."""
    best: dict[str, int] = {}
    back: dict[str, tuple[int, str]] = {}
    for before, cost in reached.items():
        for kind, step in steps.get(before, {}).items():
            if kind in worth:
                total = cost + step + worth[kind] + (extra if kind in "TA" else 0)
                if kind not in best or total < best[kind]:
                    best[kind], back[kind] = total, (place, before)
    return best, back


def _titles_inside(pieces: Sequence[_Piece]) -> int:
    """Pieces that nobody takes for a part of an abstract: a title between two that end and begin
    one."""
    texts = [piece.paragraph.text for piece in pieces]
    return sum(
        _ends(above) and abstractness(text) <= _SURE_TITLE and abstractness(below) >= _SURE_ABSTRACT
        for above, text, below in zip(texts, texts[1:], texts[2:], strict=False)
    )
