"""Tells whether Markdown passes the body of a page on as it is."""

from __future__ import annotations

import re

_MARKDOWN_INSIDE = re.compile(r"<[^>]* markdown[ =>]")


def is_raw_block(body: str) -> bool:
    """True for one block of raw HTML: from `<div>` at the start to `</div>` at the end.

    CommonMark ends such a block at a blank line, so it may have none; `md_in_html` looks for
    `markdown` among the attributes. That its elements are closed in order is for the templates
    to see to, and for the comparison with MkDocs' own page to show.

    >>> is_raw_block('<div class="bs">\\n<p>A &#60;b&#62; text.</p>\\n</div>')
    True
    >>> is_raw_block("<div>\\n\\n*Markdown*\\n</div>"), is_raw_block("A *text*")
    (False, False)
    """
    return (
        body.startswith(("<div>", "<div "))
        and body.endswith("</div>")
        and "\n\n" not in body
        and not (" markdown" in body and _MARKDOWN_INSIDE.search(body))
    )
