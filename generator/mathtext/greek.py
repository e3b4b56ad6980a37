"""Greek names that are also products, waves and distributions: signs where the text speaks for it.

`beta` in `the beta distribution` is English, in `beta_1 = 0.9` it is not; between the two stand the
neighbours of the name and the rest of the text: what stands in a formula somewhere in it is a sign
everywhere in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..texmath import symbols as tex
from .cells import Cell
from .near import Seed, cell_at, is_lone, text_at

_CUES = frozenset(
    "parameter parameters hyperparameter hyperparameters coefficient coefficients factor factors"
    " rate"
    " exponent threshold thresholds weight weights angle constant scalar scalars temperature by"
    " where"
    " variable variables level levels value values ratio index power width bandwidth probability"
    " margin dimension penalty strength radius error noise schedule functions symbol let fixed any"
    " some small large given every each stepsize discount mean deviation".split()
)
_NOUNS = frozenset(
    "distribution distributions prior channel channels matting compositing blending version release"
    " test testing tests band bands wave waves rhythm rhythms oscillations activity power"
    " correction"
    " robot robots encoding network networks rule rate rates rays ray function calculus expression"
    " layer layers architecture algebra school coefficient variants variant decay process camera"
    " delta modulation compression camp user users phase particles diversity helix factor factors"
    " model models family lake agent agents".split()
)
"""What makes a Greek name before it an English word: `beta distribution`."""
_ENDS = frozenset(
    "is are and or in of to for as with that which we on the by from at when where denotes controls"
    " governs values value grows goes tends has can such via depends increases decreases while if"
    " be only alone"
    " was were does into than under over between".split()
)


_PROPERTIES = frozenset(
    "smooth stationary strongly weakly approximate approximation optimal Lipschitz stable mixing"
    " fair divergence convex concave regular contaminated discounted mixable complementary"
    " weighted sparse robust corrupted similar bounded separated expansive cocoercive dependent"
    " invariant".split()
)
"""What follows a sign and a hyphen: `beta-smooth`, `alpha-fair`."""
_TYING = frozenset("/_.'’-")
"""Signs that make a name behind them part of what stands before them."""
_REACH = 12
"""So many cells of a bracket are looked at, to either side."""


def weak_seeds(cells: list[Cell], known: set[str], mathematical: bool) -> list[Seed]:
    """Greek names that are products and people too, where the text speaks for the sign.

    `known` are the names that stand in formulas of the text, `mathematical` is true if it has any.
    """
    found = []
    family = _family(cells)
    for i, cell in enumerate(cells):
        if cell.kind != "name" or cell.kept or cell.text not in tex.GREEK or cell.loud:
            continue
        if i in family:
            because = f"{cell.text} and another Greek name behind one word"
        else:
            because = _support(cells, i, known, mathematical)
        if because:
            found.append(Seed(i, i, because))
    return found


@dataclass(frozen=True, slots=True)
class _Name:
    """A Greek name in its text."""

    cells: list[Cell]
    i: int
    known: bool
    """True if the name stands in a formula of the text."""
    mathematical: bool
    """True if the text has any formula."""

    @property
    def text(self) -> str:
        return self.cells[self.i].text

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    def at(self, step: int) -> str:
        """What is written so many cells away."""
        return text_at(self.cells, self.i + step)

    def kind(self, step: int) -> str:
        cell = cell_at(self.cells, self.i + step)
        return "" if cell is None else cell.kind

    @property
    def alone(self) -> bool:
        """True if nothing behind the name makes it part of a longer one."""
        return not _joined(cell_at(self.cells, self.i + 1))


def _support(cells: list[Cell], i: int, known: set[str], mathematical: bool) -> str:
    """Why a Greek name is a sign; empty where it is a word, or nothing speaks for it."""
    name = _Name(cells, i, cells[i].text in known, mathematical)
    for judge in _JUDGES:
        verdict = judge(name)
        if verdict is not None:
            return verdict
    return ""


# Each says why a name is a sign, or "" where it is none, or None where the next is to be asked.


def _by_what_stands_before(name: _Name) -> str | None:
    mark = name.at(-1) if name.kind(-1) == "sign" else ""
    if mark == "-" and name.at(-2).lower() == "level" and name.alone:
        return f"{name.text} behind level"
    if mark in ("-", "/") and _is_reckoned(name):
        return f"{name.text} reckoned with a number"
    unary = mark == "-" and (name.i < 2 or name.kind(-2) == "space" or name.at(-2) in "(=")
    if mark in _TYING and not unary and (mark != "-" or name.text != "mu"):
        return ""
    if name.kind(-1) == "number" and name.alone:
        return f"{name.text} glued to a number"
    return None


def _is_reckoned(name: _Name) -> bool:
    """`1-beta`, `2/alpha`, `1-beta-log`; not `v0.2-alpha`, which is a stage of a release."""
    if not _number(name.cells, name.i - 2):
        return False
    if name.text in ("alpha", "beta") and name.at(-1) == "-" and "." in name.at(-2):
        return False
    goes_on = name.at(1) == "-" and (name.at(2) in tex.FUNCTIONS or name.at(2) in tex.GREEK)
    return name.alone or goes_on


def _by_what_is_glued_behind(name: _Name) -> str | None:
    if name.known and name.at(1) == "'" and name.at(2).isspace() and name.at(-1) != "`":
        return f"{name.text} stands in mathematics elsewhere in the text"  # `lambda' such that`
    if name.kind(1) == "sign" and name.at(1) in ("_", "'", "’", "@", "/"):
        return ""
    if name.kind(1) in ("number", "word", "stop"):
        return ""  # phi4, beta1
    if name.at(1) == "(" and name.kind(2):
        if name.at(2) in tex.FUNCTIONS or not name.at(2)[1:].islower():
            return f"{name.text} as a function"
    if _in_argument(name.cells, name.i):
        return f"{name.text} among the signs in a bracket"
    if name.at(1) == "-" and name.kind(2) == "number":
        return ""  # phi-3-mini
    if name.text == "chi" and name.at(1) == "-" and name.at(2)[:6] == "square":
        return ""
    return None


def _by_the_rest_of_the_text(name: _Name) -> str | None:
    word_before, word_after = _words(name.cells, name.i)
    word = word_after in _NOUNS or word_before in ("raspberry", "sigma")
    word = word or (name.at(1) == "-" and name.at(2).lower() == "delta")
    if _equation(name.cells, name.i):
        return f"{name.text} beside an operator"
    if name.known and not word:
        return f"{name.text} stands in mathematics elsewhere in the text"
    if name.at(-1) == "(" and name.at(1) == ")" and not name.capital and name.at(-2).isupper():
        return f"{name.text} as the parameter of {name.at(-2)}"  # `TD(lambda)`
    if word_before == "'s" or word:
        return ""  # Kendall's tau, the beta distribution: words
    return None


def _by_its_kind(name: _Name) -> str | None:
    if name.text in ("mu", "xi"):
        return f"{name.text} is no English word" if name.at(1) != "-" or name.text == "mu" else ""
    if _greek_list(name.cells, name.i):
        return f"{name.text} in a row of Greek names"
    if name.kind(1) == "space" and name.kind(2) == "letter" and is_lone(name.cells, name.i + 2):
        small = not name.capital and (name.mathematical or name.at(2).islower())
        if name.text == "Delta" or small:
            return f"{name.text} before a single letter"
    return None


def _by_the_words_beside(name: _Name) -> str | None:
    in_mathematics = f"{name.text} in a text with mathematics" if name.mathematical else ""
    if name.at(1) == "-":
        stage = name.text == "beta" and name.at(2) == "stable"
        if name.at(2) in _PROPERTIES and not name.capital and not stage:
            return f"{name.text} before {name.at(2)}"
        worded = name.kind(2) == "word" and name.at(2).islower()
        return in_mathematics if worded or not name.capital else ""
    word_before, word_after = _words(name.cells, name.i)
    if name.capital:
        return in_mathematics if word_after in ("denotes", "denote") else ""
    open_end = word_after == "" or word_after in _ENDS
    if in_mathematics and (open_end or word_before in _CUES):
        return in_mathematics
    return f"{name.text} named as a {word_before}" if word_before in _CUES and open_end else ""


_JUDGES = (
    _by_what_stands_before, _by_what_is_glued_behind, _by_the_rest_of_the_text, _by_its_kind,
    _by_the_words_beside,
)  # fmt: skip


def _in_argument(cells: list[Cell], i: int) -> bool:
    """`O(kappa R)`, `1/(2 kappa R)`: where nothing but signs stands in a bracket behind a sign."""
    opened = next((k for k in range(i - 1, max(0, i - _REACH), -1) if cells[k].text == "("), 0)
    closed = next((k for k in range(i + 1, min(len(cells), i + _REACH)) if cells[k].text == ")"), 0)
    if not opened or not closed:
        return False
    head = text_at(cells, opened - 1)
    if not (head == "/" or head in tex.FUNCTIONS or is_lone(cells, opened - 1)):
        return False
    if text_at(cells, opened - 2) in ("_", ".", "\\"):
        return False  # `set_z(x, pi, r)`: a function of a program
    inside = [cell for cell in cells[opened + 1 : closed] if cell.kind != "space"]
    signs = [cell for cell in inside if cell.kind in ("letter", "number")]
    return bool(signs) and all(
        cell.kind in ("letter", "number")
        or (cell.kind == "name" and cell.text in tex.GREEK)
        or cell.text in ("+", "-", "*", "/", ",", "^")
        for cell in inside
    )


def _family(cells: list[Cell]) -> frozenset[int]:
    """Where Greek names tell the members of a family apart: `PixArt-alpha, PixArt-Sigma`.

    Not `v2-alpha` and `v2-beta`, which are stages of a release.
    """
    stems: dict[str, list[int]] = {}
    for i, cell in enumerate(cells[2:], 2):
        if cell.kind == "name" and cell.text in tex.GREEK and cells[i - 1].text == "-":
            if cells[i - 2].kind == "word" and not _joined(cell_at(cells, i + 1)):
                stems.setdefault(cells[i - 2].text, []).append(i)
    names = {stem: {cells[i].text for i in places} for stem, places in stems.items()}
    return frozenset(
        i
        for stem, places in stems.items()
        if len(names[stem]) > 1 and names[stem] - {"alpha", "beta"}
        for i in places
    )


def _number(cells: list[Cell], i: int) -> bool:
    """A number that stands alone."""
    cell, before = cell_at(cells, i), cell_at(cells, i - 1)
    if cell is None or cell.kind != "number":
        return False
    return before is None or before.kind == "space" or before.text in ("(", "[", "=", "$")


def _joined(cell: Cell | None) -> bool:
    """True for what makes the name before it part of a longer one."""
    return cell is not None and (
        cell.kind in ("number", "word", "letter", "stop") or cell.text in "-_"
    )


def _words(cells: list[Cell], i: int) -> tuple[str, str]:
    """The words beside a cell; empty where a sign or the end of the text stands between."""
    before, after = cell_at(cells, i - 2), cell_at(cells, i + 2)
    left = right = ""
    if before is not None and cells[i - 1].kind == "space":
        left = before.text.lower() if before.kind in ("word", "name") else ""
        if before.kind == "letter" and before.text == "s" and i >= 3 and cells[i - 3].text in "'’":
            left = "'s"
    if after is not None and cells[i + 1].kind == "space":
        right = after.text.lower()
    return left, right


def _equation(cells: list[Cell], i: int) -> bool:
    """`alpha = 3`, `0 < gamma`."""
    for step in (1, -1):
        other = cell_at(cells, i + step)
        if other is not None and other.kind == "space":
            other = cell_at(cells, i + 2 * step)
        if other is not None and other.kind == "sign" and other.text in "=<>≤≥∈":
            return True
        if other is not None and other.text in ("+", "*") and abs(step) == 1:
            spaced = cell_at(cells, i + step)
            if spaced is not None and spaced.kind == "space":
                return True
    return False


def _greek_list(cells: list[Cell], i: int) -> bool:
    """`Phi, Psi`, `alpha and beta`, `alphabeta`."""
    for step in (1, -1):
        k = i + step
        other = cell_at(cells, k)
        for _ in range(4):
            if other is None or (
                other.kind != "space" and other.text not in (",", "and", "or", "(", ")")
            ):
                break
            k += step
            other = cell_at(cells, k)
        if (
            other is not None
            and other.kind == "name"
            and other.text in tex.GREEK
            and abs(k - i) > 1
        ):
            beyond = cell_at(cells, max(k, i) + 1)
            if beyond is None or beyond.text not in ("-", "/", "_"):
                return True
    return False
