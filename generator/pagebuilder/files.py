"""The generated files, as MkDocs holds them while it builds the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from mkdocs.structure.files import File, Files, InclusionLevel

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


LISTED = ("date", "redirect", "robots")
"""What the sitemap asks of a page's front matter."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """What the sitemap reads of a page."""

    canonical_url: str | None
    abs_url: str | None
    update_date: str
    meta: Mapping[str, object]
    """Of the front matter, `LISTED`."""
    is_link: bool = False
    """True for an entry of the navigation that leads to another site."""


class GeneratedFile(File):
    """A page that links may lead to, that MkDocs neither renders nor copies.

    Once it is built it counts as a page again, so that the sitemap lists it in its place.
    """

    built = False

    def is_documentation_page(self) -> bool:
        return self.built

    def note(self, page: BuiltPage) -> None:
        """It is built; of the page itself no more is kept than the sitemap needs."""
        self.built = True
        self.page = cast("Page", page)

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: its source is no part of the site."""


def take_over(files: Files, generated: Collection[str]) -> tuple[Files, list[GeneratedFile]]:
    """The same files in the same order, the generated pages outside the navigation made ours.

    A page in the navigation has neighbours there and a place in its menu, and there are few.
    """
    taken: list[GeneratedFile] = []
    kept: list[File] = []
    for file in files:
        ours = file.is_documentation_page() and file.src_uri in generated
        if ours and file.inclusion is InclusionLevel.NOT_IN_NAV:
            page = GeneratedFile(
                file.src_uri,
                file.src_dir,
                file.dest_dir,
                file.use_directory_urls,
                dest_uri=file.dest_uri,
                inclusion=file.inclusion,
            )
            taken.append(page)
            kept.append(page)
        else:
            kept.append(file)
    return Files(kept), taken
