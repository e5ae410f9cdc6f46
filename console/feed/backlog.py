"""The day up to now, rehearsed offline and put into an order that the centre can take at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from console.domain.case import TERMINAL
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Holidays, WorkTime
from console.domain.command import SetDuty
from console.domain.role import Role
from console.field.driver import Driver
from console.field.ids import new_id
from console.field.offline import Offline
from console.field.rehearsal import rehearse
from console.field.roster import Roster
from console.store.picture import Picture
from console.store.scene import Locate
from console.wire.commands import Answer, Envelope, wrap
from console.wire.frames import DayVolumes

Chain = tuple[Envelope, ...]
"""All commands about one case, in order; sent together no timer falls between those of one role."""


RECENT = timedelta(hours=2, minutes=30)
"""Cases received since then are there when the city begins to live, older ones soon after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What happened before the feed goes live.

    `going` are the cases of the last hours still in hand, and every case with hands that are off
    duty by now: those are put on duty before and off again after. `late` is what may come in while
    the city lives already: older cases in hand first, then calls answered and cases closed.
    `roles` says by key who gave a command where it was not the field.
    """

    going: Sequence[Chain]
    late: Sequence[Chain]
    roles: Mapping[str, Role]


def present(city: City, roster: Roster, at: datetime, seed: int) -> list[Envelope]:
    """Everybody whose turn it is comes on duty, at the moment the turn began."""
    found = []
    for worker in sorted(city.workers.values(), key=lambda worker: worker.id):
        began = roster.began(worker, at)
        if began is not None:
            found.append(_duty(worker.id, True, began, seed))
    return found


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
    roles: dict[str, Role] = {}

    def hear(envelope: Envelope, answer: Answer) -> None:
        if answer.committed:
            heard.append(envelope)
            if envelope.key in driver.roles:
                roles[envelope.key] = driver.roles[envelope.key]

    rehearse(driver, centre, midnight, until, hear)
    there = {w.id for w in city.workers.values() if driver.roster.on_duty(w, until)}
    going, late = _sorted(heard, picture, there, midnight, until, seed)
    return Backlog(going=going, late=late, roles=roles)


def _sorted(
    heard: Iterable[Envelope],
    picture: Picture,
    there: Set[str],
    midnight: datetime,
    until: datetime,
    seed: int,
) -> tuple[list[Chain], list[Chain]]:
    """What has to be there at once, and what may come late."""
    chains: dict[str, list[Envelope]] = defaultdict(list)
    case_of: dict[str, str] = {}
    hands: set[str] = set()
    for envelope in heard:
        if envelope.type == "set_duty":
            continue
        body = envelope.body
        case = body.get("case") or case_of[body["assignment"]]
        if "assignment" in body:
            case_of[body["assignment"]] = case
        if body.get("worker"):
            hands.add(body["worker"])
        chains[case].append(envelope)
    gone = hands - there
    recent, older, over = _by_urgency(chains, picture, gone, until)
    came = [(_duty(worker, True, midnight, seed),) for worker in sorted(gone)]
    left = [(_duty(worker, False, until, seed),) for worker in sorted(gone)]
    return [*came, *recent, *left], [*older, *over]


def _by_urgency(
    chains: Mapping[str, Sequence[Envelope]], picture: Picture, gone: Set[str], until: datetime
) -> tuple[list[Chain], list[Chain], list[Chain]]:
    """What has to be there at once, older cases in hand, and what is over."""
    recent: list[Chain] = []
    older: list[Chain] = []
    over: list[Chain] = []
    for case_id, chain in chains.items():
        case = picture.cases.get(case_id)
        if any(envelope.body.get("worker") in gone for envelope in chain):
            recent.append(tuple(chain))
        elif case is None or case.state in TERMINAL:
            over.append(tuple(chain))
        elif case.received_at >= until - RECENT or case.urgency is Urgency.URGENT:
            recent.append(tuple(chain))
        else:
            older.append(tuple(chain))
    return recent, older, over


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
