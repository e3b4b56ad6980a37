"""Text that tries to be more than text. All of it must reach the reader as it is written."""

from __future__ import annotations

HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</p></div></article><h1>out</h1>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "<!-- comment --> <![CDATA[ data ]]> <?php ?>",
    "&lt;b&gt; &#60;i&#62; &amp;amp; &nbsp;",
    "{{ config.site_name }} {% include 'x' %} {# note #}",
    "[link](javascript:alert(1)) ![image](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "[^1]: a footnote [^1]",
    "*emphasis* _emphasis_ **strong** __strong__ ~~gone~~ ==mark== ++key++ ^^ins^^",
    "`code` ``code`` ~~~ fence ```",
    "# heading ## heading",
    "> quote - item 1. item + item",
    "1. numbered",
    "!!! note ??? question === tab ::: module",
    "| a | b | --- | --- |",
    "--- title: x ---",
    "!!python/object/apply:os.system [ls] &anchor *anchor : yes",
    "{: #id .class onclick=alert(1) }",
    '--8<-- "mkdocs.yml"',
    ":smile: (c) (tm) --> +/- 1/2",
    "[TOC] *[HTML]: abbreviation",
    "javascript:alert(1) data:text/html,<script>alert(1)</script>",
    "C:\\path\\file ../../etc/passwd CON NUL",
)

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
