"""A real SMTP server on this machine, encrypted as real ones are, with a certificate of its own."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN = ("reader", "correct horse")


class Inbox:
    """Takes every message; a test sets what it refuses."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.answers: dict[str, str] = {}
        """What to say, in place of `250 OK`, to MAIL, RCPT and DATA."""
        self.meanwhile: Callable[[], object] = lambda: None
        """Done when a message has come and nothing is said to it yet."""

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.meanwhile()
        answer = self.answers.get("DATA", "250 OK")
        if answer == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


class Certificates:
    """An authority of our own, and a server's certificate by it."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(self.authority)
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self.server)


class _Server(Controller):
    """On a port that the system chooses; aiosmtpd would have to be told one."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        super().__init__(inbox, "127.0.0.1", port, ready_timeout=60.0, **options)

    def _create_server(self) -> Any:
        return self.loop.create_server(
            self._factory_invoker, sock=self._listening, ssl=self.ssl_context
        )


@contextmanager
def serving(inbox: Inbox, **options: Any) -> Iterator[int]:
    """The port of a server with that inbox, as long as the block lasts."""
    server = _Server(inbox, **options)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    given = (data.login.decode(), data.password.decode())
    return AuthResult(success=given == LOGIN, handled=False)


def with_starttls(certificates: Certificates) -> dict[str, Any]:
    """Nothing but STARTTLS is answered before it, and nothing taken without a login."""
    return {
        "tls_context": certificates.server,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": _authenticate,
    }


def with_tls(certificates: Certificates) -> dict[str, Any]:
    """Encrypted from the first byte.

    aiosmtpd knows nothing of the encryption that asyncio does for it, so it must not ask for it.
    """
    return {
        "ssl_context": certificates.server,
        "auth_require_tls": False,
        "authenticator": _authenticate,
    }
