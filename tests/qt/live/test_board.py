import threading
import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.event import EntityKind, Event
from console.live import board as board_module
from console.live.board import Board, Freshness
from console.live.timekeeper import LIVE_S, STALE_S
from console.store.changes import ChangeSet
from console.wire.codec import to_builtins
from console.wire.commands import Envelope
from console.wire.messages import (
    BookmarkArrived,
    CommandMoved,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    SnapshotArrived,
    Tick,
)
from tests.builders import CITY, bookmark, case, clock, created, event, fix, order, snapshot

ENVELOPE = Envelope(key="k1", type="register", body={"case": "C1"})


@pytest.fixture
def board(qapp: object) -> Board:
    return Board(CITY)


@pytest.fixture
def heard(board: Board) -> list[ChangeSet]:
    found: list[ChangeSet] = []
    board.changed.connect(found.append)
    return found


@pytest.fixture
def diverged(board: Board) -> list[int]:
    found: list[int] = []
    board.diverged.connect(lambda: found.append(1))
    return found


def place(rev: int, words: str) -> Event:
    return event(rev, EntityKind.CASE, "C1", change={"place": words})


def digest(board: Board) -> str:
    return f"{board.picture.digest:x}"


# -- what arrives ---------------------------------------------------------------------------------


def test_nothing_moves_before_it_is_drained(board: Board, heard: list[ChangeSet]) -> None:
    board.sink(EventsArrived([created(1, case())]))
    assert board.picture.cases == {}
    assert heard == []
    board.drain()
    assert "C1" in board.picture.cases
    assert heard[0].cases == {"C1"}


def test_an_empty_drain_tells_nobody(board: Board, heard: list[ChangeSet]) -> None:
    board.drain()
    board.sink(EventsArrived([]))
    board.drain()
    assert heard == []


def test_one_drain_tells_once(board: Board, heard: list[ChangeSet]) -> None:
    board.sink(EventsArrived([created(1, case())]))
    board.sink(EventsArrived([created(2, order())]))
    board.sink(FixesArrived([fix()]))
    board.drain()
    (changes,) = heard
    assert changes.cases == {"C1"}
    assert changes.assignments == {"A1"}
    assert changes.fixes == {"W1"}
    assert [e.rev for e in changes.events] == [1, 2]


def test_events_of_another_thread_are_applied_in_their_order(board: Board, qtbot: QtBot) -> None:
    board.sink(EventsArrived([created(1, case())]))

    def send() -> None:
        for rev in range(2, 400):
            board.sink(EventsArrived([place(rev, f"place {rev}")]))

    thread = threading.Thread(target=send)
    board.start()
    thread.start()
    qtbot.waitUntil(lambda: board.picture.rev == 399)
    thread.join()
    board.stop()
    assert board.picture.cases["C1"].place == "place 399"


def test_stopped_it_applies_nothing(board: Board, qtbot: QtBot) -> None:
    board.start()
    board.stop()
    board.sink(EventsArrived([created(1, case())]))
    with qtbot.assertNotEmitted(board.changed, wait=120):
        pass
    assert board.picture.cases == {}


def test_what_does_not_fit_the_budget_waits_for_the_next_drain(
    board: Board, heard: list[ChangeSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = board._take

    def slow(message: object, changes: ChangeSet) -> None:
        take(message, changes)  # type: ignore[arg-type]
        time.sleep(board_module.BUDGET_MS / 1000)

    monkeypatch.setattr(board, "_take", slow)
    board.sink(EventsArrived([created(1, case())]))
    for rev in range(2, 5):
        board.sink(EventsArrived([place(rev, f"place {rev}")]))
    revs = []
    for _ in range(4):
        board.drain()
        revs.append(board.picture.rev)
    assert revs == [1, 2, 3, 4]
    assert len(heard) == 4


# -- snapshots and faults ----------------------------------------------------------------------------


def test_a_snapshot_replaces_everything(board: Board, heard: list[ChangeSet]) -> None:
    board.sink(EventsArrived([created(1, case(id="OLD"))]))
    board.sink(SnapshotArrived([snapshot(41, cases=[case(id="NEW")])], "epoch"))
    board.sink(EventsArrived([created(42, case(id="C3"))]))
    board.drain()
    assert set(board.picture.cases) == {"NEW", "C3"}
    assert heard[-1].everything
    assert board.time.known


def test_pages_of_one_snapshot_are_one_picture(board: Board) -> None:
    pages = [
        snapshot(7, page=0, pages=2, cases=[case()]),
        snapshot(7, page=1, pages=2, cases=[case(id="C2")]),
    ]
    board.sink(SnapshotArrived(pages, "start"))
    board.drain()
    assert set(board.picture.cases) == {"C1", "C2"}
    assert board.picture.rev == 7


def test_the_right_digest_is_no_matter(board: Board, diverged: list[int]) -> None:
    board.sink(EventsArrived([created(1, case())]))
    board.drain()
    board.sink(BookmarkArrived(bookmark(1, digest=digest(board)), board.time._elapsed()))
    board.drain()
    assert diverged == []
    assert board.freshness() is Freshness.LIVE


def test_a_bookmark_behind_the_picture_is_not_compared(board: Board, diverged: list[int]) -> None:
    board.sink(EventsArrived([created(1, case())]))
    board.sink(BookmarkArrived(bookmark(0, digest="ffff"), 0.0))
    board.drain()
    assert diverged == []


class TestFaults:
    """What cannot be applied asks for a new snapshot, and nothing more is believed until it is there."""

    @pytest.fixture
    def errors_allowed(self) -> list[str]:
        return ["relisting"]

    def test_another_digest(self, board: Board, diverged: list[int]) -> None:
        board.sink(EventsArrived([created(1, case())]))
        board.sink(BookmarkArrived(bookmark(1, digest="deadbeef"), 0.0))
        board.drain()
        assert diverged == [1]

    @pytest.mark.parametrize("garbage", ["", "xyz", "0x", "-", "1.5", "中"])
    def test_a_digest_that_is_garbage(
        self, board: Board, diverged: list[int], garbage: str
    ) -> None:
        board.sink(BookmarkArrived(bookmark(0, digest=garbage), 0.0))
        board.drain()
        assert diverged == [1]

    @pytest.mark.parametrize(
        "bad",
        [
            place(9, "a gap"),
            event(2, EntityKind.CASE, "C1", change={"state": "of_tomorrow"}),
            event(2, EntityKind.CASE, "C1", change={"position": {"lon": 999.0, "lat": 0.0}}),
            event(2, EntityKind.CASE, "C1", change={"received_at": "yesterday"}),
            event(2, EntityKind.CLOCK, "clock", change={"rate": "fast"}),
            replace(created(2, order()), change={"id": "A1"}),
        ],
        ids=["gap", "unknown state", "place", "time", "clock", "half an entity"],
    )
    def test_an_event_that_does_not_fit(
        self, board: Board, diverged: list[int], heard: list[ChangeSet], bad: Event
    ) -> None:
        board.sink(EventsArrived([created(1, case())]))
        board.sink(EventsArrived([bad]))
        board.sink(EventsArrived([place(2, "not believed")]))
        board.sink(BookmarkArrived(bookmark(2, digest="0"), 0.0))
        board.drain()
        assert diverged == [1]
        assert board.picture.cases["C1"].place == case().place
        board.sink(SnapshotArrived([snapshot(50, cases=[case(id="C7")])], "diverged"))
        board.sink(EventsArrived([created(51, case(id="C8"))]))
        board.drain()
        assert set(board.picture.cases) == {"C7", "C8"}
        assert heard[-1].everything
        assert diverged == [1]

    def test_what_is_no_picture_goes_on_meanwhile(self, board: Board) -> None:
        links: list[LinkChanged] = []
        moves: list[CommandMoved] = []
        board.link_changed.connect(links.append)
        board.command_moved.connect(moves.append)
        board.sink(EventsArrived([place(9, "a gap")]))
        board.sink(LinkChanged(LinkState.BROKEN))
        board.sink(CommandMoved(ENVELOPE, Tick.COMMITTED))
        board.drain()
        assert board.link is links[0]
        assert moves[0].tick is Tick.COMMITTED


def test_events_of_an_unknown_kind_are_counted_and_passed_over(
    board: Board, diverged: list[int]
) -> None:
    strange = replace(event(1, EntityKind.CASE, "x"), entity="weather:typhoon")
    board.sink(EventsArrived([strange, created(2, case())]))
    board.drain()
    assert board.picture.unknown == 1
    assert "C1" in board.picture.cases
    assert diverged == []


# -- time --------------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_in_the_log_is_taken(board: Board) -> None:
    set_to = clock(60, rate=10.0, simulated=True)
    board.sink(EventsArrived([event(1, EntityKind.CLOCK, "clock", change=to_builtins(set_to))]))
    board.drain()
    assert board.time.rate == 10.0
    assert board.time.simulated


def test_freshness_is_judged_from_bookmarks(board: Board) -> None:
    assert board.freshness() is Freshness.OFFLINE
    now = board.time._elapsed()
    for age, wanted in (
        (0.0, Freshness.LIVE),
        (LIVE_S + 1, Freshness.STALE),
        (STALE_S + 1, Freshness.OFFLINE),
    ):
        board.time.hear(clock(), now - age)
        assert board.freshness() is wanted


def test_an_open_socket_alone_is_not_live(board: Board) -> None:
    board.sink(LinkChanged(LinkState.STREAMING))
    board.drain()
    assert board.freshness() is Freshness.OFFLINE


def test_a_case_that_is_over_stays_until_the_day_ends(board: Board) -> None:
    board.sink(EventsArrived([created(1, case(state=CaseState.CLOSED))]))
    board.drain()
    assert "C1" in board.picture.cases
    board.sink(EventsArrived([event(2, EntityKind.DAY, "2026-06-04")]))
    board.drain()
    assert board.picture.cases == {}
