from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.live import drag as drag_module
from console.live.drag import MIME, Drag, Payload, payload_of, read_payload
from console.wire.codec import encode


class FakeQDrag:
    """What `QDrag` would do, at once."""

    ends_with: ClassVar[Qt.DropAction] = Qt.DropAction.MoveAction
    ran: ClassVar[list["FakeQDrag"]] = []
    during: ClassVar[list[object]] = []

    def __init__(self, source: QWidget) -> None:
        self.source = source
        self.mime = QMimeData()
        self.hot = QPoint()

    def setMimeData(self, mime: QMimeData) -> None:
        self.mime = mime

    def setPixmap(self, ghost: QPixmap) -> None:
        self.ghost = ghost

    def setHotSpot(self, at: QPoint) -> None:
        self.hot = at

    def exec(self, actions: Qt.DropAction) -> Qt.DropAction:
        FakeQDrag.ran.append(self)
        for act in FakeQDrag.during:
            act()  # type: ignore[operator]
        return FakeQDrag.ends_with


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[FakeQDrag]:
    monkeypatch.setattr(drag_module, "QDrag", FakeQDrag)
    monkeypatch.setattr(FakeQDrag, "ran", [])
    monkeypatch.setattr(FakeQDrag, "during", [])
    monkeypatch.setattr(FakeQDrag, "ends_with", Qt.DropAction.MoveAction)
    return FakeQDrag.ran


@pytest.fixture
def source(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@given(
    st.sampled_from(["case", "worker"]),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5),
)
def test_what_is_in_hand_arrives_as_it_left(kind: str, ids: list[str]) -> None:
    payload = Payload(kind=kind, ids=ids)
    assert read_payload(encode(payload)) == payload
    mime = QMimeData()
    mime.setData(MIME, encode(payload))
    assert payload_of(mime) == payload


@given(st.binary(max_size=60))
def test_any_bytes_are_ours_or_nothing(data: bytes) -> None:
    found = read_payload(data)
    assert found is None or isinstance(found, Payload)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b'"case"', b'{"kind":"case"}', b'{"kind":1,"ids":[]}',
     b'{"kind":"case","ids":[1]}', b'{"kind":"case","ids":"C1"}', b"\xff\xfe", b"{" * 900],
)  # fmt: skip
def test_bytes_under_our_name_that_do_not_fit_are_nothing(data: bytes) -> None:
    assert read_payload(data) is None


def test_what_comes_from_elsewhere_is_nothing() -> None:
    mime = QMimeData()
    assert payload_of(mime) is None
    mime.setText('{"kind":"case","ids":["C1"]}')
    mime.setHtml("<b>C1</b>")
    mime.setData("application/json", b'{"kind":"case","ids":["C1"]}')
    assert payload_of(mime) is None


def test_a_drag_begins_carries_and_ends(source: QWidget, drags: list[FakeQDrag]) -> None:
    drag, told = Drag(), []
    drag.began.connect(told.append)
    drag.ended.connect(told.append)
    FakeQDrag.during.append(lambda: told.append(drag.payload))
    drag.run(source, "case", ["C1", "C2"], QPixmap(220, 48))
    payload = Payload(kind="case", ids=["C1", "C2"])
    assert told == [payload, payload, True]
    assert drag.payload is None
    (ran,) = drags
    assert payload_of(ran.mime) == payload
    assert ran.mime.formats() == [MIME]
    assert ran.hot == QPoint(-16, -16)
    assert ran.source is source


def test_one_that_was_dropped_on_nothing_says_so(source: QWidget, drags: list[FakeQDrag]) -> None:
    drag, told = Drag(), []
    drag.ended.connect(told.append)
    FakeQDrag.ends_with = Qt.DropAction.IgnoreAction
    drag.run(source, "case", ["C1"], QPixmap())
    assert told == [False]


def test_nothing_in_hand_is_no_drag(source: QWidget, drags: list[FakeQDrag]) -> None:
    drag = Drag()
    drag.run(source, "case", [], QPixmap())
    assert drags == []


def test_a_second_drag_does_not_begin_during_one(source: QWidget, drags: list[FakeQDrag]) -> None:
    drag = Drag()
    FakeQDrag.during.append(lambda: drag.run(source, "worker", ["W1"], QPixmap()))
    drag.run(source, "case", ["C1"], QPixmap())
    assert len(drags) == 1
    drag.run(source, "case", ["C1"], QPixmap())
    assert len(drags) == 2


def test_after_a_drag_that_broke_the_next_one_runs(source: QWidget, drags: list[FakeQDrag]) -> None:
    drag = Drag()

    def breaks() -> None:
        raise RuntimeError("the window system went away")

    FakeQDrag.during.append(breaks)
    with pytest.raises(RuntimeError):
        drag.run(source, "case", ["C1"], QPixmap())
    assert drag.payload is None
    FakeQDrag.during.clear()
    drag.run(source, "case", ["C1"], QPixmap())
    assert len(drags) == 2
