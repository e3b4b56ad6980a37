"""Draws what other programs show of a page: share cards, and the icons of a home screen.

    python benchmarks/make_cards.py

writes `docs/assets/cards/KIND.png`, one a kind of page, and `docs/assets/icons/`. The cards look as
the site does, in its type and its colours, and name no site, so that they fit any that there is.
Chromium draws them; nothing else of the project needs it or runs this.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ASSETS = Path(__file__).resolve().parent.parent / "docs" / "assets"

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
"""Pixels: the 1.91 to 1 that programs show without cutting, at the size they ask for."""

# The first block of broadsheet.css, in its light form.
GROUND, INK, QUIET, RULE, LINK = "#fdfcf8", "#1f1b19", "#5d5550", "#d9d3c7", "#7a1f2b"
FACETS = ("#98351d", "#1f5190", "#1d6641", "#6b4090", "#73530a", "#4a5361")

TOP = 262
"""Where a card's drawing begins, below its masthead."""

RAGGED = (1.0, 0.94, 0.98, 0.9, 0.97, 0.6)
"""How far the lines of a text go, in parts of its width."""


def rect(x: float, y: float, width: float, height: float, fill: str, radius: int = 0) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius}" '
        f'fill="{fill}"/>'
    )


def text(x: float, y: float, width: float, lines: int, *, first: int = 0) -> Iterator[str]:
    """Lines of running text, as bars."""
    for line in range(lines):
        part = RAGGED[(line + first) % len(RAGGED)]
        yield rect(x, y + 21 * line, width * part, 8, RULE)


def item(x: float, y: float, width: float, lines: int, *, first: int = 0) -> Iterator[str]:
    """A paper in a list: a headline of two lines above its text."""
    yield rect(x, y, width * 0.96, 15, INK)
    yield rect(x, y + 25, width * RAGGED[-1 - first % 2], 15, INK)
    yield from text(x, y + 60, width, lines, first=first)


def front() -> Iterator[str]:
    """A lead beside two columns."""
    yield rect(MARGIN, TOP, 620, 26, INK)
    yield rect(MARGIN, TOP + 42, 430, 26, INK)
    for column in range(2):
        yield from text(MARGIN + 325 * column, TOP + 102, 295, 14, first=2 * column)
    for column in range(2):
        x = MARGIN + 690 + 203 * column
        yield rect(x - 21, TOP, 2, HEIGHT, RULE)
        for row in range(2):
            yield from item(x, TOP + 205 * row, 163, 5, first=column + row)


def day() -> Iterator[str]:
    """Four columns of papers."""
    for column in range(4):
        x = MARGIN + 274 * column
        if column:
            yield rect(x - 22, TOP, 2, HEIGHT, RULE)
        for row in range(2):
            yield from item(x, TOP + 215 * row, 232, 6, first=column + row)


def paper() -> Iterator[str]:
    """A title, its authors, topics and abstract."""
    yield rect(MARGIN, TOP, 900, 34, INK)
    yield rect(MARGIN, TOP + 54, 560, 34, INK)
    yield rect(MARGIN, TOP + 112, 420, 10, QUIET)
    for number, (x, width) in enumerate(((0, 132), (144, 184), (340, 108))):
        yield rect(MARGIN + x, TOP + 148, width, 34, FACETS[number] + "22", 4)
        yield rect(MARGIN + x + 16, TOP + 161, width - 32, 8, FACETS[number])
    for line in range(7):
        yield rect(MARGIN, TOP + 212 + 27 * line, 1056 * RAGGED[line % 5], 11, RULE)


def topic() -> Iterator[str]:
    """Rows of topics in the colours of their facets."""
    widths = (190, 250, 150, 220, 170, 236, 142, 204)
    for row in range(6):
        x, turn = float(MARGIN), row
        while x < WIDTH - MARGIN - 100:
            width = min(widths[turn % len(widths)], WIDTH - MARGIN - x)
            colour = FACETS[row]
            yield rect(x, TOP + 62 * row, width, 44, colour + "22", 5)
            yield rect(x + 20, TOP + 62 * row + 17, width - 40, 10, colour)
            x, turn = x + width + 16, turn + 3


def shade(number: int, turn: int = 0) -> str:
    """Of a day in a calendar: more papers, more ink; weekends are empty."""
    if number % 7 > 4:
        return "#f3f0e8"
    return LINK + ("33", "77", "aa", "55", "dd")[(number * 3 + number // 7 + turn) % 5]


def month() -> Iterator[str]:
    """A calendar of five weeks."""
    for number in range(35):
        row, column = divmod(number, 7)
        yield rect(MARGIN + 151.6 * column, TOP + 72 * row, 140, 60, shade(number), 3)


def archive() -> Iterator[str]:
    """Small calendars, one a month."""
    for number in range(8):
        row, column = divmod(number, 4)
        x, y = MARGIN + 272 * column, TOP + 196 * row
        yield rect(x, y, 92, 13, INK)
        for cell in range(35):
            yield rect(
                x + 34.5 * (cell % 7),
                y + 30 + 28 * (cell // 7),
                30,
                23,
                shade(cell, 3 * number),
                2,
            )


CARDS = {
    "home": ("Papers of the day", front),
    "day": ("A day of papers", day),
    "paper": ("A paper", paper),
    "topic": ("Papers by topic", topic),
    "month": ("A month of papers", month),
    "other": ("Papers, day by day", archive),
}


def card(title: str, drawing: Iterator[str]) -> str:
    """A card as SVG: a masthead with its rules, and below it what the page looks like."""
    font = base64.b64encode((ASSETS / "fonts" / "newsreader-headline.woff2").read_bytes()).decode()
    inner = WIDTH - 2 * MARGIN
    style = 'font-family="Newsreader" font-weight="600" font-size="112" letter-spacing="-2.2"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f"<style>@font-face{{font-family:Newsreader;font-weight:600;"
        f"src:url(data:font/woff2;base64,{font})}}</style>"
        + rect(0, 0, WIDTH, HEIGHT, GROUND)
        + f'<text x="{WIDTH // 2}" y="150" text-anchor="middle" fill="{INK}" {style}>{title}</text>'
        + rect(MARGIN, 200, inner, 2, RULE)
        + rect(MARGIN, 214, inner, 3, INK)
        + rect(MARGIN, 221, inner, 3, INK)
        + "".join(drawing)
        + "</svg>"
    )


def icon(*, whole: bool) -> str:
    """The icon of the site; one that a phone cuts to its own shape has no corners, and its drawing
    within the middle four fifths (https://www.w3.org/TR/appmanifest/#icon-masks)."""
    drawn = (ASSETS / "favicon.svg").read_text(encoding="utf-8")
    if not whole:
        return drawn
    drawn = drawn.replace('viewBox="0 0 32 32"', 'viewBox="-3 -3 38 38"').replace(' rx="5"', "")
    return drawn.replace('width="32" height="32"', 'x="-3" y="-3" width="38" height="38"')


def draw(page: Page, svg: str, width: int, height: int, target: Path) -> None:
    """Write an SVG as PNG."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(
        f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
    )
    page.evaluate("document.fonts.load('600 112px Newsreader')")
    target.parent.mkdir(exist_ok=True)
    page.screenshot(path=target, omit_background=True)


def main() -> None:
    """Draw all of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        for kind, (title, drawing) in CARDS.items():
            draw(page, card(title, drawing()), WIDTH, HEIGHT, ASSETS / "cards" / f"{kind}.png")
        for size in (192, 512):
            draw(page, icon(whole=False), size, size, ASSETS / "icons" / f"{size}.png")
        draw(page, icon(whole=True), 512, 512, ASSETS / "icons" / "maskable.png")
        browser.close()


if __name__ == "__main__":
    main()
