r"""TeX's commands for running text: escapes, accents, letters, symbols, faces.

The sources are the LaTeX kernel's text commands (The LaTeX Companion, ch. 7.11; `encguide.pdf`)
and what the corpus really holds. A command not listed here stays as written: it may be an author's
own (`\ours`, see `authors`), mathematics, or no TeX at all (`C:\temp`).

A group `{...}` is TeX's only if a command we know follows its brace at once. Braces of sets and of
damaged mathematics never have one: the capture took all backslashes from mathematics
(`damage-rule.md`, R2), and left `{0,1}` and `{ell_2}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from .characters import NBSP
from .edits import Edit

_SYMBOL_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
}
_LETTER_ACCENTS = {
    "H": "\u030b",
    "b": "\u0331",
    "c": "\u0327",
    "d": "\u0323",
    "k": "\u0328",
    "r": "\u030a",
    "u": "\u0306",
    "v": "\u030c",
}
_ACCENTS = _SYMBOL_ACCENTS | _LETTER_ACCENTS

_LETTERS = {
    "AA": "Å",
    "AE": "Æ",
    "DJ": "Đ",
    "L": "Ł",
    "O": "Ø",
    "OE": "Œ",
    "aa": "å",
    "ae": "æ",
    "dj": "đ",
    "i": "ı",
    "j": "ȷ",
    "l": "ł",
    "o": "ø",
    "oe": "œ",
    "ss": "ß",
}

_SYMBOLS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "copyright": "©",
    "dag": "†",
    "ddag": "‡",
    "degree": "°",
    "dots": "…",
    "euro": "€",
    "ldots": "…",
    "pounds": "£",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbar": "|",
    "textbullet": "•",
    "textcopyright": "©",
    "textdagger": "†",
    "textdegree": "°",
    "textellipsis": "…",
    "textemdash": "—",
    "textendash": "–",
    "texteuro": "€",
    "textgreater": ">",
    "textleftarrow": "←",
    "textless": "<",
    "textmu": "µ",
    "textpm": "±",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textregistered": "®",
    "textrightarrow": "→",
    "textsection": "§",
    "texttimes": "×",
    "texttrademark": "™",
    "textunderscore": "_",
}

_OPENING = frozenset(("textquotedblleft", "textquoteleft"))

# The shorthands of the author kit of CVPR and its many descendants (`cvpr.sty`), which adds the
# last stop unless one follows. 22 in the corpus, and two in the captures.
_SHORTHANDS = {
    "Cf": "Cf.",
    "Eg": "E.g.",
    "Ie": "I.e.",
    "cf": "cf.",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "ie": "i.e.",
    "iid": "i.i.d.",
    "wrt": "w.r.t.",
}

# The face goes, the words stay.
FACES = frozenset(
    "emph text textbf textit textmd textnormal textrm textsc textsf textsl texttt textup "
    "underline uline mbox ensuremath".split()
)
"""Commands that set words in another face, or what stands in them as it is."""

KNOWN = frozenset(_LETTERS) | frozenset(_SYMBOLS) | frozenset(_SHORTHANDS) | FACES | {
    "textsubscript", "textsuperscript", "textcolor", "footnote", "deg",
    "em", "itshape", "bfseries", "ttfamily", "scshape", "slshape", "sffamily",
    "url", "href", "hyperlink",
}  # fmt: skip
"""Names of commands that are TeX's own, whether or not what follows lets us read them."""

_SCRIPTS = {
    "textsubscript": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
    "textsuperscript": str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"),
}

_SPACES = {"\\": " ", " ": " ", "\n": " ", "\r": " ", "\t": " ", ",": NBSP, ";": " "}

_ACTIVE = re.compile(r"[\\{]")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_NAME = re.compile(r"\\([A-Za-z]+)")
_ESCAPE = re.compile(r"\\([%&$_#{}])")
_SECTION = re.compile(r"\\S([ ~]?)(?=\d)")
_GAP = re.compile(r"\s*")
_EMPTY = re.compile(r"\{\s?\}")
_DECLARATION = re.compile(
    r"\\(?:em|it|bf|tt|sc|sl|sf|rm|itshape|bfseries|ttfamily|scshape|slshape|sffamily)"
    r"(?![A-Za-z])\s*"
)
_COLOUR = re.compile(r"\\textcolor(?:\[[^\[\]]{0,20}\])?\{[^{}\\]{0,60}\}\s?(?=\{)")
_SCRIPT = re.compile(r"\\(text(?:super|sub)script)\s?\{([0-9+\-()n]{1,9})\}")
# arXiv writes the sign ° it finds in a form as {\deg}; bare \deg is the degree of a polynomial.
_DEGREES = re.compile(r"\{\\deg\}")
_ACCENT = re.compile(
    r"\\(?:(?P<symbol>['`^\"~=.])|(?P<letter>[Hbcdkruv])(?=[{\\])"
    # Ho\v rava. Not at the start of a word: authors use \b and \c for other things.
    r"|(?<=[A-Za-z]\\)(?P<far>[Hckruv])\s(?=[A-Za-z]))"
)
_BASE = re.compile(
    r"(?P<bare>[A-Za-z])|\{\s?(?P<braced>[A-Za-z])\s?\}"
    r"|\{\s?\\(?P<dotless>[ij])\s?\}|\\(?P<open>[ij])(?![A-Za-z])(?:\{\}|\s)?"
)
_BARE_ACCENT = re.compile(r"\\([~^])\{\s?\}")


def braces(text: str) -> dict[int, int]:
    r"""Where each opening brace of a pair is closed; escaped braces count for nothing.

    >>> braces(r"{a{b}} } { \{x\}")
    {2: 4, 0: 5}
    """
    pairs: dict[int, int] = {}
    if "{" not in text:
        return pairs
    stack: list[int] = []
    for token in _BRACES.finditer(text):
        if token[0] == "{":
            stack.append(token.start())
        elif token[0] == "}" and stack:
            pairs[stack.pop()] = token.start()
    return pairs


def commands(text: str) -> Iterator[Edit]:
    r"""What the commands of text mode print, in order of place but for closing braces.

    >>> from .edits import show
    >>> show(commands, r"{\"U}ber 5\% na\"{\i}ve Ho\v{r}ava \emph{ideas} {\em of} Bj{\o}rn, \ours")
    'Über 5% naïve Hořava ideas of Bjørn, \\ours'
    """
    if "\\" not in text:
        return
    pairs = braces(text)
    place = 0
    while token := _ACTIVE.search(text, place):
        start = token.start()
        place = start + 1
        if token[0] == "\\":
            edits = _command(text, start, pairs)
        elif start in pairs and text.startswith("\\", start + 1):
            edits = _group(text, start, pairs)
        elif start not in pairs and (opened := _DECLARATION.match(text, start + 1)):
            edits = [Edit(start, opened.end(), "")]
        else:
            continue
        # The first edit is where reading goes on; a second is the closing brace of an argument.
        if edits:
            place = max(place, edits[0].end)
            yield from edits
        elif name := _NAME.match(text, start):
            place = name.end()


def _group(text: str, start: int, pairs: dict[int, int]) -> list[Edit]:
    """The braces of a group that begins with a command, and its declaration if it has one."""
    if degrees := _DEGREES.match(text, start):
        return [Edit(start, degrees.end(), "°")]
    end = start + 1
    if declaration := _DECLARATION.match(text, end):
        end = min(declaration.end(), pairs[start])
    elif not _command(text, end, pairs):
        return []
    return [Edit(start, end, ""), Edit(pairs[start], pairs[start] + 1, "")]


def _command(text: str, start: int, pairs: dict[int, int]) -> list[Edit]:
    """What the command at a backslash prints; nothing if it is not one of ours."""
    after = text[start + 1 : start + 2]
    if after == "S" and (section := _SECTION.match(text, start)):
        return [Edit(start, section.end(), "§" + NBSP * len(section[1]))]
    if escape := _ESCAPE.match(text, start):
        return [Edit(start, escape.end(), escape[1])]
    if bare := _BARE_ACCENT.match(text, start):  # \~{} is how TeX writes ~ itself
        return [Edit(start, bare.end(), bare[1])]
    if accented := accent(text, start):
        return [accented]
    if after == " " and text[start + 2 : start + 3] in tuple(",.;:!?)"):
        return [Edit(start, start + 2, "")]  # `\name\ , which` leaves no space before its comma
    if after in _SPACES:
        return [Edit(start, start + 2, _SPACES[after])]
    if after == "@":  # only adjusts the space after a stop; me\@home is no TeX
        return [] if text[start + 2 : start + 3].isalnum() else [Edit(start, start + 2, "")]
    if declaration := _DECLARATION.match(text, start):
        return [Edit(start, declaration.end(), "")]
    name = _NAME.match(text, start)
    return _word(text, start, name.end(), name[1], pairs) if name else []


def _word(text: str, start: int, end: int, name: str, pairs: dict[int, int]) -> list[Edit]:
    """What a command whose name is a word prints."""
    if name in _LETTERS:
        # TeX drops the white space that ends such a name: Bj\o rn.
        empty = _EMPTY.match(text, end) or _GAP.match(text, end)
        return [Edit(start, empty.end() if empty else end, _LETTERS[name])]
    if name in _SYMBOLS:
        # Here it stays, but behind an opening quote: authors who write "a \ldots b" mean it.
        empty = _EMPTY.match(text, end) or (_GAP.match(text, end) if name in _OPENING else None)
        return [Edit(start, empty.end() if empty else end, _SYMBOLS[name])]
    if name in _SHORTHANDS:
        return [Edit(start, end + text.startswith(".", end), _SHORTHANDS[name])]
    if script := _SCRIPT.match(text, start):
        return [Edit(start, script.end(), script[2].translate(_SCRIPTS[script[1]]))]
    if name in FACES or name in _SCRIPTS or name == "footnote":
        gap = _GAP.match(text, end)
        brace = gap.end() if gap else end
    elif colour := _COLOUR.match(text, start):
        brace = colour.end()
    else:
        return []
    if brace not in pairs:
        # Never closed: a face goes all the same, for its words are there.
        return (
            [Edit(start, brace + 1, "")] if name in FACES and text[brace : brace + 1] == "{" else []
        )
    opening, closing = ("", "") if name != "footnote" else (" (", ")")
    return [Edit(start, brace + 1, opening), Edit(pairs[brace], pairs[brace] + 1, closing)]


def accent(text: str, start: int, depth: int = 2) -> Edit | None:
    r"""The accented letter that begins at a backslash, composed.

    Without braces only a letter that Unicode has composed counts: `\.` and `\'` before other
    letters are escapes of other languages. `\'{\^e}` may nest once, as Vietnamese needs.

    >>> accent(r"\'{\^e}", 0), accent(r"don\'t", 3)
    (Edit(start=0, end=7, text='ế'), None)
    """
    mark = _ACCENT.match(text, start)
    if not mark or not depth:
        return None
    combining = _ACCENTS[mark[mark.lastgroup or 0]]
    base = _BASE.match(text, mark.end())
    if base:
        letter, end, free = base[base.lastgroup or 0], base.end(), base.lastgroup != "bare"
    else:
        braced = text.startswith("{", mark.end())
        inner = accent(text, mark.end() + braced, depth - 1)
        if not inner or (braced and not text.startswith("}", inner.end)):
            return None
        letter, end, free = inner.text, inner.end + braced, True
    composed = normalize("NFC", letter + combining)
    return Edit(start, end, composed) if free or len(composed) == 1 else None
