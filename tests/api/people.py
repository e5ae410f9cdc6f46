"""People for the contract tests: made by an administrator's token, logged in with the console's own client."""

import uuid
from typing import Any

import requests

from console.client.session import Session
from console.client.transport import Transport
from tests.central_process import Central

SECRET = "drei Esel im Regen"


def wish(*roles: str, **more: Any) -> dict[str, Any]:
    """What a person shall be."""
    return {"name": "王小明", "roles": list(roles), **more}


def add(centre: Central, *roles: str, **more: Any) -> tuple[str, str]:
    """Somebody new: the login and the one-time password."""
    login = f"p{uuid.uuid4().hex[:10]}"
    body = wish(*roles, hand_password=True, **more)
    answer = centre.request("POST", f"/v1/people/{login}", role="admin", json=body)
    assert answer.status_code == 201, answer.text
    return login, answer.json()["one_time"]


def session(centre: Central, seat: str = "席 1") -> Session:
    """Nobody is logged in yet."""
    return Session(Transport(centre.url), seat)


def come_in(centre: Central, *roles: str, **more: Any) -> Session:
    """Somebody new who is logged in and has changed the one-time password."""
    login, one_time = add(centre, *roles, **more)
    found = session(centre)
    found.log_in(login, one_time)
    found.change_password(one_time, SECRET)
    return found


def login_of(found: Session) -> str:
    """Who is logged in."""
    assert found.person is not None
    return found.person.login


def headers(found: Session, role: str | None = None) -> dict[str, str]:
    """What a console of that person sends."""
    told = {"Authorization": f"Bearer {found.bearer()}", "Baton-Seat": "seat-1"}
    return told if role is None else told | {"Baton-Role": role}


def ask(
    centre: Central, found: Session, method: str, path: str, role: str | None = None, **more: Any
) -> requests.Response:
    """One request of a person."""
    return requests.request(
        method, centre.url + path, headers=headers(found, role), timeout=60, **more
    )


def events_about(centre: Central, login: str) -> list[dict[str, Any]]:
    """What the log says of a person."""
    last = centre.request("GET", "/v1/health").json()["rev"]
    events = centre.request("GET", f"/v1/log?from={max(1, last - 4000)}&to={last}").json()
    return [event for event in events if event["entity"] == f"person:{login}"]
