"""Reads what has an end: brackets, groups in braces, sets, scripts and fractions."""

from __future__ import annotations

import re

from ..texmath import symbols as tex
from .cells import Cell
from .names import RELATIONS, SCRIPT_ONLY, SHY, TWO
from .near import is_differential
from .quotients import begins_numerator
from .reader import ARGUMENT, DEPTH, NoFormula, Reader

_CLOSERS = {"(": ")]", "[": "])", "{": "}", "|": "|"}
_INSIDE = frozenset("+*/=<>-:,;.!'%~&≤≥×±→∈·…−≈") | {"\\,", "\\;", "\\!", "\\ ", "\\:", "\\%"}
_SETS = frozenset("in ni max min sup inf notin subset subseteq cup cap setminus argmax argmin"
                  " left right bigl bigr big Big cdot times log exp sim mid".split())  # fmt: skip

_LIMITS = frozenset("min max sup inf lim argmin argmax liminf limsup".split())
"""Functions under which authors set a sign."""
_WORDS = frozenset("in to mid le ge ni sim neg div int sum prod mod not angle vert models".split())
"""Names that alone in a script are words: a loss of similarity, a negative, what is internal."""
_INDICES = re.compile(r"[ijk]{2,3}|kl|mn|[xyzt]{2}|xx[xt]")
"""Letters in a script that are no word: `a_{ij}`, `u_{xx}`."""
_COSINES = tex.FUNCTIONS - _LIMITS
"""Functions that nothing is the value of in a script: `L_cos` is a loss, and a word, too."""
_REACH = 40
"""So many cells of a denominator are looked at."""
_COMMA = frozenset(",")
_NO_DENOMINATOR = frozenset("=<>≤≥,") | frozenset(RELATIONS)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_NUMERATORS = frozenset(tex.GREEK) | tex.FUNCTIONS | frozenset(tex.ACCENTS)


class Groups(Reader):
    """Brackets, groups, scripts, fractions."""

    def bracket(self, depth: int) -> None:
        closers = _CLOSERS[self.cells[self.at].text]
        if closers != "|" and self.closing.get(self.at, self.stop) >= self.stop:
            raise NoFormula
        self.take()
        self.bars += closers == "|"
        try:
            self._until(closers, depth)
        finally:
            self.bars -= closers == "|"
        self.take()

    def _until(self, closers: str, depth: int) -> None:
        empty = True
        while not self.is_sign(closers):
            cell = self.cell()
            if closers == "|" and not empty and cell is not None and cell.text == "rangle":
                return  # `|psirangle`
            if cell is None:
                raise NoFormula
            self.inside(depth + 1)
            empty = False
        if empty and closers == "}":
            raise NoFormula

    def inside(self, depth: int) -> None:
        """One more thing inside brackets, where their end is known to come."""
        cell = self.cell()
        self.budget.steps -= 1
        if cell is None or depth > DEPTH or self.budget.steps < 0:
            raise NoFormula
        if cell.kind == "space":
            if cell.text.count("\n") > 1:
                raise NoFormula
            self.space()
        elif cell.text == "," and self._is_set_off_bar():
            self.out += ["\\,", "|", "\\,"]
            self.at += 3
        elif (cell.kind == "sign" and (cell.text in _INSIDE or self._is_lone_bar(cell))) or (
            cell.kind == "name" and (self.joins(cell) or cell.text in ("quad", "qquad"))
        ):
            self.take()
        elif cell.kind == "word" and self._is_condition():
            self.at += 1
            self.out.append(f"\\text{{{cell.text}}}")
        elif cell.kind == "word" and self._is_product():
            self.at += 1
            self.out.append(cell.text)
        elif cell.kind == "word" and cell.text.isupper() and len(cell.text) <= 4:
            self.at += 1
            self.out.append(cell.text if len(cell.text) < 4 else f"\\mathrm{{{cell.text}}}")
        else:
            self.item(depth)

    def _is_product(self) -> bool:
        """Letters such as in `(X+tZ)` or `|SAx - Sb|`."""
        text = self.text(0)
        if self.text(1) in ("(", "^", "_"):
            return False
        if len(text) == 2:
            return text[1].isupper() or (text[0].isupper() and text.lower() not in TWO)
        return len(text) == 3 and text[:2].isupper()

    def _is_condition(self) -> bool:
        """Whether a word is all that stands between `mid` or a bar and the closing bracket."""
        after = self.cell(1)
        before = next((piece for piece in reversed(self.out) if piece != " "), "")
        return before in ("\\mid", "|") and after is not None and after.text == ")"

    def _is_set_off_bar(self) -> bool:
        r"""`q,|,p`: the commas were thin spaces around the bar of a condition or divergence."""
        return self.is_sign("|", 1) and self.is_sign(",", 2)

    def _is_lone_bar(self, cell: Cell) -> bool:
        """Whether a bar has no partner before the bracket ends, as in `Q_{Y|X}` and `p(y|x)`."""
        if cell.text != "|":
            return False
        for later in self.cells[self.at + 1 : min(self.at + 25, self.stop)]:
            if later.text in ("}", ")", "]"):
                return True
            if later.text in ("|", "rangle"):
                return False
        return False

    def brace(self, depth: int) -> None:
        """A set, or a group the authors put around a formula."""
        if self.closing.get(self.at, self.stop) >= self.stop:
            raise NoFormula
        before = self.cells[self.at - 1] if self.at else None
        if before is not None and before.text == "!" and self.at > 1:
            before = self.cells[self.at - 2]  # `in!{1,2}`
        content = self._content()
        first = self.cells[self.at + 1]
        glued = before is not None and (
            before.kind in ("letter", "number")
            or before.text in (")", "]")
            or (before.kind == "name" and before.text in tex.GREEK)
            or (before.text == "}" and not self.out)
        )
        if content[1:] == ["deg"] and first.kept:
            self.out.append("^\\circ")  # what arXiv's listings make of a degree sign
            self.at += 3
            return None
        glued = (glued or self.at == self.behind) and self.at != self.operand
        if glued and not first.kept and first.text not in tex.BINARY and content[1:] != [","]:
            raise NoFormula  # two arguments of who knows what
        # Braces without a sign of a set are grouping: `{ell_2}`, `{\alpha}`.
        if content[1:] == [","]:
            self.out.append("{,}")  # `5{,}000`
            self.at += 3
            return None
        single = "," not in content and ":" not in content and "|" not in content
        after_set = before is not None and before.kind == "name" and before.text in _SETS
        if self._is_sequence(content):
            single = False
        if single and "dots" not in content and not after_set and not {"mid", "pm"} & set(content):
            return self.group(depth)
        self.out.append("\\{")
        self.at += 1
        self._until("}", depth)
        self.out.append("\\}")
        self.at += 1
        return None

    def _is_sequence(self, content: list[str]) -> bool:
        """`{x_i}_{i=1}^n`, `{x_k}`: braces around a sign with an index of its own."""
        if content[2:3] != ["_"] or self.cells[self.at + 1].kept:
            return False
        lowered = self.text(len(content) + 1) == "_"
        return lowered or (len(content) == 4 and content[3] in tuple("ijkntms"))

    def _content(self) -> list[str]:
        depth = 0
        found: list[str] = []
        for cell in self.cells[self.at : self.stop]:
            depth += (cell.text == "{") - (cell.text == "}")
            if not depth:
                return found
            found.append(cell.text)
        raise NoFormula

    def group(self, depth: int) -> None:
        """`{` … `}` as TeX means it."""
        if not self.is_sign("{") or self.closing.get(self.at, self.stop) >= self.stop:
            raise NoFormula
        at, size = self.at, len(self.out)
        try:
            self.take()
            self._until("}", depth)
            self.take()
        except NoFormula:
            self.at = at
            del self.out[size:]
            self.text_group()

    def text_group(self) -> None:
        """A group of words, as in `L_{train set}`."""
        if not self.is_sign("{"):
            raise NoFormula
        parts: list[str] = []
        self.at += 1
        while not self.is_sign("}"):
            cell = self.cell()
            if cell is None or (cell.kind == "sign" and cell.text not in "-.,/+'()&:"):
                raise NoFormula
            if cell.kind == "stop" or len(parts) > 24:
                raise NoFormula
            parts.append(" " if cell.kind == "space" else cell.text)
            self.at += 1
        if parts[1:2] == [" "] and parts[0] in ("rm", "bf", "it", "sf", "tt"):
            del parts[:2]  # `T_{\\rm eff}`
        if not parts:
            raise NoFormula
        self.at += 1
        words = "".join(parts).replace("&", "\\&")
        if self.out[-1:] == ["\\operatorname"]:
            words = words.replace(",", " ")  # `arg\\,min`
        self.out.append("{\\text{" + words + "}}")

    def script(self, depth: int) -> None:
        """`^` or `_` and what is raised or lowered."""
        self.budget.steps -= 1  # each `x` of `x^x^x^…` may begin a formula
        mark = self.cells[self.at].text
        self.take()
        cell = self.cell()
        if cell is None or self.budget.steps < 0:
            raise NoFormula
        if self.is_sign("{"):
            first, last = self.cell(1), self.cell(2)
            if first is None or last is None:
                raise NoFormula
            if last.text == "}" and first.kind in ("name", "word"):
                return self._single_word(first)
            if mark == "^" and first.kind == "number" and self._name_behind_power(first):
                return None
            return self.group(depth + 1)
        if cell.kind == "number":
            self.at += 1
            digits = cell.text.rstrip(".,")
            self.out.append(digits if len(digits) == 1 else f"{{{digits}}}")
        elif cell.kind in ("letter", "name"):
            if cell.kind == "name" and cell.text in ARGUMENT:
                return self.argument_of(cell.text, depth + 1)
            if cell.kind == "name" and not self._is_scriptable(cell):
                raise NoFormula
            if cell.text in _WORDS or cell.text in _COSINES:  # `L_\text{sim}`
                self.out.append(f"{{\\mathrm{{{cell.text}}}}}")
                self.at += 1
                return None
            self.take()
        elif cell.kind == "word" and mark == "^" and (cell.text.isupper() or self._is_pair()):
            self.at += 1  # `X^TX`, `gamma^tr_t`: TeX raises the first letter alone
            self.out += cell.text
        elif cell.kind == "word":
            constant = cell.text == "BT" and self.out[-2:-1] == ["k"]  # Boltzmann's, times T
            if mark == "_" and (constant or (self._is_pair() and not cell.text.isupper())):
                self.out += cell.text  # `x_ix_j`, `w_kN(x)`
            elif mark == "_" and self.text(1) == "_":
                raise NoFormula  # `epsilon_greedy_v2`
            else:
                self.out.append(f"{{\\mathrm{{{cell.text}}}}}")
            self.at += 1
        elif cell.kind == "sign" and cell.text in "+-" and self._number_follows():
            digits = self.cells[self.at + 1].text.rstrip(".,")
            self.at += 2  # `10^-22` as it is typed without TeX: all of the number is raised
            self.out.append(f"{{{cell.text}{digits}}}")
        elif cell.kind == "sign" and cell.text in "+-*'∞":
            self.take()
        else:
            raise NoFormula
        return None

    def _name_behind_power(self, power: Cell) -> bool:
        r"""`^{2-GRPO}`, `^{3Net}`: what `\textbf{T$^{2}$-GRPO}` became."""
        hyphen = self.is_sign("-", 2)
        name = self.cell(2 + hyphen)
        if name is None or name.kind != "word" or not self.is_sign("}", 3 + hyphen):
            return False
        cased = name.text[0].isupper() and len(name.text) > 2
        if not cased or (name.text.isupper() and not hyphen):
            return False  # `x^{2NK}`
        self.out += ["{", power.text, "}", f"\\text{{{'-' * hyphen}{name.text}}}"]
        self.at += 4 + hyphen
        return True

    def _is_pair(self) -> bool:
        """`tr_t`, `kN(`: two letters, of which the second has an index or an argument."""
        text = self.text(0)
        if len(text) != 2:
            return False
        return self.text(1) == "_" or (self.text(1) == "(" and text[1].isupper())

    def _number_follows(self) -> bool:
        following = self.cell(1)
        return following is not None and following.kind == "number"

    def _is_scriptable(self, cell: Cell) -> bool:
        return cell.text in tex.SIGNS or cell.text in tex.FUNCTIONS

    def _single_word(self, cell: Cell) -> None:
        """`_{max}`, `_{IDMS}`, `^{circ}`, `_{in}`: a name in its own right, or a word."""
        self.at += 3
        if cell.text in ("primeprime", "primeprimeprime"):
            self.out.append("{" + "\\prime" * (len(cell.text) // 5) + "}")
            return
        signs = cell.loud or cell.text in SHY or cell.text in SCRIPT_ONLY
        if cell.kind == "name" and (
            signs or cell.text in ("mu", "xi", "pm", "mp", "max", "min", "log")
        ):
            self.out.append(f"{{\\{cell.text}}}")
        else:
            word = len(cell.text) > 1 and not _INDICES.fullmatch(cell.text)
            self.out.append(f"{{\\mathrm{{{cell.text}}}}}" if word else f"{{{cell.text}}}")

    def is_fraction(self, start: int) -> bool:
        """`a{b}`: two arguments, where nothing else explains the brace."""
        if self.is_operator() or self.stands_under():
            return False  # `p{<}0.05`
        head = self.cells[start]
        if head.kind == "word" or head.text == "{":
            return False
        under = self.cell(1), self.cell(2)
        if self.text(self.closing.get(self.at, self.at) + 1 - self.at) == "{":
            return False  # `b^2{A^2}{e^4}`: only the last group is under the bar
        if head.text == "d" and under[0] is not None and is_differential(under[0]):
            return self.at == start + 1 and self.text(2) == "}"  # `d{dt}`
        derivative = head.text == "partial" and self.text(1) == "partial"
        if head.kind == "name" and not derivative and head.text not in _NUMERATORS:
            return False
        single = self.at == start + 1 and under[1] is not None and under[1].text == "}"
        if single and head.text in ("n", "m", "N", "d"):
            return False  # `n{k}`: a fraction or a binomial coefficient, who knows
        if under[0] is not None and under[0].text in ("times", "pm", "cdot", "sim"):
            return False  # `6.3{times}`
        if under[0] is not None and (under[0].kept or under[0].text == ","):
            return False  # `360{\\deg}`, `5{,}000`
        if self._holds(_NO_DENOMINATOR if head.kind == "number" else _COMMA):
            return False  # `1{x>0}`: an indicator; `a{2,3}`: a pattern
        return begins_numerator(self.cells, start, self.at)

    def _holds(self, signs: frozenset[str]) -> bool:
        """Whether one of some signs stands in the braces that open here, in no others."""
        depth = 0
        end = min(self.closing.get(self.at, self.at), self.at + _REACH)
        for cell in self.cells[self.at : end]:
            depth += (cell.text in _OPENING) - (cell.text in _CLOSING)
            if depth == 1 and cell.kind in ("sign", "name") and cell.text in signs:
                return True
        return False

    def fraction(self, size: int, depth: int) -> None:
        over = self.out[size:]
        del self.out[size:]
        self.out += ["\\frac{", *over, "}"]
        self.group(depth)

    def stands_under(self) -> bool:
        r"""`x{min}`, which was `\\underset{x}{\\min}`."""
        return self.is_sign("{") and self.text(1) in _LIMITS and self.text(2) == "}"

    def sized(self, depth: int) -> None:
        """`left(` … `right)`."""
        name = self.cells[self.at].text
        if name == "left" and self.closing.get(self.at, self.stop) >= self.stop:
            raise NoFormula
        opening = self.cell(1)
        if opening is None or opening.kind not in ("sign", "name"):
            raise NoFormula
        if opening.kind == "sign" and opening.text not in ("(", "[", "{", "|", ".", "\\{", "\\|"):
            raise NoFormula
        if opening.kind == "name" and not {opening.text} & {*tex.OPENING, *tex.FENCES}:
            raise NoFormula
        self.take()
        self._delimiter()
        ends = {"left": "right", "bigl": "bigr", "Bigl": "Bigr", "biggl": "biggr", "Biggl": "Biggr"}
        end = ends.get(name, name)
        while True:
            cell = self.cell()
            if cell is None:
                raise NoFormula
            if cell.kind == "name" and cell.text == end:
                self.take()
                return self._delimiter()
            self.inside(depth + 1)

    def _delimiter(self) -> None:
        cell = self.cell()
        if cell is None or (
            cell.kind == "sign" and cell.text not in "()[]{}|./" and len(cell.text) < 2
        ):
            raise NoFormula
        if cell.text in ("{", "}"):
            self.out.append(f"\\{cell.text}")
            self.at += 1
        else:
            self.take()

    def named_bracket(self, depth: int) -> None:
        self.take()
        at = self.is_sign("/")
        word, after = self.cell(at), self.cell(at + 1)
        if word is not None and word.kind == "word" and word.part and after is not None:
            if after.text == "rangle":  # a tag, as `cells` cut it: `langle/thinkrangle`
                self.out += ["/" * at, f"\\text{{{word.text}}}"]
                self.at += at + 1
        while True:
            cell = self.cell()
            if cell is None:
                raise NoFormula
            if cell.kind == "name" and cell.text in tex.CLOSING:
                return self.take()
            self.inside(depth + 1)
