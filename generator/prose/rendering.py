"""Renders prose for each target, and escapes for it.

Whatever a span holds, the only elements that come out are `a`, `code`, for feeds `sub` and `sup`,
and for pages those of MathML and the `span` that ties a formula to what it touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .. import texmath
from ..model import Prose, Span
from .characters import clean

_LINES = re.compile(r"[\n\r\t\x0b\x0c\x85\u2028\u2029]+")

# For pages. Everything we write stands inside a raw HTML block, where neither Python-Markdown nor
# CommonMark reads inline syntax; but preprocessors (snippets, critic marks), macros (Jinja) and
# whoever lifts a line out of its block read the file before or without that, so every character
# that opens or closes some syntax goes out as a number. What stays:
#   letters, digits, spaces  1st or 1/2 (smart symbols) cannot be told from prose; the block holds
#   . , ; ? % /  nothing begins with them inside a line, once {, <, [, & and : are gone
#   )            closes only what a ( or ] has opened
#   (            but in (c), (p), (r) and (tm): smart symbols, markdown-it's typographer
#   -            between two letters or digits: never --, -->, --8<--, or a list's bullet
#   :            after a letter or digit and before a space: never :emoji:, ://, {: } or ": term"
# Quotes go always, straight apostrophes too, so that the same text is safe in any attribute; =
# goes because of ==marks==, =/= and attribute lists, and is rare. A no-break space would be
# invisible in the file.
# The expression begins with all these characters, so that the search skips the others at once.
_MARKDOWN = re.compile(
    r"""[!"#$&'*+<=>@\[\\\]^_`{|}~\u00a0(:-]"""
    r"""(?:(?<![(:-])"""
    r"""|(?<=\()(?=(?:[cprCPR]|[tT][mM])\))"""
    r"""|(?<=-)(?:(?<![^\W_]-)|(?![^\W_]))"""
    r"""|(?<=:)(?:(?<![^\W_]:)|(?! )))"""
)

# What touches a formula, before it and behind it, as far as `_TIED` characters go. Behind a hyphen
# or a dash a line may well end.
_BEFORE = re.compile(r"[^\s\u2010\u2013\u2014-]*$")
_BEHIND = re.compile(r"[^\s\u2010\u2013\u2014-]*[\u2010\u2013\u2014-]?")
_TIED = 12

# Each is one ASCII character, but for the no-break space.
_NUMBERED = {chr(code): f"&#{code};" for code in (*range(0x80), 0xA0)}


def escape_xml(text: str) -> str:
    r"""Text for the content of an element of XML, on one line.

    Holds no character that XML 1.0 forbids (section 2.2).

    >>> escape_xml("a < b & 'c'\x00\n")
    "a &lt; b &amp; 'c' "
    """
    # A chain of replacements takes a tenth of what one expression takes that calls us for each.
    return _one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_html(text: str) -> str:
    r"""Text for HTML and XML, in content or in a quoted attribute, on one line.

    Holds no character that XML 1.0 forbids (section 2.2).

    >>> escape_html("a < b & 'c'\x00\n")
    'a &lt; b &amp; &#39;c&#39; '
    """
    return escape_xml(text).replace('"', "&quot;").replace("'", "&#39;")


def escape_markdown(text: str) -> str:
    r"""Text for raw HTML in a Markdown file, in content or in a quoted attribute, on one line.

    Reads the same through any Markdown processor; see `_MARKDOWN` for what is escaped.

    >>> escape_markdown("State-of-the-art: 5% (see {{ x }}), (c) a -> :x:")
    'State-of-the-art: 5% (see &#123;&#123; x &#125;&#125;), &#40;c) a &#45;&#62; &#58;x&#58;'
    """
    return _MARKDOWN.sub(_numbered, _one_line(text))


def escape_lines(text: str) -> str:
    r"""Text of several lines for raw HTML in a Markdown file; the ends of lines stay.

    >>> escape_lines("{a}\r\n_b_\n")
    '&#123;a&#125;\n&#95;b&#95;'
    """
    return _MARKDOWN.sub(_numbered, "\n".join(map(_one_line, text.splitlines())))


def to_plain(prose: Prose) -> str:
    """Plain Unicode: for titles, search, tagging and data."""
    return "".join(span.text for span in prose.spans)


def to_tex(prose: Prose) -> str:
    """Plain Unicode, but mathematics as TeX between dollars: for data."""
    return "".join(f"${span.tex}$" if span.tex else span.text for span in prose.spans)


def to_html(prose: Prose) -> str:
    """Inline HTML for a feed; also well-formed XML.

    Readers of feeds drop MathML: formulas are plain Unicode, with `sub` and `sup` where it ends.
    """
    return "".join(
        texmath.to_html(span.tex) if span.tex else _element(span, escape_html, "")
        for span in prose.spans
    )


def to_markdown(prose: Prose) -> str:
    """Inline HTML for a Markdown file, to stand in one line inside a raw block such as `<p>`.

    Links say `ugc`: they come from other people's abstracts, and we vouch for none.
    """
    return _tied(prose, lambda span: span.tex and texmath.to_mathml(span.tex))


def to_headline(prose: Prose) -> str:
    """A title as `to_markdown` has it, but each formula has a name.

    Without one, browsers leave it out of the name of a link or a heading around it: who lists the
    links of a page would hear `Attention in time`, and nothing where a title is all mathematics.
    """
    return _tied(prose, _named)


def _named(span: Span) -> str | None:
    drawn = span.tex and texmath.to_mathml(span.tex)
    return drawn and drawn.replace("<math>", f'<math aria-label="{escape_markdown(span.text)}">', 1)


def _tied(prose: Prose, draw: Callable[[Span], str | None]) -> str:
    """Inline HTML of a page.

    A browser may end a line on either side of a formula, as of a picture, whatever stands there:
    the next would begin with a comma, or with the bracket of `(ε, δ)`. So a formula takes what it
    touches into an element in which no line ends.
    """
    rel = ' rel="noopener nofollow ugc"'
    drawn = [draw(span) for span in prose.spans]
    # Of each text, what no formula has taken.
    texts = [span.text if _is_text(span) else "" for span in prose.spans]
    for place in (place for place, formula in enumerate(drawn) if formula):
        before = behind = ""
        if place and not drawn[place - 1]:
            before = _found(_BEFORE, texts[place - 1][-_TIED:])
            texts[place - 1] = texts[place - 1].removesuffix(before)
        if place + 1 < len(texts) and not drawn[place + 1]:
            behind = _found(_BEHIND, texts[place + 1][:_TIED])
            texts[place + 1] = texts[place + 1].removeprefix(behind)
        if before or behind:
            whole = escape_markdown(before) + (drawn[place] or "") + escape_markdown(behind)
            drawn[place] = f'<span class="bs-tie">{whole}</span>'
    return "".join(
        formula
        or (escape_markdown(text) if _is_text(span) else _element(span, escape_markdown, rel))
        for span, formula, text in zip(prose.spans, drawn, texts, strict=True)
    )


def _is_text(span: Span) -> bool:
    return span.kind not in ("code", "link")


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _element(span: Span, escape: Callable[[str], str], rel: str) -> str:
    """One span; whoever made it, only `http` and `https` become links."""
    text = escape(span.text)
    if span.kind == "code":
        return f"<code>{text}</code>"
    if span.kind == "link" and (span.url or "").startswith(("http://", "https://")):
        return f'<a href="{escape(span.url or "")}"{rel}>{text}</a>'
    return text


def _numbered(char: re.Match[str]) -> str:
    return _NUMBERED[char[0]]


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return _LINES.sub(" ", clean(text))
