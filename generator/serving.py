"""Serves a site that is built again whenever something it is made of changes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from .errors import UsageError

_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_POLICY = b"script-src 'self'"


class Server(LiveReloadServer):
    """MkDocs' server, whose script our policy lets run: it loads a page again after a build."""

    def server_bind(self) -> None:
        try:
            super().server_bind()
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "no name of a host"
            host, port = self.server_address[:2]
            address = f"--address {host!s}:{port}"
            raise UsageError(f"{address} cannot be served at ({reason}); name another") from None

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        scripts = _SCRIPT.findall(injected)
        if not scripts:
            return injected
        digest = base64.b64encode(hashlib.sha256(scripts[-1]).digest())
        return injected.replace(_POLICY, b"%b 'sha256-%b'" % (_POLICY, digest), 1)


def serve(
    site: Path, url: str, host: str, port: int, watched: Iterable[Path], build: Callable[[], None]
) -> None:
    """Serve a folder below the path of `url` until somebody interrupts; `build` makes it again when
    one of the `watched` files and folders changes."""
    server = Server(build, host, port, str(site), urlsplit(url).path)
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    finally:
        server.shutdown()
