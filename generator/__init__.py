"""Broadsheet: a website and feeds from a folder of daily paper digests."""

import os

__version__ = "0.1.0"

# Before NumPy is read: what we multiply is small, and starting threads that never get work takes
# half of the time that reading NumPy takes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
