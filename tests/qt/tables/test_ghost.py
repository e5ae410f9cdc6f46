import pytest
from PySide6.QtGui import QPixmap

from console.domain.case import CaseState
from console.domain.city import City
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.ghost import case_ghost, worker_ghost
from console.theme.tokens import GHOST_SIZE
from tests.qt.desk_picture import NOW


def colours(pixmap: QPixmap) -> set[int]:
    image = pixmap.toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_its_size_is_the_devices(picture: Picture, city: City, zh: Texts, ratio: float) -> None:
    case = next(iter(picture.cases.values()))
    worker = next(iter(city.workers))
    for ghost in (
        case_ghost([case], picture, city, zh, NOW, ratio),
        worker_ghost([worker], city, zh, ratio),
    ):
        assert (ghost.width(), ghost.height()) == tuple(round(n * ratio) for n in GHOST_SIZE)
        assert ghost.devicePixelRatio() == ratio
        assert len(colours(ghost)) > 10
        assert ghost.toImage().pixelColor(0, 0).alpha() == 0


def test_every_case_looks_like_itself(picture: Picture, city: City, zh: Texts) -> None:
    waiting = [c for c in picture.cases.values() if c.state is CaseState.REGISTERED]
    seen = {
        bytes(case_ghost([case], picture, city, zh, NOW).toImage().constBits()) for case in waiting
    }
    alike = {(c.category, c.urgency, c.waiting_since.minute) for c in waiting}
    assert 1 < len(seen) <= len(waiting)
    assert len(seen) >= len({category for category, _, _ in alike}) - 1


def test_several_are_counted(picture: Picture, city: City, zh: Texts) -> None:
    cases = list(picture.cases.values())
    looks = {
        bytes(case_ghost(cases[:n], picture, city, zh, NOW).toImage().constBits())
        for n in (1, 2, 5, 60)
    }
    assert len(looks) == 4
    ids = list(city.workers)
    one, two = worker_ghost(ids[:1], city, zh), worker_ghost(ids[:2], city, zh)
    assert one.toImage() != two.toImage()


def test_nothing_in_hand_is_an_empty_chip(picture: Picture, city: City, zh: Texts) -> None:
    empty = case_ghost([], picture, city, zh, NOW)
    assert empty.toImage() == worker_ghost([], city, zh).toImage()
    assert empty.toImage() == worker_ghost(["nobody"], city, zh).toImage()
    assert (empty.width(), empty.height()) == GHOST_SIZE
