"""`python -m generator VERB`."""

from .leaving import leave
from .rings import uncollected

with uncollected():  # a tenth of the time that reading the program takes
    from .cli import main

leave(main())
