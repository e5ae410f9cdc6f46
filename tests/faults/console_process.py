"""A console without a screen in a process of its own: the real outbox, sender and stream, and a journal.

    python -m tests.faults.console_process --api URL --outbox FILE --journal FILE --seat NAME
        [--die POINT:N] [--old] [--variant NAME] < GESTURES

Every gesture is an envelope, a JSON line. It ends when nothing waits any more, with exit code 0.
The journal is written by the system before anything goes on: it outlives the process.
"""

import argparse
import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from console.client import order_age
from console.client.api import Api
from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.wire.codec import decode, to_builtins
from console.wire.commands import Answer, Envelope
from console.wire.messages import Message, Tick
from tests.central_process import TOKEN
from tests.faults import console_points

PATIENCE_S = 60.0


class Journal:
    """What happened, a JSON line each; `at` is monotonic time, which all processes share."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def __call__(self, what: str, key: str, **more: Any) -> None:
        line = {"what": what, "key": key, "at": time.monotonic(), **more}
        os.write(self._file, json.dumps(line).encode() + b"\n")


class JournalApi(Api):
    """The way to the centre, with every sending in the journal."""

    journal: Journal

    def send(self, envelope: Envelope) -> Answer:
        return self._sent(envelope, envelope.key)

    def _sent(self, envelope: Envelope, intention: str) -> Answer:
        told = to_builtins(envelope)
        self.journal("sent", envelope.key, envelope=told, intention=intention)
        answer = super().send(envelope)
        self.journal("answered", envelope.key, answer=to_builtins(answer))
        return answer


def new_keys() -> None:
    """Broken on purpose: makes a key at each sending, not at the gesture."""
    plain = JournalApi._sent

    def send(api: JournalApi, envelope: Envelope) -> Answer:
        other = replace(envelope, key=uuid.uuid4().hex)
        return replace(plain(api, other, envelope.key), key=envelope.key)

    JournalApi.send = send  # type: ignore[method-assign]


def stores_late() -> None:
    """Broken on purpose: tells the operator that it is stored, and stores it a little later."""
    put = Outbox.put

    def late(outbox: Outbox, *arguments: Any) -> None:
        threading.Timer(0.1, put, (outbox, *arguments)).start()

    Outbox.put = late  # type: ignore[method-assign]


def marks_early() -> None:
    """Broken on purpose: takes a command for done when it goes out."""
    send = JournalApi.send

    def early(api: JournalApi, envelope: Envelope) -> Answer:
        JournalApi.outbox.mark(envelope.key, Tick.COMMITTED)  # type: ignore[attr-defined]
        return send(api, envelope)

    JournalApi.send = early  # type: ignore[method-assign]


def sends_held() -> None:
    """Broken on purpose: after a restart old orders go by themselves."""
    order_age.OrderAge.is_stale = lambda *_: False  # type: ignore[method-assign]
    with_tick = Outbox.with_tick

    def both(outbox: Outbox, tick: Tick) -> Any:
        if tick is Tick.STORED:
            return with_tick(outbox, Tick.HELD) + with_tick(outbox, tick)
        return [] if tick is Tick.HELD else with_tick(outbox, tick)

    Outbox.with_tick = both  # type: ignore[method-assign]


VARIANTS: Mapping[str, Callable[[], None]] = {
    "new-keys": new_keys,
    "stores-late": stores_late,
    "marks-early": marks_early,
    "sends-held": sends_held,
}


def main() -> int:
    """Give the orders that are told, then see all of them through."""
    options = _parser().parse_args()
    journal = JournalApi.journal = Journal(options.journal)
    if options.old:
        order_age.STALE_ORDER = timedelta(0)
    if options.variant:
        VARIANTS[options.variant]()
    _journal_outbox(journal)
    if options.die:
        point, _, number = options.die.partition(":")
        console_points.POINTS[point](int(number))
    outbox = Outbox(options.outbox)
    JournalApi.outbox = outbox  # type: ignore[attr-defined]
    link = LiveLink(JournalApi(options.api, TOKEN, options.seat, "dispatcher"), outbox, _heed)
    link.start()
    for line in sys.stdin:
        envelope = decode(line, Envelope)
        journal("gesture", envelope.key)
        link.submit(envelope)
        journal("shown", envelope.key)
    return 0 if _settle(link, journal) else 1


def _settle(link: LiveLink, journal: Journal) -> bool:
    """The operator confirms what is held, in order; whether everything came to its end."""
    end = time.monotonic() + PATIENCE_S
    while link.waiting() or link.held_count():
        for stored in link.held():
            journal("confirmed", stored.envelope.key)
            link.release(stored.envelope.key)
        if time.monotonic() > end:
            return False
        threading.Event().wait(0.01)
    link.stop()
    return True


def _heed(_message: Message) -> None:
    """Nobody looks at the picture here."""


def _journal_outbox(journal: Journal) -> None:
    """What comes to stand on the disk is in the journal right behind it."""
    put, mark = Outbox.put, Outbox.mark

    def putting(outbox: Outbox, envelope: Envelope, *more: Any) -> None:
        put(outbox, envelope, *more)
        journal("stored", envelope.key)

    def marking(outbox: Outbox, key: str, tick: Tick, *more: Any) -> None:
        mark(outbox, key, tick, *more)
        journal("marked", key, tick=tick.value)

    Outbox.put = putting  # type: ignore[method-assign]
    Outbox.mark = marking  # type: ignore[method-assign]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.console_process")
    parser.add_argument("--api", required=True)
    parser.add_argument("--outbox", type=Path, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--seat", required=True)
    parser.add_argument("--die", metavar="POINT:N", help=f"one of {sorted(console_points.POINTS)}")
    parser.add_argument("--old", action="store_true", help="every order is old at once")
    parser.add_argument("--variant", choices=sorted(VARIANTS))
    return parser


if __name__ == "__main__":
    sys.exit(main())
