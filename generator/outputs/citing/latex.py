r"""Text and formulas as LaTeX prints them, for a field of BibTeX.

LaTeX stops at a sign that its fonts lack, and most have neither `ε` nor `⁴`: so mathematics stays
TeX where LaTeX knows all of it, with the packages that nearly every paper loads (amsmath, amssymb).
"""

from __future__ import annotations

import re

from ... import texmath
from ...model import Prose, Span
from ...texmath import symbols

_FOREIGN = frozenset(
    "Perp argmax argmin cmark coloneq coloneqq degree eqqcolon euro gt indep llbracket lt omicron"
    " rrbracket widecheck xmark".split()
)
"""Names of other packages, or of authors' own."""
_WORDS = frozenset("text textrm textit textbf textsf texttt mbox".split())
_COMMANDS = (
    {
        name
        for table in (texmath.SIGNS, symbols.FUNCTIONS, symbols.ACCENTS)
        for name in table
        if not name.startswith("text")  # signs for text
    }
    | _WORDS
    | set(
        "mathbb mathcal mathfrak mathbf boldsymbol pmb mathrm mathsf mathtt mathit mathnormal"
        " operatorname frac dfrac tfrac binom sqrt overset underset stackrel quad qquad left right"
        " big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split()
    )
) - _FOREIGN

_TOKEN = re.compile(r"\\([A-Za-z]+|.?)|(.)")
_ARGUMENT = re.compile(r"\{[A-Za-z0-9 .,:;()/+-]*\}")
"""Words that mean in text what they mean in a formula."""
_MARKS = frozenset(",:;!|{}%#&_ ")
"""Signs that are commands behind a backslash."""
_ACTIVE = frozenset("$%#&~")
_BRACE = re.compile("[{}]")


def _is_missing(char: str) -> bool:
    """Whether LaTeX's own fonts lack a sign; those for dots, daggers and dashes it has."""
    return char >= "\u0370" and not "\u2000" <= char <= "\u206f"


_NAMES = {
    char: name
    for name, char in reversed(list(texmath.SIGNS.items()))
    if name in _COMMANDS and _is_missing(char)
} | {"ε": "varepsilon", "φ": "varphi"}
"""What LaTeX calls a sign; of several names the first."""

# BibTeX's own characters, as LaTeX prints them.
_ESCAPES = {c: f"\\{c}" for c in "{}%&$#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_PAIRED = str.maketrans(_ESCAPES | {char: f"$\\{name}$" for char, name in _NAMES.items()})
# BibTeX counts braces behind a backslash, too: one too many takes the rest of the file along. So
# where one stands alone, each has an unseen one beside it, as Zotero writes them.
_SINGLE = _PAIRED | str.maketrans({"{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"})


def printed(prose: Prose) -> str:
    r"""A title for a field.

    >>> from ...prose import parse_prose
    >>> print(printed(parse_prose(r"50% of $O(1/\epsilon^4)$: αDepth")))
    50\% of $O(1/\epsilon^4)$: $\alpha$Depth
    """
    parts = [(_formula(span), span.text) for span in prose.spans]
    table = _table("".join(text for formula, text in parts if not formula))
    return "".join(formula or text.translate(table) for formula, text in parts)


def escaped(text: str) -> str:
    r"""Text for a field.

    >>> print(escaped("{0, 1}"), escaped("{0"))
    \{0, 1\} \{\vphantom{\}}0
    """
    return text.translate(_table(text))


def _table(text: str) -> dict[int, str]:
    return _PAIRED if _is_paired(text) else _SINGLE


def _formula(span: Span) -> str:
    """A formula between dollars; empty where LaTeX might not print it."""
    source = " ".join((span.tex or "").split())
    if not _is_paired(source) or source.count(r"\left") != source.count(r"\right"):
        return ""
    tokens = list(_TOKEN.finditer(source))
    # In words, no name of a sign would do.
    words = not source.isascii() and any(token[1] in _WORDS for token in tokens)
    if words or not tokens or not all(map(_is_known, tokens)):
        return ""
    return f"${''.join(map(_named, tokens))}$"


def _is_known(token: re.Match[str]) -> bool:
    command, char = token.groups()
    if char:
        return char not in _ACTIVE and (char.isascii() or char in _NAMES)
    if command in _WORDS:
        return bool(_ARGUMENT.match(token.string, token.end()))
    return command in (_COMMANDS if command.isalpha() else _MARKS)


def _named(token: re.Match[str]) -> str:
    """A sign by its name, parted from letters behind it."""
    name = _NAMES.get(token[0])
    if not name:
        return token[0]
    return f"\\{name} " if token.string[token.end() :][:1].isalpha() else f"\\{name}"


def _is_paired(text: str) -> bool:
    """Whether each brace has its own."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth
