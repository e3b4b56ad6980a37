"""What is wrong with a template of the publisher's, in a sentence."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from .refusals import below, in_a_line


def told_by_template(error: Exception, root: Path) -> str:
    """What is wrong with a template, as a sentence; empty where the error is none of a template."""
    if not isinstance(error, TemplateError):
        return ""
    if isinstance(error, TemplateSyntaxError):
        place = f"{below(root, error.filename or error.name or 'a template')}:{error.lineno}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        templates = [frame for frame in frames if frame.filename.endswith((".html", ".xml"))]
        place = f"{below(root, templates[-1].filename)}:{templates[-1].lineno}" if templates else ""
    if isinstance(error, TemplateNotFound):
        said = f"there is no template {error.name}; put it into the folder that custom_dir names"
    else:
        said = f"{in_a_line(str(error))}; mend the template"
    return f"{place or 'the theme'}: {said}"
