"""Following a log that others write too."""

from pathlib import Path

import pytest
from sqlalchemy import update

from console.central.centre import Centre
from console.central.follower import LogForked
from console.central.ledger import Signature
from console.central.tables import events
from console.domain.role import Role
from console.store.picture import Picture
from console.wire.frames import DomainClock
from tests.builders import T0
from tests.unit.central.desk import Wall, accept, do, events_of, followed, open_centre


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Centre, Centre]:
    """Two on one file: what the folder's lock forbids in earnest."""
    wall = Wall()
    return open_centre(tmp_path, wall), open_centre(tmp_path, wall)


def test_what_the_other_wrote_comes_first(pair: tuple[Centre, Centre]) -> None:
    one, two = pair
    do(one, accept("C1"))
    do(two, accept("C2"))
    assert list(two.mirror.fork().cases) == ["C1", "C2"]
    assert two.tail.rev == events_of(two)[-1].rev
    one.follower.catch_up()
    assert one.mirror.fork().digest == two.mirror.fork().digest
    assert list(one.tail._ring)[-len(two.tail._ring) :] == list(two.tail._ring)


def test_the_clock_that_the_other_set_is_the_clock(pair: tuple[Centre, Centre]) -> None:
    one, two = pair
    setting = DomainClock(domain_time=T0, server_time=T0, rate=60, simulated=True)
    one.writer.set_clock(setting, Signature("feed", Role.FIELD, "clock"))
    do(two, accept("C1"))
    assert two.clock.setting == setting


def test_a_mirror_that_was_loaded_anew_leaves_no_hole(
    pair: tuple[Centre, Centre], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    do(one, accept("C1"))
    do(one, accept("C2"))
    monkeypatch.setattr(two.follower, "_after", _first_of(two.follower._after))
    with monkeypatch.context() as patch:
        patch.setattr(Picture, "_apply_one", _fails)
        two.follower.catch_up()
    log = events_of(two)
    assert two.tail.rev == log[-1].rev == two.mirror.fork().rev
    assert two.tail.first + len(two.tail._ring) - 1 == two.tail.rev
    do(two, accept("C3"))
    assert two.mirror.fork().digest == followed(two).digest


def _first_of(read):  # type: ignore[no-untyped-def]
    """The first read sees only one event: the other's second commit comes just after it."""
    seen = []

    def once(rev):  # type: ignore[no-untyped-def]
        found = read(rev)
        seen.append(rev)
        return found[:1] if len(seen) == 1 else found

    return once


def _fails(*_: object) -> None:
    raise RuntimeError("a reducer that stumbles")


def test_a_log_that_was_restored_is_noticed(pair: tuple[Centre, Centre]) -> None:
    one, two = pair
    with one.database.writing() as connection:
        connection.execute(update(events).values(hash="another life"))
    with pytest.raises(LogForked):
        two.follower.catch_up()
