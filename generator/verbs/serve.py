"""Shows the site at a local address, always current."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress

from ..errors import UsageError
from .by_mkdocs import run_mkdocs
from .common import DONE, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    host, colon, port = options.address.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
        raise UsageError(f"--address {options.address} is no HOST:PORT; give one as 127.0.0.1:8000")
    settings = settings_of(options)
    with suppress(KeyboardInterrupt):  # how one leaves it
        run_mkdocs(options, settings, "serve", "--dev-addr", options.address)
    return DONE
