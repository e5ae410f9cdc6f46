"""Plays short sounds; where the system cannot, it beeps, and where nobody can see the console it is silent."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLoggingCategory, QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

UNSEEN = ("offscreen", "minimal")
"""Platforms without a person before them."""
_QUIET = "qt.multimedia.*=false"
"""What Qt says about missing codecs and devices at every start is no news."""


class Player(QObject):
    """Sounds by name; QtMultimedia is loaded with the first that is played."""

    def __init__(
        self, sounds: Mapping[str, bytes], folder: Path, parent: QObject | None = None
    ) -> None:
        """`sounds` are WAV files, laid down in `folder`, which may be thrown away."""
        super().__init__(parent)
        self._sounds, self._folder = sounds, folder
        self._effects: dict[str, Any] | None = None

    def play(self, name: str, volume: float) -> None:
        """Play it at a volume from 0 to 1."""
        if volume <= 0 or QGuiApplication.platformName() in UNSEEN:
            return
        effect = self._loaded().get(name)
        if effect is None:
            QApplication.beep()
            return
        effect.setVolume(volume)
        effect.play()

    def _loaded(self) -> dict[str, Any]:
        if self._effects is None:
            try:
                self._effects = self._load()
            except (ImportError, OSError) as error:
                log.info("no sounds but the system's beep: %s", error)
                self._effects = {}
        return self._effects

    def _load(self) -> dict[str, Any]:
        """Raises ImportError where a library of the system is missing, as libpulse often is."""
        QLoggingCategory.setFilterRules(_QUIET)
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        if not QMediaDevices.audioOutputs():
            log.info("no sounds but the system's beep: there is no loudspeaker")
            return {}
        self._folder.mkdir(parents=True, exist_ok=True)
        effects: dict[str, Any] = {}
        for name, data in self._sounds.items():
            file = self._folder / f"{name}.wav"
            file.write_bytes(data)
            effects[name] = QSoundEffect(self)
            effects[name].setSource(QUrl.fromLocalFile(str(file)))
        return effects
