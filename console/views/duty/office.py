"""The chief's office: which scope is looked at, who is on duty there, since when."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.domain.city import City
from console.domain.roster import CITY, Roster, Turn
from console.settings import PreferencesFile
from console.store.scope import Scope
from console.views.stage import Stage


class Office(QObject):
    """Shared by the panels of one duty screen."""

    changed = Signal()
    """Another scope."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        """The scope that was looked at last; the city where the pack does not know it."""
        super().__init__(parent)
        self.stage = stage
        self._preferences = PreferencesFile(stage.settings.data_dir)
        code = self._preferences.load().duty_scope
        self.scope = Scope(code if code in stage.city.units else CITY, stage.city)

    @property
    def city(self) -> City:
        """The city pack."""
        return self.stage.city

    def look_at(self, code: str) -> None:
        """Another scope: `CITY` or a unit's code; remembered."""
        if code != self.scope.code:
            self.scope = Scope(code, self.city)
            self._preferences.save(duty_scope=code)
            self.changed.emit()

    def now(self) -> datetime:
        """Domain time, aware UTC."""
        return self.stage.board.time.domain_now()

    def roster(self) -> Roster:
        """The roster as it stands."""
        return Roster(self.city.rotas, self.stage.board.picture.turns.values(), self.city.tz)

    def turn(self) -> Turn | None:
        """Whose turn it is for the scope; None is a gap."""
        return self.roster().now(self.scope.code, self.now())

    def name_of(self, code: str) -> str:
        """A scope's name in the user's language."""
        texts = self.stage.texts
        if code == CITY:
            return texts("duty.whole_city", city=texts.pick(self.city.name, self.city.name_en))
        unit = self.city.units.get(code)
        return texts.pick(unit.name, unit.name_en) if unit is not None else code
