"""The door of a centre: how somebody comes in, who they are then, and why they may not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from console.domain.role import Role
from console.domain.scope import WHOLE, Scope


class Way(StrEnum):
    """How the centre is reached: TLS with the system's authorities or with the city's own, or without."""

    VERIFIED = "verified"
    CITY_CA = "city_ca"
    THIS_MACHINE = "this_machine"
    OPEN = "open"


ENDED = frozenset({"session-ended", "token", "must-change-password"})
"""Reasons of a refusal that mean: who was in is in no more, and may come in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who came in. `scope` is what they decide for as a duty chief."""

    login: str
    name: str
    roles: tuple[Role, ...]
    scope: Scope = WHOLE
    must_change_password: bool = False


class NotIn(Exception):
    """Somebody may not come in. `code` names the reason (`problem.<code>`), `wait_s` how long until the next try."""

    def __init__(self, code: str, detail: str = "", wait_s: float = 0.0) -> None:
        """`detail` is said for a code that this program does not know."""
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.wait_s = wait_s


class Door(Protocol):
    """The way in. Every method blocks and raises `NotIn`; call them from a task."""

    addresses: tuple[str, ...]
    """The centre's, the preferred one first."""
    way: Way

    @property
    def remembers(self) -> bool:
        """Whether there is a keyring to keep a login in."""

    def resume(self) -> Person | None:
        """Come in with what the keyring remembers; None when it remembers nobody."""

    def enter(self, login: str, password: str, *, remember: bool) -> Person:
        """Come in with a password."""

    def provider(self) -> str | None:
        """The host of the city's identity provider; None where there is none."""

    def enter_by_provider(self, *, remember: bool) -> Person:
        """Come in through the system's browser; waits until the person is back from there."""

    def give_up(self) -> None:
        """Wait no longer for the browser; from any thread, does not block."""

    def change_password(self, old: str, new: str) -> Person:
        """Change the password of who came in, and come in with it."""

    def leave(self) -> None:
        """End the session and forget it; never raises."""
