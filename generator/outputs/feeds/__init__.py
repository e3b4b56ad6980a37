"""`Site` to feeds: each described once, and written in every format of `FORMATS`.

specs      which feeds exist, and what each of them tells
items      what one item says
history    what a feed itself holds, and what its archive
document   what a document of a feed is, and what a format has to do
rss, atom, jsonfeed  one writer a format; `xml` is what the first two share
formats    the table of formats
writing    puts all this together
"""

from __future__ import annotations

from .formats import FORMATS
from .specs import FeedSpec, feed_specs, since
from .writing import feeds

__all__ = ["FORMATS", "FeedSpec", "feed_specs", "feeds", "since"]
