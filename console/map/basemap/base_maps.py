"""The base maps of this seat: which is shown on all its maps, and whether it works."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from console.domain.basemap import BaseMap
from console.domain.place import Position
from console.map.basemap.words import base_map_message
from console.map.strings import MapStrings
from console.tiles.fault import Fault

if TYPE_CHECKING:
    from console.tiles.service import TileService

_KEY = frozenset({Fault.KEY_MISSING, Fault.KEY_REFUSED})


class Choice(Protocol):
    """Where the choice of a seat and the user's keys are kept."""

    def chosen(self) -> str | None:
        """The id that was chosen last, "" the own map, None when nobody has chosen."""

    def choose(self, map_id: str) -> None:
        """Remember it."""

    def key(self, map_id: str) -> str | None:
        """The user's key; asked from any thread."""

    def keep_key(self, map_id: str, key: str) -> None:
        """Remember it."""


class BaseMaps(QObject):
    """Shared by all maps of a program, so that all of them show the same."""

    changed = Signal()
    """Another one is shown, or one has begun or ceased to fail."""
    key_wanted = Signal(str)
    """Somebody chose a base map whose key is missing or refused."""
    faulted = Signal(str, object)
    """id, and its Fault, None when it works again; once each."""
    _told = Signal(str, object)

    def __init__(
        self,
        maps: Sequence[BaseMap],
        centre: Position,
        choice: Choice,
        make_service: "Callable[[Callable[[str, Fault | None], None]], TileService]",
        parent: QObject | None = None,
    ) -> None:
        """`make_service` is given whom to tell of faults, from any thread."""
        super().__init__(parent)
        self._maps = {one.id: one for one in maps}
        self._centre, self._choice = centre, choice
        self._by_hand = ""
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.tiles = make_service(self._told.emit)
        first = next((one.id for one in maps if one.first), "")
        chosen = choice.chosen()
        self._shown = self._maps.get(first if chosen is None else chosen)

    @property
    def shown(self) -> BaseMap | None:
        """The base map on the screen, None for the own one."""
        return self._shown

    def named(self, map_id: str) -> BaseMap:
        """The base map of that id; KeyError for another."""
        return self._maps[map_id]

    def choose(self, map_id: str) -> None:
        """Show it on all maps and remember it; "" the own one. An unknown id does nothing.

        One whose key is missing or refused is shown too: `key_wanted` comes when the service says
        so, and it fills when it has the key. Nobody is asked who did not choose it just now.
        """
        if map_id and map_id not in self._maps:
            return
        self._choice.choose(map_id)
        self._shown = self._maps.get(map_id)
        self._by_hand = map_id
        self.changed.emit()
        if map_id and self.tiles.fault(map_id) in _KEY:
            self._want_key(map_id)

    def give_key(self, map_id: str, key: str) -> None:
        """The user's key for a base map: kept, and tried at once."""
        self._choice.keep_key(map_id, key)
        self.tiles.try_again(map_id)
        self.changed.emit()

    def message(self, strings: MapStrings) -> dict[str, object]:
        """What a page is told."""
        failing = {name: self.tiles.fault(name) is not None for name in self._maps}
        return base_map_message(self._maps.values(), self._shown, failing, self._centre, strings)

    def is_gcj02(self, map_id: str) -> bool:
        """Whether its pictures are drawn in the shifted system."""
        found = self._maps.get(map_id)
        return found is not None and found.gcj02

    def stop(self) -> None:
        """Ask for nothing more."""
        self.tiles.stop()

    def _want_key(self, map_id: str) -> None:
        self._by_hand = ""
        if self._maps[map_id].needs_key:
            self.key_wanted.emit(map_id)

    def _on_told(self, map_id: str, fault: Fault | None) -> None:
        self.faulted.emit(map_id, fault)
        self.changed.emit()
        if fault in _KEY and map_id == self._by_hand:
            self._want_key(map_id)
