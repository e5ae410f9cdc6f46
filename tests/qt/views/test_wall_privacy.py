"""Whatever people typed, said or are called: no wall shows it, in no scene and in no language."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.domain.category import Urgency
from console.domain.city import City
from console.domain.incident import Incident, IncidentState
from console.domain.place import Position
from console.domain.roster import Turn
from console.settings import WallChoice
from console.store.picture import Picture
from console.tables import paint
from console.views.wall import panel as wall_panel
from console.views.wall.scenes import choosable
from console.views.wall.screen import WallScreen
from tests.qt.desk_picture import NOW
from tests.qt.views.stand_ins import stand_in_maps
from tests.qt.views.wall_room import MakeWall, Seconds, map_of, tick, unsigned

CALLER, PHONE, WORDS = "欧阳小明", "138 1234 5678", "我家被淹了快来人"
HOUSE = "海甸五西路88号3栋402室"
SECRETS = (
    CALLER,
    "13812345678",
    PHONE,
    "1234 5678",
    WORDS,
    HOUSE,
    "88号",
    "3栋",
    "402",
    "javascript",
)
HOSTILE = f"{HOUSE} {CALLER} {PHONE} {WORDS} <script>javascript</script> ${{1}} \u202e\x00" * 3
IDENTIFYING = f"{HOUSE} {PHONE}"


class Watch:
    """Everything that is drawn as words, collected while a wall draws itself."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: list[str] = []
        real = paint.draw_text

        def draw(painter: Any, rect: Any, words: str, **how: Any) -> int:
            self.words.append(words)
            return real(painter, rect, words, **how)

        monkeypatch.setattr(paint, "draw_text", draw)
        monkeypatch.setattr(wall_panel, "draw_text", draw)

    def look(self, wall: WallScreen) -> None:
        """Words of panels, of Qt for a screen reader or a pointer, of the map, of the menu."""
        wall.grab()
        for widget in [wall, *wall.findChildren(QWidget)]:
            self.words += [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
            self.words += [widget.accessibleName(), widget.accessibleDescription()]
            self.words += [widget.windowTitle(), widget.objectName()]
        shown = map_of(wall)
        self.words += [str(pin.row()) for pin in shown.cases.values()]
        self.words += [badge.text for badge in shown.areas.values()]
        self.words += [area.label for area in getattr(shown, "footprints", [])]
        menu = QMenu(wall)
        wall.add_to_menu(menu)
        self.words += [action.text() for action in menu.actions()]
        menu.deleteLater()


def tainted(picture: Picture, city: City) -> None:
    """Put what nobody may read wherever a text can stand, keys excepted."""
    open_keys = {"id", "version", "lead", "category", "district", "town", "community", "grid"}
    unsigned(picture, city, 5)
    for case in list(picture.cases.values()):
        texts = {f.name for f in fields(case) if "str" in str(f.type)} - open_keys
        given: dict[str, Any] = dict.fromkeys(texts, HOSTILE)
        picture.cases[case.id] = replace(case, **(given | {"incident": None}))
    for order in list(picture.assignments.values()):
        picture.assignments[order.id] = replace(
            order, words=HOSTILE, return_reason=HOSTILE, worker=HOSTILE, team=None
        )
    ring = tuple(Position(*p) for p in ((110.3, 20.0), (110.35, 20.0), (110.35, 20.04)))
    picture.incidents["I1"] = Incident(
        id="I1",
        version=1,
        state=IncidentState.CONFIRMED,
        name=f"{IDENTIFYING} 积水",
        footprint=ring,
        district=None,
        started_at=NOW,
        started_by=HOSTILE,
    )
    unit = next(u.code for a, u in city.unit_of_area.items() if city.areas[a].parent is None)
    hours = timedelta(hours=9)
    turn = Turn(
        id="T1",
        version=1,
        unit=unit,
        name=IDENTIFYING,
        phone=PHONE,
        start=NOW - hours,
        end=NOW + hours,
    )
    picture.turns["T1"] = turn


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_wall_shows_who_called_or_what_they_said(
    make_wall: MakeWall,
    quiet_picture: Picture,
    city: City,
    seconds: Seconds,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
) -> None:
    wall = make_wall(quiet_picture, lang)
    tainted(wall.stage.board.picture, city)
    watch = Watch(monkeypatch)
    seen = set()
    for scene in choosable(city):
        wall.setup.set(WallChoice(scenes=(scene,)))
        wall.camera.step(1)
        tick(wall)
        seen.add(wall.camera.scene.kind)
        watch.look(wall)
        seconds.now += 61
    assert len(seen) == 5
    told = [w for w in watch.words if w]
    # The positive control: what may be read has been seen, the incident's harmless word too.
    assert any("积水" in words for words in told)
    assert sum(row.total for row in (wall.urgent,)) == 5
    found = {(secret, words) for secret in SECRETS for words in told if secret in words}
    assert found == set()


def test_a_sensitive_case_gives_its_district_and_its_minutes_and_has_no_place_on_the_map(
    make_wall: MakeWall, quiet_picture: Picture, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = next(c for c in city.categories.values() if c.sensitive)
    watch = Watch(monkeypatch)
    cases = unsigned(quiet_picture, city, 2, category=secret.code)
    wall = make_wall(quiet_picture)
    watch.look(wall)
    assert wall.urgent.total == 2
    assert not {case.id for case in cases} & set(map_of(wall).cases)
    assert not any(secret.name in words for words in watch.words)
    for row, case in zip(wall.urgent.rows, cases, strict=True):
        assert row.title == city.area_name(case.district) or case.district is None
        assert (row.place, row.receiver) == ("", "")


def test_a_category_that_the_city_does_not_know_counts_as_sensitive(
    make_wall: MakeWall, quiet_picture: Picture, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    cases = unsigned(quiet_picture, city, 1, category="家暴-王小明", urgency=Urgency.URGENT)
    wall = make_wall(quiet_picture)
    watch.look(wall)
    assert wall.urgent.total == 1
    assert cases[0].id not in map_of(wall).cases
    assert not any("王小明" in words for words in watch.words)


def test_what_is_told_to_the_seat_stands_on_the_desk_and_not_on_a_wall(
    window: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.qt.views.wall_room import WallMapStandIn

    stand_in_maps(monkeypatch, "console.views.wall.wall_map.stage_map", WallMapStandIn)
    window.stage.notices.add("refused", lambda texts: HOSTILE)
    assert window.frame.notices.isVisible()
    window._walls.open("no such display")
    (wall,) = window.torn
    wall.show()
    assert wall.shown.public
    assert not wall.frame.notices.isVisible()
    window.go("wall")
    assert not window.frame.notices.isVisible()
    window.go("desk")
    assert window.frame.notices.isVisible()
    wall.close()
    QApplication.processEvents()
