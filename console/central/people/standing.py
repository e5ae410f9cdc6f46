"""Whether somebody who came in may still be there: read anew every few seconds, not at every request."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from console.central.database import Database
from console.central.people import person
from console.central.people.person import Person, person_of
from console.central.people.tables import sessions
from console.central.people.tokens import Access

FRESH_S = 2.0
"""Real seconds for which what was read is believed: so long somebody who was put out may go on."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    person: Person | None
    read_at: float


class Standing:
    """What this process knows of people; safe to use from several threads. `find` blocks."""

    def __init__(self, database: Database, elapsed_s: Callable[[], float] = time.monotonic) -> None:
        """Of this database."""
        self._database = database
        self._elapsed_s = elapsed_s
        self._lock = threading.Lock()
        self._known: dict[Access, _Known] = {}

    def fresh(self, access: Access) -> Person | bool | None:
        """What is known without asking: the person, None for one who is out, False when it must be asked."""
        with self._lock:
            known = self._known.get(access)
        if known is None or self._elapsed_s() - known.read_at > FRESH_S:
            return False
        return known.person

    def find(self, access: Access) -> Person | None:
        """The person of a session that stands, None for anybody else."""
        began = self._elapsed_s()
        found = self._read(access)
        with self._lock:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[access] = _Known(found, began)
        return found

    def forget(self) -> None:
        """Read everybody anew: this process has just changed something about people."""
        with self._lock:
            self._known.clear()

    def _read(self, access: Access) -> Person | None:
        with self._database.reading() as connection:
            query = select(sessions.c.ended, sessions.c.login)
            session = connection.execute(query.where(sessions.c.id == access.session)).one_or_none()
            if session is None or session.ended is not None or session.login != access.login:
                return None
            row = person.find(connection, access.login)
        return None if row is None or row.disabled else person_of(row)
