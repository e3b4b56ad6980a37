"""What a word is: the same here and in `docs/assets/search/words.js`, which a test compares.

1. Letters are those of NFKD without the marks U+0300 to U+036F, in lower case: `Naïve` is `naive`,
   `ℓ₂` is `l2`; Latin ones that NFKD leaves whole are those that people without them type, as
   `Łukasz` is `lukasz`; and the hyphen U+2010 is a plain one.
2. A Greek letter beside no other one is its name: `ε-greedy` is `epsilon greedy`. So is a sign
   that tells one letter from others: `C++` is `cplusplus`, `C#` is `csharp`, `A*` is `astar`.
3. A word is a run of letters and digits (Unicode's L and N), of which the first `LONGEST` count; of
   Chinese and Japanese, which are written without blanks, each character, and of Korean, whose
   blanks part no compounds and no endings, each syllable.
4. Of a plural only the singular is left, by S. Harman's rules ("How effective is suffixing?", JASIS
   42, 1991) but one: `-es` loses its `s` alone, or with it after `ss`. `-isation` is `-ization`.
5. Where hyphens join words, what they make together is a word, too: `multi-modal` is also
   `multimodal`. The index holds it beside its parts, and a browser seeks it beside them. So
   does a low line: `L_(eff)`, as a text shows an index that Unicode has no letters for, is also
   `leff`.
"""

from __future__ import annotations

import re
from unicodedata import normalize

LONGEST = 40
"""Letters of a word that count: longer ones are not words of any language, but noise."""

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "sigma tau upsilon phi chi psi omega"
).split()
"""Names of the letters from U+03B1 on; the first sigma is that at the end of a word."""

_LETTERS = tuple(zip("łøđðıħæœßþ\u2010", "l o d d i h ae oe ss th -".split(), strict=True))
_MARKS = re.compile("[\u0300-\u036f]+")
_LONE_GREEK = re.compile("(?<![\u03b1-\u03c9])[\u03b1-\u03c9](?![\u03b1-\u03c9])")
_SIGNED = re.compile(r"(?<![\w*])([a-z])(\+\+(?!\+)|[#*](?![\w#*]))")
_SIGNS = {"++": "plusplus", "#": "sharp", "*": "star"}
_LETTERS_OF_SYLLABLES = re.compile("[\u1100-\u11ff]+")
_ALONE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_BETWEEN = re.compile(r"[^\w-]")
_ASCII_BETWEEN = {code: " " for code in range(128) if not (chr(code).isalnum() or code == ord("-"))}


def words_of(text: str) -> list[str]:
    """The words of a text in order, before step 4.

    >>> words_of("Naïve ε-greedy GANs: ℓ₂"), words_of("学習 of AI学习")
    (['naive', 'epsilon', 'greedy', 'gans', 'l2'], ['学', '習', 'of', 'ai', '学', '习'])
    >>> words_of("Łukasz Weiß")
    ['lukasz', 'weiss']
    >>> words_of("C++17, not C#: an A*-like search for a*b**")
    ['cplusplus', '17', 'not', 'csharp', 'an', 'astar', 'like', 'search', 'for', 'a', 'b']
    """
    return [word for run in runs_of(text) for word in run.split("-") if word]


def runs_of(text: str) -> list[str]:
    """The words of a text, those that hyphens join still joined.

    >>> runs_of("A state-of-the-art model")
    ['a', 'state-of-the-art', 'model']
    """
    folded = _fold(text)
    if "_" in folded:
        folded = folded.replace("_(", "-").replace("_", "-")
    if folded.isascii():  # then this takes a sixth of the time
        return folded.translate(_ASCII_BETWEEN).split()
    return _BETWEEN.sub(" ", folded).split()


def terms_of(run: str) -> list[str]:
    """What the index knows of one of these.

    >>> terms_of("state-of-the-art"), terms_of("models"), terms_of("--")
    (['state', 'of', 'the', 'art', 'stateoftheart'], ['model'], [])
    """
    words = [word for word in run.split("-") if word]
    return [stem(word) for word in (words if len(words) < 2 else [*words, "".join(words)])]


def _fold(text: str) -> str:
    """Steps 1 and 2, and blanks around what step 3 takes alone."""
    if text.isascii():
        return _named(text.lower())
    text = _MARKS.sub("", normalize("NFKD", text)).lower()
    text = _LETTERS_OF_SYLLABLES.sub(lambda found: normalize("NFC", found[0]), text)
    for letter, typed in _LETTERS:  # quicker than a table, as texts have few of them
        text = text.replace(letter, typed)
    text = _ALONE.sub(r" \g<0> ", _named(text))
    return _LONE_GREEK.sub(lambda letter: f" {_GREEK[ord(letter[0]) - 0x3B1]} ", text)


def _named(text: str) -> str:
    """A text in lower case, with the names of signs behind a letter."""
    if "++" not in text and "#" not in text and "*" not in text:  # nearly all of them
        return text
    return _SIGNED.sub(lambda found: f"{found[1]}{_SIGNS[found[2]]} ", text)


def stem(word: str) -> str:
    """Step 4, and the end of step 3.

    >>> [stem(word) for word in ("networks", "studies", "classes", "analysis", "bus", "gas")]
    ['network', 'study', 'class', 'analysis', 'bus', 'gas']
    >>> stem("optimisations")
    'optimization'
    """
    word = word[:LONGEST]
    if len(word) >= 4 and word[-1] == "s" and word[-2] not in "sui":
        if word.endswith("ies"):
            word = word[:-3] + "y"
        else:
            word = word[:-2] if word.endswith("sses") else word[:-1]
    return word[:-7] + "ization" if word.endswith("isation") else word
