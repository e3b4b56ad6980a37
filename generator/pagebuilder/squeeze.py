"""Takes out of a page what its templates hold for their own sake."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"[ \t]*\n\s*")
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""Only XML needs it; HTML's parser knows an `<svg>` (HTML Standard, 13.2.6.5). Seven to a page."""


def squeeze(page: str, content: str) -> str:
    """The page without indentation and empty lines of its templates; its content untouched.

    A browser shows any white space as one space. Only what a theme puts around the content is
    changed: in there may be a `<pre>`.

    >>> squeeze("<main>\\n\\n    <p>\\n  a</p>\\n</main>\\n", "<p>\\n  a</p>")
    '<main>\\n<p>\\n  a</p>\\n</main>\\n'
    """
    before, kept, after = page.partition(content)
    if not content or not kept:
        return page
    return _squeezed(before) + kept + _squeezed(after)


def _squeezed(shell: str) -> str:
    return _LINE_ENDS.sub("\n", shell).replace(_NAMESPACE, "")
