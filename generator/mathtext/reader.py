"""What every part of the grammar needs: the place in the cells, what is written, the budget."""

from __future__ import annotations

from ..texmath import symbols as tex
from .cells import Cell
from .names import RELATIONS, SCRIPT_ONLY

LIMIT = 300
"""Cells a formula may have; longer ones are text, and no search takes longer than this."""
DEPTH = 12
"""Brackets in brackets a formula may have."""
ARGUMENT = frozenset(tex.FACES) | frozenset(tex.ACCENTS) | {"sqrt"} | (tex.TEXTS & {
    "text", "textbf", "textit", "texttt", "textrm", "textsc", "textsf", "operatorname",
})  # fmt: skip
"""Names that take the group or the sign behind them."""
FRACTIONS = frozenset(("frac", "dfrac", "tfrac"))
ENGLISH_INFIX = frozenset(
    "in ni to times sim mid cup cap vee wedge subset perp circ ast star ll gg le ge ne pm div"
    " mod bmod succ prec"
    " parallel neg implies iff".split()
)
"""Names between two things that are words too."""
_BEHIND_A = frozenset("circ cdot otimes oplus odot setminus cup cap".split())
_INFIX = frozenset("+*/=<>-:")


class NoFormula(Exception):
    """The cells cannot be read; never leaves this package."""


class Budget:
    """The steps a text may cost: so many a cell, which keeps any input linear."""

    def __init__(self, cells: int) -> None:
        self.steps = 600 + 3 * cells
        self._lent = 0

    def share(self) -> Budget:
        """What one seed may cost: half of what is left, but enough for most formulas."""
        part = Budget(0)
        part.steps = self._lent = max(self.steps // 2, min(self.steps, 400))
        return part

    def settle(self, share: Budget) -> None:
        """Takes off what the last share has cost."""
        self.steps -= self._lent - max(share.steps, 0)


def closings(cells: list[Cell]) -> dict[int, int]:
    """For each opening brace or bracket the cell that closes it; half-open intervals count."""
    found: dict[int, int] = {}
    opened: list[int] = []
    left: list[int] = []
    for i, cell in enumerate(cells):
        if cell.kind == "name" and cell.text == "left":
            left.append(i)
        elif cell.kind == "name" and cell.text == "right" and left:
            found[left.pop()] = i
        if cell.kind != "sign":
            continue
        if cell.text in ("(", "[", "{"):
            opened.append(i)
        elif cell.text in (")", "]", "}"):
            brace = cell.text == "}"
            while opened and brace and cells[opened[-1]].text != "{":
                opened.pop()
            if opened and (cells[opened[-1]].text == "{") == brace:
                found[opened.pop()] = i
    return found


class Reader:
    """Goes over the cells; every method leaves `at` behind what it read."""

    def __init__(
        self, cells: list[Cell], start: int, closing: dict[int, int], budget: Budget
    ) -> None:
        self.cells = cells
        self.at = start
        self.closing = closing
        self.budget = budget
        self.stop = min(len(cells), start + LIMIT)
        self.out: list[str] = []
        self.behind = -1
        """The cell behind the last thing read: a brace there is no grouping."""
        self.operand = -1
        """The cell behind a sum or function and its scripts: a brace there is grouping."""
        self.bars = 0
        """So many bars stand open: one before a script closes the last of them."""
        self.quoted = start > 0 and cells[start - 1].text == "`"
        """True behind TeX's opening quote, whose partner is no prime."""
        self.maps = False
        """True behind the colon of `f: X to Y`."""

    def tex(self) -> str:
        """Joined, with a space only where a name would run into a letter."""
        parts: list[str] = []
        for piece in self.out:
            if parts and parts[-1][0] == "\\" and parts[-1][-1].isalpha() and piece[:1].isalpha():
                parts.append(" ")
            if piece:
                parts.append(piece)
        return "".join(parts).strip()

    def cell(self, ahead: int = 0) -> Cell | None:
        at = self.at + ahead
        return self.cells[at] if at < self.stop else None

    def is_sign(self, signs: str, ahead: int = 0) -> bool:
        cell = self.cell(ahead)
        return cell is not None and cell.kind == "sign" and cell.text in signs

    def take(self) -> None:
        cell = self.cells[self.at]
        text = "perp\\!\\!\\!\\perp" if cell.text == "Perp" else cell.text
        self.out.append(f"\\{text}" if cell.kind == "name" else text)
        self.at += 1

    def attempt(self, part: str, depth: int) -> bool:
        """Reads a part; leaves everything as it was if that fails."""
        at, size = self.at, len(self.out)
        try:
            getattr(self, part)(depth)
        except NoFormula:
            self.at = at
            del self.out[size:]
            return False
        return True

    def text(self, ahead: int) -> str:
        cell = self.cell(ahead)
        return "" if cell is None else cell.text

    def space(self) -> bool:
        cell = self.cell()
        if cell is None or cell.kind != "space":
            return False
        self.at += 1
        self.out.append(" ")
        return True

    def article(self) -> bool:
        cell, after = self.cell(), self.cell(1)
        if cell is None or cell.kind != "letter" or cell.text not in "aAI":
            return False
        if after is None or after.kind != "space":
            return False
        return not (cell.text == "A" and self.text(2) in _BEHIND_A)  # `= A circ G`

    def wordlike(self, ahead: int) -> bool:
        cell = self.cell(ahead)
        return cell is not None and cell.kind in ("word", "letter")

    def lone(self, ahead: int) -> bool:
        """A single letter that no word, hyphen or apostrophe makes part of a word."""
        cell = self.cell(ahead)
        if cell is None or cell.kind != "letter":
            return False
        after = self.cell(ahead + 1)
        if after is not None and after.kind == "sign" and after.text in "-'’":
            return False
        return after is None or after.kind not in ("word", "stop")

    def joins(self, cell: Cell) -> bool:
        if cell.kind == "sign":
            return cell.text in _INFIX or cell.text in "≤≥×±→∈·≈−"
        if cell.kind != "name":
            return False
        return bool(cell.text in ENGLISH_INFIX or cell.text in RELATIONS or cell.text in tex.BINARY)

    def is_operator(self, ahead: int = 0) -> bool:
        """True at what joins two things, alone or in braces: `=`, `{=}`, `times`."""
        cell = self.cell(ahead)
        if self.is_sign("{", ahead) and self.is_sign("}", ahead + 2):
            cell = self.cell(ahead + 1)
        return cell is not None and self.joins(cell)

    def thin_space(self) -> None:
        r"""The thin spaces `\,` and `\!` beside an operator, which lost their backslash."""
        after = self.cell(1)
        if self.is_sign(",!") and after is not None and after.kind != "space":
            if self.is_sign(","):
                self.out.append("\\,")
            self.at += 1

    def is_operand(self, cell: Cell) -> bool:
        """A name that stands for a thing (and not only between things)."""
        if cell.text in tex.GREEK or cell.text in ARGUMENT or cell.text in tex.SIZES:
            return cell.text != "middle"
        if cell.text in FRACTIONS:
            return True
        if cell.text in SCRIPT_ONLY and not cell.kept:
            return False
        return cell.text in tex.LETTERS or cell.text in tex.FUNCTIONS or cell.text in tex.LARGE or (
            cell.text in tex.OPENING or cell.text in tex.FENCES
        )  # fmt: skip

    def starts_item(self) -> bool:
        cell = self.cell()
        if cell is None:
            return False
        if cell.kind == "name":
            return self.is_operand(cell)
        return cell.kind in ("letter", "number") or cell.text in ("(", "[", "{", "|")

    # Filled by `items`; brackets and scripts hold items again.

    def item(self, depth: int) -> None:
        """One thing with its scripts and primes."""
        raise NotImplementedError

    def argument_of(self, name: str, depth: int) -> None:
        """A face, accent or root: with a group, or with the next letter."""
        raise NotImplementedError
