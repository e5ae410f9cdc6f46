"""`kill -9` of a console in each state of its outbox: nothing stored is lost, nothing is sent twice."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from console.domain.case import Channel
from console.domain.command import Accept, Dispatch, Private, Recall, Remind
from console.wire.codec import encode
from console.wire.commands import Envelope, wrap
from tests.builders import RUBBISH, TOWN
from tests.central_process import PATIENCE_S, ROOT
from tests.faults.acts import SECRET
from tests.faults.checker import check
from tests.faults.console_points import OLD, POINTS
from tests.faults.consoles import IN_EAST
from tests.faults.evidence import Evidence
from tests.faults.history import Entry, Outcome
from tests.faults.living import Cities, City, until
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

RUNS = 40
"""Runs of one city."""

Line = dict[str, Any]
"""One line of a console's journal."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A console that is started again and again on the same outbox."""

    city: City
    name: str
    variant: str = ""
    always: bool = True
    """Whether it is a broken one from the start, or only when it comes back after the death."""

    @property
    def outbox(self) -> Path:
        return self.city.folder / f"{self.name}.db"

    @property
    def journal(self) -> Path:
        return self.city.folder / f"{self.name}.journal"

    def live(self, gestures: Sequence[Envelope], *options: str, kill_s: float | None = None) -> int:
        """One life, until it ends or kills itself; or is killed so many seconds after it has begun. The exit code."""
        command = [sys.executable, "-m", "tests.faults.console_process", *options]
        command += ["--api", self.city.url, "--outbox", str(self.outbox)]
        command += ["--journal", str(self.journal), "--seat", self.name]
        if self.variant and (self.always or not gestures):
            command += ["--variant", self.variant]
        with (self.city.folder / f"{self.name}.stderr").open("ab") as errors:
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=errors, stderr=errors
            )
        assert process.stdin is not None
        before = self._size()
        given = b"".join(encode(gesture) + b"\n" for gesture in gestures)
        try:
            process.stdin.write(given)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it died before it had read all of it
        if kill_s is not None:
            until(time.monotonic() + 2, lambda: self._size() > before)
            threading.Event().wait(kill_s)
            process.kill()
        return process.wait(2 * PATIENCE_S)

    def _size(self) -> int:
        return self.journal.stat().st_size if self.journal.exists() else 0

    def lines(self) -> list[Line]:
        """The journal; a kill may have cut nothing in it, a line is one write."""
        if not self.journal.exists():
            return []
        return [json.loads(line) for line in self.journal.read_text("utf-8").splitlines()]

    def rows(self) -> dict[str, str]:
        """Key → tick, as it stands in the file."""
        with closing(sqlite3.connect(self.outbox)) as file:
            return dict(file.execute("SELECT key, tick FROM outbox"))


def killing(
    variant: str = "", points: Sequence[str] = (*sorted(POINTS), "random"), *, always: bool = True
) -> Campaign:
    """Consoles of one city, each killed at one of these points and started again."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        def make(number: int) -> City:
            city = City(folder / f"city-{number}", "sqlite")
            city.start()
            return city

        cities = Cities(make, RUNS)
        try:
            yield lambda seed: one_life(
                Seat(cities.now(), f"seat-{seed}", variant, always), seed, points
            )
        finally:
            cities.end()

    return opened


def one_life(seat: Seat, seed: int, points: Sequence[str]) -> Verdict:
    """Orders, a death among them, sometimes one more while it comes back; then everything must be well."""
    rnd = Random(seed)
    point = rnd.choice(points)
    gestures = _gestures(rnd)
    old = ("--old",) if point in OLD else ()
    if point == "random":
        seat.live(gestures, kill_s=rnd.random() * 0.3)
    else:
        number = 1 if point in ("asking", "asked") else rnd.randrange(1, 4)
        if point in ("asking", "asked"):
            # Only what was committed before is asked about when a console starts.
            seat.live(gestures[:2])
            gestures = gestures[2:]
        code = seat.live(gestures, "--die", f"{point}:{number}", *old)
        if code != -9:
            return Verdict((f"{point}:{number} was not deadly: {code}",))
    deaths = 1
    if rnd.random() < 0.3:
        deaths += 1
        seat.live((), *old, kill_s=rnd.random() * 0.2)
    code = seat.live((), *old)
    lies = [] if code == 0 else [f"it did not come to an end: {code}"]
    lies += judge(seat)
    return Verdict(tuple(f"{point}: {lie}" for lie in lies), {"deaths": deaths})


def _gestures(rnd: Random) -> list[Envelope]:
    """A case with an order for it, one taken back, one with a reminder: ten commands, each on those before."""
    found = []
    for then in rnd.sample(("recall", "remind", "nothing", "nothing"), 4):
        case, order, key = (f"{kind}-{rnd.getrandbits(64):016x}" for kind in "CAk")
        private = Private(citizen=SECRET, phone=SECRET, words=SECRET, address=SECRET)
        new = Accept(
            case=case,
            channel=Channel.PHONE,
            category=RUBBISH,
            position=IN_EAST,
            private=private,
            register=True,
        )
        found.append(wrap(new, key))
        expect: dict[str, Any] = {f"case:{case}": {"after": key}}
        found.append(wrap(Dispatch(case=case, assignment=order, unit=TOWN), f"{key}-d", expect))
        mine: dict[str, Any] = {f"assignment:{order}": {"after": f"{key}-d"}}
        if then == "recall":
            found.append(wrap(Recall(assignment=order, reason="undo"), f"{key}-r", mine))
        elif then == "remind":
            found.append(wrap(Remind(assignment=order), f"{key}-m", mine))
    return found


def judge(seat: Seat) -> tuple[str, ...]:
    """The log by the checker's rules, then what this console's own disk and journal say beside it."""
    lines = seat.lines()
    keys = {line["key"] for line in lines}
    events = seat.city.log()
    mine = {event["command_id"] for event in events if event["command_id"] in keys}
    others = frozenset(event["command_id"] for event in events) - mine
    entries = _entries(lines, seat.name)
    sent = others | {entry.key for entry in entries}
    lies = check(Evidence(entries, events, sent=sent))
    return (*lies, *_kept(lines, seat.rows(), mine), *_order(lines))


def _entries(lines: Sequence[Line], seat: str) -> list[Entry]:
    """The sendings as the checker knows them; one without an answer may have come to anything."""
    found: list[Entry] = []
    for line in lines:
        if line["what"] == "sent":
            intention, told = line["intention"], line["envelope"]
            found.append(Entry(len(found), seat, intention, line["key"], told, line["at"]))
        elif line["what"] == "answered":
            answer = line["answer"]
            last = max(e.number for e in found if e.key == line["key"])
            found[last] = _ended(found[last], line["at"], answer)
    return found


def _ended(entry: Entry, at: float, answer: Line) -> Entry:
    ok = answer["status"] in (200, 201)
    return replace(
        entry,
        ended=at,
        outcome=Outcome.OK if ok else Outcome.FAILED,
        status=answer["status"],
        first_rev=answer.get("first_rev"),
        rev=answer.get("rev"),
        problem=answer.get("problem") or "",
        current=answer.get("current") or {},
    )


def _kept(lines: Sequence[Line], rows: dict[str, str], mine: set[str]) -> Iterator[str]:
    """Nothing stored is lost: all that the operator was shown as stored is committed in the end."""
    shown = {line["key"] for line in lines if line["what"] in ("stored", "shown")}
    for key in sorted(shown):
        if key not in rows:
            yield f"{key} was shown as stored and is not in the outbox"
        elif rows[key] != "committed" or key not in mine:
            there = "is" if key in mine else "is not"
            yield f"{key} ends as {rows[key]} and {there} in the log"
    for key in sorted({line["key"] for line in lines if line["what"] == "sent"} - rows.keys()):
        yield f"{key} was sent without being stored"


def _order(lines: Sequence[Line]) -> Iterator[str]:
    """What is over is not sent again, and nothing goes while it waits for the operator's word."""
    state: dict[str, str] = defaultdict(str)
    for line in lines:
        key, what = line["key"], line["what"]
        if what == "marked":
            state[key] = line["tick"]
        elif what == "confirmed":
            state[key] = "confirmed"
        elif what == "sent" and state[key] in ("committed", "held"):
            yield f"{key} was sent though it was {state[key]}"


FAULTS = (
    Fault(
        name="kill-console",
        invariant="nothing stored is lost, nothing is sent twice",
        wanted=300,
        short=4,
        campaign=killing(),
        controls=(
            Control("new-keys", killing("new-keys", ("sent", "answered")), 3),
            Control("stores-late", killing("stores-late", ("stored",)), 3),
            Control("marks-early", killing("marks-early", ("half-sent",)), 3),
            Control("sends-held", killing("sends-held", ("held",), always=False), 3),
        ),
    ),
)
