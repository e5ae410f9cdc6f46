"""Everything of one seat that calls: its alarms, what is heard of them, what flashes."""

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject

from console.domain.alarm import Alarm, AlarmKind, Priority, SilenceReason
from console.domain.command import SilenceSeat
from console.live.alarms import Alarms
from console.live.board import Board
from console.live.flash import Flash
from console.live.orders import Orders
from console.live.voice import Voice
from console.paths import cache_dir
from console.settings import PreferencesFile, Settings
from console.theme.sounds import PATTERNS, wav
from console.views.notices import NoticeBook
from console.widgets.player import Player

SHORT_MIN = 5
"""What the key silences for."""
_ERROR = "error"


def alarm_file(settings: Settings) -> Path | None:
    """Where a seat's alarms are kept; a run that nobody watches keeps none."""
    if settings.unattended or settings.shot is not None:
        return None
    # A seat may be called anything, a file may not.
    name = sha256(f"{settings.city.name}|{settings.seat}|{settings.role}".encode()).hexdigest()[:16]
    return settings.data_dir / "alarms" / f"{name}.json"


class AlarmSeat(QObject):
    """One for all windows of a shift."""

    def __init__(
        self,
        board: Board,
        alarms: Alarms,
        orders: Orders,
        notices: NoticeBook,
        flash: Flash,
        settings: Settings,
        preferences: PreferencesFile,
    ) -> None:
        """As this seat has chosen before."""
        super().__init__(board)
        self._preferences, self._orders, self._notices = preferences, orders, notices
        self._flash = flash
        self.alarms = alarms
        self.voice = Voice(alarms, board, self._record, self)
        sounds = {str(int(priority)): wav(PATTERNS[priority]) for priority in Priority}
        self._player = Player(sounds, cache_dir(settings.data_dir) / "sounds", self)
        kept = preferences.load()
        self.volume, self.still = kept.volume, kept.still
        self._flash.keep_still(self.still)
        self.voice.play.connect(self._play)
        self._told: set[str] = set()
        notices.changed.connect(self._hear_notices)
        notices.acknowledged.connect(self._on_notice_seen)
        self.alarms.acknowledged.connect(self._on_acknowledged)
        self._hear_notices()

    @property
    def may_silence(self) -> bool:
        """Whether somebody in this role has anything to silence."""
        return bool(self.alarms.kinds) and self._orders.may("silence_seat")

    def silence(self, minutes: int, reason: SilenceReason) -> None:
        """Hear nothing for a time."""
        if self.may_silence:
            self.voice.silence(minutes, reason)

    def toggle_silence(self) -> None:
        """By key: five minutes, or hear again."""
        if self.voice.left:
            self.voice.end()
        else:
            self.silence(SHORT_MIN, SilenceReason.CALL)

    def acknowledge_first(self) -> None:
        """The one that stands first."""
        for alarm in self.alarms.book.singles[:1]:
            self.alarms.acknowledge(alarm.id)

    def set_volume(self, volume: float) -> None:
        """From 0 to 1; remembered."""
        self.volume = volume
        self._preferences.save(volume=volume)

    def set_still(self, still: bool) -> None:
        """Whether nothing flashes on this seat; remembered."""
        self.still = still
        self._flash.keep_still(still)
        self._preferences.save(still=still)

    def try_sound(self) -> None:
        """How loud it is."""
        self._play(int(Priority.HIGH))

    def _play(self, priority: int) -> None:
        self._player.play(str(priority), self.volume)

    def _record(self, command: SilenceSeat) -> None:
        self._orders.send(command)

    # -- what the program itself has to say is an alarm, too -----------------------------------

    def _hear_notices(self) -> None:
        for notice in self._notices.open:
            if notice.kind == _ERROR and notice.name not in self._told:
                self._told.add(notice.name)
                self.alarms.add(AlarmKind.TROUBLE, f"trouble:{notice.name}", notice.name)

    def _on_notice_seen(self, name: str) -> None:
        self._told.discard(name)
        self.alarms.end(f"trouble:{name}")

    def _on_acknowledged(self, alarm: Alarm) -> None:
        if alarm.kind is AlarmKind.TROUBLE:
            self._notices.acknowledge(alarm.subject)
