"""Owns every path, address, anchor and feed id, and refuses collisions.

An address is a path below the home page: `papers/KEY/`, `feeds/all/rss.xml`, empty for the home
page itself. Published addresses and ids never change; the table in the README reserves them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .errors import CollisionError

WAITING = ".markdown/"
"""Folder in the docs of what is put beside the pages when they are built; MkDocs leaves names with
a leading dot out of the site."""

TAG_BLOCK = 100
"""Papers on an older page of a tag or an author, which never changes again."""


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Where everything is, for one site."""

    url: str
    """Address of the home page, ending in a slash."""
    authority: str
    """Host in every feed id."""
    on_days: Mapping[str, date] = field(default_factory=dict)
    """Papers without a page of their own, each with the day on whose page it stands."""

    home = ""
    archive = "archive/"
    tags = "tags/"
    trends = "trends/"
    subscribe = "subscribe/"
    llms = "llms.txt"
    recent = "feeds/recent.json"
    newest = "feeds/newest.js"
    feed_style = "assets/feed.css"
    saved = "saved/"
    search = "search/"

    def day(self, day: date) -> str:
        return f"days/{day.isoformat()}/"

    def sighting(self, key: str, day: date) -> str:
        """A paper's place on the page of a day."""
        return f"{self.day(day)}#{anchor(key)}"

    def month(self, day: date) -> str:
        """The page of the month a day is in."""
        return f"months/{day.isoformat()[:7]}/"

    def paper(self, key: str) -> str:
        """The page of a paper, or its place on the page of a day where it has none."""
        day = self.on_days.get(key)
        return self.sighting(key, day) if day else f"papers/{key}/"

    def tag(self, slug: str, block: int = 0) -> str:
        """A tag's page of its newest papers, or its older block number `block`, from 1."""
        return f"tags/{slug}/{block}/" if block else f"tags/{slug}/"

    def author(self, slug: str, block: int = 0) -> str:
        """The page of a name, in blocks like a tag's."""
        return f"authors/{slug}/{block}/" if block else f"authors/{slug}/"

    def feed(self, name: str, file: str) -> str:
        """A feed's file; the name is `all` or, say, `tags/theory`."""
        return f"feeds/{name}/{file}"

    def feed_archive(self, name: str, month: date, suffix: str) -> str:
        """The document of a feed's archive that holds a month."""
        return self.feed(name, f"archive/{month.isoformat()[:7]}.{suffix}")

    def feed_list(self, name: str) -> str:
        """A list of feeds for readers to import; the name is `all` or, say, `facets/task`."""
        return f"feeds/{name}.opml"

    def take(self, day: date, suffix: str) -> str:
        """A day as one file to take along."""
        return f"take/{day.isoformat()}.{suffix}"

    def markdown(self, address: str) -> str:
        """The whole address of a page's Markdown; of a place on a page, that of the page."""
        return f"{self.absolute(address.partition('#')[0])}index.md"

    def waiting(self, address: str) -> str:
        """Where the Markdown of a page waits in the docs folder, unseen by MkDocs."""
        return f"{WAITING}{address}index.md"

    def citations(self, name: str, suffix: str) -> str:
        """A file of citations; the name is, say, `days/2025-03-12` or `tags/theory`."""
        return f"cite/{name}.{suffix}"

    def data(self, file: str) -> str:
        return f"data/{file}"

    def search_piece(self, file: str) -> str:
        """A file that the search fetches."""
        return f"search/{file}"

    def absolute(self, address: str) -> str:
        """The whole address, for feeds, data and citations."""
        return self.url + address

    def source(self, address: str) -> str:
        """The file in the docs folder that an address is built from.

        >>> Routes("https://x.org/", "x.org").source("papers/adam/")
        'papers/adam.md'
        """
        if address == "":
            return "index.md"
        return address[:-1] + ".md" if address.endswith("/") else address

    def relative(self, origin: str, target: str) -> str:
        """The link from the page at one address to another address, which may have a fragment.

        >>> Routes("https://x.org/", "x.org").relative("days/2025-03-12/", "papers/adam/")
        '../../papers/adam/'
        """
        return self.root(origin) + target or "./"

    def root(self, origin: str) -> str:
        """What every link from that page begins with: the way to the home page.

        Not the shortest link, but the same one from every page of a depth, so that what lists a
        paper can be rendered once for all of them.
        """
        return "../" * origin.count("/")

    def paper_id(self, key: str) -> str:
        return f"tag:{self.authority},2025:paper/{key}"

    def day_id(self, day: date) -> str:
        return f"tag:{self.authority},2025:day/{day.isoformat()}"

    def again_id(self, key: str, day: date) -> str:
        """Id of a repeated sighting of a paper."""
        return f"tag:{self.authority},2025:again/{key}/{day.isoformat()}"

    def feed_id(self, name: str) -> str:
        return f"tag:{self.authority},2025:feed/{name}"


def anchor(key: str) -> str:
    """Id of a paper within a list; the prefix keeps it apart from the theme's own ids."""
    return f"p-{key}"


def in_blocks(keys: Sequence[str]) -> Iterator[tuple[int, Sequence[str], int]]:
    """The pages of a list of papers, newest first: number, the papers on it, the next older number.

    Page 0 has the newest. The others are numbered from the oldest, block 1, and none of them ever
    changes again; 0 as next means that there is no older one.

    >>> [(block, len(held), older) for block, held, older in in_blocks(["a"] * 330)]
    [(0, 130, 2), (1, 100, 0), (2, 100, 1)]
    """
    blocks = tag_blocks(len(keys))
    yield 0, keys[: len(keys) - blocks * TAG_BLOCK], blocks
    for block in range(1, blocks + 1):
        end = len(keys) - (block - 1) * TAG_BLOCK
        yield block, keys[end - TAG_BLOCK : end], block - 1


def tag_blocks(count: int) -> int:
    """How many older pages a tag with that many papers has: the newest 100 to 199 stay in front.

    >>> [tag_blocks(n) for n in (0, 100, 199, 200, 299, 300)]
    [0, 0, 0, 1, 1, 2]
    """
    return max(count // TAG_BLOCK - 1, 0)


def check_collisions(claimed: Sequence[tuple[str, str]]) -> None:
    """Refuse two claims of one path; `CollisionError` names all claimants.

    `claimed` are paths, each with who claims it. Case counts as equal: the site may be unpacked
    where it does.
    """
    if len({path.lower() for path, _ in claimed}) == len(claimed):
        return
    claims: dict[str, list[str]] = defaultdict(list)
    for path, claimant in claimed:
        claims[path.lower()].append(claimant)
    clashes = [f"{path} by {' and '.join(who)}" for path, who in claims.items() if len(who) > 1]
    if clashes:
        raise CollisionError("claimed twice: " + "; ".join(sorted(clashes)) + "; rename one")
