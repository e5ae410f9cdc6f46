"""A city lives by itself, and goes on identically after its driver was killed."""

from collections import Counter
from datetime import datetime, timedelta

from console.domain.case import TERMINAL, CaseState
from console.domain.command import JudgeReply, Supervise
from console.domain.event import Event
from console.domain.role import Role
from console.field.driver import Driver
from console.field.offline import Offline
from console.field.rehearsal import rehearse
from console.wire.codec import to_builtins
from console.wire.commands import Answer, Envelope, unwrap, wrap
from tests.unit.field.rehearsing import CITY, DAY, calls, driver, hour, offline


def lived(until: float) -> tuple[Offline, list[tuple[Envelope, Answer]]]:
    centre, heard = offline(), []
    rehearse(driver(), centre, hour(0), hour(until), lambda e, a: heard.append((e, a)))
    return centre, heard


def test_a_day_is_lived_without_breaking_a_rule() -> None:
    centre, heard = lived(24)
    refused = [(e.type, a.problem) for e, a in heard if not a.committed]
    # A helper may be gone between plan and act; nothing else is refused.
    assert len(refused) < 0.005 * len(heard), Counter(refused)
    kinds = Counter(event.type for event in centre.take())
    assert kinds["case.received"] == len(calls(DAY))
    assert kinds["case.dispatched"] > 0.9 * (kinds["case.received"] - kinds["case.answered"])
    assert kinds["case.closed"] > 50
    for kind in (
        "assignment.escalated",
        "assignment.overdue",
        "case.return_asked",
    ):
        assert kinds[kind] > 0, kind


def test_events_follow_the_order_of_time() -> None:
    centre, _ = lived(12)
    moments = [event.at for event in centre.take()]
    assert moments == sorted(moments)


def test_a_killed_driver_goes_on_identically() -> None:
    whole, _ = lived(14)
    killed, _ = lived(10.37)
    rehearse_on(killed, hour(10.37), hour(14))
    assert told(killed) == told(whole)
    assert killed.picture.digest == whole.picture.digest


def rehearse_on(centre: Offline, start: datetime, end: datetime) -> None:
    """With a new driver that knows only the picture."""
    rehearse(driver(), centre, start, end, lambda e, a: None)


def told(centre: Offline) -> list[object]:
    return [to_builtins(event) for event in centre.take()]


def test_a_driver_that_starts_late_makes_up_for_half_an_hour_of_calls() -> None:
    centre, fresh = offline(), driver()
    fresh.restart(centre.picture, hour(12))
    due = fresh.due(hour(12), limit=10_000)
    opened = [e.occurred_at for e in due if e.type == "accept"]
    assert opened
    assert min(opened) >= hour(11.5)
    assert max(opened) <= hour(12)


def test_a_call_has_the_same_key_whenever_it_is_told() -> None:
    first, second = (keys(driver(tag=tag)) for tag in ("live", "backlog"))
    assert first == second


def keys(one: Driver) -> list[str]:
    one.restart(offline().picture, hour(8), since=hour(7))
    return [e.key for e in one.due(hour(8), 10_000) if e.type == "accept"]


def test_commands_expect_the_version_that_was_seen() -> None:
    centre, one = offline(), driver()
    step(centre, one, hour(9))
    found = [e for e in one.due(hour(10), 500) if e.type in ("dispatch", "register")]
    assert found
    for envelope in found:
        case_id = envelope.body["case"]
        assert envelope.expect == {f"case:{case_id}": centre.picture.cases[case_id].version}


def step(centre: Offline, one: Driver, now: datetime) -> None:
    one.restart(centre.picture, now, since=now - timedelta(hours=4))
    _, changes = centre.send(one.due(now, 500), now)
    one.note(changes, now)


def test_a_refused_command_is_tried_a_few_times_and_then_left_alone() -> None:
    centre, one = offline(), driver()
    step(centre, one, hour(9))
    tried: Counter[str] = Counter()
    used: set[str] = set()
    now = hour(9)
    for _ in range(200):
        now += timedelta(minutes=1)
        batch = [e for e in one.due(now, 500) if e.type == "dispatch"]
        for envelope in batch:
            tried[envelope.body["case"]] += 1
            assert envelope.key not in used
            used.add(envelope.key)
        one.answered([Answer(key=e.key, status=422, problem="conflict") for e in batch], now)
    assert tried
    assert set(tried.values()) == {3}


def test_a_case_somebody_else_has_dispatched_is_not_dispatched_again() -> None:
    centre, one = offline(), driver()
    step(centre, one, hour(9))
    waiting = [c for c in centre.picture.cases.values() if c.state is CaseState.REGISTERED]
    assert waiting
    other = driver(seed=99, expecting=False)
    other.restart(centre.picture, hour(10))
    orders = [e for e in other.due(hour(10), 5000) if e.type == "dispatch"]
    answers, changes = centre.send(orders, hour(10))
    one.note(changes, hour(10))
    taken = {e.body["case"] for e, a in zip(orders, answers, strict=True) if a.committed}
    mine = {e.body["case"] for e in one.due(hour(10.1), 5000) if e.type == "dispatch"}
    assert taken
    assert not mine & taken


def test_workers_come_on_duty_and_stay_while_they_have_work() -> None:
    centre, _ = lived(16)
    on_duty = [w for w, duty in centre.picture.workers.items() if duty.on_duty]
    evening = {w.id for w in CITY.workers.values() if w.shift == "evening"}
    assert len(set(on_duty) & evening) > 0.8 * len(evening)
    for worker in set(on_duty) - evening:
        assert centre.picture.load_of_worker(worker) > 0


def test_the_next_days_calls_are_drawn_at_midnight() -> None:
    centre, one = offline(), driver()
    one.restart(centre.picture, hour(23.9), since=hour(23.9))
    late = one.due(hour(24.5), 10_000)
    days = {e.occurred_at.astimezone(CITY.tz).date() for e in late if e.occurred_at}
    assert len(days) == 2


def decisions(**more: object) -> Counter[str]:
    centre = offline()
    rehearse(driver(share=0, **more), centre, hour(0), hour(14), lambda *_: None)
    return Counter(event.type for event in centre.take())


def test_what_a_role_may_not_do_here_is_left_to_people() -> None:
    assert decisions()["case.returned"] > 0
    left = decisions(absent={Role.SHIFT_LEADER})
    assert left["case.return_asked"] > 0
    assert left["case.returned"] == left["case.return_refused"] == 0


def test_commands_of_those_above_name_their_role() -> None:
    centre, one, roles = offline(), driver(share=0), Counter[tuple[str, Role | None]]()

    def heard(envelope: Envelope, _: Answer) -> None:
        roles[envelope.type, one.roles.get(envelope.key)] += 1

    rehearse(one, centre, hour(0), hour(14), heard)
    assert {kind for kind, role in roles if role is not None} == {"rule_return"}
    assert roles["rule_return", Role.SHIFT_LEADER] > 0
    assert roles["rule_return", None] == 0
    assert one.roles == {}


def test_the_unit_of_a_supervised_case_replies_and_replies_again() -> None:
    centre, one = offline(), driver(share=0)
    rehearse(one, centre, hour(0), hour(10), lambda *_: None)
    case = next(c for c in centre.picture.cases.values() if c.state is CaseState.DISPATCHED)
    above(centre, Supervise(case=case.id, words="请从速"), hour(10))
    rehearse(one, centre, hour(10), hour(15), lambda *_: None)
    above(centre, JudgeReply(case=case.id, accepted=False, words="措施不具体"), hour(15))
    rehearse(one, centre, hour(15), hour(20), lambda *_: None)
    told = [e for e in centre.take() if e.type == "case.supervision_replied"]
    assert [event.entity_id for event in told] == [case.id, case.id]
    first, second = (event.change["supervision"]["reply"] for event in told)
    assert first != second


def above(centre: Offline, command: Supervise | JudgeReply, now: datetime) -> None:
    [answer], _ = centre.send([wrap(command, type(command).__name__)], now, Role.DUTY_CHIEF)
    assert answer.committed, answer


def test_a_known_end_is_kept() -> None:
    chosen = [c for c in calls(DAY) if not c.accept.answered][40:60]
    ends = {c.accept.case: c.at + timedelta(hours=2) for c in chosen}
    centre = offline()
    rehearse(driver(ends=ends), centre, hour(0), hour(24), lambda e, a: None)
    for case_id, end in ends.items():
        case = centre.picture.cases[case_id]
        assert case.state in TERMINAL
        assert case.closed_at == end


def test_every_command_can_be_read_back() -> None:
    _, heard = lived(9)
    for envelope, _ in heard:
        assert unwrap(envelope)


def test_log_of_a_day_has_no_personal_data() -> None:
    centre, _ = lived(9)
    events: list[Event] = centre.take()
    text = "".join(str(event.change) for event in events)
    private = [c.accept.private for c in calls(DAY) if c.at < hour(9)]
    assert not any(p.phone in text or p.words in text for p in private)
