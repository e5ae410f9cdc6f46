"""How a seat names itself."""

from urllib.parse import quote


def seat_header(seat: str) -> dict[str, str]:
    """The header with the seat's name, percent-encoded where it is not ASCII."""
    return {"Baton-Seat": quote(seat, safe=" :._-")}
