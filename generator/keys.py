"""The key of a paper, from its title alone. Frozen: a change here moves every page and feed id.

`tests/cases/keys.yml` holds the table that freezes it. A key never passes through text restoring,
so neither a better restorer nor an arXiv id learned later moves a page.

Nothing here depends on the version of Python: characters are folded by the Unicode 3.2 tables that
every Python ships unchanged (`unicodedata.ucd_3_2_0`, kept for IDNA), and a character that
Unicode 3.2 did not know is kept as it is.
"""

from __future__ import annotations

import hashlib
import re
from unicodedata import ucd_3_2_0 as frozen_unicode

LONGEST = 80
"""Characters of the longest key."""

_HASH = 8
"""Hexadecimal digits of SHA-256 behind a key that lost something: 32 bits beside up to 71 letters
of the title itself."""

_DEEPEST = 16
"""Passes of the damage rule after which nested macros are taken as they are: a real title nests
two deep, and a hostile one must not cost a pass for each of its braces."""

_MACRO = re.compile(r"\\[A-Za-z]+\{")
_DOLLARS = re.compile(r"\$(.*?)\$")
_TEX_ACCENT = re.compile(r"\{?\\[\"'`^~=.]\s*\{?\s*\\?([A-Za-z])\}*")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD_BREAK = re.compile(r"[^0-9a-z]+")

# Letters that compatibility decomposition leaves whole. Greek goes by its TeX names, so that a
# title with `$\beta$` (captured as `beta`) and one with `β` are one paper.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "o", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "∞": "infty", "×": "times", "ℓ": "ell",
    "+": " plus ", "#": " sharp ",
}  # fmt: skip

RESERVED = frozenset(
    ["index", "readme", "con", "prn", "aux", "nul"]
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(10)]
)
"""Names that would be another file's on some system or in MkDocs (`index.md` and `README.md` are a
folder's own page; the rest are devices on Windows)."""


def paper_key(title: str) -> str:
    """The key of the paper with this raw title: `[a-z0-9-]`, 1 to 80 characters.

    The captured page's damage comes first (see `damage`), so that a damaged and an intact form of
    one title agree; then case, accents, punctuation and spaces are folded. A key that was cut, is
    empty, lost letters of other scripts or is reserved ends in a hash of the whole folded title.

    >>> paper_key("N2N Learning: Network to Network Compression")
    'n2n-learning-network-to-network-compression'
    >>> paper_key(r"$\\mathcal{O}(n)$ Sch{\\"o}lkopf") == paper_key("O(n) Schölkopf")
    True
    >>> paper_key("C++"), paper_key("C#"), paper_key("C")
    ('c-plus-plus', 'c-sharp', 'c')
    >>> paper_key("学习")
    '2118cbc1'
    """
    mended = damage(title)
    whole = _fold(mended)
    slug = _WORD_BREAK.sub("-", whole).strip("-")
    complete = slug and whole.isascii() and len(slug) <= LONGEST and slug not in RESERVED
    if complete:
        return slug
    # A title of nothing but signs folds to nothing; its hash is that of the signs.
    hashed = whole or " ".join(mended.split())
    digest = hashlib.sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    head = _cut(slug, LONGEST - _HASH - 1)
    return f"{head}-{digest}" if head else digest


def twin_key(key: str, arxiv_id: str) -> str:
    """The key of a paper whose title, and so whose key, another paper has already.

    >>> twin_key("deep-nets", "2401.12340"), twin_key("deep-nets", "cs/9912001")
    ('deep-nets-2401-12340', 'deep-nets-cs-9912001')
    """
    suffix = _WORD_BREAK.sub("-", arxiv_id.lower())
    return f"{_cut(key, LONGEST - len(suffix) - 1)}-{suffix}"


def is_key(text: str) -> bool:
    """Whether a text can be a key, and so the name of a page.

    >>> is_key("adam"), is_key("../adam"), is_key("index")
    (True, False, False)
    """
    return bool(_KEY.fullmatch(text)) and len(text) <= LONGEST and text not in RESERVED


def damage(title: str) -> str:
    r"""What the captured page makes of a title, repeated until it no longer changes.

    Two rules, found by comparing captures with the papers' own titles: first `\name{...}` becomes
    `...` up to the first closing brace, everywhere; then `$...$` loses its dollars and every
    backslash inside. Repeating makes the damaged form and the intact form end alike.

    >>> damage(r"$\mathcal{O}(1/\epsilon^4)$ in \textbf{\emph{practice}}")
    'O(1/epsilon^4) in practice'
    """
    for _ in range(_DEEPEST):
        changed = _DOLLARS.sub(lambda m: m[1].replace("\\", ""), _unwrap_macros(title))
        if changed == title:
            break
        title = changed
    return title


def _unwrap_macros(text: str) -> str:
    # By hand and not by one pattern: `\\[A-Za-z]+\{(.*?)\}` walks to the end of the text from
    # every opening that no brace closes.
    parts: list[str] = []
    at = 0
    while opening := _MACRO.search(text, at):
        closing = text.find("}", opening.end())
        if closing < 0:
            break
        parts += (text[at : opening.start()], text[opening.end() : closing])
        at = closing + 1
    parts.append(text[at:])
    return "".join(parts)


def _fold(text: str) -> str:
    """Lower case, no accents or punctuation, words parted by one space; other scripts stay."""
    text = _APOSTROPHE.sub("", _TEX_ACCENT.sub(r"\1", text))
    if text.isascii():  # nine titles in ten; the same result as below, ten times faster
        text = text.lower().replace("+", " plus ").replace("#", " sharp ")
        return _WORD_BREAK.sub(" ", text).strip()
    known = "".join(c.casefold() if frozen_unicode.category(c) != "Cn" else c for c in text)
    out: list[str] = []
    for c in frozen_unicode.normalize("NFKD", known):
        category = frozen_unicode.category(c)
        if c in _LETTERS:
            out.append(_LETTERS[c])
        elif category[0] in "LN" or category == "Cn":
            out.append(c.casefold() if category != "Cn" else c)
        elif category == "Cf" or category[0] == "M" or c in "\u00ad\u200b":
            # Marks (accents) and format characters (joiners) part no words; nor do the soft hyphen
            # and the zero-width space, which Unicode 3.2 still counted as a dash and a space.
            continue
        else:
            out.append(" ")
    return " ".join("".join(out).split())


def _cut(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    head, dash, _ = slug[: length + 1].rpartition("-")
    return head if dash else slug[:length]
