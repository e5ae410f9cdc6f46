"""The lanes flash for who has not signed: what stands on the display, half a second after half a second."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from console.domain.command import Acknowledge
from console.live.flash import HALF_MS
from console.theme.tokens import WHITE
from console.views.incident.lane_view import ROW, columns
from tests.qt.views.linkage import Linkage
from tests.qt.views.linkage_room import MakeLinkage, ask, start

HALVES = 6


@pytest.fixture
def asked(make_linkage: MakeLinkage) -> Linkage:
    """Five were asked, the first of them has signed."""
    linkage = make_linkage()
    start(linkage)
    ask(linkage)
    linkage.centre.field(Acknowledge(assignment=linkage.orders()[0].id))
    return linkage


def shown(linkage: Linkage, order: str) -> QImage:
    """An order's mark as the display has it: one that nobody asked to be drawn anew is the old one."""
    screen, view = linkage.screen, linkage.screen.lanes.list
    spot = view.place_of(order)
    assert spot is not None
    QApplication.processEvents()
    corner = view.viewport().mapTo(screen, columns(spot[1])[1].topLeft())
    found = screen.screen().grabWindow(screen.winId(), corner.x(), corner.y(), ROW, ROW)
    return found.toImage()


def white(image: QImage) -> int:
    """How many pixels have the ring's colour: more in a thick ring."""
    pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(*at) == QColor(WHITE) for at in pixels)


def rings(linkage: Linkage) -> dict[str, list[int]]:
    """The white pixels of each mark in the halves of three seconds; the first half is a lit one."""
    seen: dict[str, list[int]] = {order.id: [] for order in linkage.orders()}
    start_s = linkage.centre.minutes * 60
    for half in range(HALVES):
        linkage.centre.minutes = (start_s + (half + 0.5) * HALF_MS / 1000) / 60
        linkage.screen.stage.flash._turn()
        for order, counts in seen.items():
            counts.append(white(shown(linkage, order)))
    return seen


def test_who_has_not_signed_flashes_with_the_halves_of_the_clocks_seconds(asked: Linkage) -> None:
    signed, *unsigned = (order.id for order in asked.orders())
    seen = rings(asked)
    assert set(seen.pop(signed)) == {0}
    for order in unsigned:
        lit, dark = seen[order][:2]
        assert lit > 2 * dark > 0
        assert seen[order] == [lit, dark] * (HALVES // 2)


def test_in_a_picture_that_is_not_live_the_thick_ring_stands_still(asked: Linkage) -> None:
    signed, *unsigned = (order.id for order in asked.orders())
    lit = rings(asked)[unsigned[0]][0]
    assert asked.screen.stage.flash.running
    asked.centre.go_to(2, silent=True)
    assert not asked.screen.stage.flash.running
    seen = rings(asked)
    assert set(seen.pop(signed)) == {0}
    assert {count for counts in seen.values() for count in counts} == {lit}
