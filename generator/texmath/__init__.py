r"""Reads the TeX of a formula, and draws it for each place.

symbols     the names TeX has for signs
tree        what a formula is made of
commands    reads commands with their arguments
parsing     TeX to tree
units       quantities as `siunitx` prints them
mathml      tree to MathML, for pages
plain       tree to plain Unicode, and to HTML without MathML
"""

from __future__ import annotations

from .commands import NAMES
from .mathml import to_mathml
from .parsing import parse
from .plain import to_html, to_plain
from .symbols import SIGNS
from .units import printed as printed_quantity

__all__ = ["NAMES", "SIGNS", "parse", "printed_quantity", "to_html", "to_mathml", "to_plain"]
