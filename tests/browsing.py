"""Sites on loopback, and what goes wrong on a page of one, for tests in a real browser."""

from __future__ import annotations

import functools
import http.server
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, ViewportSize

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1440, height=900)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves projects as GitHub Pages does: each under its name, with a page of its own for 404."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        project = self.path.split("/")[1]
        missing = Path(self.directory, project, "404.html")
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        content = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name upstream
        pass


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of a browser that leaves before it has read all."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def hosted(**sites: Path) -> Iterator[str]:
    """The address of one host with some sites, each under its name."""
    with tempfile.TemporaryDirectory() as folder:
        for name, site in sites.items():
            Path(folder, name).symlink_to(site)
        handler = functools.partial(Handler, directory=folder)
        with Server(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}/"
            server.shutdown()


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site, under `/broadsheet/` of a host of its own."""
    with hosted(broadsheet=site) as host:
        yield host + "broadsheet/"


def until(page: Page, expression: str, value: Any = None) -> None:
    """Wait until an expression is true of a page.

    `wait_for_function` asks again by `eval` within the page, whose policy forbids it: so it fails
    wherever the first answer is no.
    """
    for _ in range(500):
        if page.evaluate(expression, value):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never came true: {expression}")


def watch(page: Page, address: str) -> list[str]:
    """Everything of a page that should not happen, as it happens."""
    wrong: list[str] = []
    origin = address.removesuffix("/broadsheet/")

    def note(what: str, *, bad: bool = True) -> None:
        if bad:
            wrong.append(what)

    def refuse(dialog: Dialog) -> None:
        wrong.append("a dialog")
        dialog.dismiss()

    page.on("console", lambda said: note(said.text, bad=said.type in ("error", "warning")))
    page.on("pageerror", lambda error: note(str(error)))
    page.on("dialog", refuse)
    page.on("request", lambda asked: note(asked.url, bad=not asked.url.startswith(origin)))
    page.on("response", lambda r: note(f"{r.status} {r.url}", bad=r.status >= 400))
    return wrong


def barriers(page: Page) -> list[Any]:
    """What axe-core finds against WCAG 2.2 A and AA on a page as it stands: rule and elements."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"preload": False, "runOnly": tags, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [[rule["id"], [node["html"] for node in rule["nodes"]]] for rule in found]
