r"""Draws a formula as plain Unicode, and as HTML where Unicode has no sign.

    O(1/\epsilon^4)   O(1/ε⁴)          x_{ij}   xᵢⱼ
    C_{\Phi}          C_Φ, C<sub>Φ</sub>       (1/\sqrt{m})   (1/√m)

A script is drawn with Unicode's raised and lowered signs only where every one of its characters has
one; a mixture (`xᵢ_,ⱼ`) is worse than `x_(i,j)`. Faces such as `\mathcal` are dropped, blackboard
letters are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape

from . import symbols as tex
from .parsing import parse
from .tree import EMPTY, Accent, Brace, Fraction, Node, Root, Row, Script, Sign, Table, Word

_UP = str.maketrans(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′†‡∗®°",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′†‡*®°",
)
_DOWN = str.maketrans(
    "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)
_DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙",
           "E": "𝔼", "F": "𝔽", "S": "𝕊", "B": "𝔹", "D": "𝔻", "I": "𝕀", "K": "𝕂", "T": "𝕋",
           "V": "𝕍"}  # fmt: skip
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_NO_SPACE_BEFORE = re.compile(r" +([,;)\]}])")
_SPACES = re.compile(r" {2,}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)", re.DOTALL)

_TAGS = {1: "<sub>", 2: "</sub>", 3: "<sup>", 4: "</sup>"}
"""Characters that no text holds, and the tags they stand for."""


@lru_cache(maxsize=4096)
def to_plain(source: str) -> str:
    r"""The formula in plain Unicode; never fails.

    >>> to_plain(r"O(\varepsilon^{-1}(\log \varepsilon^{-1})^{2})")
    'O(ε⁻¹(log ε⁻¹)²)'
    >>> to_plain(r"512\times512")
    '512×512'
    """
    tree = parse(source)
    return _letters_only(source) if tree is None else _tidy(_Plain().draw(tree))


@lru_cache(maxsize=4096)
def to_html(source: str) -> str:
    r"""The formula for HTML without MathML, escaped: `<sub>`, `<sup>` where Unicode has no sign.

    >>> to_html(r"\bar{x_{Max}} < y")
    'x̄<sub>M̄āx̄</sub> &lt; y'
    """
    tree = parse(source)
    text = _letters_only(source) if tree is None else _tidy(_Html().draw(tree))
    return escape(text, quote=False).translate(_TAGS)


def _tidy(text: str) -> str:
    text = _NO_SPACE_BEFORE.sub(r"\1", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text.strip())


def _letters_only(source: str) -> str:
    """What is left of a formula that cannot be read: signs and letters, no markup."""
    text = _COMMAND.sub(lambda m: tex.SIGNS.get(m[1], m[1]) if m[1] else m[2].strip(), source)
    return _tidy(text.replace("{", "").replace("}", "").replace("$", "").replace("\\", ""))


class _Plain:
    """Draws a tree; `_Html` differs in how scripts go out."""

    def script(self, text: str, up: bool) -> str:
        """Drawn text that has no raised or lowered form."""
        mark = "^" if up else "_"
        return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"

    def draw(self, node: Node, tight: bool = False) -> str:
        match node:
            case Row(items):
                return self._row(items, tight)
            case Sign():
                return self._sign(node)
            case Word(text):
                return text
            case Script():
                return self._script(node, tight)
            case Fraction(over, under, bar):
                return self._fraction(over, under, bar, tight)
            case Root(body, index):
                sign = _ROOTS.get(self.draw(index, True) if index else "")
                if sign is None and index:
                    sign = self._raise(self.draw(index, True), True) + "√"
                return f"{sign}{self._grouped(body, tight)}"
            case Accent(mark, body):
                return _marked(self.draw(body, True), mark)
            case Brace(body):
                return self.draw(body, tight)  # its label is a remark, which in a line is a factor
            case Table(rows, opening, closing, aligned):
                lines = [self._cells(row, aligned) for row in rows]
                return f"{opening}{'; '.join(lines)}{closing}"

    def _cells(self, cells: tuple[Node, ...], aligned: bool) -> str:
        if not aligned:
            return ", ".join(map(self.draw, cells))
        items = [
            item for cell in cells for item in (cell.items if isinstance(cell, Row) else [cell])
        ]
        return self.draw(Row(tuple(items)))

    def _sign(self, sign: Sign) -> str:
        text = sign.text
        if sign.face == "double":
            text = _DOUBLE.get(text, text)
        return text

    def _row(self, items: tuple[Node, ...], tight: bool) -> str:
        parts: list[str] = []
        for i, item in enumerate(items):
            part = self.draw(item, tight)
            before = items[i - 1] if i else None
            after = items[i + 1] if i + 1 < len(items) else None
            if isinstance(item, Fraction) and item.bar and after is not None and _multiplies(after):
                part = f"({part})"  # not σ/2(x), which reads as σ/(2x)
            parts.append(_space_around(item, part, before, after, tight))
        return "".join(parts)

    def _script(self, node: Script, tight: bool) -> str:
        base = self.draw(node.base, tight)
        if isinstance(node.base, (Fraction, Root)):
            base = f"({base})"
        out = base.rstrip() if node.base != EMPTY else base
        if node.sub is not None:
            out += self._lower(self.draw(node.sub, True))
        if node.sup is not None:
            raised = self.draw(node.sup, True)
            out += self._degree(raised) or self._raise(raised, up=True)
        return out

    def _degree(self, raised: str) -> str:
        return {"∘": "°", "deg": "°"}.get(raised, "")

    def _lower(self, text: str) -> str:
        return self._raise(text, up=False)

    def _raise(self, text: str, up: bool) -> str:
        text = text.strip()
        if not text:
            return ""
        table = _UP if up else _DOWN
        if all(ord(char) in table for char in text):
            return text.translate(table)
        return self.script(text, up)

    def _fraction(self, over: Node, under: Node, bar: bool, tight: bool) -> str:
        if not bar:
            return f"C({self.draw(over, True)}, {self.draw(under, True)})"
        below = (
            self.draw(under, tight) if _is_derivative(over, under) else self._grouped(under, tight)
        )
        return f"{self._grouped(over, tight, True)}/{below}"

    def _grouped(self, node: Node, tight: bool, product: bool = False) -> str:
        """Drawn, in parentheses if it is more than one thing."""
        text = self.draw(node, tight)
        items = node.items if isinstance(node, Row) else (node,)
        simple = len(items) <= 1 and not isinstance(items[0] if items else node, Fraction)
        if product and len(items) > 1:
            simple = not any(
                isinstance(i, Sign) and i.kind in ("binary", "relation") for i in items
            )
        return text if simple else f"({text})"


class _Html(_Plain):
    """Draws text with `_TAGS` in it, to be escaped as a whole: what composes characters, or sets
    marks on them, then cannot take a tag or an entity for letters."""

    def script(self, text: str, up: bool) -> str:
        return f"\3{text}\4" if up else f"\1{text}\2"


def _marked(text: str, mark: str) -> str:
    if len(text) == 1 or mark == "̄":
        return "".join(char + mark if char.isalnum() else char for char in text)
    return text[:1] + mark + text[1:] if text[:1].isalnum() else text


def _space_around(
    item: Node, part: str, before: Node | None, after: Node | None, tight: bool
) -> str:
    if isinstance(item, Word) and item.function:
        part = f" {part}" if before is not None and _is_operand(before) else part
        return f"{part} " if after is not None and _is_value(after) else part
    if isinstance(item, Script) and isinstance(item.base, Word) and item.base.function:
        part = f" {part}" if before is not None and _is_operand(before) else part
        return f"{part} " if after is not None and _is_value(after) else part
    if isinstance(item, Script) and isinstance(item.base, Sign) and not tight:
        if item.base.kind == "large":
            return f"{part} " if after is not None else part
        if item.base.kind == "relation" and before is not None and after is not None:
            return f" {part} "
    if not isinstance(item, Sign):
        return part
    left, right = before is not None, after is not None
    unary = not left or (isinstance(before, Sign) and before.kind in ("relation", "open", "binary"))
    if item.kind == "relation" and not tight and left and right:
        return f"{part} " if item.text == ":" else f" {part} "
    if item.kind == "relation" and item.spaced and not tight and left:
        return f" {part}"  # `P \\neq`, whose right side is text
    if item.text in (",", ";") and item.spaced and not tight and right:
        return f"{part} "
    if item.kind == "binary" and item.spaced and not tight and not unary and right:
        if item.text == "×" and (_is_number(before) or _is_number(after)):
            return part
        return f" {part} "
    return part


def _is_atom(node: Node) -> bool:
    if isinstance(node, Sign):
        return node.kind in ("letter", "number")
    if isinstance(node, Row):
        return bool(node.items) and _is_atom(node.items[0])
    return isinstance(node, (Script, Word, Accent, Fraction, Root))


def _is_value(node: Node) -> bool:
    """True for what a function may be of, without brackets: `inf ∫ f`."""
    return _is_atom(node) or (isinstance(node, Sign) and node.kind == "large")


def _is_operand(node: Node) -> bool:
    """True for what TeX leaves a thin space between and the name of a function."""
    return _is_atom(node) or (isinstance(node, Sign) and node.kind == "close")


def _multiplies(node: Node) -> bool:
    """True for what a fraction before it is a factor of, as `x` of `\\frac12 x`."""
    if isinstance(node, Sign):
        return node.kind in ("letter", "number", "open", "large")
    if isinstance(node, Script):
        return node.base != EMPTY and _multiplies(node.base)
    return isinstance(node, (Accent, Root)) or (isinstance(node, Word) and node.function)


def _is_derivative(over: Node, under: Node) -> bool:
    r"""True for `\partial u` over `\partial x^2`, `d` over `dt`: what is under the bar is one."""
    if not isinstance(under, Row) or len(under.items) != 2:
        return False
    head, (first, last) = over, under.items
    while head != EMPTY and isinstance(head, (Row, Script)):
        head = head.base if isinstance(head, Script) else head.items[0]
    named = isinstance(first, (Sign, Word)) and first.text in ("∂", "d") and head == first
    return named and isinstance(last, (Sign, Script))


def _is_number(node: Node | None) -> bool:
    return isinstance(node, Sign) and node.kind == "number"
