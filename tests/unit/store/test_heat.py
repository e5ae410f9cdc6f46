from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.city import City
from console.domain.grid import Grid
from console.domain.heat import EDGES, PRIOR, HeatBase, HeatChoice, HeatPeriod, smoothed, step_of
from console.store.heat import HeatMeter
from console.store.picture import Picture
from console.wire.frames import DayVolumes
from tests.builders import NOISE, RUBBISH, TZ, at, case, tiny_city

DAY = HeatChoice(HeatPeriod.DAY)
NOW = at(120)


def city(households: tuple[int, ...] = (1000, 1000, 2000), *, synthetic: bool = False) -> City:
    """Grids g0, g1 in town 11 and g2 in town 12."""
    grids = {
        f"g{n}": Grid(
            code=f"g{n}",
            community="111",
            town="12" if n == 2 else "11",
            district="1",
            households=homes,
            head="W1",
            teams=(),
            synthetic=synthetic,
        )
        for n, homes in enumerate(households)
    }
    return tiny_city(grids=grids)


def picture(**counts: int) -> Picture:
    """So many cases of rubbish taken in now in each grid, on 3 June."""
    found = Picture(tz=TZ, epoch="e", day=DayVolumes(day="2026-06-03"))
    for grid, count in counts.items():
        for n in range(count):
            one = case(id=f"{grid}-{n}", grid=None if grid == "nowhere" else grid, received_at=NOW)
            found.cases[one.id] = one
    return found


def test_counts_stand_as_they_came_in_and_the_rate_is_per_thousand_households() -> None:
    heat = HeatMeter(city(), {}).measure(picture(g0=6, g2=2, nowhere=3), DAY, NOW)
    assert (heat.total, heat.nowhere) == (11, 3)
    assert heat.rate == pytest.approx(8 / 4)
    assert [heat.grids[g].count for g in ("g0", "g1", "g2")] == [6, 0, 2]
    assert {code: town.count for code, town in heat.towns.items()} == {"11": 6, "12": 2}
    assert heat.edges == pytest.approx([2 * edge for edge in EDGES])


def test_only_the_period_and_the_category_count() -> None:
    found = picture(g0=2)
    found.cases["old"] = case(id="old", grid="g0", received_at=NOW - timedelta(minutes=61))
    found.cases["eve"] = case(id="eve", grid="g0", received_at=NOW - timedelta(hours=20))
    found.cases["loud"] = case(id="loud", grid="g0", category=NOISE, received_at=NOW)
    meter = HeatMeter(city(), {})

    def total(period: HeatPeriod, category: str = "") -> int:
        return meter.measure(found, HeatChoice(period, category), NOW).total

    assert total(HeatPeriod.DAY) == 4
    assert total(HeatPeriod.HOUR) == 3
    assert total(HeatPeriod.DAY, RUBBISH[:2]) == 3
    assert total(HeatPeriod.HOUR, NOISE[:2]) == 1
    assert meter.categories(found, NOW, 5) == ("01", "03")


def test_the_hour_never_begins_before_the_day() -> None:
    meter, found = HeatMeter(city(), {}), picture()
    past_midnight = NOW.replace(hour=16, minute=20)  # 00:20 of 4 June
    found.day = DayVolumes(day="2026-06-04")
    begins = meter.begins(found, HeatPeriod.HOUR, past_midnight)
    assert begins.astimezone(TZ).strftime("%d %H:%M") == "04 00:00"


def test_one_chance_case_paints_no_grid_and_many_do() -> None:
    meter = HeatMeter(city((1000, 5, 2000)), {})
    even = meter.measure(picture(g0=100, g1=1, g2=200), DAY, NOW)
    crowded = meter.measure(picture(g0=100, g1=40, g2=200), DAY, NOW)
    assert even.grids["g1"].step == 2  # one case of five households would be twice the city's rate
    assert crowded.grids["g1"].step == len(EDGES)


def test_a_pack_without_households_is_measured_by_area() -> None:
    meter = HeatMeter(city((0, 0, 0)), {"g0": 1.0, "g1": 3.0, "g2": 4.0})
    assert meter.base is HeatBase.AREA
    assert not meter.synthetic
    assert meter.measure(picture(g0=16), DAY, NOW).rate == pytest.approx(2.0)


def test_households_that_are_made_up_are_called_so() -> None:
    assert HeatMeter(city(synthetic=True), {}).synthetic


def test_without_a_case_in_a_grid_there_is_no_rate() -> None:
    heat = HeatMeter(city(), {}).measure(picture(nowhere=4), DAY, NOW)
    assert heat.rate is None
    assert heat.edges == ()
    assert not heat.grids
    assert heat.nowhere == 4


def test_a_grid_the_pack_does_not_know_is_nowhere() -> None:
    heat = HeatMeter(city(), {}).measure(picture(g0=1, elsewhere=2), DAY, NOW)
    assert (heat.total, heat.nowhere) == (3, 2)


@given(
    count=st.integers(0, 500),
    weight=st.floats(0.001, 100),
    above=st.floats(0.001, 100),
)
def test_smoothing_lies_between_the_own_rate_and_the_one_above(
    count: int, weight: float, above: float
) -> None:
    own, found = count / weight, smoothed(count, weight, above)
    low, high = sorted((own, above))
    assert low * (1 - 1e-9) <= found <= high * (1 + 1e-9)
    assert smoothed(count + 1, weight, above) > found
    # As much weight as the prior expects: half way.
    assert smoothed(count, PRIOR / above, above) == pytest.approx(
        (count / (PRIOR / above) + above) / 2
    )


def test_steps_begin_at_their_edges() -> None:
    assert [step_of(rate, 2.0) for rate in (0, 0.99, 1, 1.99, 2, 3, 4.99, 5, 50)] == [
        *(0, 0, 1, 1, 2, 3, 3, 4, 4)
    ]
