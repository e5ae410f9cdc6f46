"""The day up to now, rehearsed offline and put into an order that the centre can take at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from console.domain.case import TERMINAL
from console.domain.city import City
from console.domain.clock import Holidays, WorkTime
from console.domain.command import SetDuty
from console.domain.role import Role
from console.field.driver import Driver
from console.field.ids import new_id
from console.field.offline import Locate, Offline
from console.field.rehearsal import rehearse
from console.store.picture import Picture
from console.wire.commands import Answer, Envelope, wrap
from console.wire.frames import DayVolumes

Chain = tuple[Envelope, ...]
"""All commands about one case, in order; sent together no timer can fall between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What happened before the feed goes live.

    `on_duty` before all cases, `going` those still in hand, `off_duty` after them; `over` are
    calls answered and cases closed, which may come in late.
    """

    on_duty: Sequence[Envelope]
    going: Sequence[Chain]
    off_duty: Sequence[Envelope]
    over: Sequence[Chain]

    def first(self) -> list[Chain]:
        """What has to be in before the city lives."""
        return [*((e,) for e in self.on_duty), *self.going, *((e,) for e in self.off_duty)]


def backlog_of(
    city: City, driver: Driver, locate: Locate, holidays: Holidays, until: datetime, seed: int
) -> Backlog:
    """Let the local day pass from midnight to `until` (UTC)."""
    local = until.astimezone(city.tz)
    midnight = datetime.combine(local.date(), time(), city.tz).astimezone(UTC)
    picture = Picture(tz=city.tz, day=DayVolumes(day=local.date().isoformat()))
    work_time = WorkTime(city.calendar, city.tz, holidays)
    centre = Offline(city, work_time, locate, picture, Role.FIELD)
    heard: list[Envelope] = []

    def hear(envelope: Envelope, answer: Answer) -> None:
        if answer.committed:
            heard.append(envelope)

    rehearse(driver, centre, midnight, until, hear)
    return _sorted(heard, picture, until, seed)


def _sorted(heard: Iterable[Envelope], picture: Picture, until: datetime, seed: int) -> Backlog:
    chains: dict[str, list[Envelope]] = defaultdict(list)
    case_of: dict[str, str] = {}
    hands: set[str] = set()
    turns: dict[str, datetime] = {}
    for envelope in heard:
        if envelope.type == "set_duty":
            _note_turn(turns, envelope, until)
            continue
        body = envelope.body
        case = body.get("case") or case_of[body["assignment"]]
        if "assignment" in body:
            case_of[body["assignment"]] = case
        if body.get("worker"):
            hands.add(body["worker"])
        chains[case].append(envelope)
    going: list[Chain] = []
    over: list[Chain] = []
    for case, chain in chains.items():
        known = picture.cases.get(case)
        ended = known is None or known.state in TERMINAL
        (over if ended else going).append(tuple(chain))
    there = {worker for worker, duty in picture.workers.items() if duty.on_duty}
    return Backlog(
        on_duty=[_duty(w, True, turns.get(w, until), seed) for w in sorted(there | hands)],
        going=going,
        off_duty=[_duty(w, False, until, seed) for w in sorted(hands - there)],
        over=over,
    )


def _note_turn(turns: dict[str, datetime], envelope: Envelope, until: datetime) -> None:
    """The last beginning of a turn; earlier ones of the day are of no use any more."""
    if envelope.body["on_duty"]:
        turns[envelope.body["worker"]] = envelope.occurred_at or until


def _duty(worker: str, on_duty: bool, at: datetime, seed: int) -> Envelope:
    key = new_id(seed, "backlog", "duty", worker, on_duty, at)
    return wrap(SetDuty(worker=worker, on_duty=on_duty), key, occurred_at=at)


def batches(chains: Iterable[Chain], size: int) -> Iterable[list[Envelope]]:
    """Whole chains, about `size` commands together."""
    batch: list[Envelope] = []
    for chain in chains:
        if batch and len(batch) + len(chain) > size:
            yield batch
            batch = []
        batch.extend(chain)
    if batch:
        yield batch
