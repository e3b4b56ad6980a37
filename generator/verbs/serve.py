"""Shows the site at a local address, always current."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from functools import partial

from ..configfile import files_of_config
from ..errors import DigestError, UsageError
from ..model import visible
from ..publish import generated_names
from ..serving import listening, watch_docs
from . import build
from .common import DONE, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    host, colon, port = options.address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")  # around the colons of one of IPv6
    if not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
        raise UsageError(f"--address {options.address} is no HOST:PORT; give one as 127.0.0.1:8000")
    settings = settings_of(options)

    def again() -> None:
        try:
            build.run(options)
        except (DigestError, OSError) as error:  # what was there is still shown
            print(f"broadsheet: {visible(str(error))}", file=sys.stderr)

    site = (options.site or settings.site).absolute()
    with listening(site, settings.url, host, int(port), again) as server:
        build.run(options)
        config = files_of_config(options.root / "mkdocs.yml")
        for path in (settings.digests, settings.vocabulary, *config, options.root / "generator"):
            if path and path.exists():
                server.watch(str(path))
        watch_docs(server, settings.docs, partial(generated_names, settings.docs))
        print(f"and shown at {server.address} until you press Ctrl+C", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    return DONE
