"""Broadsheet: a website and feeds from a folder of daily paper digests."""

__version__ = "0.1.0"
