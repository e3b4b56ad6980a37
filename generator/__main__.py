"""`python -m generator VERB`."""

import os
import sys

from .leaving import leave
from .rings import uncollected

# Where whoever runs this has closed a stream, the next file that is opened would be in its place,
# and what is said would be written into it.
for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
    if getattr(sys, name) is None:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.set_inheritable(nowhere, True)
        setattr(sys, name, os.fdopen(nowhere, "w" if number else "r", encoding="utf-8"))

try:
    with uncollected():  # a tenth of the time that reading the program takes
        from .cli import main
    code = main()
except ImportError as error:  # also one of a name that an older Python does not have
    if (error.name or "").startswith("generator"):
        raise
    if sys.platform == "win32":
        said = "Windows lacks what this needs: run it within WSL, the Windows Subsystem for Linux"
    elif sys.version_info < (3, 11):  # noqa: UP036  such a one comes as far as this
        said = f"{sys.executable} is older than Python 3.11, which this needs: run a newer one"
    else:
        said = (
            f"{sys.executable} has no {error.name}: run `make site` once, and from then on "
            "`.venv/bin/python -m generator` in place of `python -m generator`"
        )
    sys.stderr.write(f"broadsheet: {said}\n")
    code = 3  # as in cli.py, which may be what cannot be imported
leave(code)
