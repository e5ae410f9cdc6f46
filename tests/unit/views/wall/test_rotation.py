from hypothesis import given
from hypothesis import strategies as st

from console.views.wall.rotation import LOCK_S, SHOW_S, Mode, Rotation
from console.views.wall.scenes import CITY_SCENE, Scene, SceneKind

A, B = Scene(SceneKind.DISTRICT, "1"), Scene(SceneKind.DISTRICT, "2")
ALL = [CITY_SCENE, A, B]


def rotation() -> Rotation:
    made = Rotation(0)
    made.set_scenes(ALL, 0)
    return made


def mode(made: Rotation) -> Mode:
    return made.mode


def test_scenes_follow_each_other_while_nothing_is_unsigned() -> None:
    made = rotation()
    seen = []
    for second in range(1, 3 * int(SHOW_S) + 1):
        made.tick(second, held=False)
        seen.append(made.scene)
    assert [seen[18], seen[19], seen[39], seen[59]] == [CITY_SCENE, A, B, CITY_SCENE]


def test_the_countdown_runs_to_the_next_scene() -> None:
    made = rotation()
    made.tick(5, held=False)
    assert made.left(5) == SHOW_S - 5
    assert made.next_scene == A


def test_an_unsigned_urgent_case_brings_the_city_back_and_holds_it() -> None:
    made = rotation()
    made.tick(SHOW_S, held=False)
    assert made.scene == A
    made.tick(SHOW_S + 1, held=True)
    assert made.scene == CITY_SCENE
    assert mode(made) is Mode.HELD
    assert made.left(SHOW_S + 1) is None
    made.tick(1000, held=True)
    assert made.scene == CITY_SCENE
    made.tick(1001, held=False)
    assert made.scene == CITY_SCENE
    assert made.left(1001) == SHOW_S


def test_a_hand_comes_first_and_lets_go_by_itself() -> None:
    made = rotation()
    made.step(1, 0)
    made.tick(1, held=True)
    assert made.scene == A
    assert mode(made) is Mode.LOCKED
    made.tick(LOCK_S, held=True)
    assert made.scene == CITY_SCENE
    assert mode(made) is Mode.HELD


def test_one_key_releases() -> None:
    made = rotation()
    made.touch(0)
    made.release(3)
    assert mode(made) is Mode.ROTATING
    assert made.left(3) == SHOW_S


def test_a_pause_stays_until_it_is_ended() -> None:
    made = rotation()
    made.pause(0)
    made.tick(10_000, held=False)
    assert made.scene == CITY_SCENE
    assert mode(made) is Mode.PAUSED
    made.pause(10_000)
    made.tick(10_000 + SHOW_S, held=False)
    assert made.scene == A


def test_back_from_the_first_is_the_last() -> None:
    made = rotation()
    made.step(-1, 0)
    assert made.scene == B


def test_a_scene_that_is_gone_gives_way_to_the_city() -> None:
    made = rotation()
    made.step(-1, 0)
    made.set_scenes([CITY_SCENE, A], 1)
    assert made.scene == CITY_SCENE


@given(st.lists(st.sampled_from(["tick", "held", "touch", "next", "pause", "fewer", "all"])))
def test_some_scene_is_always_shown(steps: list[str]) -> None:
    made, now = rotation(), 0.0
    for step in steps:
        now += 7
        if step in ("tick", "held"):
            made.tick(now, held=step == "held")
        elif step == "touch":
            made.touch(now)
        elif step == "next":
            made.step(1, now)
        elif step == "pause":
            made.pause(now)
        else:
            made.set_scenes(ALL if step == "all" else [CITY_SCENE], now)
        assert made.scene in ALL
        if mode(made) is Mode.HELD and step == "held":
            assert made.scene == CITY_SCENE
