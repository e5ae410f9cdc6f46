"""What a request shows at the door: a system's token, or a person's session."""

from typing import Protocol


class Credentials(Protocol):
    """Gives the bearer token of the moment; safe to use from several threads."""

    def bearer(self) -> str:
        """The token to send now; raises `SessionEnded` when there is none any more."""

    def renew(self, used: str) -> bool:
        """The centre did not take `used`: whether there is another one now.

        Raises `SessionEnded`, and `Unreachable` while nobody can say.
        """

    def end(self, used: str) -> None:
        """The centre said of `used` that its session is over."""


class ServiceToken:
    """A system's token: it never changes."""

    def __init__(self, token: str) -> None:
        """Of the token file."""
        self._token = token

    def bearer(self) -> str:
        """The token."""
        return self._token

    def renew(self, used: str) -> bool:
        """There is no other."""
        return False

    def end(self, used: str) -> None:
        """Nothing of it is kept here."""
