r"""Reads the TeX of one formula into a small tree, which `mathml` and `plain` draw.

Two libraries were tried first (2026, 178 different formulas of real abstracts). latex2mathml makes
good MathML in 0.15 ms a formula, but with `mathvariant`, which MathML Core does not draw, with raw
backslashes for unknown names, hexadecimal entities, and exceptions on half a formula. pylatexenc
needs 0.36 ms, has no Unicode scripts (`x^2` stays) and stops at `\href`. Neither shows its tree in
a form the other could use, so three readers would disagree. This one is used for every target.

    Node    Row · Sign · Word · Script · Fraction · Root · Accent · Brace · Table
"""

from __future__ import annotations

from . import symbols as tex
from .commands import Commands, NotTex
from .tree import EMPTY, Fraction, Node, Row, Script, Sign, SignKind

DEPTH = 40
"""Deeper nesting than this is not a formula that a reader could follow."""
_OPENING = frozenset("([")
_CLOSING = frozenset(")]")
_CELL_ENDS = frozenset(("&", "\\\\", "\\end"))
_SWITCHES = frozenset("bf rm it cal sf tt".split())
"""Faces that hold to the end of their group."""
_INFIX = frozenset(("over", "choose"))
"""Plain TeX's fraction and binomial coefficient."""
_CHARS: dict[str, tuple[SignKind, str]] = {
    "+": ("binary", "+"), "-": ("binary", "−"), "*": ("binary", "*"), "=": ("relation", "="),
    "<": ("relation", "<"), ">": ("relation", ">"), ":": ("relation", ":"), "|": ("mark", "|"),
    "/": ("mark", "/"), ",": ("mark", ","), ";": ("mark", ";"), "'": ("mark", "′"),
    "~": ("mark", " "),
    **{sign: ("relation", sign) for sign in tex.RELATIONS.values() if not sign.isascii()},
    **{sign: ("binary", sign) for sign in tex.BINARY.values() if not sign.isascii()},
    **{sign: ("large", sign) for sign in tex.LARGE.values()},
}  # fmt: skip


def parse(source: str) -> Node | None:
    """The tree of a formula, or None where braces or arguments do not come out even.

    >>> parse("x^2").sup.text
    '2'
    >>> parse("x^{2") is None
    True
    """
    try:
        reader = Reader(source)
        row = reader.row(stop=None, face="plain", depth=0)
    except NotTex:
        return None
    return row


def _independence(items: list[Node], item: Node) -> Node | None:
    r"""`\perp\!\!\!\perp` as one sign: its first half is taken off the items, if it is last."""
    first = items[-1] if items else None
    if not (isinstance(item, Sign) and isinstance(first, Sign) and item.text == "⟂"):
        return None
    if first.text[0] != "⟂":
        return None
    del items[-1]
    return Sign("relation", first.text + item.text, spaced=first.spaced or item.spaced)


class Reader(Commands):
    """Reads rows, items and scripts."""

    def row(self, stop: str | None, face: str, depth: int) -> Node:
        """Items up to `stop`: `}` or `]`, which is taken, or the end of a `cell`, which is not."""
        if depth > DEPTH:
            raise NotTex
        items: list[Node] = []
        spaced = False
        opened = 0  # brackets as tall as what they hold: with a script behind, they nest as braces
        while True:
            spaced = self.skip_space() or spaced
            token = self.peek()
            if token is None:
                if stop is not None:
                    raise NotTex
                break
            if token == stop:
                self.at += 1
                break
            if stop == "cell" and token in _CELL_ENDS:
                break
            if token in ("}", "\\end"):
                raise NotTex
            name = token[1:]
            if token[0] == "\\" and name in _SWITCHES:
                self.at += 1  # `{\bf x y}`, `\rm x`
                face = tex.FACES[name]
                continue
            # Not behind `\left(`, whose group ends at a `\right)` that is read as a sign.
            if token[0] == "\\" and name in _INFIX and not opened:
                self.at += 1
                over = items[0] if len(items) == 1 else Row(tuple(items))
                under = self.row(stop, face, depth + 1)
                if EMPTY in (over, under):
                    raise NotTex
                return Fraction(over, under, bar=name == "over")
            if token in ("^", "_"):
                base = items.pop() if items else EMPTY
                items.append(self._scripts(base, depth + opened))
            else:
                item = self.item(face, depth + opened, spaced)
                if item is not None:
                    items.append(_independence(items, item) or item)
                if isinstance(item, Sign) and item.stretchy:
                    opened = max(0, opened + (item.kind == "open") - (item.kind == "close"))
            spaced = False
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _scripts(self, base: Node, depth: int) -> Node:
        sub: Node | None = None
        sup: Node | None = None
        while True:
            self.skip_space()
            token = self.peek()
            if token not in ("^", "_"):
                break
            self.at += 1
            value = self.argument("plain", depth)
            if token == "_":
                if sub is not None:
                    raise NotTex
                sub = value
            else:
                if sup is not None:
                    raise NotTex
                sup = value
        return Script(base, sub, sup)

    def argument(self, face: str, depth: int) -> Node:
        """A group in braces, or one token, as TeX takes it."""
        self.skip_space()
        token = self.peek()
        if token is None or token in ("}", "^", "_", "&"):
            raise NotTex
        if token == "{":
            self.at += 1
            return self.row("}", face, depth + 1)
        if token[0].isdigit() and len(token) > 1:  # `x^10` is x¹0; `\frac12` is one half
            self.tokens[self.at] = token[1:]
            return Sign("number", token[0], face)
        item = self.item(face, depth + 1, spaced=False)
        return EMPTY if item is None else item

    def item(self, face: str, depth: int, spaced: bool) -> Node | None:
        """One thing that is not a script; None for what draws nothing."""
        if depth > DEPTH:  # `\hat\hat\hat…` nests without any brace
            raise NotTex
        token = self.tokens[self.at]
        self.at += 1
        if token == "{":
            body = self.row("}", face, depth + 1)
            return body if isinstance(body, Row) else Row((body,))
        if token[0] == "\\":
            return self.command(token[1:], face, depth, spaced)
        if token in ("}", "&", "$"):
            raise NotTex
        if token[0].isdigit():
            return Sign("number", token, face)
        if token in _OPENING or token in _CLOSING:
            return Sign("open" if token in _OPENING else "close", token)
        if token == "'":
            return Sign("mark", "′")
        if token == ":" and self.peek() == "=":
            self.at += 1
            return Sign("relation", ":=")
        if token in _CHARS:
            kind, text = _CHARS[token]
            return Sign(kind, text, spaced=spaced or self._space_ahead())
        if token.isalpha():
            return Sign("letter", token, face)
        return Sign("mark", token, spaced=spaced or self._space_ahead())
