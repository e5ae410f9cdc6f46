"""Bodies as they come in: whole, too large, cut off."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request

from console.central.inbound import body_of
from console.central.problems import Problem


def body(*parts: bytes, cut: bool = False) -> bytes:
    """What is read of a request that sends these parts, and ends or is cut off."""

    def messages() -> Iterator[dict[str, Any]]:
        for part in parts:
            yield {"type": "http.request", "body": part, "more_body": True}
        end: dict[str, Any] = {"type": "http.request", "body": b"", "more_body": False}
        yield {"type": "http.disconnect"} if cut else end

    coming = messages()

    async def receive() -> dict[str, Any]:
        return next(coming)

    return asyncio.run(body_of(Request({"type": "http", "headers": []}, receive), 4))


def test_whole() -> None:
    assert body() == b""
    assert body(b"ab", b"cd") == b"abcd"


@pytest.mark.parametrize(
    ("parts", "cut", "status", "code"),
    [((b"ab", b"cde"), False, 413, "too-large"), ((b"ab",), True, 400, "malformed")],
)
def test_not_whole(parts: tuple[bytes, ...], cut: bool, status: int, code: str) -> None:
    with pytest.raises(Problem) as caught:
        body(*parts, cut=cut)
    assert (caught.value.status, caught.value.code) == (status, code)
