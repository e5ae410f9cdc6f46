"""A centre over a real line whose clock is minutes off this machine's: no timer moves by a second."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.domain.case import Case
from console.live.board import Board, Freshness
from console.wire.frames import DomainClock
from tests.builders import CITY, bookmark, case, snapshot
from tests.fake_centre import Connection, FakeCentre, fake_centre

BOOKMARKS = 12


class Elsewhere:
    """The centre's own clock: `off` from this machine's."""

    def __init__(self, off: timedelta) -> None:
        self.off = off

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off

    def clock(self) -> DomainClock:
        now = self.now()
        return DomainClock(domain_time=now, server_time=now, rate=1.0, simulated=False)

    def talk(self, connection: Connection) -> None:
        for _ in range(BOOKMARKS):
            connection.send(replace(bookmark(10), clock=self.clock(), digest="0"))
            connection._over.wait(0.05)
        connection.silence()


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with fake_centre() as made:
        yield made


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_five_minutes_off_moves_no_timer_by_a_second(
    centre: FakeCentre, qtbot: QtBot, tmp_path: Path, minutes: int
) -> None:
    there = Elsewhere(timedelta(minutes=minutes))
    stamp = {"Baton-Time": there.now().isoformat()}
    centre.reply("/v1/snapshot", (200, snapshot(rev=10, clock=there.clock()), stamp))
    centre.talks = [there.talk]
    due = there.now() + timedelta(minutes=30)
    waiting: Case = case(due_at=due)
    board = Board(CITY)
    heard: list[object] = []
    board.relisted.connect(heard.append)
    link = LiveLink(centre.api(), Outbox(tmp_path / "outbox.db"), board.sink)
    board.start()
    link.start()
    try:
        qtbot.waitUntil(lambda: board.freshness() is Freshness.LIVE, timeout=20_000)
        for _ in range(BOOKMARKS):
            off = (board.time.domain_now() - there.now()).total_seconds()
            assert abs(off) < 1
            left = waiting.due_at - board.time.domain_now()
            assert abs((left - (due - there.now())).total_seconds()) < 1
            qtbot.wait(40)
    finally:
        link.stop()
        board.stop()
