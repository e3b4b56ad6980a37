"""The frozen values everything else passes around.

A capture is not a day (its date line has no year, and two captures may share one day), and a paper
is not an entry (the same paper comes back on later days). Facts found later, such as tags, live in
mappings beside the papers, keyed by paper, so no stage edits what an earlier one made.
"""

from __future__ import annotations

from .captures import Author, Capture, Heading, Link, LinkKind, RawPaper, Signals
from .findings import Byline, Facet, Neighbour, PaperText, Tag, TagHit, Taxonomy
from .papers import Card, Day, Entry, Library, Paper, Papers, Prose, Span, SpanKind
from .site import Artifact, Problem, Site, visible
from .trends import Change, Companion, Period, TagTrend, Trends, Week

__all__ = [
    "Artifact",
    "Author",
    "Byline",
    "Capture",
    "Card",
    "Change",
    "Companion",
    "Day",
    "Entry",
    "Facet",
    "Heading",
    "Library",
    "Link",
    "LinkKind",
    "Neighbour",
    "Paper",
    "PaperText",
    "Papers",
    "Period",
    "Problem",
    "Prose",
    "RawPaper",
    "Signals",
    "Site",
    "Span",
    "SpanKind",
    "Tag",
    "TagHit",
    "TagTrend",
    "Taxonomy",
    "Trends",
    "Week",
    "visible",
]
