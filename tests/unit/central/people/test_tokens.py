"""Access tokens: ours, in time, unforged."""

import base64
import json
from datetime import timedelta

import jwt
import pytest

from console.central.centre import Centre
from console.central.people.tokens import ACCESS, Access, BadToken, Keys, load_keys
from tests.builders import T0

WHO = Access("wang", "s1")


def test_what_is_issued_is_read(keys: Keys) -> None:
    token, ends = keys.issue(WHO, T0)
    assert ends == T0 + ACCESS
    assert keys.read(token, T0 + ACCESS) == WHO


def test_it_ends_by_server_time(keys: Keys) -> None:
    token, ends = keys.issue(WHO, T0)
    with pytest.raises(BadToken, match="expired"):
        keys.read(token, ends + timedelta(seconds=3))


def test_every_process_on_the_database_checks_the_same(centre: Centre, keys: Keys) -> None:
    token, _ = keys.issue(WHO, T0)
    with centre.database.writing() as connection:
        assert load_keys(connection, T0).read(token, T0) == WHO


def test_a_newer_key_signs_and_the_older_still_checks(keys: Keys, newer_key: Keys) -> None:
    old, _ = keys.issue(WHO, T0)
    new, _ = newer_key.issue(WHO, T0)
    assert newer_key.read(old, T0) == newer_key.read(new, T0) == WHO
    with pytest.raises(BadToken):
        keys.read(new, T0)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_forgeries(keys: Keys) -> None:
    token, _ = keys.issue(WHO, T0)
    head, body, signature = token.split(".")
    kid = jwt.get_unverified_header(token)["kid"]
    claims = jwt.decode(token, options={"verify_signature": False})
    forged = [
        "",
        "a.b.c",
        f"{head}.{part(claims | {'sub': 'root'})}.{signature}",
        f"{part({'alg': 'none', 'kid': kid})}.{body}.",
        f"{part({'alg': 'HS256', 'kid': 'other'})}.{body}.{signature}",
        f"{part({'alg': 'HS256'})}.{body}.{signature}",
        jwt.encode(claims, "x" * 32, "HS256", headers={"kid": kid}),
        jwt.encode(claims, "x" * 64, "HS512", headers={"kid": kid}),
        token + "x",
    ]
    for wrong in forged:
        with pytest.raises(BadToken):
            keys.read(wrong, T0)


@pytest.mark.parametrize("missing", ["exp", "sub", "sid", "iss"])
def test_a_token_without_what_is_needed(keys: Keys, missing: str) -> None:
    token, _ = keys.issue(WHO, T0)
    claims = jwt.decode(token, options={"verify_signature": False})
    del claims[missing]
    kid = jwt.get_unverified_header(token)["kid"]
    with pytest.raises(BadToken):
        keys.read(jwt.encode(claims, keys._keys[kid], "HS256", headers={"kid": kid}), T0)
