"""Shows the site at a local address, always current."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from functools import partial

from ..configfile import files_of_config
from ..errors import DigestError, UsageError
from ..publish import generated_names
from ..serving import serve
from . import build
from .common import DONE, settings_of


def run(options: Namespace) -> int:
    """The exit code."""
    host, colon, port = options.address.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
        raise UsageError(f"--address {options.address} is no HOST:PORT; give one as 127.0.0.1:8000")
    settings = settings_of(options)
    build.run(options)

    def again() -> None:
        try:
            build.run(options)
        except (DigestError, OSError) as error:  # what was there is still shown
            print(f"broadsheet: {error}", file=sys.stderr)

    config = files_of_config(options.root / "mkdocs.yml")
    program = [*config, options.root / "generator", settings.vocabulary]
    watched = [path for path in (settings.digests, *program) if path and path.exists()]
    with suppress(KeyboardInterrupt):  # how one leaves it
        site = options.site or settings.site
        docs = settings.docs, partial(generated_names, settings.docs)
        serve(site.absolute(), settings.url, host, int(port), watched, again, docs)
    return DONE
