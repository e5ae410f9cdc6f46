"""Operations by which people come in and go."""

from collections.abc import Sequence

from console.central.openapi import samples
from console.central.openapi.operation import Content, Operation, one
from console.central.people.person import Person
from console.central.people.provider import BroughtBack, Provider
from console.central.people.sessions import REFRESH, Session
from console.central.people.tokens import ACCESS
from console.central.routes.sessions import LogIn, NewPassword, Renewal
from console.domain.role import Role

_SESSION = Session(
    access="eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3YW5nIn0.c2ln",
    expires_at=samples.NOW + ACCESS,
    refresh="k3Jd9fQpX2mLw8sT.b64url-of-32-random-bytes",
    refresh_expires_at=samples.NOW + REFRESH,
    person=Person(
        login="wang", name="王小明", roles=(Role.DISPATCHER, Role.DUTY_CHIEF), district="460106"
    ),
)
_TOLD = one(Session, _SESSION, "Tokens and who it is; times are server time")
_SLOW = ("slow-down",)

SESSIONS: Sequence[Operation] = (
    Operation(
        method="post",
        path="/v1/session",
        says="Log in by password; too many tries have to wait, twice as long each time, never for good",
        body=one(LogIn, LogIn(login="wang", password="drei Esel im Regen")),  # noqa: S106 - an example
        answers={200: _TOLD},
        problems={
            400: ("malformed",),
            401: ("credentials",),
            413: ("too-large",),
            429: _SLOW,
            503: ("unavailable",),
        },
        guarded=False,
    ),
    Operation(
        method="delete",
        path="/v1/session",
        says="Log out: the session of the access token ends",
        answers={204: Content(says="It has ended")},
        problems={403: ("person-needed",)},
    ),
    Operation(
        method="post",
        path="/v1/session/refresh",
        says="New tokens for old ones; a refresh token that was used before ends the session",
        body=one(Renewal, Renewal(refresh=_SESSION.refresh)),
        answers={200: _TOLD},
        problems={
            400: ("malformed",),
            401: ("session-ended",),
            413: ("too-large",),
            429: _SLOW,
            503: ("unavailable",),
        },
        guarded=False,
    ),
    Operation(
        method="post",
        path="/v1/session/password",
        says="Change the own password, which ends every session of the person",
        body=one(NewPassword, NewPassword(old="s9HwPxM3kQ2dYb", new="drei Esel im Regen")),
        answers={204: Content(says="It is changed: log in with the new one")},
        problems={
            401: ("credentials",),
            403: ("person-needed",),
            413: ("too-large",),
            422: ("weak-password",),
        },
    ),
    Operation(
        method="get",
        path="/v1/session/oidc",
        says="The city's identity provider, where a browser is sent to",
        answers={
            200: one(
                Provider,
                Provider(
                    issuer="https://id.city.example",
                    authorization_endpoint="https://id.city.example/authorize",
                    client_id="baton",
                    scope="openid profile",
                ),
            )
        },
        problems={404: ("not-found",), 502: ("provider-unavailable",)},
        guarded=False,
    ),
    Operation(
        method="post",
        path="/v1/session/oidc",
        says="Log in with what the browser brought back from the identity provider (code and PKCE)",
        body=one(
            BroughtBack,
            BroughtBack(
                code="SplxlOBeZQQYbYS6WxSbIA",
                verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                redirect_uri="http://127.0.0.1:52817/callback",
                nonce="n-0S6_WzA2Mj",
            ),
        ),
        answers={200: _TOLD},
        problems={
            400: ("malformed",),
            403: ("provider-refused", "not-known"),
            404: ("not-found",),
            413: ("too-large",),
            429: _SLOW,
            502: ("provider-unavailable",),
            503: ("unavailable",),
        },
        guarded=False,
    ),
)
"""Those that are not guarded are counted by address."""
