"""Central APIs that are wrong on purpose: the suite must catch every one of them."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

LATE_S = 0.05
"""Seconds between a premature answer and its commit."""


def reply_before_commit() -> None:
    """Acknowledges a command, and commits it a little later."""
    from console.central.answers import AnswerBook
    from console.central.centre import Centre
    from console.central.writer import Order, Writer

    def submit(writer: Writer, orders: Sequence[Order], tell: Callable[[Any], None]) -> None:
        with writer.transaction() as ledger:
            book = AnswerBook(ledger.connection, [order.envelope.key for order in orders])
            given = [writer._answer(ledger, book, order) for order in orders]
            book.flush()
            tell(given)
            time.sleep(LATE_S)

    async def early(centre: Centre, orders: Sequence[Order]) -> Any:
        loop = asyncio.get_running_loop()
        told = loop.create_future()

        def tell(given: Any) -> None:
            loop.call_soon_threadsafe(lambda: told.done() or told.set_result(given))

        work = asyncio.create_task(centre.write(lambda: submit(centre.writer, orders, tell)))
        done, _ = await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        if work in done:
            work.result()
        return await told

    Centre.submit = early  # type: ignore[method-assign,assignment]


def no_idempotency() -> None:
    """Keeps no answers: a retry is a new command."""
    from console.central.answers import AnswerBook

    AnswerBook.recall = lambda *_: None  # type: ignore[method-assign,assignment]
    AnswerBook.keep = lambda *_: None  # type: ignore[method-assign,assignment]


def answers_apart() -> None:
    """Keeps the answers in a transaction of their own, behind that of the events."""
    from console.central.answers import AnswerBook
    from console.central.writer import Order, Writer

    def submit(writer: Writer, orders: Sequence[Order]) -> Any:
        with writer.transaction() as ledger:
            book = AnswerBook(ledger.connection, [order.envelope.key for order in orders])
            given = [writer._answer(ledger, book, order) for order in orders]
        time.sleep(LATE_S)
        with writer._database.writing() as connection:
            book._connection = connection
            book.flush()
        return given

    Writer.submit = submit  # type: ignore[method-assign]


def bare_sequence() -> None:
    """Takes revs from a sequence that does not go back with a transaction that comes to nothing."""
    from console.central.ledger import Ledger

    begin = Ledger.__init__
    last = [0]

    def burn(ledger: Ledger, *arguments: Any) -> None:
        begin(ledger, *arguments)
        last[0] = max(last[0], ledger.head.rev)
        ledger.head = replace(ledger.head, rev=last[0])
        last[0] += 1

    Ledger.__init__ = burn  # type: ignore[method-assign]


def no_expectation() -> None:
    """Looks at no expectation."""
    from console.central import expectation

    expectation.check = lambda *_: None


def expectation_outside() -> None:
    """Looks at the expectations in a transaction before the one that commits."""
    from console.central import expectation
    from console.central.centre import Centre
    from console.central.ledger import Ledger
    from console.central.writer import Order
    from console.wire.commands import Answer

    check = expectation.check
    expectation.check = lambda *_: None
    submit = Centre.submit

    async def late(centre: Centre, orders: Sequence[Order]) -> Any:
        def look() -> Any:
            with centre.database.writing() as connection:
                now = centre.clock.server_now()
                ledger = Ledger(connection, centre.epoch, centre.city.tz, now)
                try:
                    for order in orders:
                        check(ledger, order.envelope.expect)
                except expectation.Mismatch as found:
                    return found
            return None

        found = await centre.write(look)
        if found is None:
            await asyncio.sleep(LATE_S)
            return await submit(centre, orders)
        told = {"problem": "expectation", "current": found.current}
        return [Answer(key=order.envelope.key, status=412, **told) for order in orders]

    Centre.submit = late  # type: ignore[method-assign]


def events_apart() -> None:
    """Moves the head on in a transaction before that of the events: a death between leaves a gap."""
    from sqlalchemy import update

    from console.central.ledger import Ledger
    from console.central.tables import counter, events
    from console.central.writer import Writer

    whole = Writer.transaction

    @contextmanager
    def apart(writer: Writer) -> Iterator[Ledger]:
        with whole(writer) as ledger:
            yield ledger
        if ledger.events:
            # As if rows and head had been committed first, and the log behind them.
            from console.central.ledger import _row

            rows = [_row(event) for event in ledger.events]
            with writer._database.writing() as connection:
                connection.execute(events.delete().where(events.c.rev >= rows[0]["rev"]))
                connection.execute(update(counter).values(rev=counter.c.rev))
            time.sleep(LATE_S)
            with writer._database.writing() as connection:
                connection.execute(events.insert(), rows)

    Writer.transaction = apart  # type: ignore[method-assign]


def publish_before_commit() -> None:
    """Shows events to those who listen while the transaction that makes them is still open."""
    from console.central.ledger import Ledger
    from console.central.writer import Writer

    finish = Ledger.finish
    publish: list[Callable[[Any], None]] = []
    begin = Writer.__init__

    def started(writer: Writer, *arguments: Any) -> None:
        *others, tell = arguments
        publish.append(tell)
        begin(writer, *others, lambda _events: None)

    def early(ledger: Ledger) -> None:
        finish(ledger)
        if ledger.events:
            publish[-1](ledger.events)
            time.sleep(LATE_S)

    Writer.__init__ = started  # type: ignore[method-assign]
    Ledger.finish = early  # type: ignore[method-assign]


def migration_in_pieces() -> None:
    """Commits after every statement of a migration."""
    from sqlalchemy import Connection

    from console.central import migrate

    whole = migrate.upgrade

    def upgrade(connection: Connection, known: str | None) -> None:
        execute = connection.execute

        def piecewise(*arguments: Any, **more: Any) -> Any:
            found = execute(*arguments, **more)
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.commit()
            return found

        connection.execute = piecewise  # type: ignore[method-assign]
        try:
            whole(connection, known)
        finally:
            del connection.execute

    migrate.upgrade = upgrade


def forgets_on_full_disk() -> None:
    """Answers as if nothing were wrong when the disk takes no more."""
    from sqlalchemy.exc import OperationalError

    from console.central.answers import AnswerBook
    from console.central.writer import Order, Writer
    from console.wire.commands import Answer

    whole = Writer.submit

    def submit(writer: Writer, orders: Sequence[Order]) -> Any:
        try:
            return whole(writer, orders)
        except OperationalError:
            return [
                Answer(key=order.envelope.key, status=201, first_rev=1, rev=1) for order in orders
            ]

    assert AnswerBook
    Writer.submit = submit  # type: ignore[method-assign]


def begins_anew() -> None:
    """Throws a damaged database away and begins another one."""
    from console.central.database import Database, Identity
    from console.central.failure import StartFailure
    from console.central.sqlite import SQLite

    whole = Database.open

    def open_somehow(database: Database, city: str) -> Identity:
        try:
            return whole(database, city)
        except StartFailure:
            assert isinstance(database.store, SQLite)
            for end in ("", "-wal", "-shm"):
                file = database.store.file
                file.with_name(file.name + end).unlink(missing_ok=True)
            return whole(database, city)

    Database.open = open_somehow  # type: ignore[method-assign]


def trusts_its_numbers() -> None:
    """Takes whatever stands in a query for a number."""
    from console.central.routes import reading

    def number(request: Any, name: str, default: int | None = None) -> int:
        return int(request.query_params.get(name, default))

    reading.number = number  # type: ignore[attr-defined]


def says_another_thing() -> None:
    """Answers in a shape that its own document does not know."""
    from console.central.routes import reading

    whole = reading.json_response  # type: ignore[attr-defined]

    def reshaped(value: Any, *more: Any) -> Any:
        return whole({"result": value} if isinstance(value, list) else [value], *more)

    reading.json_response = reshaped  # type: ignore[attr-defined]


def ids_of_32_bits() -> None:
    """Keeps the rev in the stream's ids in a signed number of 32 bits."""
    from console.central import centre, tail
    from console.central.sse import event_frame
    from console.domain.event import Event

    def wrapped(event: Event) -> bytes:
        number = (event.rev + 2**31) % 2**32 - 2**31
        return event_frame(event).replace(f":{event.rev}\n".encode(), f":{number}\n".encode(), 1)

    centre.event_frame = wrapped  # type: ignore[attr-defined]
    tail.event_frame = wrapped  # type: ignore[attr-defined]


VARIANTS: Mapping[str, Callable[[], None]] = {
    "reply-before-commit": reply_before_commit,
    "publish-before-commit": publish_before_commit,
    "no-idempotency": no_idempotency,
    "answers-apart": answers_apart,
    "bare-sequence": bare_sequence,
    "no-expectation": no_expectation,
    "expectation-outside": expectation_outside,
    "events-apart": events_apart,
    "migration-in-pieces": migration_in_pieces,
    "forgets-on-full-disk": forgets_on_full_disk,
    "begins-anew": begins_anew,
    "ids-of-32-bits": ids_of_32_bits,
    "trusts-its-numbers": trusts_its_numbers,
    "says-another-thing": says_another_thing,
}
