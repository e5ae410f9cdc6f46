from console.domain.footprint import fault
from console.domain.place import Position
from console.geo.touched import in_city, tidied, touched_towns
from console.store.inside import circle
from tests.map.fakes import CENTRE, fake_boundaries

BOUNDARIES = fake_boundaries(2)


def test_a_small_ring_touches_the_town_it_lies_in() -> None:
    ring = circle(Position(CENTRE.lon + 0.05, CENTRE.lat + 0.05), 300)
    assert len(touched_towns(BOUNDARIES, ring)) == 1
    assert in_city(BOUNDARIES, ring)


def test_a_ring_over_a_corner_touches_its_neighbours_the_largest_share_first() -> None:
    middle = Position(CENTRE.lon + 0.002, CENTRE.lat + 0.001)
    towns = touched_towns(BOUNDARIES, circle(middle, 600))
    assert len(towns) == 4
    alone = circle(Position(CENTRE.lon + 0.01, CENTRE.lat + 0.01), 300)
    assert towns[0] == touched_towns(BOUNDARIES, alone)[0]


def test_a_ring_in_the_sea_is_not_in_the_city() -> None:
    ring = circle(Position(111.5, 21.0), 500)
    assert touched_towns(BOUNDARIES, ring) == []
    assert not in_city(BOUNDARIES, ring)


def test_a_lasso_closed_on_or_past_its_start_is_made_tidy() -> None:
    ring = circle(CENTRE, 500)
    assert tidied((*ring, ring[0])) == ring
    inward = Position(CENTRE.lon, CENTRE.lat)
    past = (*ring, Position(ring[1].lon + 0.001, ring[1].lat), inward)
    assert fault(past) == "footprint-crosses-itself"
    mended = tidied(past)
    assert fault(mended) is None
    assert set(mended) <= set(past)
    assert tidied((ring[0], ring[0], *ring[1:])) == ring


def test_a_figure_of_eight_stays_as_it_was_drawn() -> None:
    eight = (
        Position(110.3, 20.0),
        Position(110.31, 20.01),
        Position(110.31, 20.0),
        Position(110.3, 20.01),
    )
    assert tidied(eight) == eight
    assert fault(tidied(eight)) == "footprint-crosses-itself"
