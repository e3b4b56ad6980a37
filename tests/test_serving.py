"""What is served is the site, and the page is loaded again after a build."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from playwright.sync_api import Browser, Error, Page

from generator import cli
from generator.errors import UsageError
from generator.policy import of_generated
from generator.serving import Server, listening, watch_docs

PAGE = '<!doctype html><head><meta http-equiv=content-security-policy content="{}"><body>{}</body>'


ADDRESS = "https://example.org/m%C3%B6we/"


@pytest.mark.parametrize("host", ["256.1.1.1", "no..host"])
def test_an_address_that_cannot_be_served_at_is_one_sentence(tmp_path: Path, host: str) -> None:
    with (
        pytest.raises(UsageError, match=rf"--address {host}:8000 cannot be served at \(.+\); name"),
        listening(tmp_path, ADDRESS, host, 8000, lambda: None),
    ):
        pass


def test_an_address_that_another_program_has_is_found_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    (tmp_path / "mkdocs.yml").write_text(f"site_url: {ADDRESS}\n")
    with listening(tmp_path, ADDRESS, "127.0.0.1", 0, lambda: None) as other:
        port = other.server_address[1]
        assert cli.main(["serve", "--address", f"127.0.0.1:{port}"]) == cli.WRONG_USE
    said = capsys.readouterr()
    assert f"--address 127.0.0.1:{port} cannot be served at (Address already in use)" in said.err
    assert not said.out
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")]
)
def test_the_address_of_the_site_is_told_and_its_path_is_in_letters_of_any_language(
    tmp_path: Path, host: str, shown: str
) -> None:
    with suppress(UsageError), listening(tmp_path, ADDRESS, host, 0, lambda: None) as server:
        assert server.address == f"{shown}{server.server_port}/m%C3%B6we/"
        assert server.mount_path == "/möwe/"  # as WSGI tells it of a request
        return
    assert host == "::1", "only IPv6 may be missing"


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


def test_what_people_write_in_the_docs_is_heeded_also_where_it_is_new(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "old").mkdir(parents=True)
    (docs / "papers").mkdir()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), "/", 0.05)
    watch_docs(server, docs, lambda: {"papers", "index.md"})

    def wants_a_build(within: float) -> bool:
        with server._rebuild_cond:
            server._rebuild_cond.wait_for(lambda: server._want_rebuild, within)
            wanted, server._want_rebuild = server._want_rebuild, False
        time.sleep(0.2)  # for what else is heard of the same
        server._want_rebuild = False
        return wanted

    server.observer.start()
    try:
        time.sleep(0.2)  # until it has looked for the first time
        for path in ("new.md", "old/inner.md", "folder", "folder/inner.md"):
            if "." in path:
                (docs / path).write_text("words")
            else:
                (docs / path).mkdir()
            assert wants_a_build(10), path
        for path in ("index.md", "papers/one.md", ".hidden"):
            (docs / path).write_text("words")
        assert not wants_a_build(0.5)
        (docs / "new.md").write_text("other words")
        assert wants_a_build(10)
        (docs / "new.md").unlink()
        assert wants_a_build(10)
    finally:
        server.observer.stop()
        server.server_close()
