"""The signs TeX has a name for: which character each is, and how it behaves in a formula.

One table serves the renderers (`mathml`, `plain`) and the restorer (`mathtext`),
so that a name which can be restored can also be drawn. Plain TeX, amsmath and amssymb names that
occur in titles and abstracts; a name that is missing is shown as its letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GREEK = """
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω digamma ϝ
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ
varOmega Ω
"""

_LETTERS = """
ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ partial ∂ nabla ∇
infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ triangle △
square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ diamondsuit ♢ heartsuit ♡ spadesuit ♠ clubsuit ♣
flat ♭ natural ♮ sharp ♯ prime ′ dagger † ddagger ‡ dag † ddag ‡ S § P ¶ copyright © pounds £
degree ° deg deg circledR ® circledS Ⓢ checkmark ✓ cmark ✓ xmark ✗ bigstar ★ star ⋆ complement ∁
eth ð mho ℧ surd √
textdegree ° textmu μ euro € ldots … dots … dotsc … dotsb ⋯ cdots ⋯ vdots ⋮ ddots ⋱ textellipsis …
"""

_RELATIONS = """
leq ≤ le ≤ geq ≥ ge ≥ leqslant ⩽ geqslant ⩾ neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ equiv ≡ sim ∼
simeq ≃ approx ≈ cong ≅ approxeq ≊ propto ∝ varpropto ∝ in ∈ ni ∋ notin ∉ subset ⊂ supset ⊃
subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ sqsubset ⊏ sqsubseteq ⊑ sqsupseteq ⊒
prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ lesssim ≲ gtrsim ≳ lessapprox ⪅
gtrapprox ⪆ ngeq ≱ nleq ≰ nless ≮ ngtr ≯ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢
dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ eqqcolon ≕ coloneq ≔
bowtie ⋈ lt < gt > colon : to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒
Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ impliedby ⇐ longrightarrow ⟶ longleftarrow ⟵
longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦
longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑
Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁
leftharpoonup ↼ rightleftharpoons ⇌ rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉
twoheadrightarrow ↠ leadsto ⇝ rightsquigarrow ⇝ circlearrowleft ↺ circlearrowright ↻
dashrightarrow ⇢ nrightarrow ↛ trianglelefteq ⊴ vartriangleleft ⊲ because ∵ therefore ∴ smile ⌣
Perp ⟂⟂ indep ⟂⟂
"""

_BINARY = """
times × div ÷ pm ± mp ∓ cdot ⋅ cdotp · ast ∗ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
odot ⊙ boxplus ⊞ boxtimes ⊠ cup ∪ cap ∩ uplus ⊎ sqcup ⊔ sqcap ⊓ vee ∨ wedge ∧ lor ∨ land ∧
setminus ∖ smallsetminus ∖ backslash \\ wr ≀ amalg ⨿ diamond ⋄ triangleleft ◁ triangleright ▷
bigtriangleup △ bigtriangledown ▽ rtimes ⋊ ltimes ⋉ dotplus ∔ circledast ⊛ circledcirc ⊚
bigcirc ◯ lnot ¬ neg ¬ textpm ± texttimes ×
"""

_LARGE = """
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁
bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
"""

_OPENING = "langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ lvert | lVert ‖ llbracket ⟦ lgroup ⟮"
_CLOSING = "rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rvert | rVert ‖ rrbracket ⟧ rgroup ⟯"
_FENCES = "vert | Vert ‖ | ‖"

FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc det dim exp gcd hom inf injlim ker lg"
    " liminf limsup lim ln log max min Pr projlim sec sin sinh sup tan tanh deg argmax argmin"
    " bmod mod pmod".split()
)
"""Names set upright, as words: `\\log`."""

ACCENTS: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            "hat widehat tilde widetilde bar overline dot ddot dddot vec check widecheck breve "
            "acute grave mathring overrightarrow overleftarrow".split(),
            "̂ ̂ ̃ ̃ ̄ ̄ ̇ ̈ ⃛ ⃗ ̌ ̌ ̆ ́ ̀ ̊ ⃗ ⃖".split(),
            strict=True,
        )
    )
)
"""Marks over a letter, as combining characters."""

FACES: Mapping[str, str] = MappingProxyType(
    {
        "mathbb": "double",
        "Bbb": "double",
        "mathds": "double",
        "mathbbm": "double",
        "mathcal": "script",
        "mathscr": "script",
        "cal": "script",
        "mathfrak": "fraktur",
        "mathbf": "bold-upright",
        "bf": "bold-upright",
        "bold": "bold-upright",
        "boldsymbol": "bold",
        "bm": "bold",
        "pmb": "bold",
        "mathbfit": "bold",
        "mathrm": "upright",
        "rm": "upright",
        "operatorname": "upright",
        "mathsf": "upright",
        "mathtt": "upright",
        "mathit": "plain",
        "mathnormal": "plain",
        "it": "plain",
        "sf": "upright",
        "tt": "upright",
    }
)
"""Alphabets; `upright` also joins letters into one word."""

TEXTS = frozenset(
    "text textrm textit textbf textsf texttt textsc textnormal textup textsl emph mbox hbox"
    " underline uline textmd mathop mathrel mathbin mathord fbox boxed ensuremath".split()
)
"""Commands whose argument is words (or, for the last ones, is passed through)."""

SIZES = frozenset(
    "big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr left right"
    " middle".split()
)
"""Commands that size the bracket behind them."""

SPACES: Mapping[str, str] = MappingProxyType(
    {",": " ", ":": " ", ";": " ", ">": " ", " ": " ", "quad": " ", "qquad": " ", "!": "",
     "/": "", "thinspace": " ", "enspace": " ", "xspace": "", "space": " "}
)  # fmt: skip

IGNORED = frozenset(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag centering"
    " allowbreak nobreak relax protect mathstrut strut left. right. normalfont small tiny".split()
)


def _pairs(table: str) -> dict[str, str]:
    cells = table.split()
    return dict(zip(cells[::2], cells[1::2], strict=True))


GREEK: Mapping[str, str] = MappingProxyType(_pairs(_GREEK))
LETTERS: Mapping[str, str] = MappingProxyType(_pairs(_LETTERS))
RELATIONS: Mapping[str, str] = MappingProxyType(_pairs(_RELATIONS))
BINARY: Mapping[str, str] = MappingProxyType(_pairs(_BINARY))
LARGE: Mapping[str, str] = MappingProxyType(_pairs(_LARGE))
OPENING: Mapping[str, str] = MappingProxyType(_pairs(_OPENING))
CLOSING: Mapping[str, str] = MappingProxyType(_pairs(_CLOSING))
FENCES: Mapping[str, str] = MappingProxyType(_pairs(_FENCES))
OPERATORS: Mapping[str, str] = MappingProxyType(
    {**RELATIONS, **BINARY, **LARGE, **OPENING, **CLOSING, **FENCES}
)
SIGNS: Mapping[str, str] = MappingProxyType({**OPERATORS, **GREEK, **LETTERS})
"""Every name that stands for one character."""
