"""What the program itself has to say: how the link stands, what the embedded feed does."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from console.live.door import ENDED
from console.views.stage import Stage
from console.views.status_bar import StatusBar
from console.widgets.banner import Banner
from console.wire.messages import LinkChanged, LinkState


class News(QObject):
    """Says it in the main window's banner and status line."""

    log_in_wanted = Signal(str)
    """The login of who sits here has ended; why, a translation key."""

    def __init__(self, stage: Stage, banner: Banner, status: StatusBar) -> None:
        """Follow the link; the banner owns it."""
        super().__init__(banner)
        self._stage = stage
        self._texts = stage.texts
        self._banner = banner
        self._status = status
        self._refused = False
        stage.board.link_changed.connect(self._show_link)
        if stage.board.link.state is LinkState.REFUSED:
            self._show_link(stage.board.link)

    def show_feed(self, told: dict[str, Any]) -> None:
        """What the embedded feed says of itself."""
        state = told.get("state")
        if state == "warming":
            percent = round(float(told.get("done", 0)) * 100)
            self._status.say_feed(self._texts("app.preparing", percent=percent))
        elif state == "read":
            self._show_recorded(told)
        elif state == "failed":
            reason = self._texts.pick(str(told.get("zh", "")), str(told.get("en", "")))
            self._status.say_feed(self._texts("status.feed_failed", reason=reason))
        elif state == "ended":
            self._status.say_feed(self._texts("status.feed_ended"))
        else:
            self._status.say_feed("")

    def _show_recorded(self, told: dict[str, Any]) -> None:
        """How a recorded day was read; its bad rows are listed in the data folder."""
        words = self._texts(
            "status.recorded",
            file=told.get("file", ""),
            calls=told.get("calls", 0),
            rejected=told.get("rejected", 0),
            nowhere=told.get("without_place", 0),
        )
        folder = str(self._stage.settings.data_dir)
        if told.get("rejected"):
            words += self._texts("list.dot") + self._texts("status.recorded_list", folder=folder)
        close = (self._texts("app.close"), self._banner.clear)
        self._banner.show_message(words, "notice", (close,))

    def _show_link(self, link: LinkChanged) -> None:
        """A centre that refuses is said until it takes us; one that is away shows in the picture's age."""
        if (
            link.state is LinkState.REFUSED
            and self._stage.person is not None
            and link.code in ENDED
        ):
            self._show_ended(link.code)
        elif link.state is LinkState.REFUSED:
            self._refused = True
            key = f"problem.{link.code}"
            reason = self._texts(key) if self._texts.has(key) else link.detail
            self._banner.show_message(self._texts("error.link_refused", reason=reason), "error")
        elif link.state is LinkState.BROKEN:
            self._status.say_key("error.link_broken")
        elif link.state is LinkState.STREAMING:
            if self._refused:
                self._banner.clear()
            self._refused = False
            self._status.say_key("status.ready")

    def _show_ended(self, code: str) -> None:
        """The picture stays; only the way to the centre needs a new login."""
        texts = self._texts
        change = code == "must-change-password"
        why = "problem.must-change-password" if change else "session.ended_why"
        again = (texts("session.ended_action"), lambda: self.log_in_wanted.emit(why))
        self._banner.show_message(texts("session.ended"), "error", (again,))
        if not self._refused:
            self._refused = True
            self.log_in_wanted.emit(why)
