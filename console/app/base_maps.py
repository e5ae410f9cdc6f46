"""The base maps of a shift: the seat's choice, the user's keys, and what the operator is told of faults."""

import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from console.app.problems import StartProblem
from console.client.token_store import KeyringStore, TokenStore
from console.domain.city import City
from console.live.tasks import Tasks
from console.map.basemap.base_maps import BaseMaps
from console.paths import cache_dir
from console.settings import PreferencesFile, Settings
from console.tiles.fault import Fault
from console.tiles.service import TileService
from console.views.map_key_dialog import MapKeyDialog
from console.views.window import Window


class SeatMaps(QObject):
    """Ends its threads with `stop`. Raises `StartProblem` for a file of keys that cannot be used."""

    def __init__(self, settings: Settings, city: City, tasks: Tasks, parent: QObject) -> None:
        """The last choice is shown; nothing is said before `join`."""
        super().__init__(parent)
        given = read_keys(settings.map_keys) if settings.map_keys is not None else {}
        self._choice = SeatChoice(settings, city.code, given, tasks)
        self._window: Window | None = None
        self._said: str | None = None
        folder = cache_dir(settings.data_dir)
        self.base_maps = BaseMaps(
            city.base_maps,
            city.centre,
            self._choice,
            lambda told: TileService(
                city.base_maps, folder, self._choice.key, told, ca_file=settings.ca_file
            ),
            self,
        )
        self.base_maps.faulted.connect(self._on_fault)
        self.base_maps.changed.connect(self._on_changed)
        self.base_maps.key_wanted.connect(self._ask_key)

    def join(self, window: Window) -> None:
        """Say on this window what is wrong, and ask there for keys."""
        self._window = window

    def stop(self) -> None:
        """Fetch nothing more."""
        self.base_maps.stop()

    def _on_fault(self, map_id: str, fault: Fault | None) -> None:
        """Said once; over when it works again."""
        if self._window is None:
            return
        notices = self._window.stage.notices
        if fault is None:
            notices.acknowledge(_notice(map_id))
            return
        one = self.base_maps.named(map_id)
        self._said = map_id
        notices.add(
            _notice(map_id),
            lambda texts: texts(f"basemap.fault.{fault}", name=texts.pick(one.name, one.name_en)),
        )

    def _on_changed(self) -> None:
        """What is wrong with a base map that is not shown any more is no matter."""
        shown = self.base_maps.shown
        if self._said is not None and (shown is None or shown.id != self._said):
            if self._window is not None:
                self._window.stage.notices.acknowledge(_notice(self._said))
            self._said = None

    def _ask_key(self, map_id: str) -> None:
        if self._window is None:
            return
        texts, one = self._window.texts, self.base_maps.named(map_id)
        dialog = MapKeyDialog(texts, texts.pick(one.name, one.name_en), self._window)
        dialog.given.connect(lambda key: self.base_maps.give_key(map_id, key))
        dialog.open()


class SeatChoice:
    """What this seat chose, in the preferences; keys of a file first, then of the keyring."""

    def __init__(
        self,
        settings: Settings,
        city: str,
        given: Mapping[str, str],
        tasks: Tasks,
        store: TokenStore | None = None,
    ) -> None:
        """The keyring is looked for when a key is first needed, by the thread that needs it."""
        self._preferences = PreferencesFile(settings.data_dir)
        self._seat, self._city = f"{city}/{settings.seat}", city
        self._keys: dict[str, str | None] = dict(given)
        self._tasks, self._store = tasks, store
        self._lock = threading.Lock()

    def chosen(self) -> str | None:
        """From the preferences."""
        return self._preferences.load().base_maps.get(self._seat)

    def choose(self, map_id: str) -> None:
        """Into the preferences."""
        kept = self._preferences.load().base_maps
        self._preferences.save(base_maps={**kept, self._seat: map_id})

    def key(self, map_id: str) -> str | None:
        """Read once, then known; may take a moment."""
        with self._lock:
            if map_id not in self._keys:
                self._keys[map_id] = self._keyring().load(self._named(map_id))
            return self._keys[map_id]

    def keep_key(self, map_id: str, key: str) -> None:
        """Known at once; the keyring takes its time on another thread."""
        self._keys[map_id] = key
        self._tasks.run(lambda: self._save(map_id, key), lambda _: None)

    def _save(self, map_id: str, key: str) -> None:
        with self._lock:
            self._keyring().save(self._named(map_id), key)

    def _keyring(self) -> TokenStore:
        if self._store is None:
            self._store = KeyringStore()
        return self._store

    def _named(self, map_id: str) -> str:
        return f"base map {self._city}/{map_id}"


def read_keys(file: Path) -> dict[str, str]:
    """Base map's id → key, from a TOML file with lines like `tianditu = "…"`; raises `StartProblem`."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # A fault of the syntax names its place only: the text may hold a key.
        why = type(error).__name__
        raise StartProblem(
            f"不能使用 --map-keys 的文件：{why}。",
            f"The file of --map-keys cannot be used: {why}.",
        ) from None
    return {name: key.strip() for name, key in found.items() if isinstance(key, str)}


def _notice(map_id: str) -> str:
    return f"basemap-{map_id}"
