"""What is served is the site, and the page is loaded again after a build."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from generator.errors import UsageError
from generator.policy import of_generated
from generator.serving import Server, serve

PAGE = '<!doctype html><head><meta http-equiv=content-security-policy content="{}"><body>{}</body>'


@pytest.mark.parametrize("host", ["256.1.1.1", "no..host"])
def test_an_address_that_cannot_be_served_at_is_one_sentence(tmp_path: Path, host: str) -> None:
    with pytest.raises(
        UsageError, match=rf"--address {host}:8000 cannot be served at \(.+\); name"
    ):
        serve(tmp_path, "https://example.org/", host, 8000, [], lambda: None)


def text_of(page: Page) -> str:
    """What it says; what it said before while it is loaded again."""
    with suppress(Error):
        return page.inner_text("body")
    return "before"


def test_a_page_is_loaded_again_after_a_build_in_spite_of_its_policy(
    tmp_path: Path, browser: Browser
) -> None:
    (tmp_path / "site").mkdir()
    source, page = tmp_path / "source.txt", tmp_path / "site" / "index.html"
    source.write_text("before")

    def build() -> None:
        page.write_text(PAGE.format(of_generated(), source.read_text()))

    build()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Server(build, "127.0.0.1", port, str(tmp_path / "site"), "/papers/", 0.05)
    server.watch(str(source))
    threading.Thread(target=server.serve, daemon=True).start()
    reader = browser.new_page()
    try:
        address = f"http://127.0.0.1:{port}/papers/"
        while True:
            with suppress(Error):  # it is about to listen
                reader.goto(address)
                break
        assert text_of(reader) == "before"
        number = 0
        while text_of(reader) == "before":
            # Again and again: a change in the moment of the start may go unseen. But not at once:
            # the server waits until changes stop.
            source.write_text(f"after {(number := number + 1)}")
            for _ in range(40):
                reader.wait_for_timeout(50)
                if text_of(reader) != "before":
                    break
    finally:
        reader.close()
        server.shutdown()
