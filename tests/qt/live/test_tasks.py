import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from console.live.tasks import Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


def gui() -> bool:
    return QThread.currentThread() is QCoreApplication.instance().thread()  # type: ignore[union-attr]


def test_work_runs_elsewhere_and_its_result_comes_back(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[tuple[str, bool]] = []
    main = threading.get_ident()
    tasks.run(
        lambda: "elsewhere" if threading.get_ident() != main else "here",
        lambda result: done.append((result, gui())),
    )
    qtbot.waitUntil(lambda: bool(done))
    assert done == [("elsewhere", True)]


def test_a_failure_comes_back_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    failed: list[tuple[str, bool]] = []

    def work() -> None:
        raise OSError("no route")

    tasks.run(work, lambda _: pytest.fail("done"), lambda e: failed.append((str(e), gui())))
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [("no route", True)]


def test_a_failure_that_nobody_wants_is_logged(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise ValueError("of no matter")

    tasks.run(work, lambda _: None)
    qtbot.waitUntil(lambda: "of no matter" in caplog.text)


def test_many_at_once_all_come_back(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(40):
        tasks.run(lambda number=number: number, done.append)
    qtbot.waitUntil(lambda: len(done) == 40)
    assert sorted(done) == list(range(40))


def test_after_stop_nothing_comes_back(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[object] = []
    begun, go = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        go.wait(3)
        return "late"

    tasks.run(work, told.append, told.append)
    for _ in range(8):
        tasks.run(lambda: "queued", told.append, told.append)
    assert begun.wait(3)
    go.set()
    tasks.stop()
    for _ in range(5):
        QCoreApplication.processEvents()
    assert told == []


def test_nothing_comes_back_to_an_owner_that_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    import shiboken6

    told: list[str] = []
    go = threading.Event()
    owner, other = QObject(), QObject()
    tasks.run(lambda: go.wait(3), lambda _: told.append("gone"), owner=owner)
    tasks.run(lambda: go.wait(3), lambda _: told.append("there"), owner=other)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not tasks._open)
    assert told == ["there"]
