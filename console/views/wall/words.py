"""From the board to the words and rows of the wall's panels."""

from console.domain.city import City
from console.domain.clock import Level
from console.domain.indicator import IndicatorId
from console.domain.roster import Roster
from console.i18n import Texts
from console.live.board import Board, Freshness
from console.theme import tokens
from console.views.stage import Stage
from console.views.wall.census import Census, worst
from console.views.wall.chiefs_panel import Chief
from console.views.wall.public import public_name
from console.views.wall.ranking_panel import Standing
from console.views.wall.scenes import DISTRICT, choosable
from console.views.wall.top_panel import Mark, Now
from console.views.wall.urgent_row import UrgentRow, urgent_row


def is_old(board: Board) -> bool:
    """Whether what is shown runs on by itself, as an estimate."""
    return board.time.known and board.freshness() is not Freshness.LIVE


def now_words(board: Board, texts: Texts, *, live: bool = True) -> Now:
    """The clock and the picture's age, in big words; a replay is not `live` and has no age."""
    keeper, freshness = board.time, board.freshness()
    local = keeper.domain_now().astimezone(board.city.tz)
    age = keeper.age()
    if not live:
        words = ""
    elif age is None:
        words = texts("age.offline_never")
    else:
        heard = (local - age * keeper.rate).strftime("%H:%M:%S")
        words = texts(f"wall.age_{freshness.value}", time=heard)
    estimated = texts("wall.estimated") if is_old(board) else ""
    return Now(local.strftime("%H:%M:%S"), estimated, words, freshness)


def mark(stage: Stage) -> Mark:
    """What must never be taken for the real city: a training, a recorded day, made data."""
    if stage.training:
        return Mark(stage.texts("app.training"), tokens.TRAINING)
    if not stage.board.time.simulated:
        return Mark()
    settings = stage.settings
    recorded = settings.embedded and settings.feed.source not in ("sim", "none")
    return Mark(stage.texts("wall.recorded" if recorded else "wall.simulated"))


def urgent_rows(census: Census, board: Board, texts: Texts) -> list[UrgentRow]:
    """A row for each unsigned urgent case, the longest first."""
    now = board.time.domain_now()
    return [urgent_row(one, board.city, texts, now) for one in census.unsigned]


def chiefs_now(board: Board, texts: Texts) -> list[Chief]:
    """Who decides in each district at this moment."""
    city, now = board.city, board.time.domain_now()
    roster = Roster(city.rotas, board.picture.turns.values(), city.tz)
    english = _english_names(city)
    chiefs = []
    for area in city.areas.values():
        if area.parent is None:
            unit = city.unit_of_area.get(area.code)
            turn = roster.now(unit.code, now) if unit is not None else None
            name = None
            if turn is not None:
                name = public_name(texts.pick(turn.name, english.get(turn.name, "")))
            # The panel names nothing but districts: the English word is left out for want of room.
            short = area.name_en.removesuffix(" District")
            chiefs.append(Chief(texts.pick(area.name, short), name))
    return chiefs


def standings(census: Census, stage: Stage) -> list[Standing]:
    """How each district stands: red of its open cases, answered in time of those that were due today."""
    city, texts = stage.city, stage.texts
    found = []
    for area in city.areas.values():
        if area.parent is not None:
            continue
        counts = census.districts.get(area.code, [])
        unit = city.unit_of_area.get(area.code)
        answered = stage.readings.of(IndicatorId.RESPONSE, unit.code) if unit is not None else None
        name = texts.pick(area.name, area.name_en.removesuffix(" District"))
        overdue = sum(counts[Level.RED :])
        found.append(Standing(name, worst(counts), overdue, sum(counts), answered))
    return found


def scene_names(city: City, texts: Texts) -> list[tuple[str, str]]:
    """All scenes that can be chosen, each with its words."""
    names = []
    for name in choosable(city):
        if name.startswith(DISTRICT):
            area = city.area_name(name.removeprefix(DISTRICT), texts.lang)
            names.append((name, texts("wall.scene_district", area=area)))
        else:
            names.append((name, texts(f"wall.scene_{name}")))
    return names


def _english_names(city: City) -> dict[str, str]:
    """A turn has one name; the pack knows its people's other one."""
    return {person.name: person.name_en for rota in city.rotas for person in rota.people}
