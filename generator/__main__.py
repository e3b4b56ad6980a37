"""`python -m generator VERB`."""

import sys

from .cli import main

sys.exit(main())
