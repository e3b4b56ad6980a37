"""Runs MkDocs, for the verbs that need it."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace

from .. import leaving
from ..config import DIGESTS_VARIABLE, YEAR_VARIABLE, Settings
from ..errors import BuildError
from ..pagebuilder.refusals import refuse_other_frame, refuse_what_mkdocs_does


def run_mkdocs(options: Namespace, settings: Settings, *command: str) -> None:
    """Run MkDocs, which runs the pipeline from its hook; settings travel in the environment."""
    config_file = options.root / "mkdocs.yml"
    refuse_other_frame(config_file)
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
            str(config_file),
        ],
        env=environment,
        check=False,
        close_fds=False,  # our locks are MkDocs' as well: should we be killed, it still writes
    )
    if done.returncode:
        refuse_what_mkdocs_does(config_file)
        raise BuildError("MkDocs stopped, for the reason above; what was there still stands")
