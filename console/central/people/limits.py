"""Growing delay instead of lock-out: what is tried too often has to wait, twice as long each time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from console.central.people.tables import attempts
from console.central.problems import Problem

FREE = 5
"""Tries before the first wait."""

LONGEST = timedelta(seconds=60)
"""Nobody waits longer: a lock-out would let a stranger lock a dispatcher out."""

FORGOTTEN = timedelta(minutes=15)
"""Quiet time after which the count begins anew."""


def delay(tries: int, free: int = FREE) -> timedelta:
    """The wait after so many tries: none, then 1, 2, 4 … seconds."""
    if tries < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(tries - free, 16)), LONGEST)


def check(connection: Connection, who: str, now: datetime) -> None:
    """Raises `Problem` 429 while `who` has to wait; `now` is server time."""
    row = connection.execute(select(attempts).where(attempts.c.who == who)).one_or_none()
    if row is None or row.next <= now:
        return
    seconds = -(-(row.next - now) // timedelta(seconds=1))
    detail = f"too many tries; the next is heard in {seconds} s"
    raise Problem(429, "slow-down", detail, headers={"Retry-After": str(seconds)})


def count(connection: Connection, who: str, now: datetime, free: int = FREE) -> None:
    """Note a try of `who`: one that may fail, or one of a thing that must not be done often."""
    row = _locked(connection, who) or _begun(connection, who, now)
    tries = 1 if now - row.last > FORGOTTEN else row.tries + 1
    values = {"tries": tries, "last": now, "next": now + delay(tries, free)}
    connection.execute(update(attempts).where(attempts.c.who == who).values(values))


def _locked(connection: Connection, who: str) -> Any:
    query = select(attempts).where(attempts.c.who == who).with_for_update()
    return connection.execute(query).one_or_none()


def _begun(connection: Connection, who: str, now: datetime) -> Any:
    """The row of a first try; what has been quiet for long makes room for it."""
    forget_old(connection, now)
    row = {"who": who, "tries": 0, "last": now, "next": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(attempts), row)
    except IntegrityError:
        pass  # another process was a moment earlier
    return _locked(connection, who)


def forget(connection: Connection, who: str) -> None:
    """It went well."""
    connection.execute(delete(attempts).where(attempts.c.who == who))


def forget_old(connection: Connection, now: datetime) -> None:
    """Drop what has been quiet for long."""
    connection.execute(delete(attempts).where(attempts.c.last < now - FORGOTTEN))
