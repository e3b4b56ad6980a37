"""Serves a site that is built again whenever something it is made of changes."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import AF_INET6
from urllib.parse import quote, unquote, urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import EVENT_TYPE_MODIFIED, FileSystemEvent, FileSystemEventHandler

from .errors import UsageError

_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_POLICY = b"script-src 'self'"

Generated = Callable[[], Collection[str]]
"""Names of the entries of the docs folder that a build writes."""


class Server(LiveReloadServer):
    """MkDocs' server, whose script our policy lets run: it loads a page again after a build."""

    listening = False

    def server_bind(self) -> None:
        """Have the address, so that no other program can take it; once is enough."""
        if self.listening:
            return
        try:
            super().server_bind()
            self.server_activate()
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "no name of a host"
            host, port = self.server_address[:2]
            address = f"--address {host!s}:{port}"
            raise UsageError(f"{address} cannot be served at ({reason}); name another") from None
        self.listening = True

    @property
    def address(self) -> str:
        """Where the site is shown, for a browser."""
        host, port = self.server_address[:2]
        name = f"[{host!s}]" if self.address_family == AF_INET6 else f"{host!s}"
        return f"http://{name}:{port}{quote(self.mount_path)}"

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        scripts = _SCRIPT.findall(injected)
        if not scripts:
            return injected
        digest = base64.b64encode(hashlib.sha256(scripts[-1]).digest())
        return injected.replace(_POLICY, b"%b 'sha256-%b'" % (_POLICY, digest), 1)


class _Written(FileSystemEventHandler):
    """Hears what becomes of the entries of the docs folder, and heeds those that people write."""

    def __init__(self, server: LiveReloadServer, docs: Path, generated: Generated) -> None:
        self.server = server
        self.docs = docs
        self.generated = generated

    def watch(self) -> None:
        """Begin, with all folders that are there already."""
        for path in sorted(self.docs.iterdir()):
            if path.is_dir() and self.heeds(path):
                self.server.watch(str(path))
        self.server.observer.schedule(self, str(self.docs), recursive=False)

    def heeds(self, path: Path) -> bool:
        """Whether people write what is there: a build writes all else, and would build again."""
        hidden = path.name.startswith(".")
        return path.parent == self.docs and not hidden and path.name not in self.generated()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Build again, and look into a folder that is new."""
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        heeded = [path for path in paths if self.heeds(path)]
        if not heeded or (event.is_directory and event.event_type == EVENT_TYPE_MODIFIED):
            return  # of a folder that stays, what changes in it is heard from there
        if event.is_directory:
            for path in heeded:
                with suppress(KeyError):  # it is new
                    self.server.unwatch(str(path))
                if path.is_dir():
                    self.server.watch(str(path))
        with self.server._rebuild_cond:  # noqa: SLF001  what MkDocs' own watching does
            self.server._want_rebuild = True  # noqa: SLF001
            self.server._rebuild_cond.notify_all()  # noqa: SLF001


def watch_docs(server: LiveReloadServer, docs: Path, generated: Generated) -> None:
    """Let a server build again when anything that people write in the docs changes, comes or goes;
    `generated` says which names there are of a build."""
    _Written(server, docs.absolute(), generated).watch()


@contextmanager
def listening(
    site: Path, url: str, host: str, port: int, build: Callable[[], None]
) -> Iterator[Server]:
    """A server of a folder below the path of `url`, which answers from when it is asked to `serve`;
    `build` makes the folder again when something that it watches changes.

    `UsageError` where the address cannot be had, before anything is built.
    """
    server = Server(build, host, port, str(site), unquote(urlsplit(url).path))
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    try:
        server.server_bind()
        yield server
    finally:
        server.shutdown()
