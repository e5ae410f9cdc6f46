"""The gate in front of every route that needs a token."""

from fastapi import Depends
from fastapi.params import Depends as Dependency
from starlette.requests import Request

from console.central.auth import Gate, Seat


class Guard:
    """A FastAPI dependency: lets a request in and remembers its seat."""

    def __init__(self, gate: Gate) -> None:
        """Ask this gate."""
        self._gate = gate

    @property
    def dependency(self) -> Dependency:
        """To be named by a router."""
        found: Dependency = Depends(self)
        return found

    async def __call__(self, request: Request) -> None:
        """Raises `Problem` for whoever may not come in."""
        request.state.seat = self._gate.admit(request.headers)


def seat_of(request: Request) -> Seat:
    """Who asks, as the guard found."""
    seat: Seat = request.state.seat
    return seat
