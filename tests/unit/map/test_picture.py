"""The page always ends level with what the map was told, however it was told."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.map.picture import Picture
from console.map.pins import Kind
from tests.map.pins import case, place, team, worker

LIMIT = 64 * 1024


class Page:
    """Does with messages what js/messages.js does."""

    def __init__(self) -> None:
        self.pins: dict[str, dict[str, Any]] = {kind.value: {} for kind in Kind}
        self.load: dict[int, int] = {}
        self.hours: dict[int, int] = {}
        self.heat: dict[int, list[int]] = {}
        self.marks = 0
        self.others: list[dict[str, Any]] = []

    def take(self, text: str) -> None:
        assert len(text.encode()) <= LIMIT
        message = json.loads(text)
        if message["type"] == "pins":
            pins = self.pins[message["kind"]]
            for pin_id in message["gone"]:
                pins.pop(pin_id, None)
            pins.update({row[0]: row for row in message["set"]})
        elif message["type"] == "load":
            self.load.update(dict(message["counts"]))
            self.load = {index: n for index, n in self.load.items() if n}
        elif message["type"] == "hours":
            self.hours.update(dict(message["counts"]))
            self.hours = {index: n for index, n in self.hours.items() if n >= 0}
        elif message["type"] == "heatGrids":
            self.heat.update(dict(message["counts"]))
            self.heat = {index: found for index, found in self.heat.items() if found}
        elif message["type"] == "filled":
            self.marks += 1
        else:
            if message["type"] == "reset":
                self.pins = {kind.value: {} for kind in Kind}
                self.load, self.hours, self.heat = {}, {}, {}
            self.others.append(message)

    def level(self, picture: Picture) -> int:
        """Take all that waits; how many messages that was."""
        count = 0
        while (text := picture.next_message()) is not None:
            self.take(text)
            count += 1
        return count


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 6), st.integers(0, 3)),
        st.tuples(st.just("drop"), st.integers(0, 6), st.just(0)),
        st.tuples(st.just("set"), st.integers(0, 6), st.integers(0, 3)),
        st.tuples(st.just("load"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("hours"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("heat"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("topic"), st.integers(0, 1), st.integers(0, 3)),
        st.tuples(st.just("send"), st.just(0), st.just(0)),
        st.tuples(st.just("crash"), st.just(0), st.just(0)),
    )
)


@given(STEPS)
def test_page_ends_level(steps: list[tuple[str, int, int]]) -> None:
    picture, page = Picture(), Page()
    load: dict[int, Any] = {}
    hours: dict[int, Any] = {}
    heat: dict[int, Any] = {}
    numbers: dict[str, tuple[Callable[[dict[int, Any]], None], dict[int, Any]]] = {
        "load": (picture.set_load, load),
        "hours": (picture.set_hours, hours),
        "heat": (picture.set_heat, heat),
    }
    topics: dict[str, int] = {}
    for what, which, value in steps:
        pin = case(id=f"c{which}", state=f"s{value}")
        if what == "put":
            picture.update(Kind.CASE, [pin], [])
        elif what == "drop":
            picture.update(Kind.CASE, [], [f"c{which}"])
        elif what == "set":
            picture.set(Kind.CASE, [pin])
        elif what in numbers:
            tell, told = numbers[what]
            told.clear()
            told[which] = (value, value + 1) if what == "heat" else value
            tell(told)
        elif what == "topic":
            topics[f"t{which}"] = value
            picture.keep(f"t{which}", type=f"t{which}", value=value)
        elif what == "send" and (text := picture.next_message()) is not None:
            page.take(text)
        elif what == "crash":
            page = Page()
            picture.begin_again()
    page.level(picture)
    known = {pin_id: pin.row() for pin_id, pin in picture.known(Kind.CASE).items()}
    assert page.pins["case"] == json.loads(json.dumps(known))
    assert page.load == {index: count for index, count in load.items() if count}
    assert page.hours == hours
    assert page.heat == {index: list(found) for index, found in heat.items()}
    assert {m["type"]: m["value"] for m in page.others if "value" in m} == topics
    assert {pin_id for kind, pin_id in picture.standing if kind is Kind.CASE} == set(known)


def test_ten_thousand_cases_go_in_slices() -> None:
    picture, page = Picture(), Page()
    picture.set(Kind.CASE, [case(id=f"c{i}", place="椰" * 400) for i in range(10_000)])
    assert page.level(picture) > 10
    assert len(page.pins["case"]) == 10_000


def test_whole_city_of_load_goes_in_slices() -> None:
    picture, page = Picture(), Page()
    picture.set_load(dict.fromkeys(range(20_000), 123_456))
    page.level(picture)
    assert len(page.load) == 20_000


def test_same_again_sends_nothing() -> None:
    picture, page = Picture(), Page()
    picture.set(Kind.WORKER, [worker()])
    page.level(picture)
    picture.set(Kind.WORKER, [worker()])
    assert page.level(picture) == 0


def test_many_changes_of_one_pin_are_one() -> None:
    picture, page = Picture(), Page()
    for load in range(50):
        picture.update(Kind.WORKER, [worker(load=load)], [])
    assert page.level(picture) == 1
    assert page.pins["worker"]["w1"][6] == 49


def test_held_pins_wait_but_messages_go() -> None:
    picture, page = Picture(), Page()
    picture.held = True
    picture.update(Kind.CASE, [case()], [])
    picture.say(type="select", kind="case", id="c1")
    page.level(picture)
    assert page.pins["case"] == {}
    assert [m["type"] for m in page.others] == ["select"]
    picture.held = False
    page.level(picture)
    assert set(page.pins["case"]) == {"c1"}


def test_mark_comes_after_the_pins() -> None:
    picture, page = Picture(), Page()
    picture.mark()
    picture.set(Kind.CASE, [case()])
    texts = []
    while (text := picture.next_message()) is not None:
        texts.append(json.loads(text)["type"])
        page.take(text)
    assert texts == ["pins", "filled"]


def test_only_the_latest_of_a_topic_is_sent() -> None:
    picture, page = Picture(), Page()
    for value in range(9):
        picture.keep("style", type="style", value=value)
        picture.say_latest("aim", type="fly", value=value)
    assert page.level(picture) == 2
    assert [m["value"] for m in page.others] == [8, 8]
    picture.keep("style", type="style", value=8)
    assert page.level(picture) == 0


def test_new_page_hears_topics_and_wishes_but_nothing_passing() -> None:
    picture, page = Picture(), Page()
    picture.keep("style", type="style", value=1)
    page.level(picture)
    picture.say(type="pan", dx=1)
    picture.say_latest("aim", type="fly", value=2)
    picture.begin_again()
    page.level(picture)
    assert [m["type"] for m in page.others] == ["style", "reset", "style", "fly"]


def test_drops_are_tested_against_pins_but_places() -> None:
    picture, page = Picture(), Page()
    picture.set(Kind.TEAM, [team()])
    picture.set(Kind.PLACE, [place()])
    assert list(picture.standing) == []
    page.level(picture)
    assert [pin_id for _, pin_id in picture.standing] == ["t1"]
