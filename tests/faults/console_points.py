"""Named points at which a console kills itself with SIGKILL: one for each state a command can be in."""

from collections.abc import Callable, Mapping
from typing import Any

from console.client.api import Api
from console.client.outbox import Outbox
from console.client.sender import Sender
from console.wire.messages import Tick
from tests.faults.points import die


def _nth(number: int) -> Callable[[], None]:
    """Something that is deadly the n-th time."""
    calls = iter(range(1, number))

    def step() -> None:
        if next(calls, None) is None:
            die()

    return step


def _around(owner: Any, name: str, number: int, fits: Callable[..., bool], *, after: bool) -> None:
    """Die before or after the n-th call that fits."""
    whole, step = getattr(owner, name), _nth(number)

    def act(*arguments: Any, **more: Any) -> Any:
        deadly = fits(*arguments)
        if deadly and not after:
            step()
        found = whole(*arguments, **more)
        if deadly and after:
            step()
        return found

    setattr(owner, name, act)


def _always(*_: Any) -> bool:
    return True


def _marks(tick: Tick) -> Callable[..., bool]:
    return lambda _outbox, _key, found, *_: found is tick


def before_store(number: int) -> None:
    """The gesture is made, nothing is on the disk."""
    _around(Outbox, "put", number, _always, after=False)


def stored(number: int) -> None:
    """It is on the disk, nobody has been told."""
    _around(Outbox, "put", number, _always, after=True)


def half_sent(number: int) -> None:
    """The centre has been sent half of it."""
    from urllib3.connection import HTTPConnection

    step = _nth(number)
    send = HTTPConnection.send

    def half(connection: Any, data: Any) -> None:
        if isinstance(data, bytes) and data.startswith(b'{"key"'):
            send(connection, data[: len(data) // 2])
            step()
            data = data[len(data) // 2 :]
        send(connection, data)

    HTTPConnection.send = half  # type: ignore[method-assign]


def sent(number: int) -> None:
    """The centre has it, the answer has not been looked at."""
    from urllib3.connection import HTTPConnection

    step = _nth(number)
    send, get = HTTPConnection.send, HTTPConnection.getresponse

    def note(connection: Any, data: Any) -> None:
        connection.commanded = isinstance(data, bytes) and data.startswith(b'{"key"')
        send(connection, data)

    def answer(connection: Any) -> Any:
        found = get(connection)
        if getattr(connection, "commanded", False):
            connection.commanded = False
            step()
        return found

    HTTPConnection.send = note  # type: ignore[method-assign]
    HTTPConnection.getresponse = answer  # type: ignore[method-assign]


def answered(number: int) -> None:
    """The answer is known, it is not on the disk."""
    _around(Outbox, "mark", number, _marks(Tick.COMMITTED), after=False)


def recorded(number: int) -> None:
    """The answer is on the disk, the operator does not know it."""
    _around(Outbox, "mark", number, _marks(Tick.COMMITTED), after=True)


def before_held(number: int) -> None:
    """It is an old order and the centre does not know it; that it has to wait is not on the disk."""
    _around(Outbox, "mark", number, _marks(Tick.HELD), after=False)


def held(number: int) -> None:
    """It waits for the operator's word."""
    _around(Outbox, "mark", number, _marks(Tick.HELD), after=True)


def before_release(number: int) -> None:
    """The operator has said that it shall go; nothing is on the disk."""
    _around(Sender, "release", number, _always, after=False)


def released(number: int) -> None:
    """That it shall go is on the disk."""
    _around(Outbox, "mark", number, _marks(Tick.STORED), after=True)


def asking(number: int) -> None:
    """The centre is being asked what it knows of old commands."""
    _around(Api, "status", number, _always, after=False)


def asked(number: int) -> None:
    """The centre has told, nothing has been done about it."""
    _around(Api, "status", number, _always, after=True)


POINTS: Mapping[str, Callable[[int], None]] = {
    "before-store": before_store,
    "stored": stored,
    "half-sent": half_sent,
    "sent": sent,
    "answered": answered,
    "recorded": recorded,
    "before-held": before_held,
    "held": held,
    "before-release": before_release,
    "released": released,
    "asking": asking,
    "asked": asked,
}

OLD = frozenset({"before-held", "held", "before-release", "released"})
"""Points that only an order that waited too long comes by."""
