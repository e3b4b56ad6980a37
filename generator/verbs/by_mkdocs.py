"""Runs MkDocs, for the verbs that need it."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace

from .. import leaving
from ..config import DIGESTS_VARIABLE, YEAR_VARIABLE, Settings
from ..errors import BuildError


def run_mkdocs(options: Namespace, settings: Settings, *command: str) -> None:
    """Run MkDocs, which runs the pipeline from its hook; settings travel in the environment."""
    environment = os.environ | {
        DIGESTS_VARIABLE: str(settings.digests),
        "NO_MKDOCS_2_WARNING": "1",
    }
    if settings.year is not None:
        environment[YEAR_VARIABLE] = str(settings.year)
    done = subprocess.run(  # noqa: S603  our own interpreter, and no shell
        [
            sys.executable,
            "-P",  # what lies beside the file that is run is no module of its
            leaving.__file__,
            "mkdocs",
            *command,
            "--config-file",
            str(options.root / "mkdocs.yml"),
        ],
        env=environment,
        check=False,
        close_fds=False,  # our locks are MkDocs' as well: should we be killed, it still writes
    )
    if done.returncode:
        raise BuildError("MkDocs stopped, for the reason above; what was there still stands")
