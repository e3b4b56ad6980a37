r"""What only the author's own files would print: macros, citations, braces left over.

An abstract pasted from a paper keeps `\ours`, `\cite{key}` and `{DyCL}`. A reader is served by the
name of the macro, or by the name of the paper where the macro plainly stands for it, by no
citation, and by no brace. Paths (`C:\temp`), sets (`{0,1}`) and patterns (`{user}/x`) stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import MASK
from .edits import Edit
from .textmode import KNOWN, braces

# What authors call the macro for their work's name (corpus: \tool, \ours, \method, \ModelName ...).
_PLACEHOLDER = re.compile(
    r"(?:our|the|my)?s?(?:tool|method|model|system|sys|framework|approach|algo|algorithm|project"
    r"|proj|work|bench|benchmark|dataset|data|network|net|paper)?(?:name)?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*([^\s:]{2,30})\s?:\s")

_MACRO = re.compile(
    r"\\(?<![\w\\:/.}]\\)([A-Za-z]{3,30})(?![A-Za-z])(\{\s?\})?(?=[\s~.,;:!?()}'’\"”/-]|\\\s|\Z)"
)
_SILENT = frozenset(
    "xspace quad qquad noindent newline par protect centering smallskip medskip".split()
)
_ITEM = re.compile(r"\\item(?![A-Za-z])(?:\s?\[([^\[\]{}\\]{0,60})\])?\s?")
# What the capture leaves of \begin{itemize}.
_LIST = re.compile(r"(?<![A-Za-z])(?:itemize|enumerate)(?=\s?\\item(?![A-Za-z]))")
# \hl{...}, \revised{...}: a wrapper of the authors' own around words that are there to be read.
_WRAPPER = re.compile(r"\\(?<![\w\\:/.]\\)([A-Za-z]{2,30})\{")
_LONE_FACE = re.compile(r"\\(?<![\w\\:/.]\\)[bi]\s(?=[A-Za-z])")
_CITATION = re.compile(
    r"\\(?:[Cc]ite(?:p|t|alp|alt|author|year|yearpar|num)?|parencite|textcite|autocite|footcite"
    r"|label|begin|end|[vh]space)\*?(?:\[[^\[\]{}]{0,60}\]){0,2}\{[^{}\\$]{0,300}\}"
)
# Settings print nothing; an opening brace before one begins the group that it holds for.
_SETTING = re.compile(
    r"\\(?:(?:color|hypersetup|pagecolor|linespread|urlstyle|pagestyle"
    r"|thispagestyle|selectlanguage)(?:\[[^\[\]]{0,20}\])?|fontsize\{[^{}\\]{0,9}\})"
    rf"\{{[^{{}}\\{MASK}]{{0,60}}\}}\s?"
)
# What the capture leaves of `\cite{hao2024coconut}`: keys such as Google Scholar makes, behind a
# tie or several of them. A single one behind a blank may be a name: `coco2017val`.
_PARTS = "val|train|test|dev|eval|task|chall|data|split|mini|base|large|small|full|engl|germ|fren"
_KEY = rf"[a-z]{{1,30}}(?:19|20)[0-9]{{2}}(?!{_PARTS})[a-z]{{2}}[a-z0-9]{{1,40}}"
# The ACL Anthology makes others: `devlin-etal-2019-bert`.
_TIED_KEY = (
    rf"(?:{_KEY}|[a-z]{{1,30}}(?:-[a-z]{{1,30}})?-(?:19|20)[0-9]{{2}}-[a-z][a-z0-9-]{{1,40}}"
    r"|[a-z]{1,30}-etal-(?:19|20)[0-9]{2}(?:-[a-z][a-z0-9-]{1,40})?)"
)
_BARE_KEYS = re.compile(
    rf"(?:\s?~\s?(?:[a-z][a-z0-9]{{1,40}},\s?)?{_TIED_KEY}|\s{_KEY}(?=,\s?{_KEY}))"
    rf"(?:,\s?{_TIED_KEY})*"
    r"(?![\w/@.-]*[\w/@-])(?![^{}]{0,99}\})"
)
# Behind a blank they go where one of them ends with a word of the text, as in `LlavaGuard
# helff2024llavaguard`, or where there are two; not the names of parts of a data set.
_LONE_KEY = re.compile(
    rf"\s([a-z]{{1,20}}(?<!x)(?:19|20)[0-9]{{2}})(?!{_PARTS})([a-z]{{2}}[a-z0-9]{{1,30}})"
    r"(?![\w/@.-]*[\w/@-])"
)
_GLUED_YEAR = re.compile(r"(?:20|19)[0-9]{2}[a-z]{2}")
_GOVERNING = frozenset("by in of see from with to and".split())
# And of `\textcolor{red}{words}`, with or without a face around it.
_TINT = re.compile(
    r"(\\textcolor\{)?(?<![\w-])"
    r"(?:black|red|blue|green|orange|purple|violet|teal|cyan|magenta|brown|gray|grey)\{"
)
_ENCLOSED = re.compile(rf"\{{(?=\s*{MASK})(\s*){MASK}+(\s*)\}}(?!\{{)")
# A brace behind a sign is the second argument of a lost command, as in `n+d{epsilon}`.
_ARGUMENT = re.compile(rf"(?:[}}\])_^{MASK}]|\\[A-Za-z]+\s?|(?<![^\W_])\w)\Z")
# `\rule[0.25em]{1em}{0.4pt}`, low and long: a dash.
_STROKE = re.compile(
    r"\\?rule(?:\[[^\[\]{}]{0,12}\])?\{\s?[\d.]{1,6}\s?[a-z]{2}\s?\}"
    r"\{\s?(?:[01]?(?:\.\d{1,4})?\s?pt|0?\.[01]\d{0,3}\s?(?:em|ex|mm))\s?\}"
)
# What the capture leaves of `\$5--\$10`, whose dollars it took for a formula's. A single digit may
# refer to a group of a pattern, and a path goes on behind its number.
_PRICE = re.compile(
    r"\\(?<![^\s(~>≈–—-]\\)"
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,7}\.\d{1,4}|[1-9]\d{1,6}"
    r"|\d(?=(?:--?|–)\\?\d|\s?(?:[kKMB]|million|billion|trillion)\b|/[a-z]|\sper\s))"
    r"(?:[kKMB]\b)?(?![\w\\|*+?{\[%]|[.,]\d|\.\w)"
)
_PATTERN = re.compile(r"\\[dwsbntx](?![A-Za-z])|\[\^")
_HREF = re.compile(r"\\(?:href|url)\s?\{")
_GROUP = re.compile(
    rf"\{{(?<![\w\\{{^}}$/=)\]{MASK}]\{{)((?:\w[\w-]{{1,30}} ?){{1,4}})(?<! )\}}(?![\w{{}}/_^$])"
)
_TEMPLATE = re.compile(r"[\"“`<]|\bplaceholder|\btemplate")
_LEFT_OVER = re.compile(rf"\}}(?<=[\w{MASK}]\}})(?=[\s.,;:!?()a-z]|\Z)")


def macros(text: str, title: str = "", *, damaged: bool = False) -> Iterator[Edit]:
    r"""The name of an author's macro without its backslash; the paper's name for `\tool`.

    In a damaged text a backslash before an amount was before its dollar.

    >>> from .edits import apply
    >>> apply(r"\tool is \hydra{}, C:\temp", macros(r"\tool is \hydra{}, C:\temp", "DyCL: More"))
    'DyCL is hydra, C:\\temp'
    """
    if "\\" not in text:
        return
    for match in _MACRO.finditer(text):
        word = match[1]
        if word in KNOWN or word == "item":
            continue
        if word in _SILENT:
            yield Edit(match.start(), match.end(), "")
            continue
        named = _NAMED.match(title)
        if named and "\\" not in named[1] and _PLACEHOLDER.fullmatch(word):
            word = named[1]
        yield Edit(match.start(), match.end(), word)
    if damaged and not _PATTERN.search(text):
        for match in _PRICE.finditer(text):
            yield Edit(match.start(), match.start() + 1, "$")
    if "\\item" in text:
        yield from _items(text)
    pairs = braces(text)
    for match in _WRAPPER.finditer(text):
        brace = match.end() - 1
        if brace in pairs and pairs[brace] > brace + 1 and match[1] not in KNOWN:
            yield Edit(match.start(), brace + 1, "")
            yield Edit(pairs[brace], pairs[brace] + 1, "")
    for match in _LONE_FACE.finditer(text):
        yield Edit(match.start(), match.end(), "")


def _items(text: str) -> Iterator[Edit]:
    r"""The items of a list, one behind the other.

    >>> from .edits import show
    >>> show(macros, r"So: \item We ask.\item[(b)] We act. C:\item")
    'So:  We ask. (b) We act. C:\\item'
    """
    found = [
        item
        for item in _ITEM.finditer(text)
        if text[item.start() - 1 : item.start()] not in (":", "/", "\\")
    ]
    for item in found:
        # Behind a letter it may be a folder, unless there is another.
        if len(found) > 1 or not text[item.start() - 1 : item.start()].isalnum():
            yield Edit(*item.span(), f" {item[1]} " if item[1] else " ")
    if found and (opened := _LIST.search(text)):
        yield Edit(*opened.span(), "")
        name = opened[0]
        start = text.find(name, found[-1].end())
        if start > 0 and not text[start + len(name) : start + len(name) + 1].isalpha():
            yield Edit(start, start + len(name), "")


def citations(text: str) -> Iterator[Edit]:
    r"""No citations, with the space or tie before them and the brackets around them.

    >>> from .edits import show
    >>> show(citations, r"as SD3~\cite{sd3} and GPT (\citep[p.~3]{gpt}) do")
    'as SD3 and GPT do'
    """
    if "20" in text or "19" in text:
        glued = _GLUED_YEAR.search(text) is not None
        for match in _BARE_KEYS.finditer(text) if glued or "~" in text else ():
            yield Edit(*match.span(), "")
        if glued:
            yield from _lone_keys(text)
    if "\\" not in text:
        return
    for match in _CITATION.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"):
            start, end = start - 1, end + 1
        while text[start - 1 : start] in (" ", "~", "\u00a0", "\n"):
            start -= 1
        yield Edit(start, end, "")


def _lone_keys(text: str) -> Iterator[Edit]:
    """Keys behind a blank, but for those that the sentence needs: `studied by tao2025alpha`."""
    keys = list(_LONE_KEY.finditer(text))
    if not keys:
        return
    lower = text.lower()
    named = any(len(key[2]) > 3 and lower.count(key[2]) > 1 for key in keys)
    if named or len({key[1] for key in keys}) > 1:
        for key in keys:
            start = key.start()
            if text[max(0, start - 5) : start].rpartition(" ")[2] not in _GOVERNING:
                yield Edit(*key.span(), "")


def remains(text: str) -> Iterator[Edit]:
    r"""No colours, no command whose address was claimed as a link, no braces left around a word.

    >>> from .edits import show
    >>> show(remains, r"the {DyCL} of \color{red}{us} (MERL}), {0,1}, {user}/x")
    'the DyCL of us (MERL), {0,1}, {user}/x'
    """
    if "\\" not in text and "}" not in text:
        return
    pairs = braces(text)
    if "\\" in text:
        yield from _settings(text, pairs)
    for match in _ENCLOSED.finditer(text) if MASK in text else ():
        if not _ARGUMENT.search(text, max(0, match.start() - 12), match.start()):
            yield Edit(match.start(), match.end(1), "")
            yield Edit(match.start(2), match.end(), "")
    for match in _STROKE.finditer(text) if "rule" in text else ():
        yield Edit(*match.span(), "—")
    for match in _TINT.finditer(text):
        yield from _tinted(match, pairs)
    for match in _HREF.finditer(text):
        yield from _reference(text, match.start(), match.end() - 1, pairs)
    if not _TEMPLATE.search(text):  # "a photo of a {class}"
        for match in _GROUP.finditer(text):
            if any(char.isalpha() for char in match[1]):
                yield Edit(*match.span(), match[1])
    closed = set(pairs.values())
    for match in _LEFT_OVER.finditer(text):
        if match.start() not in closed and text[match.start() - 1] != "\\":
            yield Edit(*match.span(), "")


def _tinted(match: re.Match[str], pairs: dict[int, int]) -> Iterator[Edit]:
    """No colour that lost its command, nor the braces of what was coloured."""
    inner, outer = match.end() - 1, match.end(1) - 1
    if inner not in pairs or (match[1] and pairs.get(outer) != pairs[inner] + 1):
        return
    yield Edit(*match.span(), "")
    yield Edit(pairs[inner], pairs[inner] + 1 + bool(match[1]), "")


def _settings(text: str, pairs: dict[int, int]) -> Iterator[Edit]:
    """No settings, nor the braces of the groups they hold for."""
    for match in _SETTING.finditer(text):
        start, end = match.span()
        groups = [start - 1] if text[start - 1 : start] == "{" else []
        if end in pairs:  # `\\color{red}{words}`
            groups.append(end)
            end += 1
        yield Edit(start - (text[start - 1 : start] == "{"), end, "")
        for brace in groups:
            if brace in pairs:
                yield Edit(pairs[brace], pairs[brace] + 1, "")


def _reference(text: str, start: int, brace: int, pairs: dict[int, int]) -> Iterator[Edit]:
    r"""`\href{words}{LINK}` shows both; `\href{LINK` unclosed shows the link.

    A mail address (`mailto:`) or a place in the paper (`#`) goes, and leaves its words.
    """
    close = pairs.get(brace)
    if close is None:
        if text.startswith(MASK, brace + 1):
            yield Edit(start, brace + 1, "")
        return
    second = close + 1
    if second not in pairs:
        return
    if text.startswith(MASK, second + 1):
        yield Edit(start, brace + 1, "")
        yield Edit(close, second + 1, " ")
        yield Edit(pairs[second], pairs[second] + 1, "")
    elif text.startswith(("mailto:", "#"), brace + 1):
        yield Edit(start, second + 1, "")
        yield Edit(pairs[second], pairs[second] + 1, "")
