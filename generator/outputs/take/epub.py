"""EPUB 3.3: a zip archive with a package document, a list of contents and the text.

Written here, as the one library that is kept up (EbookLib) is under the AGPL and stamps the time of
day on what it writes; epubcheck judges the result in the tests.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def pack(day: date, texts: Mapping[str, str]) -> bytes:
    """The archive of these texts, by path below `EPUB/`; `package.opf` among them.

    Stored, not deflated: what a compressor makes of a text depends on its version.
    """
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files |= {f"EPUB/{path}": text for path, text in texts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, text in files.items():
            # The clock of a zip archive begins with 1980, a leap year.
            entry = zipfile.ZipInfo(path, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # Unix, wherever this runs
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()
