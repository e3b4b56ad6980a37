"""HTML of a feed's description to the text a reader would see.

Only what is plainly a tag of HTML is taken for one: an abstract with `$a<b$` keeps it. Raised and
lowered figures become TeX, since `10<sup>-3</sup>` without its tags would be another number.
"""

from __future__ import annotations

import html
import re

_ATTRIBUTE = r"\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>=]+))?"
_INLINE = (
    "a abbr b bdi cite code data em font i kbd mark q s samp small span strong time tt u var wbr"
)
_BLOCK = (
    "article aside blockquote br center dd details div dl dt figcaption figure footer header hr img"
    " h1 h2 h3 h4 h5 h6 li main ol p picture pre section source summary table tbody td tfoot th"
    " thead tr ul"
)


def _tag(names: str) -> re.Pattern[str]:
    either = "|".join(names.split())
    return re.compile(rf"</?(?:{either})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)


_INLINE_TAG, _BLOCK_TAG = _tag(_INLINE), _tag(_BLOCK)
_ANCHOR = re.compile(rf"<a((?:{_ATTRIBUTE})+)\s*>(.{{1,500}}?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))", re.IGNORECASE)
_UNSEEN = re.compile(r"<(?:!--|(script|style|template)\b)", re.IGNORECASE)
_UNSEEN_END = {
    name: re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE)
    for name in ("", "script", "style", "template")
}

_RAISED = re.compile(r"<(su[pb])>([^<>$]{1,200})</\1>", re.IGNORECASE)


def to_text(value: str) -> str:
    """The text of some HTML; text that holds none comes back as it is, entities resolved.

    >>> to_text("<p>A 10<sup>-3</sup> rate, <b>a</b> &lt; b</p><p>More.")
    'A 10$^{-3}$ rate, a < b\\n\\nMore.'
    >>> to_text("if $a<b$ and c>d")
    'if $a<b$ and c>d'
    """
    if "<" in value:
        value = _without_unseen(value)
        value = _RAISED.sub(lambda m: f"${'^' if m[1].lower() == 'sup' else '_'}{{{m[2]}}}$", value)
        value = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", value))
    return html.unescape(value).strip()


def addresses(value: str) -> list[tuple[str, str, str]]:
    """The links of some HTML: where each leads, the words before it, and its own.

    >>> addresses("<p>See <a href='https://x.org/?a&amp;b'>our <b>code</b></a>.</p>")
    [('https://x.org/?a&b', 'See', 'our code')]
    """
    value = _without_unseen(value) if "<" in value else ""
    found = []
    for anchor in _ANCHOR.finditer(value):
        href, words = _HREF.search(anchor[1]), to_text(anchor[2])
        if href and words:
            before = to_text(value[max(anchor.start() - 300, 0) : anchor.start()])
            found.append((html.unescape(href[1] or href[2] or href[3] or ""), before, words))
    return found


def _without_unseen(value: str) -> str:
    """The text without comments, scripts and the like; one that nothing closes is text.

    >>> _without_unseen("a<!-- b --><script>c</SCRIPT >d<!-- e")
    'a  d<!-- e'
    """
    # By hand and not by one pattern, which walks to the end of the text from every opening that
    # nothing closes.
    parts: list[str] = []
    open_for_good: set[str] = set()
    at = 0
    for opening in _UNSEEN.finditer(value):
        name = (opening[1] or "").lower()
        if opening.start() < at or name in open_for_good:
            continue
        if end := _UNSEEN_END[name].search(value, opening.end()):
            parts += [value[at : opening.start()], " "]
            at = end.end()
        else:
            open_for_good.add(name)
    return "".join([*parts, value[at:]])
