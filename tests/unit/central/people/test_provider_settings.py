"""The settings of the identity provider: read, or refused with what to mend."""

from pathlib import Path

import pytest

from console.central.failure import StartFailure
from console.central.people.provider_settings import read_provider, trustworthy
from console.domain.role import Role

LEAST = 'issuer = "https://id.city.example"\nclient_id = "baton"\n'
ENDPOINTS = """
authorization_endpoint = "https://id.city.example/a"
token_endpoint = "https://id.city.example/t"
jwks_uri = "https://id.city.example/k"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "oidc.toml"


def test_the_least(file: Path) -> None:
    file.write_text(LEAST)
    found = read_provider(file)
    assert (found.issuer, found.client_id) == ("https://id.city.example", "baton")
    assert (found.client_secret, found.endpoints, found.roles) == (None, None, {})


def test_everything(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "secret").write_text(" s3cret\n")
    more = 'client_secret_file = "secret"\nscope = "openid groups"\nlogin_claim = "uid"\n'
    more += 'name_claim = "cn"\nroles_claim = "groups"\nca_file = "ca.pem"\n'
    roles = '[roles]\n"12345-desk" = ["dispatcher", "call_taker"]\nall = []\n'
    file.write_text(LEAST + ENDPOINTS + more + roles)
    found = read_provider(file)
    assert found.client_secret == "s3cret"
    assert "s3cret" not in repr(found)
    assert found.roles == {"12345-desk": (Role.DISPATCHER, Role.CALL_TAKER), "all": ()}
    assert found.endpoints is not None
    assert found.endpoints.jwks_uri == "https://id.city.example/k"
    assert found.ca_file == file.parent / "ca.pem"
    monkeypatch.setenv("OIDC_SECRET", "other")
    file.write_text(LEAST + 'client_secret_env = "OIDC_SECRET"\n')
    assert read_provider(file).client_secret == "other"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "issuer"),
        ('issuer = "https://x.example"', "client_id"),
        ('issuer = "http://id.city.example"\nclient_id = "b"', "https"),
        (LEAST + "colour = 'red'", "colour"),
        (LEAST + "scope = 7", "scope"),
        (LEAST + 'scope = "profile"', "openid"),
        (LEAST + 'token_endpoint = "https://id.city.example/t"', "jwks_uri"),
        (LEAST + ENDPOINTS.replace("https", "ftp"), "authorization_endpoint"),
        (LEAST + 'client_secret_file = "not-there"', "not-there"),
        (LEAST + 'client_secret_env = "NOT_SET_ANYWHERE"', "empty"),
        (LEAST + 'roles_claim = "groups"', "go together"),
        (LEAST + '[roles]\na = ["admin"]', "go together"),
        (LEAST + 'roles_claim = "g"\n[roles]\na = ["emperor"]', "roles.a"),
        (LEAST + 'roles_claim = "g"\n[roles]\na = ["field"]', "roles.a"),
        (LEAST + 'roles_claim = "g"\nroles = "all"', "table"),
        ("not toml", "cannot be read"),
    ],
)
def test_what_is_wrong_is_told(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(StartFailure) as caught:
        read_provider(file)
    assert caught.value.problem == "oidc"
    assert says in caught.value.en
    assert str(file) in caught.value.en
    assert caught.value.zh != caught.value.en


def test_a_file_that_is_not_there(file: Path) -> None:
    with pytest.raises(StartFailure, match="cannot be read"):
        read_provider(file)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://id.city.example", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://[::1]/x", True),
        ("http://localhost", True),
        ("http://id.city.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost@evil.example", False),
        ("ftp://127.0.0.1", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_where_secrets_may_be_sent(address: str, good: bool) -> None:
    assert trustworthy(address) is good
