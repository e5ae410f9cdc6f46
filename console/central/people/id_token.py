"""An identity provider's word for who somebody is: an ID token, believed only when everything fits."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt

from console.central.people.provider_settings import ProviderSettings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a public key; a shared secret, or none at all, proves nothing."""

LEEWAY = timedelta(seconds=60)
"""How far the provider's clock and ours may be apart."""

FindKey = Callable[[str | None], jwt.PyJWK | None]
"""The provider's key of an id."""


class NotVouched(Exception):
    """The token does not prove who it is; the message says why, for the centre's log."""


def claims_of(
    token: str, settings: ProviderSettings, find_key: FindKey, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """What the token says (OpenID Connect Core 3.1.3.7); raises `NotVouched`. `now` is server time."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key(header, find_key)
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[str(header["alg"])],
            audience=settings.client_id,
            issuer=settings.issuer,
            options={
                "require": ["iss", "aud", "exp", "sub", "nonce"],
                # Against server time, below: this machine's clock may be wrong.
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        answers = hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode())
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise NotVouched(str(error) or type(error).__name__) from error
    _check_times(claims, now)
    _check_party(claims, settings.client_id)
    if not answers:
        raise NotVouched("it answers another question (nonce)")
    return claims


def _key(header: Mapping[str, Any], find_key: FindKey) -> jwt.PyJWK:
    if header.get("alg") not in ALGORITHMS:
        raise NotVouched(f"the algorithm {header.get('alg')!r} is not taken")
    kid = header.get("kid")
    key = find_key(kid if isinstance(kid, str) else None)
    if key is None:
        raise NotVouched("it is signed with a key that the provider does not show")
    return key


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    try:
        ends = float(claims["exp"])
        begins = float(claims.get("nbf", 0))
    except (TypeError, ValueError) as error:
        raise NotVouched("its times cannot be read") from error
    moment, leeway = now.timestamp(), LEEWAY.total_seconds()
    if not moment - leeway < ends:
        raise NotVouched("it has expired; if it is new, compare the two machines' clocks")
    if not begins <= moment + leeway:
        raise NotVouched("it is not valid yet; compare the two machines' clocks")


def _check_party(claims: Mapping[str, Any], client: str) -> None:
    """A token for several must have been asked for by us."""
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != client:
        raise NotVouched("it was made for another program (azp)")
