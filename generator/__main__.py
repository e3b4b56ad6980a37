"""`python -m generator VERB`."""

import os
import sys
from contextlib import suppress

from .cli import main

code = main()
with suppress(OSError):  # whoever read our output has seen enough
    sys.stdout.flush()
    sys.stderr.flush()
# Everything is written and closed. Python would now take apart what is known of the site, object by
# object: a twentieth of what one more day costs.
os._exit(code)
