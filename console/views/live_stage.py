"""Makes the stage of the live picture: what every screen of this seat stands on, and what calls at it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.domain.city import City
from console.domain.role import Role
from console.domain.scope import WHOLE
from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.alarms import Alarms
from console.live.board import Board
from console.live.door import Person
from console.live.flash import Flash
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.map.basemap.base_maps import BaseMaps
from console.settings import PreferencesFile, Settings
from console.views.alarm_seat import AlarmSeat, alarm_file
from console.views.notices import NoticeBook
from console.views.selection import Selection
from console.views.stage import Stage
from console.wire.commands import Envelope


def live_stage(
    board: Board,
    tasks: Tasks,
    boundaries: Boundaries,
    settings: Settings,
    cache: Path,
    preferences: PreferencesFile,
    submit: Callable[[Envelope], None],
    *,
    person: Person | None = None,
    base_maps: BaseMaps | None = None,
) -> Stage:
    """All that is in it ends with the board; `submit` takes the orders that are given here."""
    role = Role(settings.role)
    scope = person.scope if person is not None else WHOLE
    stage = Stage(
        board=board,
        headline=Headline(board, board),
        readings=Readings(board, tasks, board),
        tasks=tasks,
        orders=Orders(board, submit, board, role=role, scope=scope),
        boundaries=boundaries,
        texts=words_of(board.city, settings.lang),
        cache=cache,
        settings=settings,
        selection=Selection(board),
        role=role,
        person=person,
        notices=NoticeBook(board),
        base_maps=base_maps,
        flash=Flash(board, board),
    )
    return replace(stage, alarm_seat=_alarm_seat(stage, preferences))


def _alarm_seat(stage: Stage, preferences: PreferencesFile) -> AlarmSeat:
    """What calls at this seat."""
    file = alarm_file(stage.settings)
    board, headline = stage.board, stage.headline
    alarms = Alarms(board, headline, stage.role, file, board, scope=stage.scope)
    return AlarmSeat(
        board, alarms, stage.orders, stage.notices, stage.flash, stage.settings, preferences
    )


def words_of(city: City, lang: str) -> Texts:
    """The words of a language, with what the city calls a case."""
    return Texts(lang, city.case_word if lang == "zh" else city.case_word_en)
