"""The drag on a desk: what lights up, what holds still, and what a drop does."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QPixmap
from PySide6.QtWidgets import QWidget

from console.domain.gesture import Gesture
from console.i18n import Texts
from console.live.board import Board
from console.live.drag import Drag, Payload
from console.live.orders import Orders, Target, wants_assist
from console.tables.ghost import case_ghost, team_ghost, worker_ghost


class Taker(Protocol):
    """Takes drops that mean something else than an order of a case; `target` is the id of what is under them."""

    def refusal(self, payload: Payload, target: str) -> str | None:
        """The problem code of a drop that would do nothing; None when it would do something."""

    def drop(self, payload: Payload, target: str) -> bool:
        """Do it; False when nothing was done."""


_STILL = 4
"""Pixels: a refusal counts for the release only where it was found."""


class Dragging(QObject):
    """One place for all drags of a screen, so that pins, rows and workers behave alike."""

    began = Signal(object)
    """A Payload: light what it may be dropped on, hold everything still."""
    ended = Signal()
    """The drag is over."""
    said = Signal(str)
    """The translation key of what the status line should say."""

    def __init__(self, board: Board, orders: Orders, texts: Texts, parent: QWidget) -> None:
        """No drag yet."""
        super().__init__(parent)
        self._board = board
        self._orders = orders
        self._texts = texts
        self._ratio = parent.devicePixelRatioF
        self._takers: dict[str, Taker] = {}
        self._drag = Drag(self)
        self._refused: tuple[str, QPoint] | None = None
        self._void: str | None = None
        self._drag.began.connect(self.began)
        self._drag.began.connect(self._forget)
        self._drag.ended.connect(self._on_ended)

    def add_taker(self, kind: str, taker: Taker) -> None:
        """Drops on targets of this kind are the taker's."""
        self._takers[kind] = taker

    @property
    def running(self) -> bool:
        """Whether something is in hand."""
        return self._drag.payload is not None

    def begin(self, source: QWidget, kind: str, ids: Sequence[str]) -> None:
        """Drag these until they are dropped somewhere; returns when it is over."""
        self._drag.run(source, kind, ids, self._ghost(kind, ids))

    def cancel(self, why: str) -> None:
        """End the drag that runs, if one does; nothing takes it any more. `why` is a translation key."""
        if self.running:
            self._void = why
            self._drag.cancel()

    def _ghost(self, kind: str, ids: Sequence[str]) -> QPixmap:
        board, texts, ratio = self._board, self._texts, self._ratio()
        if kind == "worker":
            return worker_ghost(ids, board.city, texts, ratio)
        if kind == "team":
            return team_ghost(ids, board.city, texts, ratio)
        cases = [case for case in map(board.picture.cases.get, ids) if case is not None]
        now = board.time.domain_now()
        return case_ghost(cases, board.picture, board.city, texts, now, ratio)

    def _on_ended(self, dropped: bool) -> None:
        self.ended.emit()
        if not dropped:
            self.said.emit(self._why_not() or "drag.cancelled")
        self._void = None

    def _forget(self) -> None:
        """What lighting the targets has found is not what lies under the pointer."""
        self._refused = None

    def _why_not(self) -> str | None:
        """Why it was cancelled, or the refusal of the target on which it was let go; None where there was none."""
        if self._void is not None:
            return self._void
        if self._refused is None:
            return None
        code, at = self._refused
        near = (QCursor.pos() - at).manhattanLength() <= _STILL
        return f"problem.{code}" if near else None

    def would(self, payload: Payload, target: Target) -> list[Gesture]:
        """What a drop on the target would do, one gesture for each thing in hand."""
        found = [self._gesture(payload, one, target) for one in payload.ids]
        return [gesture for gesture in found if gesture is not None]

    def _gesture(self, payload: Payload, one: str, target: Target) -> Gesture | None:
        assist = wants_assist(QGuiApplication.queryKeyboardModifiers())
        pair = _case_and_target(payload, one, target)
        if pair is None:
            return None
        return self._orders.gesture_for(pair[0], pair[1], assist=assist)

    def accepts(self, payload: Payload | None, target: Target) -> bool:
        """Whether a drop on the target does something for at least one thing in hand."""
        if self._void is not None:
            return False
        taker = self._takers.get(target.kind)
        if payload is not None and taker is not None:
            code = taker.refusal(payload, target.id)
            self._refused = None if code is None else (code, QCursor.pos())
            return code is None
        found = self.would(payload, target) if payload is not None else []
        accepted = any(gesture.allowed for gesture in found)
        codes = [gesture.refusal for gesture in found if gesture.refusal is not None]
        self._refused = (codes[0], QCursor.pos()) if codes and not accepted else None
        return accepted

    def drop(self, payload: Payload | None, target: Target) -> bool:
        """Do it: one command for each thing in hand. Says why where it is refused."""
        if payload is None:
            self.said.emit("drag.ignored")
            return False
        if self._void is not None:
            return False
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            # QDrag ends at the release of any button: with the left one still down it was another.
            self.said.emit("drag.cancelled")
            return False
        taker = self._takers.get(target.kind)
        if taker is not None:
            return taker.drop(payload, target.id)
        assist = wants_assist(QGuiApplication.queryKeyboardModifiers())
        done = False
        for one in payload.ids:
            pair = _case_and_target(payload, one, target)
            if pair is None:
                continue
            gesture = self._orders.give(pair[0], pair[1], assist=assist)
            if gesture is not None and gesture.refusal is not None:
                self.said.emit(f"problem.{gesture.refusal}")
            done = done or (gesture is not None and gesture.allowed)
        return done


def _case_and_target(payload: Payload, one: str, target: Target) -> tuple[str, Target] | None:
    """A worker dragged onto a case is the case dropped on the worker; a worker on anything else is nothing."""
    if payload.kind == "case":
        return one, target
    if payload.kind == "worker" and target.kind == "case":
        return target.id, Target("worker", one)
    return None
