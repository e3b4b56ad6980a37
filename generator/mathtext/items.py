"""Reads one thing: a letter, number or name with its argument, and the scripts on it."""

from __future__ import annotations

from ..texmath import symbols as tex
from .cells import Cell
from .groups import Groups
from .near import is_differential
from .quotients import is_raised
from .reader import ARGUMENT, DEPTH, FRACTIONS, NoFormula

_PREFIXES = tex.FUNCTIONS | frozenset(tex.LARGE) | {"nabla", "partial", "forall", "exists"}
"""Names that what follows belongs to, in braces or not."""


class Items(Groups):
    """Letters, numbers, names and their arguments."""

    def item(self, depth: int) -> None:
        """One thing with its scripts and primes."""
        self.budget.steps -= 1
        if depth > DEPTH or self.budget.steps < 0:
            raise NoFormula
        start, size = self.at, len(self.out)
        self._head(depth)
        if self.cells[start].kind != "number" and self.at == start + 1 and self.stands_under():
            self.out[size:] = [f"\\{self.text(1)}_{{", *self.out[size:], "}"]
            self.at += 3
        grouped = self.cells[self.at - 1].text == "}"
        if self.is_sign("{") and not grouped and self.is_fraction(start):
            self.fraction(size, depth)
        while True:
            if self.is_sign("^_"):
                self.script(depth)
            elif self.is_sign("'") and not self.wordlike(1) and not self.quoted:
                self.take()
            elif self.is_sign("|") and self.is_sign("_", 1) and not self.bars:
                self.take()  # `u|_{Omega}`: restricted
            elif self.is_sign("!") and self.cells[self.at - 1].kind == "letter" and depth:
                self.take()
            else:
                break
        if self.is_sign("{") and self.at > start + 1:
            if is_raised(self.cells, start, self.at) and self.is_fraction(start):
                self.fraction(size, depth)
        head = self.cells[start]
        if head.kind != "name" or head.text not in _PREFIXES:
            self.behind = self.at

    def _head(self, depth: int) -> None:
        cell = self.cell()
        if cell is None:
            raise NoFormula
        if cell.kind in ("number", "letter"):
            self.take()
        elif cell.kind == "name":
            self._name(cell, depth)
        elif cell.kind == "word":
            self._word(cell)
        elif cell.text in ("(", "["):
            self.bracket(depth)
        elif cell.text == "{":
            self.brace(depth)
        elif cell.text == "|":
            if self._opens_faced_quotient():
                self._faced_quotient(depth)
            else:
                self.bracket(depth)
        elif cell.text == "^" and (self._number_follows() or self.is_sign("{", 1)):
            pass  # `^{13}C`, `(OURS)^{2}`
        elif cell.text == "^" and self.at and self.cells[self.at - 1].kind != "space":
            pass  # a raised sign behind text: `(OURS)^n`
        elif cell.text in "∞∂∇ℓ" or (cell.text.isalpha() and cell.text > "\u0370"):
            self.take()
        else:
            raise NoFormula

    def _name(self, cell: Cell, depth: int) -> None:
        name = cell.text
        if name in tex.SIZES:
            return self.sized(depth)
        if name in ARGUMENT:
            return self.argument_of(name, depth)
        if name in FRACTIONS:
            return self._quotient(depth)
        if name in tex.OPENING:
            return self.named_bracket(depth)
        if name in tex.FUNCTIONS or name in tex.LARGE:
            self.take()
            while self.is_sign("^_"):
                self.script(depth)
            at, size = self.at, len(self.out)
            self.operand = self.at
            if self.is_sign("!"):
                self.thin_space()  # `log^2!n`
            self.space()
            if self.article() or not self.starts_item() or not self.attempt("item", depth + 1):
                self.at = at
                del self.out[size:]
            return None
        if name in ("nabla", "partial", "forall", "exists"):
            self.take()
            while self.is_sign("^_"):
                self.script(depth)
            after = self.cell(1)
            if self.cell() is not None and self.cell().kind == "space" and after is not None:  # type: ignore[union-attr]
                if after.kind in ("letter", "name") and after.text not in "aAI":
                    self.attempt("_spaced_item", depth)
            elif self.starts_item():
                self.attempt("item", depth)
            return None
        if self.is_operand(cell) or cell.text in ("ldots", "cdots", "dots"):
            return self.take()
        raise NoFormula

    def _quotient(self, depth: int) -> None:
        """`frac12`, `frac{a}{b}`, and `frac{a{b}c}`, which lost a brace to a wrapper.

        Over a quotient the wrapper was a root.
        """
        digits = self.text(1)
        if digits.isdigit() and len(digits) == 2:
            self.out += ["\\frac{", digits[0], "}{", digits[1], "}"]
            self.at += 2
            return None
        if self._short_quotient(depth):
            return None
        end = self.closing.get(self.at + 1, self.stop)
        if end >= self.stop or not self.is_sign("{", 1):
            raise NoFormula
        denominator = self._denominator(end)
        if denominator and self.text(end + 1 - self.at) != "{":
            return self._root_of_quotient(denominator, end, depth)
        self.take()
        self.group(depth)
        if not self.is_sign("{"):
            raise NoFormula
        return self.group(depth)

    def _short_quotient(self, depth: int) -> bool:
        """`frac1T`, `frac1{n}`, `fracdelta2`, `fracπβ`: one sign over another or over a group."""
        over, under = self.cell(1), self.cell(2)
        if over is None or under is None or not self._is_one_sign(over):
            return False
        group = under.text == "{" and under.kind == "sign"
        if not group and not self._is_one_sign(under):
            return False
        self.at += 1
        self.out.append("\\frac{")
        self.take()
        self.out.append("}")
        if group:
            self.group(depth)
        else:
            self.out.append("{")
            self.take()
            self.out.append("}")
        return True

    def _is_one_sign(self, cell: Cell) -> bool:
        if cell.kind == "name":
            return cell.text in tex.GREEK
        return cell.kind == "letter" or (cell.kind == "number" and len(cell.text) == 1)

    def _denominator(self, end: int) -> int:
        """Where a group without a mark opens within the braces that open here; 0 if none does."""
        depth = 0
        for i in range(self.at + 2, end):
            text = self.cells[i].text
            if text == "{" and not depth and self.cells[i - 1].text not in ("^", "_", "{"):
                return i
            depth += (text == "{") - (text == "}")
        return 0

    def _root_of_quotient(self, denominator: int, end: int, depth: int) -> None:
        self.at += 2
        self.out.append("\\sqrt{\\frac{")
        stop, self.stop = self.stop, denominator
        try:
            self._inside_until(denominator, depth)
        finally:
            self.stop = stop
        self.out.append("}")
        self.group(depth)
        self._inside_until(end, depth)
        self.out.append("}")
        self.at += 1

    def _inside_until(self, end: int, depth: int) -> None:
        while self.at < end:
            self.inside(depth + 1)
        if self.at > end:
            raise NoFormula

    def _spaced_item(self, depth: int) -> None:
        self.space()
        self.item(depth + 1)

    def argument_of(self, name: str, depth: int) -> None:
        """A face, accent or root: with a group, or with the next letter."""
        self.budget.steps -= 1  # each `hat` of `hat hat hat …` may begin a formula
        if depth > DEPTH or self.budget.steps < 0:
            raise NoFormula
        if self.is_sign("{", 1):
            return self._wrapper(name, depth)
        if name == "sqrt" and self.is_sign("[", 1):
            return self._indexed_root(depth)
        self.take()
        if self.is_sign("(") and name == "sqrt" and not self.is_sign(")", 1):  # typed: sqrt(T)
            return self.item(depth + 1)
        spaced = self.space()
        cell = self.cell()
        if cell is None or cell.kind not in ("letter", "number", "name"):
            raise NoFormula
        if cell.kind == "name" and not self.is_operand(cell):
            raise NoFormula
        if cell.kind == "letter" and spaced and (cell.text in "aI" or self.wordlike(1)):
            raise NoFormula
        if cell.kind == "name" and cell.text in ARGUMENT:
            return self.argument_of(cell.text, depth + 1)
        self.take()
        return None

    def _indexed_root(self, depth: int) -> None:
        """`sqrt[3]{n}`: the option kept the damage from its braces."""
        index = self.cell(2)
        if index is None or index.kind not in ("number", "letter") or not self.is_sign("]", 3):
            raise NoFormula
        self.out += ["\\sqrt", f"[{index.text}]"]
        self.at += 4
        self.group(depth)

    def _wrapper(self, name: str, depth: int) -> None:
        """`mathcal{O}`: a name that kept its brace had a wrapper around it, which is gone.

        What the wrapper was shows in two cases only. Around the O of a rate it was a tilde. And
        where the brace, which once closed the wrapper, holds a quotient or a sum
        (`mathcal{C_Phi/m}`), the face held the first letter alone and the wrapper was a root: no
        accent goes over a quotient.
        """
        kept = self.cells[self.at].kept
        if self.closing.get(self.at + 1, self.stop) >= self.stop:
            raise NoFormula
        if name in tex.TEXTS or name in ("mathrm", "operatorname", "mathsf", "mathtt"):
            if name == "mathrm" and self._derivative():
                return None
            self.take()
            return self.text_group()
        at = self.at
        if not kept and name in tex.FACES and self._brace_holds_more():
            self.at += 1
            self.out.append("\\sqrt")
            size = len(self.out)
            self.group(depth)
            inner = self.out[size:]
            if len(inner) < 2:  # a group of words goes out as one piece: `mathcal{\right)O-}`
                raise NoFormula
            # The letter behind the brace is what the face was meant for.
            self.out[size:] = [inner[0], f"\\{name}", "{", inner[1], "}", *inner[2:]]
            return None
        if not kept and name in tex.FACES and self._brace_holds_call():
            self._faced_call(name, depth)
            return None
        rate = self.cells[at + 2].text in ("O", "Omega", "Theta") if at + 3 < self.stop else False
        if name in ("mathcal", "mathrm", "mathbf") and rate and self.is_sign("}", 3):
            if self.is_sign("(", 4) and not kept:
                self.out.append("\\widetilde{")
                self.take()
                self.group(depth)
                self.out.append("}")
                return None
        size = len(self.out)
        self.take()
        self.group(depth)
        if self.is_sign("{") and not kept:  # `sqrt{d}{n}`: the root stood over a fraction bar
            over = self.out[size:]
            self.out[size:] = ["\\frac{", *over, "}"]
            self.group(depth)
        return None

    def _opens_faced_quotient(self) -> bool:
        r"""`|mathcal{S||A|}{n}`, of `\frac{|\mathcal{S}||\mathcal{A}|}{n}`, at its first bar."""
        name, end = self.cell(1), self.closing.get(self.at + 2, self.stop)
        if name is None or name.text not in tex.FACES or name.kept or not self.is_sign("{", 2):
            return False
        bars = sum(cell.text == "|" for cell in self.cells[self.at + 3 : end])
        letter = self.cells[self.at + 3].kind == "letter"
        return letter and bars % 2 == 1 and self.text(end + 1 - self.at) == "{"

    def _faced_quotient(self, depth: int) -> None:
        end = self.closing[self.at + 2]
        face, letter = self.text(1), self.text(3)
        self.out += ["\\frac{|", f"\\{face}{{{letter}}}"]
        self.at += 4
        self._inside_until(end, depth)
        self.out.append("}")
        self.at += 1
        self.group(depth)

    def _brace_holds_call(self) -> bool:
        """True for `{E[S_T]}`: a letter and its bracket, which ends with the brace."""
        first, end = self.cell(2), self.closing[self.at + 1]
        if first is None or first.kind != "letter" or self.text(3) not in ("[", "("):
            return False
        return self.closing.get(self.at + 3) == end - 1

    def _faced_call(self, name: str, depth: int) -> None:
        r"""`mathbb{E[S_T]}`: the face was for the letter; what stood around it all is not known.

        But where a group follows, a fraction bar did.
        """
        self.at += 1
        size = len(self.out)
        self.group(depth)
        inner = self.out[size:]
        if inner[0] != "{":  # words, which go out as one piece
            raise NoFormula
        called = [f"\\{name}{{{inner[1]}}}", *inner[2:-1]]
        if not self.is_sign("{"):
            self.out[size:] = called
            return
        self.out[size:] = ["\\frac{", *called, "}"]
        self.group(depth)

    def _derivative(self) -> bool:
        r"""`mathrm{dx}{dt}`, which was `\frac{\mathrm{d}x}{\mathrm{d}t}`."""
        over, under = self.cell(2), self.cell(5)
        braces = self.text(3) + self.text(4) + self.text(6) == "}{}"
        if not braces or over is None or under is None:
            return False
        if not (is_differential(over) and is_differential(under)):
            return False
        self.out.append(f"\\frac{{\\mathrm{{d}}{over.text[1]}}}{{\\mathrm{{d}}{under.text[1]}}}")
        self.at += 7
        return True

    def _brace_holds_more(self) -> bool:
        """True for `{C_Phi/m}`, where the letter behind the brace is not alone."""
        first = self.cell(2)
        if first is None or first.kind not in ("letter", "name"):
            return False
        depth = 0
        for cell in self.cells[self.at + 1 : self.stop]:
            if cell.kind in {"word", "stop"}:
                return False
            depth += (cell.text == "{") - (cell.text == "}")
            if depth == 1 and cell.kind == "sign" and cell.text in "/+-":
                return True
            if not depth:
                return False
        return False

    def _word(self, cell: Cell) -> None:
        """A word that is no name: only before a bracket or script, as `softmax(` or `Fid_`."""
        after = self.cell(1)
        if after is None or after.kind != "sign" or after.text not in "(^_":
            raise NoFormula
        self.at += 1
        if len(cell.text) <= 3 and cell.text.isupper():
            self.out.append(cell.text)
        else:
            self.out.append(f"\\mathrm{{{cell.text}}}")
        if after.text == "(":
            self.bracket(0)
