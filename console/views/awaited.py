"""One command whose fate a dialog waits for, so that what was typed is never lost to a refusal."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from console.i18n import Texts
from console.views.stage import Stage
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, Tick


class Awaited(QObject):
    """One command at a time; until it is committed or refused another one does nothing."""

    committed = Signal()
    refused = Signal(str)
    """The reason, in words."""
    changed = Signal()
    """`waiting` is another."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        """Waits for nothing."""
        super().__init__(parent)
        self._texts = stage.texts
        self._giving = False
        self._key: str | None = None
        self._heard: list[CommandMoved] = []
        stage.orders.moved.connect(self._on_moved)

    @property
    def waiting(self) -> bool:
        """Whether a command is on its way."""
        return self._giving or self._key is not None

    def give(self, send: Callable[[], Envelope]) -> None:
        """Send a command and wait for what becomes of it."""
        if self.waiting:
            return
        self._giving = True
        self._key = send().key
        self._giving = False
        self.changed.emit()
        # A centre on this machine may answer before `send` has told the key.
        heard, self._heard = self._heard, []
        for moved in heard:
            self._on_moved(moved)

    def _on_moved(self, moved: CommandMoved) -> None:
        if self._giving:
            self._heard.append(moved)
        elif moved.envelope.key == self._key and moved.tick not in (Tick.STORED, Tick.HELD):
            self._key = None
            self.changed.emit()
            if moved.tick is Tick.COMMITTED:
                self.committed.emit()
            else:
                code = moved.answer.problem if moved.answer is not None else None
                self.refused.emit(refusal(code or moved.tick.value, self._texts))


def refusal(code: str, texts: Texts) -> str:
    """Why the centre refused, in the user's language; a code that is new to this program is named."""
    key = f"problem.{code}"
    return texts(key) if texts.has(key) else texts("error.unknown", code=code)
