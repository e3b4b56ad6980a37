"""Takes the white space of its templates out of a page."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"[ \t]*\n\s*")


def squeeze(page: str, content: str) -> str:
    """The page with every line end and the indentation around it one line end; content untouched.

    A browser shows either as one space. Only what a theme puts around the content is changed: in
    there may be a `<pre>`.

    >>> squeeze("<main>\\n\\n    <p>\\n  a</p>\\n</main>\\n", "<p>\\n  a</p>")
    '<main>\\n<p>\\n  a</p>\\n</main>\\n'
    """
    before, kept, after = page.partition(content)
    if not content or not kept:
        return page
    return _LINE_ENDS.sub("\n", before) + kept + _LINE_ENDS.sub("\n", after)
