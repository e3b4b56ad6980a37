"""Asks a server for one thing at a time, and never waits or reads without an end.

Whatever goes wrong, a server's fault or the network's, is a `CollectError`: one sentence with the
address. Only 429 and 503 are asked again, after the time the server names; all other faults wait
for the next run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import sleep
from typing import TypeVar
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, PoolManager, Retry
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError, ProtocolError
from urllib3.exceptions import TimeoutError as SilentError
from urllib3.util import parse_url

from .. import __version__
from ..errors import CollectError, RefusedError
from ..sources import decode

PATIENCE = 60.0
"""Seconds in which an answer must be whole."""

LARGEST = 16 * 2**20
"""Bytes of the largest answer, unpacked: a hundred papers take 0.3 MB, a feed of 2,000 some 5."""

WAITS = (10.0, 60.0)
"""Seconds before a busy server is asked again where it names none; as often as there are."""

LONGEST_WAIT = 300.0
"""Seconds: a server that wants more is left alone until the next run."""

LONGEST_ADDRESS = 200
"""Characters of an address that are said: that of a question may hold twenty titles."""

MOST_REDIRECTS = 3

_BUSY = (429, 503)
_REFUSED = (400, 413, 414, 431)
"""What is wrong with the question itself, so that another one may be taken: that it cannot be read,
or is too long. Other statuses from 400 on are about the address, or about who asks."""
_MOVED = (301, 302, 303, 307, 308)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    text: str
    validators: Mapping[str, str] = field(default_factory=dict)
    """Headers that ask for this only if it has changed, as RFC 9110, section 13.1, has them."""


class Client:
    """One connection, with at least `interval` seconds between an answer and the next question."""

    def __init__(self, site: str, interval: float) -> None:
        agent = f"Broadsheet/{__version__} (+{parse_url(site).url})"  # ASCII, as headers are
        self._pool = PoolManager(
            num_pools=1,
            maxsize=1,
            retries=False,
            timeout=PATIENCE,
            headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
        )
        self._interval = interval
        self._first = True

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def get(self, url: str, validators: Mapping[str, str] | None = None) -> Answer | None:
        """What is at an address; `None` where it is what the validators came with."""
        asked, moves, waits = url, 0, iter(WAITS)
        pause = 0.0 if self._first else self._interval
        self._first = False
        while True:
            sleep(pause)
            response, content = self._ask(asked, validators or {})
            pause = self._interval
            if response.status in _BUSY:
                pause = max(pause, _wait(url, response, next(waits, None)))
            elif response.status in _MOVED:
                asked, moves = _place(url, asked, response), moves + 1
                if moves > MOST_REDIRECTS:
                    raise _fault(url, f"sends us on more than {MOST_REDIRECTS} times")
            else:
                break
        if response.status == 304:
            return None
        if response.status != 200:
            kind = RefusedError if response.status in _REFUSED else CollectError
            said = f"answered {response.status} {response.reason or ''}".rstrip()
            raise kind(_sentence(url, said))
        text, _ = decode(content)
        if text is None:
            raise _fault(url, "sent something that is no text")
        given = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        kept = {name: response.headers.get(header, "") for name, header in given.items()}
        return Answer(text, {name: value for name, value in kept.items() if value})

    def _ask(self, url: str, validators: Mapping[str, str]) -> tuple[BaseHTTPResponse, bytes]:
        try:
            return _within(PATIENCE, lambda: self._request(url, validators))
        except NewConnectionError as error:  # to urllib3 one that is too late, too
            cause = error.__cause__
            reason = getattr(cause, "strerror", None) or cause or error
            raise _fault(url, f"cannot be reached ({reason})") from None
        except (TimeoutError, SilentError):
            raise _fault(url, f"gave no whole answer in {PATIENCE:g} seconds") from None
        except ProtocolError:
            raise _fault(url, "broke off in the middle") from None
        except HTTPError as error:
            raise _fault(url, f"cannot be read ({' '.join(str(error).split())})") from None

    def _request(self, url: str, validators: Mapping[str, str]) -> tuple[BaseHTTPResponse, bytes]:
        response = self._pool.request(
            "GET",
            url,
            headers={**self._pool.headers, **validators},
            redirect=False,
            preload_content=False,
        )
        try:
            return response, _read(url, response)
        finally:
            response.release_conn()


def _place(url: str, asked: str, response: BaseHTTPResponse) -> str:
    """The address that an answer leads on to, which must be of the same server."""
    place = response.headers.get("Location", "")
    try:
        place = urljoin(asked, place)
        stays = parse_url(place)[:4] == parse_url(url)[:4]
    except ValueError:
        stays = False
    if not stays:
        raise _fault(url, f"sends us elsewhere, to {place[:200]!r}, and is not followed")
    return place


def _read(url: str, response: BaseHTTPResponse) -> bytes:
    content = bytearray()
    while part := response.read1(2**16):
        content += part
        if len(content) > LARGEST:
            response.close()
            raise _fault(url, f"sends more than {LARGEST // 2**20} MiB and was cut off")
    return bytes(content)


def _wait(url: str, response: BaseHTTPResponse, ours: float | None) -> float:
    """Seconds after which a busy server may be asked again."""
    said = f"is busy ({response.status} {response.reason or ''}".rstrip() + ")"
    if ours is None:
        raise _fault(url, f"{said} after {len(WAITS)} waits")
    try:
        theirs = Retry(retry_after_max=10**9).parse_retry_after(
            response.headers.get("Retry-After", "")
        )
    except (InvalidHeader, OverflowError, ValueError):
        return ours
    if theirs > LONGEST_WAIT:
        raise _fault(url, f"{said} and wants to be left alone for {theirs:,.0f} seconds")
    return theirs


def _fault(url: str, why: str) -> CollectError:
    return CollectError(_sentence(url, why))


def _sentence(url: str, why: str) -> str:
    shown = url if len(url) <= LONGEST_ADDRESS else f"{url[:LONGEST_ADDRESS]}…"
    return (
        f"{shown} {why}; nothing of it is filed: run again later, and if it stays so, see whether "
        "mkdocs.yml still has its address"
    )


def _within(seconds: float, work: Callable[[], T]) -> T:
    """The result of some work, or `TimeoutError`.

    The limit of a socket begins anew with each byte, and that of a name's look-up is the system's.
    So the work has a thread of its own, which is left behind where it does not end.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised again, in the thread that waits
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future.result(seconds)
