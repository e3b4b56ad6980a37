r"""Which names are loud, which are quiet, and which letters of a glued word belong together.

The damage left `\rightarrow` as `rightarrow`. A *loud* name is no word of any language: where it
stands, mathematics stood. A *quiet* one (`in`, `to`, `times`, `beta`) is English until its
neighbours say otherwise. A glued word (`drightarrow`, `alphagg`) is mathematics when it splits
wholly into names and a few single letters, one name among them is loud, and English does not have
the word (`data/english.txt`, made by `benchmarks/make_english.py` from counts over real abstracts).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from ..texmath import symbols as tex

SHY = frozenset(
    "alpha beta gamma delta lambda omega sigma phi pi iota chi rho tau eta nu zeta kappa omicron"
    " Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
"""Greek names that are also products, distributions, waves and people."""

QUIET = SHY | frozenset(
    "in to ni ne le ge lt gt ll gg mp pm wr not neg div mid sim top bot cap cup vee wedge star ast"
    " circ bullet diamond square Box Diamond triangle angle flat sharp natural prime dagger"
    " dag ddag"
    " S P Re Im deg degree models perp parallel subset because therefore smile bowtie implies iff"
    " exists partial surd colon sum int prod land lor vert Vert gets mho eth euro pounds copyright"
    " dots prec succ checkmark bigstar cmark xmark complement times amalg lnot wp lll ggg mu xi"
    " hat bar dot vec check acute grave breve text emph it bf rm sf tt cal bold big Big"
    " left right middle over quad space bm sup inf max min lim log exp sin cos tan sec cot det dim"
    " gcd hom ker lg ln arg mod Pr sinh cosh tanh argmax argmin csc coth infty_ mbox hbox fbox"
    " underline tilde boxed flat frac binom label tag color phantom smash".split()
)
"""Names that English, or the talk of the field, uses too."""

SCRIPT_ONLY = frozenset("top bot prime dagger dag ddag ast star circ perp bullet degree".split())
"""Quiet names that mean a sign when they alone are raised or lowered: `K^top`."""

GROUPS = frozenset("SO SE SU GL SL Sp PSL".split())
"""Groups of matrices by their size: `SO(3)`."""

TWO = frozenset(
    "as is at by do go he if in it me my no of on or so to up us we am an be ai id".split()
)
"""Words of two letters."""
_ARGUMENT = frozenset(tex.FACES) | frozenset(tex.ACCENTS) | {"sqrt"}
COMMANDS = (
    frozenset(tex.SIGNS) | tex.FUNCTIONS | _ARGUMENT | tex.SIZES | {"frac", "dfrac", "tfrac"}
    | frozenset("text textbf textit texttt textrm textsc textsf operatorname mathop"
                " quad qquad".split())
) - frozenset({"S", "P", "mp", "Re", "Im", "ngeq", "nleq", "nless", "ngtr", "nmid", "nparallel",
              "nsubseteq", "Perp", "indep",
    "nrightarrow", "nexists", "it", "sf", "tt", "bold", "lt", "gt", "wr", "tag"})  # fmt: skip
KEPT = (
    frozenset(name for name in tex.SIGNS if name[:4] != "text") | tex.FUNCTIONS
    | {"sqrt", "frac", "mathcal", "mathbb", "mathbf", "mathrm", "left", "bar", "hat", "tilde"}
) - {"S", "P", "dots", "ldots", "copyright", "pounds", "dag", "ddag", "eth", "euro", "lt",
     "gt"}  # fmt: skip
"""Names that are mathematics wherever their backslash still stands."""
NEGATED = frozenset(f"not\\{name}" for name in tex.RELATIONS if name not in ("in", "to"))
r"""`\not` and the relation that it strikes out."""
RELATIONS = frozenset(tex.RELATIONS) | NEGATED
LOUD = frozenset(name for name in COMMANDS - QUIET if len(name) > 2) | NEGATED | {"Perp"}
ACCENTED = re.compile(
    r"\\(?:" + "|".join(rf"{n[0]}\{{{n[1:]}\}}" for n in tex.GREEK if n[0] in "bcdkrtuv") + ")"
)
r"""What arXiv's listings make of `\beta`, `\rho` and `\kappa` in running text: `\b{eta}`."""
_SHORT = frozenset("ell oint iint iiint psi lgroup rgroup nless ngtr hslash hbar surd colon"
                   " jmath imath"
                   " bigg Bigg biggl biggr biggm lozenge overline aleph beth simeq cong"
                   " upsilon".split())  # fmt: skip
TELLING = frozenset(
    name for name in LOUD - _SHORT if len(name) > 3 or name in ("leq", "geq", "neq", "sqrt")
)
"""Loud names that words of English do not hold by chance, as `ell` stands in `dwell`."""
_STEMS = (
    "necdot",
    "trangl",
    "wrangl",
    "brangl",
    "drangl",
    "symptot",
    "quivoc",
    "quival",
    "culvert",
    "pervert",
    "parallel",
    "betain",
    "noting",
    "submod",
)
"""Parts of English words that hold a telling name: anecdote, quadrangle, asymptote, denoting."""
_STARTS = frozenset(
    name[:3] for name in TELLING | {"times"} | {name for name in tex.GREEK if len(name) > 3}
)
"""How the names begin of which every glued word has one: few words need to be taken apart."""
GLUABLE = (
    frozenset(tex.GREEK) | LOUD
    | frozenset("in to times cdot left right bigl bigr big Big max min log ln sum int circ cup cap"
                " sim mid top exp pm ll gg le ge ne sup inf partial perp quad mod"
                " vert Vert".split())
)  # fmt: skip
"""Quiet names that authors write without a space behind them."""
LONGEST = max(map(len, COMMANDS))
_ARROW = re.compile(
    r"([A-Za-z]*?)((?:[Ll]ong)?(?:[Ll]eft)?[Rr]ightarrow|(?:[Ll]ong)?[Ll]eftarrow)([A-Za-z]*)"
    r"|([A-Za-z]+?)((?:up|down|updown)arrow|[gln]eq)"
)
_MARKED = {
    accent + name: (accent, name)
    for accent in ("hat", "bar", "tilde", "vec", "dot", "ddot", "check", "breve")
    for name in tex.GREEK
    if accent + name != "barchi"  # a surname
} | {name + "gg": (name, "gg") for name in tex.GREEK}
"""What is left of `\\hat\\mu` and `\\rho\\gg`, and no word."""
_COMPOSED = re.compile(rf"([A-Za-z])(circ)([A-Za-z]|{'|'.join(tex.GREEK)})")
"""`wcircPhi`: one map after another."""
_DIRECTION = re.compile(r"(XX?|[A-Z][A-Za-z])to(XX?|[A-Z][A-Za-z])")
_LANGUAGES = frozenset(
    "x xx ar bg bn ca cs da de el en es et fa fi fr gu ha he hi hr hu id is it ja ka kk km kn ko lt"
    " lv mk ml mr ms ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi xh"
    " yo zh zu".split()
)
"""Two letters for a language, and what stands for any."""
_RUN = 2
"""So many single letters may stand together in a glued word: `dB` before `_Lright`."""


@cache
def english() -> frozenset[str]:
    """Words of real abstracts that would split into names and letters."""
    text = files(__package__.rpartition(".")[0]).joinpath("data", "english.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and line[0] != "#")


@lru_cache(maxsize=8192)
def split(word: str) -> tuple[str, ...] | None:
    """The names and single letters a word is wholly made of, longest names first.

    >>> split("drightarrow"), split("alphagg"), split("right")
    (('d', 'rightarrow'), ('alpha', 'gg'), ('right',))
    >>> split("network") is None
    True
    """
    if len(word) > 60:
        return None
    # best[i]: the cheapest way to cover word[i:]; a letter costs more than a name, and names are
    # compared longest first, so `rightarrow` is never `right` and letters.
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * len(word) + [(0, ())]
    for i in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), i + LONGEST), i, -1):
            rest = best[end]
            piece = word[i:end]
            if rest is None or (len(piece) > 1 and piece not in COMMANDS):
                continue
            if len(piece) == 1 and _letters_ahead(rest[1]) >= _RUN:
                continue
            cost = rest[0] + (5 if len(piece) == 1 else 3)
            if best[i] is None or cost < best[i][0]:  # type: ignore[index]
                best[i] = (cost, (piece, *rest[1]))
    if best[0] is None:
        return None
    pieces = best[0][1]
    if pieces[:2] == ("xi", "n"):
        return ("x", "in", *pieces[2:])  # `xin(0,1)`
    if "rtimes" in pieces or "ltimes" in pieces:
        return _without_products(pieces)
    return pieces


def _without_products(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """`ntimesrtimesk`: behind an operator `rtimes` is a letter and `times`."""
    found: list[str] = []
    for piece in pieces:
        behind = found and len(found[-1]) > 1 and found[-1] not in tex.GREEK
        found += (piece[0], piece[1:]) if behind and piece in ("rtimes", "ltimes") else (piece,)
    return tuple(found)


def _letters_ahead(pieces: tuple[str, ...]) -> int:
    count = 0
    for piece in pieces:
        if len(piece) > 1:
            break
        count += 1
    return count


@lru_cache(maxsize=8192)
def joined(word: str) -> tuple[str, str, str] | None:
    """An arrow or a relation and the words it stands between without a space, or None.

    >>> joined("SFTrightarrowGRPO"), joined("rightarrow"), joined("drightarrow"), joined("LtoR")
    (('SFT', 'rightarrow', 'GRPO'), None, None, None)
    >>> joined("PSNRuparrow"), joined("IoUgeq")
    (('PSNR', 'uparrow', ''), ('IoU', 'geq', ''))
    """
    if "arrow" not in word and word[-2:] != "eq":
        return _direction(word) if len(word) < 8 and "to" in word else None
    if word in COMMANDS or glued(word) is not None:
        return None
    parts = _ARROW.fullmatch(word)
    if parts is None:
        return None
    return (parts[1], parts[2], parts[3]) if parts[2] else (parts[4], parts[5], "")


def _direction(word: str) -> tuple[str, str, str] | None:
    """`XtoEN`, `EntoDe`: from one language to another."""
    parts = _DIRECTION.fullmatch(word)
    if parts is None or not all(part.lower() in _LANGUAGES for part in parts.groups()):
        return None
    return (parts[1], "to", parts[2])


@lru_cache(maxsize=8192)
def glued(word: str) -> tuple[str, ...] | None:
    """The pieces of a word that can only be glued mathematics, or None.

    >>> glued("drightarrow"), glued("simple"), glued("epsilon")
    (('d', 'rightarrow'), None, ('epsilon',))
    """
    if word in english() or word.lower() in english():
        return None
    return apart(word)


def apart(word: str) -> tuple[str, ...] | None:
    """The pieces of a word that would be glued mathematics if English did not have it, or None."""
    if word in _MARKED:
        return _MARKED[word]
    if "circ" in word and (composed := _COMPOSED.fullmatch(word)):
        return composed.groups()
    if _STARTS.isdisjoint([word[i : i + 3] for i in range(len(word) - 2)]):
        return None
    pieces = split(word)
    if pieces is None:
        return None
    bare = word.replace("rightrangle", "")
    if any(stem in bare for stem in _STEMS):
        return None
    names = [piece for piece in pieces if len(piece) > 1]
    if not any(name in TELLING for name in names):
        if any(
            len(one) == 1 and (one.isupper() or other in _SHORT)
            for one, other in pairwise(pieces[1:])
        ):
            return None  # `SigmaPoint`, `betacell`: a word behind a Greek name
        # `alphain`, `lambdamax`: a long Greek name and another name, with a letter at most
        if "times" in names and pieces[0] != "times" and pieces[-1] != "times":
            return pieces  # `HtimesW`
        greek = any(name in tex.GREEK and len(name) > 3 for name in names)
        if not greek or len(names) < 2 or len(pieces) > len(names) + 1:
            return None
    return pieces if sum(len(piece) == 1 for piece in pieces) <= 3 else None
