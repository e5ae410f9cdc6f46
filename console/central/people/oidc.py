"""The city's identity provider: it is asked whether somebody is who they say (OpenID Connect, code and PKCE)."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import jwt
import requests

from console.central.people.id_token import NotVouched, claims_of
from console.central.people.provider import BroughtBack, Provider, Vouched
from console.central.people.provider_settings import Endpoints, ProviderSettings, trustworthy
from console.central.problems import Problem
from console.domain.role import Role
from console.wire.codec import BadInput, decode

log = logging.getLogger(__name__)

TIMEOUT_S = (5.0, 10.0)
"""Seconds to connect, and for each piece of an answer."""

LARGEST = 1024 * 1024
"""Bytes of an answer of the provider."""

BELIEVED = timedelta(hours=1)
"""How long what the provider tells of itself is believed (server time)."""


class IdentityProvider:
    """Asks one provider; safe to use from several threads, every method but the first blocks.

    Raises `Problem`: 502 `provider-unavailable`, 403 `provider-refused`.
    """

    def __init__(self, settings: ProviderSettings) -> None:
        """Nothing is asked yet: the centre starts also while the provider is down."""
        self._settings = settings
        self._lock = threading.Lock()
        self._endpoints: tuple[Endpoints, datetime] | None = None
        self._keys: tuple[jwt.PyJWKSet, datetime] | None = None

    def told(self, now: datetime) -> Provider:
        """What a console needs."""
        return Provider(
            issuer=self._settings.issuer,
            authorization_endpoint=self._where(now).authorization_endpoint,
            client_id=self._settings.client_id,
            scope=self._settings.scope,
        )

    def vouch(self, back: BroughtBack, now: datetime) -> Vouched:
        """Exchange the code for an ID token and read it; `now` is server time."""
        where = self._where(now)
        token = self._exchanged(back, where.token_endpoint)
        try:
            claims = claims_of(
                token, self._settings, lambda kid: self._key(kid, where, now), back.nonce, now
            )
            return _vouched(claims, self._settings)
        except NotVouched as error:
            log.warning("the identity provider's token was not taken: %s", error)
            raise Problem(403, "provider-refused", str(error)) from error

    def _where(self, now: datetime) -> Endpoints:
        if self._settings.endpoints is not None:
            return self._settings.endpoints
        with self._lock:
            known = self._endpoints
        if known is not None and now - known[1] < BELIEVED:
            return known[0]
        found = self._discovered()
        with self._lock:
            self._endpoints = (found, now)
        return found

    def _discovered(self) -> Endpoints:
        issuer = self._settings.issuer
        told = self._ask("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise _unavailable(f"it calls itself {told.get('issuer')!r}, not {issuer!r}")
        try:
            found = Endpoints(
                authorization_endpoint=told["authorization_endpoint"],
                token_endpoint=told["token_endpoint"],
                jwks_uri=told["jwks_uri"],
            )
        except KeyError as error:
            raise _unavailable(f"its description lacks {error}") from error
        for address in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            if not (isinstance(address, str) and trustworthy(address)):
                raise _unavailable("its description names an address that is not https")
        return found

    def _exchanged(self, back: BroughtBack, token_endpoint: str) -> str:
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": back.code,
            "redirect_uri": back.redirect_uri,
            "code_verifier": back.verifier,
            "client_id": settings.client_id,
        }
        secret = settings.client_secret
        # RFC 6749 2.3.1: both are form-encoded before they become a Basic header.
        basic = None if secret is None else (quote(settings.client_id, ""), quote(secret, ""))
        told = self._ask("POST", token_endpoint, data=form, auth=basic)
        token = told.get("id_token")
        if not isinstance(token, str):
            raise _unavailable("its answer has no id_token")
        return token

    def _key(self, kid: str | None, where: Endpoints, now: datetime) -> jwt.PyJWK | None:
        """The key of an id; asked for anew when it is not known: providers rotate their keys."""
        with self._lock:
            known = self._keys
        if known is not None and now - known[1] < BELIEVED:
            found = _in(known[0], kid)
            if found is not None:
                return found
        try:
            keys = jwt.PyJWKSet.from_dict(self._ask("GET", where.jwks_uri))
        except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as error:
            raise _unavailable(f"its keys cannot be read ({error})") from error
        with self._lock:
            self._keys = (keys, now)
        return _in(keys, kid)

    def _ask(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        """One request, without redirects and whatever the environment says of proxies and CAs."""
        ca = self._settings.ca_file
        try:
            with requests.Session() as session:
                session.trust_env = False
                with session.request(
                    method,
                    url,
                    headers={"Accept": "application/json"},
                    timeout=TIMEOUT_S,
                    verify=True if ca is None else str(ca),
                    allow_redirects=False,
                    stream=True,
                    **more,
                ) as response:
                    status, content = response.status_code, _content(response)
            told = decode(content, dict[str, Any])
        except (requests.RequestException, OSError, BadInput) as error:
            raise _unavailable(str(error)) from error
        if status == 200:
            return told
        reason = str(told.get("error", status))[:100]
        if method == "POST" and reason == "invalid_grant":
            raise Problem(403, "provider-refused", "the code is used up, expired or not ours")
        raise _unavailable(f"{method} {url}: {status} {reason}")


def _content(response: requests.Response) -> bytes:
    found = bytearray()
    for part in response.iter_content(65536):
        found += part
        if len(found) > LARGEST:
            raise BadInput("the answer is too large")
    return bytes(found)


def _in(keys: jwt.PyJWKSet, kid: str | None) -> jwt.PyJWK | None:
    """The signing key of an id; without an id only a single key can be meant."""
    signing = [key for key in keys.keys if key.public_key_use in (None, "sig")]
    if kid is None:
        return signing[0] if len(signing) == 1 else None
    return next((key for key in signing if key.key_id == kid), None)


def _vouched(claims: Any, settings: ProviderSettings) -> Vouched:
    login = claims.get(settings.login_claim)
    if not isinstance(login, str) or not login.strip():
        raise NotVouched(f"it has no claim {settings.login_claim!r}: check login_claim")
    name = claims.get(settings.name_claim)
    return Vouched(
        login=_folded(login.strip()),
        name=_plain(name) if isinstance(name, str) else "",
        roles=_roles(claims, settings),
    )


def _folded(login: str) -> str:
    """In lower case; a letter that only then is a to z is somebody else's (U+212A, the Kelvin sign, is no K)."""
    return login.lower() if login.isascii() else login


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable()).strip()[:80]


def _roles(claims: Any, settings: ProviderSettings) -> tuple[Role, ...] | None:
    if settings.roles_claim is None:
        return None
    told = claims.get(settings.roles_claim, [])
    values = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    found = {role for value in values for role in settings.roles.get(str(value), ())}
    return tuple(sorted(found))


def _unavailable(detail: str) -> Problem:
    log.error("the identity provider: %s", detail)
    return Problem(502, "provider-unavailable", "the centre's log has the cause")
