"""What of MathML pages may hold: elements of MathML Core, none of them with a script or a style."""

from __future__ import annotations

MATHML = frozenset(
    "math semantics annotation mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot "
    "mover munder munderover mtable mtr mtd".split()
)
MATHML_ATTRIBUTES = frozenset(
    "accent aria-label class columnalign encoding linethickness mathvariant stretchy width".split()
)
