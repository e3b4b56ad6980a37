"""The generated files, as MkDocs holds them while it builds the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from mkdocs.structure.files import File, Files, InclusionLevel

from ..writing import link_file

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


class _OurFile(File):
    """One that we put in the place of MkDocs' own."""

    @classmethod
    def of(cls, file: File) -> Self:
        return cls(
            file.src_uri,
            file.src_dir,
            file.dest_dir,
            file.use_directory_urls,
            dest_uri=file.dest_uri,
            inclusion=file.inclusion,
        )


class GeneratedFile(_OurFile):
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


class LinkedFile(_OurFile):
    """A file that the site holds as it is, by a further name: half of what a site holds is feeds
    and data, and to copy them took a twentieth of a first build."""

    def copy_file(self, dirty: bool = False) -> None:
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # of an earlier build into the same folder
        link_file(self.abs_src_path or "", self.abs_dest_path)


def share(files: Files, generated: Collection[str]) -> Files:
    """The same files in the same order; the generated ones that are no pages need no copy.

    For a site that nothing changes in place, as that would change the docs, too.
    """
    return Files(
        [
            LinkedFile.of(file)
            if file.src_uri in generated and not file.is_documentation_page()
            else file
            for file in files
        ]
    )


def take_over(files: Files, generated: Collection[str]) -> tuple[Files, list[GeneratedFile]]:
    """The same files in the same order, the generated pages outside the navigation made ours.

    A page in the navigation has neighbours there and a place in its menu, and there are few.
    """
    taken: list[GeneratedFile] = []
    kept: list[File] = []
    for file in files:
        ours = file.is_documentation_page() and file.src_uri in generated
        if ours and file.inclusion is InclusionLevel.NOT_IN_NAV:
            page = GeneratedFile.of(file)
            taken.append(page)
            kept.append(page)
        else:
            kept.append(file)
    return Files(kept), taken
