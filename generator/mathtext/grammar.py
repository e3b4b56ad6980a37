"""Reads a run of cells as a formula and writes its TeX; gives up where it is none.

    formula  = item { operator item }          item  = head { script }
    head     = number | letter | name argument | bracket | set | word before a bracket or script
    script   = ("^" | "_") (group | number | letter | name | sign)

The reader takes as much as fits and says where it stopped, so the text behind a formula needs no
finding. Inside brackets it accepts more (commas, spaces between items, quiet names) because the
closing bracket proves the end. `reader` holds the place, `groups` what has an end, `items` what
stands alone; here is what joins items in running text, where English words are near.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..texmath import symbols as tex
from .cells import Cell
from .items import Items
from .names import GROUPS, RELATIONS, SHY
from .reader import ENGLISH_INFIX, Budget, NoFormula

_COMPARED = frozenset("approx leq geq neq simeq propto gtrsim lesssim leqslant geqslant".split())
"""Relations whose right side may be a number behind a space."""


_NO_NOUNS = frozenset(
    "for as with when where whenever and or if is are was holds that which on by but while"
    " up".split()
)
"""Words that may stand behind an order of which something else is a member."""
_RELATED = frozenset(("=", "<", ">", "\\leq", "\\geq", "\\le", "\\ge", "\\sim", "\\approx"))
_SPACES = frozenset(("quad", "qquad"))
_NUMERIC = re.compile(r"\d[\d.]*\^(?:\d|\{[-+]?\d+\})\s*\Z")
_POWER_OF_TEN = re.compile(r"(?<!\d)10\^(?:\d|\{[-+]?\d+\})\Z")


def read(cells: list[Cell], start: int, closing: dict[int, int], budget: Budget) -> tuple[str, int]:
    """The TeX of the formula that starts at a cell, and the first cell behind it."""
    formula = Formula(cells, start, closing, budget)
    formula.formula()
    return formula.tex(), formula.at


class Formula(Items):
    """Items and what joins them."""

    def formula(self) -> None:
        """Items and operators in a row, as far as they go."""
        cell = self.cell()
        if cell is not None and (cell.kind == "name" or cell.text in "+-<>=~"):
            if self._is_leading(cell):
                self.take()
                alone = cell.loud or cell.text == "pm" or (cell.part and cell.text == "to")
                if alone and not self.attempt("_operand", 0):
                    return None  # `Query rightarrow BM25`: an operator between words
                if not alone:
                    self._operand(0)
                return self._rest()
        self.item(0)
        self._rest()
        return None

    def _operand(self, depth: int) -> None:
        self.thin_space()
        self.space()
        if self.is_sign("-+"):
            self.take()
        self.item(depth)

    def _rest(self) -> None:
        while self._more():
            pass

    def _is_leading(self, cell: Cell) -> bool:
        """`leq 5`, `-x`, `pm 1`: an operator that may open a formula."""
        if cell.kind == "sign":
            return cell.text in "+-<>="
        return cell.text in RELATIONS or cell.text in tex.BINARY

    def _more(self) -> bool:
        """Takes one more item with what joins it; False at the end of the formula."""
        cell = self.cell()
        if cell is None or cell.kind == "stop":
            return False
        if cell.kind == "space":
            return self._thin_space_before_unit() or self.attempt("_spaced_operation", 0)
        if self.is_operator():
            return self.attempt("_operation", 0)
        if self.is_sign(",!") and (self.is_operator(1) or self.text(1) in ("left", "!")):
            self.thin_space()
            return True
        if self._thin_space_before_unit():
            return True
        after = self.cell(1)
        if cell.text == "!" and after is not None and after.kind == "number":
            operator = self.cells[self.at - 2]
            if self.cells[self.at - 1].text == "}" and operator.kind == "name":
                self.thin_space()  # `{sim}!5`
                return True
        differential = self.text(1) if cell.text == "," else ""
        thin = len(differential) == 2 and differential[0] == "d" and not self.wordlike(2)
        if differential in ("partial", "nabla"):
            self.out.append("\\,")
            self.at += 1
            return True
        if thin:
            self.out += ["\\,", differential]  # `int f(x),dx`: the comma is the thin space `\,`
            self.at += 2
            while self.is_sign("^_"):
                self.script(0)  # `sqrt{2},dB_t`
            return True
        if cell.text == "," and self._is_coefficient():
            self.thin_space()
            return self.attempt("item", 0)
        if cell.kind == "sign" and cell.text == ",":
            return self.attempt("_dotted_list", 0)
        if cell.kind == "word":
            return False
        if cell.kind in ("letter", "number") or cell.text in "([{|":
            if cell.kind == "sign" and cell.text == "|" and not self._bar_opens():
                return False
            if cell.kind == "letter" and self._letter_of_word():
                return False
            return self.attempt("item", 0)
        if cell.kind == "name":
            return self.is_operand(cell) and self.attempt("item", 0)
        return False

    def _is_coefficient(self) -> bool:
        r"""`+ lambda,L_{reg}`: between a coefficient and what it weighs the comma is `\,`."""
        weight = next((piece for piece in self.out[-1:] if piece[1:] in tex.GREEK), "")
        added = [piece for piece in self.out[-3:-1] if piece != " "][-1:]
        return bool(weight) and added in (["+"], ["-"]) and self.text(2) in ("_", "[", "(")

    def _thin_space_before_unit(self) -> bool:
        r"""`2.5 ,mum`, `3,mus`: between a number and a unit the comma is the thin space `\,`."""
        at = self.at
        if self.cells[at - 1].kind != "number":
            return False
        unit = self.cell(1)
        if self.is_sign(",") and unit is not None and unit.kind == "word" and unit.text.islower():
            if len(unit.text) < 4 and self.text(2) == "^":  # `139,fb^{-1}`
                self.out.append("\\,")
                self.at += 1
                self.item(0)
                return True
        signs = [cell for cell in self.cells[at : at + 6] if cell.kind != "space"]
        if len(signs) < 3 or signs[0].text != "," or signs[1].text != "mu" or not signs[1].part:
            return False
        if not signs[2].part:
            return False
        self.out += ["\\,", "\\mu ", signs[2].text]
        self.at = self.cells.index(signs[2], at) + 1
        return True

    def _letter_of_word(self) -> bool:
        """`x-y`, `n's`: a single letter that text goes on behind."""
        return self.is_sign("'’", 1)

    def _bar_opens(self) -> bool:
        cell = self.cell(1)
        return cell is not None and cell.kind in ("letter", "name", "number")

    def _operation(self, depth: int) -> None:
        """An operator without space before it, and what it joins."""
        cell = self.cells[self.at]
        if cell.text == "-":
            behind = self._behind_minus()
            if self._is_compound(behind) or self._is_span(behind):
                self.out.append("\\text{-}")
                self.at += 1
                return self.item(depth)
        if cell.text == "/" and self.text(1) == " ":
            raise NoFormula  # `w/ lambda`
        if cell.text == ":":
            if not self._is_map():
                raise NoFormula
            self.maps = True
        if cell.text == "{":  # `k{=}5`
            self.out += ["{", self._operator(self.cells[self.at + 1]), "}"]
            self.at += 3
            if self.cells[self.at - 2].text in tex.BINARY and self._at_end():
                return None  # `100{times}`
            self.thin_space()
            return self.item(depth)
        name = cell.kind == "name"
        self.take()
        self.thin_space()
        if name and self.is_sign("+"):
            self.take()
        after = self.cell()
        if name and cell.text in tex.BINARY and cell.text != "circ":
            if self._at_end() or (cell.text == "times" and self._is_remark()):
                return None  # `100times`, behind which text goes on
        if after is not None and after.kind == "space" and not name and cell.text == "-":
            raise NoFormula
        self.space()
        if self.is_sign("-+"):
            self.take()
        after = self.cell()
        if after is not None and after.kind == "name" and after.text in ("sim", "approx", "pm"):
            self.take()
            self.space()
        if self.article():
            raise NoFormula
        self.item(depth)
        return None

    def _behind_minus(self) -> Cell:
        """What stands behind a `-`; no formula where that is a hyphen."""
        after = self.cell(1)
        if after is None or (after.kind not in ("number", "letter", "name") and after.text != "("):
            raise NoFormula
        if after.kind == "number" and self._is_range():
            raise NoFormula  # `2-5times`, `3times-5times`
        if after.kind == "letter" and (self.wordlike(2) or self.text(2) == "\\"):
            raise NoFormula  # `x-th`, `k-NN`, `alpha-R\\'enyi`
        if after.kind == "number" and self.wordlike(2):
            raise NoFormula  # `PH^2-3D`
        if after.kind == "name" and not after.loud and after.text not in SHY:
            if after.text not in tex.FUNCTIONS or self.text(2) != "(":
                raise NoFormula  # `x-in`, `top-to`
        return after

    def _is_compound(self, after: Cell) -> bool:
        """`alpha-beta pruning`, `Cbeta-Cbeta distances`: two Greek names, or two atoms, alone."""
        if after.part and after.kind == "letter" and len(self.out) == 2:
            return self.out[0].isupper() and after.text.isupper()
        if after.text not in tex.GREEK or len(self.out) != 1 or self.out[0][1:] not in tex.GREEK:
            return False
        behind = self.cell(2)
        if behind is not None and behind.kind == "space":
            behind = self.cell(3)
        return behind is None or behind.kind in ("word", "stop") or behind.text in (",", ".", ";")

    def _is_span(self, after: Cell) -> bool:
        """`= 0.48-0.83`, `10^3-10^5`: from one to the other, as nobody takes them away."""
        before = self.cells[self.at - 1]
        if after.kind != "number":
            return False
        if before.kind == "number" and "." in before.text and "." in after.text:
            return self.at > 1 and self.cells[self.at - 2].text in ("=", " ", "approx", "in")
        power = _POWER_OF_TEN.search("".join(self.out[-6:]))
        return power is not None and after.text == "10" and self.text(2) == "^"

    def _is_range(self) -> bool:
        """`-5times` behind a number or `3times`, where nothing is multiplied: from 3 to 5."""
        before = self.cells[self.at - 1] if self.at else None
        if before is None or not (before.kind == "number" or before.text == "times"):
            return False
        factor, behind = self.text(2), self.cell(3)
        return factor == "times" and (
            behind is None
            or behind.kind == "space"
            or (behind.kind == "sign" and behind.text in ".,;:)")
        )

    def _operator(self, cell: Cell) -> str:
        return f"\\{cell.text}" if cell.kind == "name" else cell.text

    def _is_remark(self) -> bool:
        """` (from 143 to 53)`, ` (p < 0.01)`: nothing to multiply with."""
        if self.text(0) != " " or self.text(1) != "(":
            return False
        end = min(self.closing.get(self.at + 1, self.stop), self.at + 40)
        inside = self.cells[self.at + 2 : end + 1]
        return any(
            cell.text in ("=", "<", ">", "%")
            or cell.kind == "stop"
            or (cell.kind == "word" and (len(cell.text) > 2 or after.kind == "space"))
            for cell, after in pairwise(inside)
        )

    def _is_map(self) -> bool:
        return any(
            cell.kind == "name" and cell.text in ("to", "rightarrow", "mapsto")
            for cell in self.cells[self.at + 1 : self.at + 13]
        )

    def _at_end(self) -> bool:
        """True where no operand follows."""
        cell = self.cell()
        if cell is None or cell.kind in ("word", "stop"):
            return True
        if cell.kind != "space":
            dashes = self.is_sign("-") and (self.is_sign("-", 1) or self._is_range())
            return cell.kind == "sign" and (cell.text not in "([{|\\-" or dashes)
        after = self.cell(1)
        if after is None or after.kind in ("word", "stop"):
            return True
        if after.kind == "sign":
            return after.text not in "([{|\\-+"
        if after.kind == "letter":
            return after.text in "aAI" or not self.lone(1)
        if after.kind == "number":
            return self.cells[self.at - 2].kind != "number"
        return after.kind == "name" and not self.is_operand(after)

    def _spaced_operation(self, depth: int) -> None:
        """An operator with space before it, and what it joins; or the operand of a function."""
        before = self.cells[self.at - 1]
        if self.cells[self.at].text.count("\n") > 1:
            raise NoFormula
        self.space()
        cell = self.cell()
        if cell is None:
            raise NoFormula
        if cell.text == "^" and before.kind == "number" and self._degrees():
            return self.script(depth)
        if cell.kind == "sign" and cell.text in "=<>+-*≤≥×±→∈≈−/":
            self.take()
            spaced = self.space()
            if self.is_sign("-+"):
                self.take()
            if cell.text in "-+/" and not spaced and cell.text != "+":
                raise NoFormula
            if self.article():
                raise NoFormula
            self.item(depth)
            return None
        if cell.kind == "letter" and self._is_factor(cell, before):
            return self.item(depth)
        if cell.text == "|" and before.text in tex.GREEK and self._is_norm():
            return self.item(depth)
        if cell.kind != "name":
            raise NoFormula
        if cell.text in _SPACES and self._joins_formulas():
            self.take()
            after = self.cell(1)
            if after is not None and self.joins(after):
                return self._spaced_operation(depth)
            self.space()
            return self.item(depth)
        if cell.loud and self.joins(cell):
            self.take()
            compared = cell.text in _COMPARED and self.text(0) == " " and self._number_ahead()
            if not compared and cell.text != "Perp" and self._at_end():
                return None
            self._operand(depth)
            return None
        if self._is_factor(cell, before) or self._is_logarithm(cell):
            return self.item(depth)
        worded = cell.text in ("implies", "iff") and not cell.part  # words between two formulas
        if cell.text not in ENGLISH_INFIX or before.kind == "word" or worded:
            if cell.loud and cell.text in ("cdots", "ldots"):
                return self.take()
            raise NoFormula
        self._english_infix(cell, depth)
        return None

    def _is_norm(self) -> bool:
        """`|beta|_1`, `|Sigma|`: bars around signs, and no sign glued to them."""
        for i, cell in enumerate(self.cells[self.at + 1 : self.at + 12], 2):
            if cell.text == "|":
                behind = self.cell(i)
                return behind is None or behind.kind == "space" or behind.text in ("_", "^", ",")
            if cell.kind in ("word", "stop"):
                return False
        return False

    def _joins_formulas(self) -> bool:
        """Whether `quad` has an arrow or a relation on one of its sides: `y quad Rightarrow z`."""
        before, after = self.out[-2:-1], self.cell(2)
        if before and before[0][1:] in RELATIONS:
            return True
        return after is not None and after.loud and self.joins(after)

    def _number_ahead(self) -> bool:
        after = self.cell(1)
        return after is not None and after.kind == "number"

    def _is_factor(self, cell: Cell, before: Cell) -> bool:
        """The second sign of `C h^{k+1}`, `lambda k`: what has a script, or follows Greek."""
        if (
            before.kind == "word"
            or before.text in "aAI"
            or (cell.kind == "letter" and cell.text in "aAI")
        ):
            return False
        if before.kind not in ("letter", "name") and before.text not in ")}|":
            return False
        if before.kind == "name" and before.text not in tex.GREEK:
            return False
        scripted = self.is_sign("^_", 1)
        if cell.kind == "name":
            if cell.text in ("nabla", "partial") or (cell.text in tex.GREEK and scripted):
                return True
            if cell.text in tex.LARGE:  # `lambda sum_i`, `eta{2} sum_t`
                return scripted and (before.kind == "name" or before.text == "}")
            return cell.text in tex.GREEK and before.text in ("=", "+")
        if before.kind == "name" and before.text in tex.GREEK:
            return scripted or (self.lone(0) and (before.text == "Delta" or cell.text.islower()))
        operator = any(
            piece.strip() in ("=", "+", "-", "\\leq", "\\geq", "\\le") for piece in self.out[-4:]
        )
        return scripted and (operator or any(piece[1:] in tex.LARGE for piece in self.out))

    def _is_logarithm(self, cell: Cell) -> bool:
        """`= c{3} log ell`, `= n log n`: a factor on the right of a relation."""
        related = any(piece.strip() in _RELATED for piece in self.out)
        value = self.text(2) if self.text(1) == " " else ""
        return cell.text in ("log", "ln") and related and (
            value in tex.GREEK or value == "ell" or (value not in "aAI" and self.lone(2))
        )  # fmt: skip

    def _degrees(self) -> bool:
        """`0.5 ^circ`."""
        after = self.cell(2) if self.is_sign("{", 1) else self.cell(1)
        return after is not None and after.text == "circ"

    def _english_infix(self, cell: Cell, depth: int) -> None:
        """`in`, `to`, `times` … between two things that are mathematics for sure."""
        where = self.text(2) == "Omega" and "=" in self.out  # `u = 0 in Omega`: there it holds
        if cell.text == "in" and (where or self._is_no_member() or self._is_cost()):
            raise NoFormula
        self.take()
        if not self.space() and not cell.part:
            raise NoFormula
        if self.is_sign("+-") and self.text(1) in ("infty", "1", "0"):
            self.take()
        after = self.cell()
        if after is None:
            raise NoFormula
        bracket = after.kind == "sign" and after.text in "([{"
        name = after.kind == "name" and self.is_operand(after)
        scripted = after.kind == "letter" and self.is_sign("^_", 1)
        capital = after.kind == "letter" and after.text.isupper() and self.lone(0)
        # `self.at - 4`: what stands before ` to `, since spaces and names are cells of their own
        allowed = {
            "in": bracket or name or scripted or capital or after.text in GROUPS,
            "to": after.text in ("infty", "0")
            or (after.text == "1" and self.at > 5 and self.text(-6).lower() in ("as", "when"))
            or self.maps
            or (after.text in tex.GREEK and self._is_limit_of_quotient())
            or (scripted and after.text == self.cells[self.at - 4].text)
            or (after.text == "N" and self.text(1) == "("),
        }.get(cell.text, bracket or name or scripted or self.lone(0) or after.kind == "number")
        article = after.text in ("A", "I", "a") and cell.text != "perp"
        if not allowed or (article and not scripted):
            raise NoFormula
        self.item(depth)

    def _is_limit_of_quotient(self) -> bool:
        """`n/d to gamma`, at its limit."""
        over, bar, under = self.text(-6), self.text(-5), self.text(-4)
        return bar == "/" and len(over) == len(under) == 1 and self.text(-8) != "from"

    def _is_cost(self) -> bool:
        """`in O(n) time`, `in Theta(n^2) steps`: an order with a noun behind it."""
        if self.text(2) not in ("O", "Theta", "Omega") or not self.is_sign("(", 3):
            return False
        end = self.closing.get(self.at + 3, self.stop)
        space, noun = self.cells[end + 1 : end + 3] if end < self.stop - 2 else (None, None)
        if space is None or noun is None or space.kind != "space" or noun.kind != "word":
            return False
        return noun.text not in _NO_NOUNS

    def _is_no_member(self) -> bool:
        """`840 in R^d`, `10^{-3} in Y`, `5 K in T`: how many, or how much, before where it is."""
        at = self.at - 2 if self.cells[self.at - 1].kind == "space" else self.at - 1
        before = self.cells[at]
        if before.text == "infty":
            return True
        if before.kind == "letter" and len(self.out) == 2 and at > 1:
            return self.cells[at - 1].kind == "space" and self.cells[at - 2].kind == "number"
        if _NUMERIC.match("".join(self.out)):
            return True
        return before.kind == "number" and before.text != "0" and len(self.out) == 2

    def _dotted_list(self, depth: int) -> None:
        """`x_1, ldots, x_n`: the comma belongs to the formula beside dots."""
        self.take()
        self.space()
        cell = self.cell()
        dots = ("ldots", "dots", "cdots")
        if cell is not None and cell.kind == "name" and cell.text in dots:
            self.take()
            if self.is_sign(","):
                self.take()
                self.space()
                self.item(depth)
            return
        before = next((piece for piece in reversed(self.out[:-1]) if piece != ","), "")
        if before[1:] in dots:
            self.item(depth)
            return
        raise NoFormula
