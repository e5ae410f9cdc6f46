"""Logs whose revs pass 2³¹ and end before 2⁵³: through both stores, snapshot, stream, JSON and the console's outbox."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import update

from console.central.database import Database
from console.central.ledger import begin_log
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import counter
from console.client.outbox import Outbox
from console.wire.messages import Tick
from tests.central_process import Listener
from tests.faults.aftermath import Sent
from tests.faults.consoles import Console, Operator
from tests.faults.living import City, until
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

PASSED = 2**31
LAST = 2**53 - 1
"""The greatest whole number that every reader of JSON knows exactly."""

ACTS = 40
PATIENCE_S = 30.0


def revs(*options: str, stores: Sequence[str] = ("sqlite", "postgresql")) -> Campaign:
    """A new log on each store that begins shortly before one of the two numbers."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        yield lambda seed: _one(folder / f"{seed:x}", seed, stores, options)

    return opened


def _one(folder: Path, seed: int, stores: Sequence[str], options: Sequence[str]) -> Verdict:
    shutil.rmtree(folder, ignore_errors=True)  # of an earlier run that failed
    rnd = Random(seed)
    lies: list[str] = []
    for store in stores:
        for number in (PASSED, LAST):
            start = number - rnd.randrange(8, 30)
            place = folder / f"{store}-{number}"
            told = _city(place, store, start, number, rnd, options)
            lies += [f"{store} from {start}: {lie}" for lie in told]
    if not lies:
        shutil.rmtree(folder)
    return Verdict(tuple(lies))


def _city(
    place: Path, store: str, start: int, number: int, rnd: Random, options: Sequence[str]
) -> list[str]:
    city = City(place, store, options=options)
    begin_at(_store_of(city), start)
    city.start()
    try:
        console = city.seat("seat-0")
        live = Listener(city.central, after=start)
        lies = list(_passes(city, console, live, start, number, rnd))
        live.close()
        lies += _restarted(city, start)
        return lies + _outbox_tells(place / "outboxes" / "seat-0.db", city)
    finally:
        city.close()


def _store_of(city: City) -> Store:
    if city.database is not None:
        return PostgreSQL(city.database)
    (city.folder / "central").mkdir(parents=True)
    return SQLite(city.folder / "central" / FILE_NAME)


def begin_at(store: Store, rev: int) -> None:
    """A database whose log has got as far as `rev`; what was before is archived elsewhere."""
    database = Database(store)
    database.open("000000")
    with database.writing() as connection:
        begin_log(connection, datetime.now(UTC))
        connection.execute(update(counter).values(rev=rev))
    database.close(clean=True)


def _passes(
    city: City, console: Console, live: Listener, start: int, number: int, rnd: Random
) -> Iterator[str]:
    """Orders beyond the number, or to the log's end, which refuses loudly."""
    operator = Operator(console, rnd)
    for _ in range(ACTS):
        operator.act()
        until(_soon(), lambda: not console.unsettled() or console.mark[0] >= LAST - 2)
    if number == LAST:
        yield from _ends(city)
    elif not until(_soon(), lambda: console.mark[0] > number + 5 and not console.unsettled()):
        yield f"the console stays at {console.mark[0]}, {console.unsettled()} have no answer"
    events = _log(city, start)
    found = [event["rev"] for event in events]
    if found != list(range(start + 1, start + 1 + len(found))) or not found:
        yield f"the log goes {found[:3]} … {found[-3:]}"
        return
    live.wait(lambda frame: frame.kind == "event" and frame.data["rev"] == found[-1])
    told = [(frame.id, frame.data["rev"]) for frame in live.frames if frame.kind == "event"]
    if told != [(f"{city.central.epoch}:{rev}", rev) for rev in found]:
        yield f"the stream's ids are {told[:2]} … {told[-2:]}"
    if not until(_soon(), lambda: console.mark == city.bookmark()):
        yield f"the console shows {console.mark}, the centre is at {city.bookmark()}"
    shown = [rev for rev, _ in console.streamed]
    if shown != found[-len(shown) :]:
        yield f"the console was shown {shown[:3]} … {shown[-3:]}"
    yield from _numbers(events)


def _soon() -> float:
    return time.monotonic() + PATIENCE_S


def _ends(city: City) -> Iterator[str]:
    """At its last rev the log takes nothing more, and says so."""
    sent = Sent(Random(1))
    for _ in range(ACTS):
        answer = sent.send(city.central)
        if answer.status_code == 503:
            if answer.json()["problem"] != "log-full":
                yield f"the log's end was not called by its name: {answer.text[:200]}"
            return
        if answer.status_code != 201 or answer.json()["rev"] > LAST:
            yield f"at the log's end: {answer.status_code} {answer.text[:200]}"
    yield "the log has no end"


def _log(city: City, start: int) -> list[dict[str, Any]]:
    answer = city.central.request("GET", f"/v1/log?from={start + 1}&to={start + 5000}")
    answer.raise_for_status()
    found: list[dict[str, Any]] = json.loads(answer.content, parse_float=str)
    return found


def _numbers(events: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A version is the rev of the entity's last change, whole and positive."""
    for event in events:
        version = event["entity_version"]
        if not isinstance(version, int) or version != event["rev"]:
            yield f"rev {event['rev']} made version {version}"


def _restarted(city: City, start: int) -> Iterator[str]:
    """After a start from the disk alone: the same rev, snapshot, tag, and a stream that goes on."""
    before = _log(city, start)
    last = before[-1]["rev"]
    city.kill()
    city.start()
    if _log(city, start)[: len(before)] != before:
        yield "another log after a restart"
    snapshot = city.central.request("GET", "/v1/snapshot")
    rev = snapshot.json()["rev"]
    if rev < last or snapshot.headers["ETag"] != f'"{city.central.epoch}:{rev}"':
        yield f"the snapshot is of {rev} {snapshot.headers['ETag']}, the log ended at {last}"
    again = Listener(city.central, after=last - 3)
    first = again.wait(lambda frame: frame.kind == "event")
    again.close()
    if first.data["rev"] != last - 2:
        yield f"the stream after {last - 3} goes on with {first.data['rev']}"
    ahead = city.central.request("GET", f"/v1/events?after={last + 10**6}")
    if (ahead.status_code, ahead.json().get("reason")) != (410, "ahead"):
        yield f"a reader from beyond the end was answered {ahead.text[:200]}"


def _outbox_tells(file: Path, city: City) -> list[str]:
    """What the console keeps of each answer is what the centre says."""
    for console in city.consoles:
        console.stop()
    city.consoles.clear()
    outbox = Outbox(file)
    kept = outbox.with_tick(Tick.COMMITTED)
    outbox.close()
    keys = [stored.envelope.key for stored in kept]
    body = {"keys": keys}
    answers = city.central.request("POST", "/v1/commands/status", json=body).json()["answers"]
    wrong = [
        f"the outbox has {stored.answer} for {answers[stored.envelope.key]}"
        for stored in kept
        if stored.answer is None or stored.answer.rev != answers[stored.envelope.key]["rev"]
    ]
    return wrong if kept else ["nothing was committed"]


FAULTS = (
    Fault(
        name="revs",
        invariant="2³¹ is a number like others; at 2⁵³ - 1 the log refuses by name; nothing wraps",
        wanted=6,
        short=1,
        campaign=revs(),
        controls=(
            Control("ids of 32 bits", revs("--variant", "ids-of-32-bits", stores=("sqlite",)), 1),
        ),
    ),
)
