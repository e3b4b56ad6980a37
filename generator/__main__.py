"""`python -m generator VERB`."""

from .cli import main
from .leaving import leave

leave(main())
