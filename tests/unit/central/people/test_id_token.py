"""ID tokens: one good, every other refused."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from console.central.people.id_token import LEEWAY, NotVouched, claims_of
from console.central.people.provider_settings import ProviderSettings
from tests.fake_provider import CLIENT, Key, new_key

NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
ISSUER, NONCE = "https://id.city.example", "n-0S6_WzA2Mj"
SETTINGS = ProviderSettings(issuer=ISSUER, client_id=CLIENT)
Claims = dict[str, Any]


@pytest.fixture(scope="module")
def key() -> Key:
    return new_key("k1")


def good(**more: Any) -> Claims:
    claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "4711",
        "exp": (NOW + timedelta(minutes=5)).timestamp(),
        "nonce": NONCE,
    }
    return {name: value for name, value in (claims | more).items() if value is not None}


def read(token: str, key: Key, now: datetime = NOW) -> Any:
    shown = jwt.PyJWK(key.shown())
    return claims_of(token, SETTINGS, lambda kid: shown if kid == key.kid else None, NONCE, now)


@pytest.mark.parametrize(
    "claims",
    [
        good(),
        good(aud=[CLIENT]),
        good(aud=[CLIENT, "other"], azp=CLIENT),
        good(azp=CLIENT),
        good(exp=(NOW - LEEWAY / 2).timestamp()),
        good(nbf=(NOW + LEEWAY / 2).timestamp()),
        good(iat=(NOW + timedelta(days=9)).timestamp()),
    ],
)
def test_good_ones(key: Key, claims: Claims) -> None:
    assert read(key.sign(claims), key)["sub"] == "4711"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        (good(iss="https://id.other.example"), "issuer"),
        (good(iss=f"{ISSUER}/"), "issuer"),
        (good(aud="other"), "udience"),
        (good(aud=None), "aud"),
        (good(aud=[CLIENT, "other"]), "azp"),
        (good(aud=[CLIENT, "other"], azp="other"), "azp"),
        (good(azp="other"), "azp"),
        (good(nonce="another"), "nonce"),
        (good(nonce=None), "nonce"),
        (good(nonce=7), "nonce"),
        (good(nonce="\ud800"), "surrogates"),
        (good(exp=(NOW - LEEWAY * 1.1).timestamp()), "expired"),
        (good(exp=None), "exp"),
        (good(exp="tomorrow"), "times"),
        (good(exp=float("nan")), "expired"),
        (good(nbf=(NOW + LEEWAY * 1.1).timestamp()), "not valid yet"),
        (good(sub=None), "sub"),
    ],
)
def test_bad_ones(key: Key, claims: Claims, why: str) -> None:
    with pytest.raises(NotVouched, match=why):
        read(key.sign(claims), key)


def public_pem(key: Key) -> bytes:
    return key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def with_shared_secret(key: Key) -> str:
    """The old trick: the public key, which everybody has, as the secret of an HMAC."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    head = f"{part({'alg': 'HS256', 'kid': 'k1'})}.{part(good())}"
    mac = hmac.new(public_pem(key), head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def by_curve(_: Key) -> str:
    return jwt.encode(good(), ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "k1"})


@pytest.mark.parametrize(
    "forge",
    [
        lambda key: "",
        lambda key: "a.b.c",
        lambda key: jwt.encode(good(), None, "none", headers={"kid": "k1"}),
        with_shared_secret,
        by_curve,
        lambda key: new_key("k1").sign(good()),
        lambda key: new_key("k2").sign(good()),
        lambda key: key.sign(good(), kid="k2"),
        lambda key: jwt.encode(good(), key.private, "RS256"),
        lambda key: key.sign(good())[:-4] + "AAAA",
        lambda key: key.sign(good()).replace(".", "", 1),
    ],
)
def test_forged_ones(key: Key, forge: Callable[[Key], str]) -> None:
    with pytest.raises(NotVouched):
        read(forge(key), key)
