"""Who sends to whom through which server, from environment variables.

They are not in `mkdocs.yml`, which is public: one is a password, and the address of a list is best
kept from those who would write to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..errors import SettingsError

PREFIX = "BROADSHEET_MAIL_"
REQUIRED = ("HOST", "FROM", "TO", "UNSUBSCRIBE")
OPTIONAL = ("SECURITY", "PORT", "USER", "PASSWORD")

Security = Literal["starttls", "tls"]
PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465}
"""Where servers take messages from users: RFC 6409, section 3.1, and RFC 8314, section 3.3."""

EXAMPLES = {
    "HOST": "smtp.example.org",
    "FROM": "digest@example.org",
    "TO": "papers@lists.example.org",
    "UNSUBSCRIBE": "mailto:papers-leave@lists.example.org",
}
"""What each required setting may look like; a dry run takes them for what is missing."""

# RFC 5321, section 4.1.2, without quotes: letters of other alphabets need an extension that many
# servers lack, and a domain has an ASCII form.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_NAME}(?:\.{_NAME})*")
_HOST = re.compile(rf"{_NAME}(?:\.{_NAME})*|[0-9a-fA-F:]*:[0-9a-fA-F:.]+")
_WAY_OUT = re.compile(r"(?:https://|mailto:)[!#-;=?-~]{3,400}")
"""An address as it may stand between `<` and `>` in a header."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Everything needed to send, complete and checked."""

    host: str
    port: int
    security: Security
    """`tls` encrypts from the first byte, `starttls` before anything is said; nothing else is
    possible."""
    login: tuple[str, str] | None = field(repr=False)
    """Name and password; `None` where the server knows us without."""
    sender: str
    """Address, ASCII."""
    to: str
    """Address of the list, ASCII."""
    ways_out: tuple[str, ...]
    """Where readers unsubscribe: `https:` or `mailto:` addresses, the preferred one first."""

    @property
    def list_id(self) -> str:
        """Identifier of the list, RFC 2919: its address with a dot, as list servers form it."""
        return self.to.replace("@", ".")


def read_mail_settings(environment: Mapping[str, str]) -> MailSettings:
    """The settings in the environment; `SettingsError` names all that is missing or wrong.

    An empty variable counts as missing: so does a workflow hand on a secret that does not exist.
    """
    given = {name: environment.get(PREFIX + name, "").strip() for name in (*REQUIRED, *OPTIONAL)}
    if faults := list(_faults(given)):
        raise SettingsError("; ".join(faults) + "; see “By mail” in README.md")
    security: Security = "tls" if given["SECURITY"].lower() == "tls" else "starttls"
    return MailSettings(
        host=given["HOST"],
        port=int(given["PORT"] or PORTS[security]),
        security=security,
        login=(given["USER"], given["PASSWORD"]) if given["USER"] else None,
        sender=given["FROM"],
        to=given["TO"],
        ways_out=tuple(given["UNSUBSCRIBE"].split()),
    )


def with_examples(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with an example for every required setting that it lacks."""
    examples = {PREFIX + name: example for name, example in EXAMPLES.items()}
    return examples | {name: value for name, value in environment.items() if value.strip()}


def _faults(given: Mapping[str, str]) -> Iterator[str]:
    missing = [PREFIX + name for name in REQUIRED if not given[name]]
    if missing:
        yield f"the environment lacks {', '.join(missing)}"
    if given["HOST"] and not _HOST.fullmatch(given["HOST"]):
        yield f"{PREFIX}HOST must be a name such as {EXAMPLES['HOST']}"
    for name in ("FROM", "TO"):
        if given[name] and (len(given[name]) > 254 or not _ADDRESS.fullmatch(given[name])):
            yield f"{PREFIX}{name} must be one bare address such as {EXAMPLES[name]}, in ASCII"
    if not all(_WAY_OUT.fullmatch(way) for way in given["UNSUBSCRIBE"].split()):
        yield f"{PREFIX}UNSUBSCRIBE must hold https: or mailto: addresses, with spaces between"
    if given["SECURITY"].lower() not in ("", *PORTS):
        yield f"{PREFIX}SECURITY must be {' or '.join(PORTS)}; nothing is sent unencrypted"
    port = given["PORT"]
    if port and not (re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 65536):
        yield f"{PREFIX}PORT must be a number such as {PORTS['starttls']}"
    if bool(given["USER"]) != bool(given["PASSWORD"]):
        yield f"of {PREFIX}USER and {PREFIX}PASSWORD one is missing; set both or none"
    # smtplib sends a login as ASCII.
    if not (given["USER"] + given["PASSWORD"]).isascii():
        yield f"{PREFIX}USER and {PREFIX}PASSWORD must be ASCII; choose another password"
