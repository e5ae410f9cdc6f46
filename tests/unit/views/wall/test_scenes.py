from itertools import pairwise

from console.geo.cities import default_city
from console.geo.city import load_city
from console.views.wall.orbit import PERIOD_S, STEP, offset, reach
from console.views.wall.rotation import Mode, Rotation
from console.views.wall.scenes import CITY_SCENE, Scene, SceneKind, choosable, scenes_of

CITY = load_city(default_city())
DISTRICTS = [area.code for area in CITY.areas.values() if area.parent is None]


def test_without_a_choice_there_are_city_and_districts_and_no_figures() -> None:
    found = scenes_of(CITY, (), CITY.policy.wall_scenes)
    assert found == [CITY_SCENE, *(Scene(SceneKind.DISTRICT, code) for code in DISTRICTS)]
    assert all(scene.on_map for scene in found)


def test_the_choice_gives_the_order_and_nothing_stands_twice() -> None:
    chosen = (
        "ranking",
        f"district:{DISTRICTS[1]}",
        "districts",
        "city",
        "city",
        "district:nowhere",
        "x",
    )
    found = scenes_of(CITY, (), chosen)
    assert found[0].kind is SceneKind.RANKING
    assert found[1].code == DISTRICTS[1]
    assert len(found) == len(set(found)) == len(DISTRICTS) + 2


def test_what_comes_to_nothing_is_the_city() -> None:
    assert scenes_of(CITY, (), ("incidents",)) == [CITY_SCENE]
    assert scenes_of(CITY, (), ()) == [CITY_SCENE]


def test_all_that_can_be_chosen_leads_to_a_scene_or_waits_for_an_incident() -> None:
    for name in choosable(CITY):
        assert scenes_of(CITY, (), (name,)) != [] or name == "incidents"


def test_figures_give_way_to_the_city_while_something_is_held_and_come_back() -> None:
    hours, ranking = Scene(SceneKind.HOURS), Scene(SceneKind.RANKING)
    made = Rotation(0)
    made.set_scenes([hours, ranking], 0)
    assert made.scene == hours
    for second in range(1, 100):
        made.set_scenes([hours, ranking], second)
        made.tick(second, held=True)
        assert made.scene == CITY_SCENE
    made.tick(100, held=False)
    made.set_scenes([hours, ranking], 101)
    mode: Mode = made.mode
    assert (made.scene, mode) == (hours, Mode.ROTATING)


def test_the_orbit_comes_by_everywhere_in_small_steps_and_never_beyond_its_reach() -> None:
    for height in (1080, 2160):
        most = reach(height)
        assert most >= 0.009 * height
        places = [offset(second, height) for second in range(int(PERIOD_S))]
        assert max(abs(n) for place in places for n in place) <= most
        assert all(n % STEP == 0 for place in places for n in place)
        for (x, y), (after_x, after_y) in pairwise(places):
            assert abs(after_x - x) <= STEP
            assert abs(after_y - y) <= STEP
        quarters = {(x > 0, y > 0) for x, y in places}
        assert len(quarters) == 4
        assert len(set(places)) > 60
