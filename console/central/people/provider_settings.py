"""What the centre must know of the city's identity provider: a TOML file beside the token file."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from console.central.failure import StartFailure
from console.central.people.person import PERSONAL
from console.domain.role import Role

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_TEXTS = frozenset(
    {
        "issuer",
        "client_id",
        "client_secret_file",
        "client_secret_env",
        "scope",
        "login_claim",
        "name_claim",
        "roles_claim",
        "ca_file",
        *_ENDPOINTS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where the provider asks people, gives tokens, and shows its keys."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """One provider. Without `endpoints` it is asked for them (OpenID Connect Discovery).

    `roles` maps a value of the claim `roles_claim` to the roles it gives; without `roles_claim`
    only people whom an administrator has added come in, in the roles given here.
    """

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    scope: str = "openid profile"
    login_claim: str = "preferred_username"
    name_claim: str = "name"
    roles_claim: str | None = None
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    endpoints: Endpoints | None = None
    ca_file: Path | None = None


def read_provider(file: Path) -> ProviderSettings:
    """The settings of a file; raises `StartFailure` that says which line to mend."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _failure(file, f"读不了（{error}）", f"cannot be read ({error})") from error
    try:
        return _settings(told, file.parent)
    except _Wrong as wrong:
        raise _failure(file, wrong.zh, wrong.en) from wrong


class _Wrong(Exception):
    """What is wrong with the settings, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def _failure(file: Path, zh: str, en: str) -> StartFailure:
    return StartFailure(
        "oidc", f"身份认证配置 {file}：{zh}", f"The identity provider's settings {file}: {en}"
    )


def _settings(told: Mapping[str, Any], folder: Path) -> ProviderSettings:
    roles = told.get("roles", {})
    texts = {name: value for name, value in told.items() if name != "roles"}
    for name, value in texts.items():
        if name not in _TEXTS:
            raise _Wrong(f"不认识 {name}", f"{name} is not known")
        if not isinstance(value, str) or not value:
            raise _Wrong(f"{name} 应是文字", f"{name} must be text")
    for name in ("issuer", "client_id"):
        if name not in texts:
            raise _Wrong(f"缺少 {name}", f"{name} is missing")
    for name in ("issuer", *_ENDPOINTS):
        if name in texts:
            _check_address(name, texts[name])
    if "openid" not in texts.get("scope", "openid").split():
        raise _Wrong("scope 须含 openid", "scope must contain openid")
    if bool(roles) != ("roles_claim" in texts):
        raise _Wrong("roles 与 roles_claim 须同时填写", "roles and roles_claim go together")
    plain = ("scope", "login_claim", "name_claim", "roles_claim")
    return ProviderSettings(
        issuer=texts["issuer"],
        client_id=texts["client_id"],
        client_secret=_secret(texts, folder),
        roles=_roles(roles),
        endpoints=_endpoints(texts),
        ca_file=folder / texts["ca_file"] if "ca_file" in texts else None,
        **{name: texts[name] for name in plain if name in texts},
    )


def _endpoints(texts: Mapping[str, str]) -> Endpoints | None:
    given = {name: texts[name] for name in _ENDPOINTS if name in texts}
    if given and len(given) < len(_ENDPOINTS):
        names = ", ".join(_ENDPOINTS)
        raise _Wrong(f"{names} 须全部填写或全部不填", f"give all of {names}, or none")
    return Endpoints(**given) if given else None


def _check_address(name: str, address: str) -> None:
    if not trustworthy(address):
        raise _Wrong(f"{name} 须以 https:// 开头", f"{name} must begin with https://")


def trustworthy(address: str) -> bool:
    """Whether what is sent there stays secret: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "http":
        return _LOOPBACK.fullmatch(host) is not None
    return parts.scheme == "https" and bool(host)


def _secret(texts: Mapping[str, str], folder: Path) -> str | None:
    """The client's secret; a public client has none, PKCE protects it."""
    if "client_secret_file" in texts:
        path = folder / texts["client_secret_file"]
        try:
            secret = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _Wrong(f"读不了 {path}（{error}）", f"{path} cannot be read ({error})") from error
    elif "client_secret_env" in texts:
        secret = os.environ.get(texts["client_secret_env"], "").strip()
    else:
        return None
    if not secret:
        raise _Wrong("客户端密钥是空的", "the client's secret is empty")
    return secret


def _roles(told: object) -> dict[str, tuple[Role, ...]]:
    if not isinstance(told, dict):
        raise _Wrong("roles 应是一张表", "roles must be a table")
    return {str(value): _known(value, names) for value, names in told.items()}


def _known(value: str, names: object) -> tuple[Role, ...]:
    known = {role.value for role in PERSONAL}
    if not isinstance(names, list) or not all(name in known for name in names):
        listed = ", ".join(sorted(known))
        raise _Wrong(
            f"roles.{value} 里有不能给人员的角色；可用：{listed}",
            f"roles.{value} has a role that no person can hold; there are: {listed}",
        )
    return tuple(Role(name) for name in names)
