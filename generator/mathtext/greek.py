"""Greek names that are also products, waves and distributions: signs where the text speaks for it.

`beta` in `the beta distribution` is English, in `beta_1 = 0.9` it is not; between the two stand the
neighbours of the name and the rest of the text: what stands in a formula somewhere in it is a sign
everywhere in it.
"""

from __future__ import annotations

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


def _support(cells: list[Cell], i: int, known: set[str], mathematical: bool) -> str:
    cell, before, after = cells[i], cell_at(cells, i - 1), cell_at(cells, i + 1)
    name = cell.text
    capital = name[0].isupper()
    if (
        before is not None
        and before.kind == "sign"
        and before.text in ("/", "_", ".", "'", "’", "-")
    ):
        if before.text == "-" and text_at(cells, i - 2).lower() == "level" and not _joined(after):
            return f"{name} behind level"
        release = name in ("alpha", "beta") and before.text == "-" and "." in cells[i - 2].text
        reckoned = not _joined(after) or (
            text_at(cells, i + 1) == "-"
            and (text_at(cells, i + 2) in tex.FUNCTIONS or text_at(cells, i + 2) in tex.GREEK)
        )
        if before.text in "-/" and _number(cells, i - 2) and not release and reckoned:
            return f"{name} reckoned with a number"
        unary = before.text == "-" and (
            i < 2 or cells[i - 2].kind == "space" or cells[i - 2].text in "(="
        )
        if not unary and (before.text != "-" or name != "mu"):
            return ""
    if before is not None and before.kind == "number" and not _joined(after):
        return f"{name} glued to a number"
    if mathematical and text_at(cells, i - 1) == "/" and i > 1 and not _joined(after):
        if is_lone(cells, i - 2) or cells[i - 2].text in (")", "}"):
            return f"{name} divides a sign"
    if name in known and text_at(cells, i + 1) == "'" and text_at(cells, i + 2).isspace():
        return f"{name} stands in mathematics elsewhere in the text"  # `lambda' such that`
    if after is not None and after.kind == "sign" and after.text in ("_", "'", "’", "@", "/"):
        return ""
    if after is not None and after.kind in ("number", "word", "stop"):
        return ""  # phi4, beta1
    if (
        text_at(cells, i + 1) == "("
        and i + 2 < len(cells)
        and (text_at(cells, i + 2) in tex.FUNCTIONS or not text_at(cells, i + 2)[1:].islower())
    ):
        return f"{name} as a function"
    if _in_argument(cells, i):
        return f"{name} among the signs in a bracket"
    hyphen = after is not None and after.text == "-"
    if hyphen and i + 2 < len(cells) and cells[i + 2].kind == "number":
        return ""  # phi-3-mini
    word_before, word_after = _words(cells, i)
    if name == "chi" and hyphen and text_at(cells, i + 2)[:6] == "square":
        return ""
    blocked = word_after in _NOUNS or word_before in ("raspberry", "sigma") or (
        hyphen and text_at(cells, i + 2).lower() == "delta"
    )  # fmt: skip
    if _equation(cells, i):
        return f"{name} beside an operator"
    if name in known and not blocked:
        return f"{name} stands in mathematics elsewhere in the text"
    if text_at(cells, i - 1) == "(" and text_at(cells, i + 1) == ")" and not capital:
        if text_at(cells, i - 2).isupper():
            return f"{name} as the parameter of {text_at(cells, i - 2)}"  # `TD(lambda)`
    if word_before == "'s" or blocked:
        return ""  # Kendall's tau, the beta distribution: words
    if name in ("mu", "xi"):
        return f"{name} is no English word" if not hyphen or name == "mu" else ""
    if _greek_list(cells, i):
        return f"{name} in a row of Greek names"
    if (
        after is not None
        and after.kind == "space"
        and is_lone(cells, i + 2)
        and cells[i + 2].kind == "letter"
    ):
        if name == "Delta" or (not capital and (mathematical or cells[i + 2].text.islower())):
            return f"{name} before a single letter"
    if hyphen:
        lower = i + 2 < len(cells) and cells[i + 2].kind == "word" and cells[i + 2].text.islower()
        release = name == "beta" and text_at(cells, i + 2) == "stable"
        if text_at(cells, i + 2) in _PROPERTIES and not capital and not release:
            return f"{name} before {text_at(cells, i + 2)}"
        return (
            f"{name} in a text with mathematics" if mathematical and (lower or not capital) else ""
        )
    if capital:
        stated = mathematical and word_after in ("denotes", "denote")
        return f"{name} in a text with mathematics" if stated else ""
    open_end = word_after == "" or word_after in _ENDS
    if mathematical and (open_end or word_before in _CUES):
        return f"{name} in a text with mathematics"
    if word_before in _CUES and open_end:
        return f"{name} named as a {word_before}"
    return ""


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
