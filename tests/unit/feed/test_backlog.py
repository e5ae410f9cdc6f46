"""The rehearsed morning can be taken in by a centre chain by chain."""

from collections.abc import Sequence
from functools import cache

from console.domain.case import TERMINAL
from console.domain.role import Role
from console.feed.backlog import RECENT, Backlog, backlog_of, batches, present
from console.field.chance import Chance
from console.field.offline import Offline
from console.field.roster import Roster
from console.wire.commands import Envelope
from tests.unit.field.rehearsing import CITY, driver, hour, locate, offline

UNTIL = hour(16.5)


@cache
def backlog() -> Backlog:
    rehearsed = driver(tag="backlog", expecting=False)
    return backlog_of(CITY, rehearsed, locate, lambda day: day.weekday() < 5, UNTIL, 1)


def tell(centre: Offline, part: Sequence[Envelope]) -> None:
    """Every command is committed in the role it was given in."""
    for envelope in part:
        [answer], _ = centre.send([envelope], UNTIL, backlog().roles.get(envelope.key))
        assert answer.committed, answer


def test_everything_is_committed_in_the_order_of_the_parts() -> None:
    centre = offline()
    duties = present(CITY, Roster(CITY, Chance(1)), UNTIL, 1)
    chains = [*((e,) for e in duties), *backlog().going, *backlog().late]
    for part in batches(chains, 250):
        tell(centre, part)
    picture = centre.picture
    assert any(case.state not in TERMINAL for case in picture.cases.values())
    assert sum(picture.day.calls) > 300
    roster = Roster(CITY, Chance(1))
    on_duty = {w for w, duty in picture.workers.items() if duty.on_duty}
    assert on_duty == {w.id for w in CITY.workers.values() if roster.on_duty(w, UNTIL)}


def test_first_come_recent_cases_in_hand_and_all_of_it_once() -> None:
    centre = offline()
    centre.send(present(CITY, Roster(CITY, Chance(1)), UNTIL, 1), UNTIL)
    there = {w for w, duty in centre.picture.workers.items() if duty.on_duty}
    for chain in backlog().going:
        tell(centre, chain)
    for case in centre.picture.cases.values():
        hands = {order.worker for order in centre.picture.orders_of(case.id)} - {None}
        recent = case.received_at >= UNTIL - RECENT or case.urgency == "urgent"
        assert (recent and case.state not in TERMINAL) or hands - there
    keys = [e.key for chain in (*backlog().going, *backlog().late) for e in chain]
    assert len(set(keys)) == len(keys)


def test_what_comes_late_needs_nobody_who_has_gone_home() -> None:
    roster = Roster(CITY, Chance(1))
    for chain in backlog().late:
        for envelope in chain:
            worker = envelope.body.get("worker")
            assert worker is None or roster.on_duty(CITY.workers[worker], UNTIL)


def test_rulings_are_told_as_those_who_gave_them() -> None:
    told = {e.key: e.type for chain in (*backlog().going, *backlog().late) for e in chain}
    rulings = {key for key, kind in told.items() if kind in ("rule_return", "rule_request")}
    assert rulings
    assert set(backlog().roles) == rulings
    assert Role.SHIFT_LEADER in backlog().roles.values()


def test_a_chain_is_never_cut() -> None:
    parts = list(batches(backlog().late, 40))
    firsts = {chain[0].key for chain in backlog().late}
    assert all(part[0].key in firsts for part in parts)
    assert sum(map(len, parts)) == sum(map(len, backlog().late))


def test_nothing_lies_in_the_future_and_versions_are_not_expected() -> None:
    for chain in (*backlog().going, *backlog().late):
        for envelope in chain:
            assert envelope.expect == {}
            assert envelope.occurred_at is not None
            assert envelope.occurred_at <= UNTIL


def test_the_same_morning_again_is_the_same_commands() -> None:
    rehearsed = driver(tag="backlog", expecting=False)
    again = backlog_of(CITY, rehearsed, locate, lambda day: day.weekday() < 5, UNTIL, 1)
    assert again == backlog()
