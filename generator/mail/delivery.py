"""Hands a message to a server, encrypted or not at all."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import MailError, quote
from .settings import PREFIX, MailSettings

TIMEOUT = 60.0
"""Seconds to wait for each answer. RFC 5321, section 4.5.3.2, would wait for minutes; a publisher
would rather run again."""

_FIT = f"see whether {PREFIX}HOST, {PREFIX}PORT and {PREFIX}SECURITY go together"


def deliver(content: bytes, settings: MailSettings) -> None:
    """Returns once the server has taken the message for the list.

    `MailError` says in a sentence why it did not, and what to do.
    """
    with _plain_errors(settings), contextlib.closing(_connect(settings)) as server:
        if settings.login:
            server.login(*settings.login)
        server.sendmail(settings.sender, [settings.to], content)
        # Taken is taken, whatever it answers to the goodbye.
        with contextlib.suppress(OSError):
            server.quit()


def _connect(settings: MailSettings) -> smtplib.SMTP:
    """An encrypted connection to a server whose certificate is in order.

    A private authority is named by `SSL_CERT_FILE`, which OpenSSL reads by itself.
    """
    trust = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=trust)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    try:
        server.starttls(context=trust)
    except BaseException:
        server.close()
        raise
    return server


@contextmanager
def _plain_errors(settings: MailSettings) -> Iterator[None]:
    """Turn what the server or the network refuses into one sentence with a remedy."""
    try:
        yield
    except OSError as error:  # SMTPException is one, too
        place = f"{settings.host}:{settings.port}"
        raise MailError(f"nothing was noted as sent: {place} {_reason(error, settings)}") from error


def _reason(error: OSError, settings: MailSettings) -> str:
    if isinstance(error, smtplib.SMTPException):
        return _refusal(error, settings)
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"has a certificate that is not in order ({quote(error.verify_message)}); give "
                f"{PREFIX}HOST the name it was made for, or in SSL_CERT_FILE the authority that "
                "made it"
            )
        case ssl.SSLError():
            return f"does not speak TLS as expected ({quote(error.reason or str(error))}); {_FIT}"
        case socket.gaierror():
            return f"is no host that is known ({quote(error.strerror or '')}); correct {PREFIX}HOST"
        case TimeoutError():
            return f"gave no answer in {TIMEOUT:.0f} seconds; run again later, or {_FIT}"
        case _:
            return f"cannot be reached ({quote(error.strerror or str(error))}); {_FIT}"


def _refusal(error: smtplib.SMTPException, settings: MailSettings) -> str:
    match error:
        case smtplib.SMTPRecipientsRefused():
            ((code, words),) = error.recipients.values()
            return f"refuses the list ({_answer(code, words)}); correct {PREFIX}TO{_later(code)}"
        case smtplib.SMTPResponseException():
            said = _answer(error.smtp_code, error.smtp_error)
            if isinstance(error, smtplib.SMTPAuthenticationError):
                return f"refuses the login ({said}); correct {PREFIX}USER and {PREFIX}PASSWORD"
            if isinstance(error, smtplib.SMTPSenderRefused):
                login = "" if settings.login else f"{PREFIX}USER and {PREFIX}PASSWORD, or "
                return f"refuses the sender ({said}); set {login}a {PREFIX}FROM that it accepts"
            return f"does not take the message ({said}); mend that{_later(error.smtp_code)}"
        case smtplib.SMTPServerDisconnected():
            return (
                f"hung up, or gave no answer in {TIMEOUT:.0f} seconds, before it had taken the "
                f"message; see whether it has arrived and run again if not, or {_FIT}"
            )
        case _ if "STARTTLS" in str(error):  # smtplib's own words, here and below
            return f"offers no STARTTLS, and nothing is sent unencrypted; {_FIT}"
        case _ if "auth" in str(error).lower():
            return (
                f"takes no login that smtplib knows ({quote(str(error))}); if it asks for none, "
                f"leave {PREFIX}USER and {PREFIX}PASSWORD out"
            )
        case _:
            return f"cannot be talked to ({quote(str(error))}); {_FIT}"


def _answer(code: int, words: bytes | str) -> str:
    """What a server said; it may hold anything, and is cut short."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {quote(text)}"


def _later(code: int) -> str:
    """RFC 5321, section 4.2.1: of 4yz the same request may succeed later."""
    return ", or run again later" if 400 <= code < 500 else " and run again"
