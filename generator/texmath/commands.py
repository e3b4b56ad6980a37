"""Reads the commands of a formula with their arguments; part of `parsing`."""

from __future__ import annotations

import re

from . import symbols as tex
from . import units
from .tree import (
    EMPTY,
    Accent,
    Brace,
    Fraction,
    Node,
    Root,
    Row,
    Script,
    Sign,
    SignKind,
    Table,
    Word,
)

_TOKEN = re.compile(
    r"\\(?:(?:operatorname|tag|[hv]space)\*|[A-Za-z]+|.|$)"
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)*|\s+|.",
    re.DOTALL,
)  # `\\` and `\,` are names of one sign; `2,500` is one number
_FRACTIONS = frozenset("frac dfrac tfrac cfrac nicefrac sfrac binom dbinom tbinom".split())
_STACKED = frozenset("overset stackrel underset".split())
_ARROWS = {"xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xmapsto": "↦",
           "xRightarrow": "⇒"}  # fmt: skip
"""Arrows as long as what stands above them."""
_BRACES = frozenset("underbrace overbrace".split())
_UNSEEN = frozenset("phantom vphantom hphantom smash".split())
_TEXT_SCRIPTS = frozenset("textsuperscript textsubscript".split())
_ASIDE = frozenset("color label tag hspace vspace textcolor scalebox raisebox colorbox".split())
_KEEPING = frozenset(("textcolor", "scalebox", "raisebox", "colorbox"))
"""Those of them with words behind."""
_PASSED = frozenset(
    "mathclap mathllap mathrlap mathsmaller mathlarger mathopen mathclose mathpunct mathinner"
    " cancel bcancel xcancel".split()
)
"""Commands whose argument is shown as it is."""
_BRACKETS = {"norm": "‖‖", "abs": "||", "ket": "|⟩", "bra": "⟨|", "braket": "⟨⟩", "set": "{}",
             "ceil": "⌈⌉", "floor": "⌊⌋", "paren": "()", "inner": "⟨⟩"}  # fmt: skip
"""Macros of many authors and of packages (`physics`, `braket`) that put brackets around."""
_OWN_FACES = {"vect": "bold", "mat": "bold", "mb": "bold", "bs": "bold", "mbf": "bold-upright",
              "mc": "script", "bb": "double"}  # fmt: skip
"""Faces under the names that many authors give them."""
_ENDS = {"matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"),
         "Bmatrix": ("{", "}"), "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""), "cases": ("{", ""),
         "array": ("", ""), "aligned": ("", ""), "align": ("", ""), "split": ("", "")}  # fmt: skip

_ALIGNED = frozenset(("aligned", "align", "split"))
_NOTHING = re.compile(r"[\s0.]*[a-z]*$")
_THIN = re.compile(r"\s*(?:[01]?(?:\.\d+)?\s?pt|0?\.[01]\d*\s?(?:em|ex|mm))\s*$")
"""So low that a rule is a stroke: `0.4pt`, `.05em`."""
_FORMULA_OF_MATTER = re.compile(r"(?<=[A-Za-z)\]])(\d+)")
"""The numbers that `\\ce` lowers: `H2O`."""
_NUMBER = re.compile(r"0?x([0-9A-Fa-f]+)|([0-9]+)")
NAMES = frozenset(
    name
    for table in (
        tex.SIGNS, tex.FUNCTIONS, tex.ACCENTS, tex.FACES, tex.TEXTS, tex.SIZES, tex.SPACES,
        tex.IGNORED, _FRACTIONS, _STACKED, _ARROWS, _BRACES, _UNSEEN, _TEXT_SCRIPTS, _ASIDE,
        _PASSED,
        ("sqrt", "not", "begin", "end", "pod", "rule", "substack", "over", "choose"),
    )
    for name in table
    if name.isalpha()
)  # fmt: skip
"""Every command in letters that is read as what it means; of any other, its name is shown."""


class NotTex(Exception):
    """The formula cannot be read; never leaves `texmath`."""


class Commands:
    """Goes once over the tokens; every method leaves `at` behind what it read."""

    def __init__(self, source: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(source)
        self.at = 0

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def skip_space(self) -> bool:
        start = self.at
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.at > start

    def _space_ahead(self) -> bool:
        token = self.peek()
        return token is not None and token.isspace()

    # Filled by `parsing`, since arguments hold rows and items again.

    def row(self, stop: str | None, face: str, depth: int) -> Node:
        """Items up to `stop`."""
        raise NotImplementedError

    def argument(self, face: str, depth: int) -> Node:
        """A group in braces, or one token."""
        raise NotImplementedError

    def item(self, face: str, depth: int, spaced: bool) -> Node | None:
        """One thing that is not a script."""
        raise NotImplementedError

    def command(self, name: str, face: str, depth: int, spaced: bool) -> Node | None:
        """What a name stands for, with its arguments."""
        name = name.rstrip("*") or name
        if name in tex.GREEK or name in tex.LETTERS:
            return Sign("letter", {**tex.GREEK, **tex.LETTERS}[name], face)
        if name in tex.OPERATORS:
            return _operator(name, spaced or self._space_ahead())
        if name in ("pmod", "pod"):
            modulus = self.argument(face, depth)
            word = Word("mod", function=True)
            inside = (word, modulus) if name == "pmod" else (modulus,)
            return Row((Word(" "), Sign("open", "("), *inside, Sign("close", ")")))
        if name in tex.FUNCTIONS:
            return Word(name.replace("argm", "arg m").replace("bmod", "mod"), function=True)
        if name in _FRACTIONS:
            over = self.argument(face, depth)
            return Fraction(over, self.argument(face, depth), bar="binom" not in name)
        if name == "sqrt":
            index = self._option(depth)
            return Root(self.argument(face, depth), index)
        if name in tex.ACCENTS:
            return Accent(tex.ACCENTS[name], self.argument(face, depth))
        if name in tex.FACES:
            node = _faced(tex.FACES[name], self.argument(tex.FACES[name], depth))
            if name == "operatorname" and isinstance(node, Word):
                return Word(node.text, function=True)
            return node
        if name in tex.TEXTS:
            return self._text(name, face, depth)
        if name in tex.SIZES:
            return self._sized()
        if name in tex.SPACES:
            return Word(tex.SPACES[name]) if tex.SPACES[name] else None
        if name in tex.IGNORED:
            return None
        return self._rare(name, face, depth, spaced)

    def _brace(self, above: bool, face: str, depth: int) -> Node:
        body, label = self.argument(face, depth), None
        self.skip_space()
        if self.peek() == ("^" if above else "_"):
            self.at += 1
            label = self.argument("plain", depth)
        return Brace(body, label, above)

    def _stacked(self, name: str, face: str, depth: int) -> Node:
        if name in _ARROWS:
            below, above = self._option(depth), self.argument(face, depth)
            arrow = Sign("relation", _ARROWS[name], spaced=True)
            return arrow if below is None and above == EMPTY else Script(arrow, below, above)
        other, base = self.argument(face, depth), self.argument(face, depth)
        return Script(base, other, None) if name == "underset" else Script(base, None, other)

    def _rare(self, name: str, face: str, depth: int, spaced: bool) -> Node | None:
        if name in _STACKED or name in _ARROWS:
            return self._stacked(name, face, depth)
        if name in _BRACES:
            return self._brace(name == "overbrace", face, depth)
        if name in _UNSEEN:
            body = self.argument(face, depth)
            return None if "phantom" in name else body
        if name in _TEXT_SCRIPTS:
            body = self.argument(face, depth)
            return Script(EMPTY, None, body) if name[4:7] == "sup" else Script(EMPTY, body, None)
        if name in _ASIDE:
            self._raw_group()
            return self.argument(face, depth) if name in _KEEPING else None
        if name == "rule":  # authors who like their dash long draw it
            self._option(depth)
            width, height = self._raw_group(), self._raw_group()
            return None if _NOTHING.match(width) else Word("—" if _THIN.match(height) else "■")
        if name == "not":
            negated = None
            while negated is None and self.peek() is not None:  # `\not\!\perp`
                negated = self.item(face, depth + 1, False)
            if isinstance(negated, Sign):
                return Sign(negated.kind, negated.text + "̸", spaced=spaced or negated.spaced)
            raise NotTex
        if name == "begin":
            return self._table(depth)
        return self._unlisted(name, face, depth)

    def _unlisted(self, name: str, face: str, depth: int) -> Node | None:
        """A sign with a backslash, a sign by its number, or a macro of who knows whom."""
        if name in _PASSED:
            return self.argument(face, depth)
        if name == "substack":
            rows = self._raw_group().replace("\\\\", ",\\ ")
            return type(self)(rows).row(None, face, depth + 1)
        if name == "unicode":
            return _unicode(self._raw_group())
        if name == "\\":
            return Word(" ")
        if len(name) == 1 and not name.isalpha():
            if name == "|":
                return Sign("mark", "‖")
            kind: SignKind = {"{": "open", "}": "close"}.get(name, "mark")  # type: ignore[assignment]
            return Sign(kind, name)
        if not name:
            return None
        if self.peek() == "{":
            return self._with_argument(name, face, depth)
        return Word(name)  # a macro of the authors: its name is all there is

    def _with_argument(self, name: str, face: str, depth: int) -> Node:
        """A macro of the authors or of a package with its argument."""
        if name in units.QUANTITIES:
            return Word(units.printed(name, self._raw_group(), self._raw_group()))
        if name in units.UNITS or name in units.NUMBERS:
            return Word(units.printed(name, self._raw_group()))
        if name in _OWN_FACES:
            return _faced(_OWN_FACES[name], self.argument(_OWN_FACES[name], depth))
        if name == "ce":
            source = _FORMULA_OF_MATTER.sub(r"_{\1}", self._raw_group()).replace("->", "\\to ")
            return type(self)(source).row(None, "upright", depth + 1)
        body = self.argument(face, depth)
        if body == EMPTY:
            return Word(name)
        if name in _BRACKETS:
            opening, closing = _BRACKETS[name][0], _BRACKETS[name][1]
            kind: SignKind = "mark" if opening == closing else "open"
            last: SignKind = "mark" if opening == closing else "close"
            return Row((Sign(kind, opening), body, Sign(last, closing)))
        return Row((Word(name, function=True), Sign("open", "("), body, Sign("close", ")")))

    def _option(self, depth: int) -> Node | None:
        self.skip_space()
        if self.peek() != "[":
            return None
        self.at += 1
        return self.row("]", "plain", depth + 1)

    def _sized(self) -> Node | None:
        self.skip_space()
        token = self.peek()
        if token is None:
            return None
        self.at += 1
        if token == ".":
            return None
        name = token[1:] if len(token) > 1 else token
        if token[0] == "\\" and name in tex.OPERATORS:
            sign = _operator(name, spaced=False)
            return Sign(sign.kind, sign.text, stretchy=True)
        if len(name) != 1 or name.isalnum():
            raise NotTex
        text = "‖" if token == "\\|" else name
        opening, closing = name in "([{", name in ")]}"
        return Sign("open" if opening else "close" if closing else "mark", text, stretchy=True)

    def _raw_group(self) -> str:
        """The letters of a group that is not mathematics: a colour, a length, running text."""
        self.skip_space()
        if self.peek() != "{":
            token = self.peek()
            if token is None:
                raise NotTex
            self.at += 1
            return token
        self.at += 1
        depth = 1
        parts: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            depth += (token == "{") - (token == "}")
            if not depth:
                return "".join(parts)
            parts.append(token)
        raise NotTex

    def _text(self, name: str, face: str, depth: int) -> Node:
        if name in ("ensuremath", "mathop", "mathrel", "mathbin", "mathord", "boxed"):
            return self.argument(face, depth)
        raw = self._raw_group()
        if "\\" not in raw and "$" not in raw:
            return Word(raw.replace("~", " ").replace("{", "").replace("}", ""))
        inner = type(self)(raw.replace("$", "").replace(" ", "\\ ")).row(None, "plain", depth + 1)
        return _faced("upright", inner)

    def _table(self, depth: int) -> Node:
        kind = self._raw_group().rstrip("*")
        if kind == "array" and self.peek() == "{":
            self._raw_group()
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.row("cell", "plain", depth + 1))
            token = self.peek()
            if token is None:
                raise NotTex
            self.at += 1
            if token == "\\\\":
                rows.append([])
            elif token == "\\end":
                break
        if self._raw_group().rstrip("*") != kind or kind not in _ENDS:
            raise NotTex
        opening, closing = _ENDS[kind]
        if rows[-1] == [EMPTY]:  # behind the last `\\`
            del rows[-1]
        return Table(tuple(map(tuple, rows)), opening, closing, aligned=kind in _ALIGNED)


def _operator(name: str, spaced: bool) -> Sign:
    kinds: tuple[tuple[SignKind, object], ...] = (
        ("relation", tex.RELATIONS),
        ("binary", tex.BINARY),
        ("large", tex.LARGE),
        ("open", tex.OPENING),
        ("close", tex.CLOSING),
    )
    kind: SignKind = next((kind for kind, table in kinds if name in table), "mark")  # type: ignore[operator]
    return Sign(kind, tex.OPERATORS[name], spaced=spaced)


def _unicode(code: str) -> Node:
    """A sign by its number, as MathJax has it: decimal, or hexadecimal behind an `x`."""
    number = _NUMBER.fullmatch(code.strip())
    if not number:
        raise NotTex
    try:
        sign = chr(int(number[1], 16) if number[1] else int(number[2]))
    except (ValueError, OverflowError):
        raise NotTex from None
    if sign.isspace():
        return Word(" ")
    if not sign.isprintable():  # a control, half a pair of surrogates: nothing may hold it
        raise NotTex
    return Word(sign)


def _letters(node: Node) -> list[str] | None:
    items = node.items if isinstance(node, Row) else (node,)
    letters: list[str] = []
    for item in items:
        sign = isinstance(item, Sign) and item.kind in ("letter", "number", "binary")
        blank = isinstance(item, Word) and not item.text.strip()  # `arg\,min`
        if not isinstance(item, (Sign, Word)) or not (sign or blank):
            return None
        letters.append(item.text)
    return letters


def _faced(face: str, node: Node) -> Node:
    r"""`\mathrm{KL}` is one word, not a product."""
    if face != "upright":
        return node
    letters = _letters(node)
    if letters is None:
        return node
    return Word("".join(letters).replace("−", "-"))
