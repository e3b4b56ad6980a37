"""Draws a formula as MathML Core, which browsers draw and screen readers speak without script.

The result is one line, and every character of it that Markdown, Jinja or HTML could take for markup
is a decimal entity (letters, digits and spaces are all that stays), so Python-Markdown, CommonMark
and a template pass it on as it is, inside a raw `<p>` or in running Markdown. Faces are drawn with
the letters Unicode has for them, since MathML Core knows `mathvariant` only as `normal`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .parsing import parse
from .tree import EMPTY, Accent, Brace, Fraction, Node, Root, Row, Script, Sign, Table, Word

_SPACING = {"̂": "^", "̃": "~", "̄": "‾", "̇": "˙", "̈": "¨", "⃛": "⃛", "⃗": "→", "̌": "ˇ", "̆": "˘",
            "́": "´", "̀": "`", "̊": "˚", "⃖": "←"}  # fmt: skip
_FACE_STARTS = {  # first letters of the alphabets: upper case, lower case, digits, small Greek
    "double": (0x1D538, 0x1D552, 0x1D7D8, None),
    "script": (0x1D49C, None, None, None),
    "fraktur": (0x1D504, 0x1D51E, None, None),
    "bold": (0x1D468, 0x1D482, 0x1D7CE, 0x1D736),
    "bold-upright": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6C2),
}
_FACE_GAPS = {  # letters that Unicode had already, before it gained the alphabets
    "double": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}


@lru_cache(maxsize=4096)
def to_mathml(source: str) -> str | None:
    """The formula as a `<math>` element with its TeX as annotation; None if it cannot be read.

    >>> (to_mathml("x") or "").partition("<annotation")[0]
    '<math><semantics><mi>x</mi>'
    >>> to_mathml("x_{") is None
    True
    """
    tree = parse(source)
    if tree is None:
        return None
    body = _draw(tree)
    if body.count("<") == 0:
        return None
    tex = _entities(" ".join(source.split()))
    return (
        f"<math><semantics>{body}"
        # Material's search leaves what is marked so: TeX beside the formula would be read twice.
        f'<annotation encoding="application/x-tex">{tex}</annotation>'
        "</semantics></math>"
    )


def _entities(text: str) -> str:
    """Letters, digits and single spaces as they are, all else as decimal entities.

    >>> _entities("a_1 {")
    'a&#95;1 &#123;'
    """
    return "".join(
        char if char.isascii() and (char.isalnum() or char == " ") else f"&#{ord(char)};"
        for char in text
        if char == " " or unicodedata.category(char)[0] != "C"  # XML has no control characters
    )


def _element(name: str, *children: str) -> str:
    return f"<{name}>{''.join(children)}</{name}>"


def _draw(node: Node) -> str:
    match node:
        case Row(items):
            return _row(items)
        case Sign():
            return _sign(node)
        case Word(text, function):
            if not text.strip():
                return '<mspace width="0.2em"></mspace>'
            name = "mi" if function or text.isalpha() else "mtext"
            return _element(name, _entities(text.replace(" ", "\u00a0")))
        case Script():
            return _script(node)
        case Fraction(over, under, bar):
            fraction = f"{_group(over)}{_group(under)}"
            if bar:
                return _element("mfrac", fraction)
            return (
                f'<mrow><mo>&#40;</mo><mfrac linethickness="0">{fraction}</mfrac>'
                "<mo>&#41;</mo></mrow>"
            )
        case Root(body, index):
            if index is None:
                return _element("msqrt", _draw(body))
            return _element("mroot", _group(body), _group(index))
        case Accent(mark, body):
            return (
                f'<mover accent="true">{_group(body)}<mo>{_entities(_SPACING[mark])}</mo></mover>'
            )
        case Brace(body, label, above):
            name, sign = ("mover", "⏞") if above else ("munder", "⏟")
            braced = _element(name, _group(body), f'<mo stretchy="true">{_entities(sign)}</mo>')
            return _element(name, braced, _group(label)) if label else braced
        case Table(rows, opening, closing, aligned):
            return _table(rows, opening, closing, aligned)


def _fenced(items: tuple[Node, ...]) -> tuple[Node, ...]:
    r"""Items with a script behind `\right)` over the whole bracket, so that both sides stretch."""
    if not any(isinstance(item, Script) and _fence(item.base) == -1 for item in items):
        return items
    out: list[Node] = []
    opened: list[int] = []
    for item in items:
        scripted = isinstance(item, Script) and _fence(item.base) == -1
        if _fence(item) == 1:
            opened.append(len(out))
        elif opened and (scripted or _fence(item) == -1):
            at = opened.pop()
            if isinstance(item, Script) and scripted:
                body = Row((*out[at:], item.base))
                del out[at:]
                item = Script(body, item.sub, item.sup)
        out.append(item)
    return tuple(out)


def _fence(node: Node) -> int:
    """1 for a stretchy opening bracket, -1 for a closing one."""
    if not isinstance(node, Sign) or not node.stretchy:
        return 0
    return {"open": 1, "close": -1}.get(node.kind, 0)


def _row(items: tuple[Node, ...]) -> str:
    items = _fenced(items)
    parts: list[str] = []
    for i, item in enumerate(items):
        after = items[i + 1] if i + 1 < len(items) else None
        parts.append(_draw(item))
        if _is_function(item) and after is not None and not isinstance(after, Row):
            if isinstance(after, Sign) and after.kind == "open":
                parts.append("<mo>&#8289;</mo>")  # function application: spoken as "of"
            elif not isinstance(after, Sign) or after.kind in ("letter", "number"):
                parts.append('<mspace width="0.17em"></mspace>')
    return _element("mrow", *parts)


def _is_function(node: Node) -> bool:
    if isinstance(node, Script):
        node = node.base
    return isinstance(node, Word) and node.function


def _group(node: Node) -> str:
    """One element, as an argument must be."""
    return "<mrow></mrow>" if node == EMPTY else _draw(node)


def _script(node: Script) -> str:
    base = _group(node.base)
    if node.sub is not None and node.sup is not None:
        return _element("msubsup", base, _group(node.sub), _group(node.sup))
    if node.sub is not None:
        return _element("msub", base, _group(node.sub))
    return _element("msup", base, _group(node.sup or EMPTY))


def _sign(sign: Sign) -> str:
    if sign.kind == "number":
        return _element("mn", _entities(_with_face(sign.text, sign.face)))
    if sign.kind == "letter":
        text = _entities(_with_face(sign.text, sign.face))
        if sign.face == "upright":
            return f'<mi mathvariant="normal">{text}</mi>'
        return _element("mi", text)
    text = _entities(sign.text)
    if sign.kind in ("open", "close") or sign.text in ("|", "‖"):
        stretchy = "true" if sign.stretchy else "false"
        return f'<mo stretchy="{stretchy}">{text}</mo>'
    return _element("mo", text) if sign.text.strip() else '<mspace width="0.2em"></mspace>'


def _with_face(text: str, face: str) -> str:
    starts = _FACE_STARTS.get(face)
    if starts is None:
        return text
    return "".join(_face_letter(char, face, starts) for char in text)


def _face_letter(char: str, face: str, starts: tuple[int | None, ...]) -> str:
    gaps = _FACE_GAPS.get(face, {})
    if char in gaps:
        return gaps[char]
    for first, last, start in zip("Aa0α", "Zz9ω", starts, strict=True):
        if first <= char <= last:
            return char if start is None else chr(start + ord(char) - ord(first))
    return char


def _table(rows: tuple[tuple[Node, ...], ...], opening: str, closing: str, aligned: bool) -> str:
    # MathML Core leaves it to a style sheet where cells stand; Firefox and Safari need none.
    name = "mtable"
    if aligned:
        name = 'mtable class="aligned" columnalign="right left"'
    elif opening == "{" and not closing:
        name = 'mtable class="cases" columnalign="left"'
    body = "".join(
        _element("mtr", *(_element("mtd", _draw(cell)) for cell in cells)) for cells in rows
    )
    fences = [f"<mo>{_entities(sign)}</mo>" if sign else "" for sign in (opening, closing)]
    return _element("mrow", fences[0], f"<{name}>{body}</mtable>", fences[1])
