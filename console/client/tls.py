"""TLS: whom to trust, and in plain words why a centre is not trusted."""

import ssl
from pathlib import Path

import requests

from console.client.refusals import Untrusted

# OpenSSL's X509_V_ERR_* (include/openssl/x509_vfy.h); Python names none of them.
_EXPIRED = frozenset({9, 10})
_NAME = frozenset({62, 64})
_AUTHORITY = frozenset({2, 7, 18, 19, 20, 21, 24, 27})


class BadAuthority(ValueError):
    """The file of the city's certificate authority cannot be used; the argument says which and why."""


def checked(verify: bool | str | Path) -> bool | str:
    """What requests wants as `verify`; raises `BadAuthority` for a file without a certificate."""
    if verify is False:
        raise BadAuthority("the centre's certificate is always checked")
    if verify is True:
        return True
    try:
        ssl.create_default_context(cafile=str(verify))
    except (OSError, ssl.SSLError) as error:
        raise BadAuthority(f"{verify}: {error.strerror or error}") from error
    return str(verify)


def explained(error: requests.exceptions.SSLError) -> Untrusted:
    """Which of it: unknown authority, expired, wrong host, or something else of TLS."""
    found = _verification(error)
    if found is None:
        return Untrusted("tls", str(error))
    return Untrusted(_code(found.verify_code), found.verify_message)


def _code(number: int) -> str:
    if number in _EXPIRED:
        return "tls-expired"
    if number in _NAME:
        return "tls-name"
    return "tls-authority" if number in _AUTHORITY else "tls"


def _verification(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """OpenSSL's own verdict, which lies below those of urllib3 and requests."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ssl.SSLCertVerificationError):
            return one
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return None
