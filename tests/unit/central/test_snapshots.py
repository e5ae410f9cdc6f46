"""Snapshots: pages at one rev, together the whole picture."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.central import snapshots as module
from console.central.centre import Centre
from console.domain.command import Dispatch, SetDuty
from console.domain.role import Role
from console.store.picture import Picture
from console.wire.codec import decode
from console.wire.frames import Snapshot
from tests.builders import TOWN, TZ, fix
from tests.unit.central.desk import accept, do


def fill(centre: Centre) -> None:
    for number in range(7):
        do(centre, accept(f"C{number}"))
        do(centre, Dispatch(case=f"C{number}", assignment=f"A{number}", unit=TOWN))
    do(centre, SetDuty(worker="W1", on_duty=True), Role.FIELD)
    centre.mirror.put_fixes([fix("W1"), fix("W2")])


@pytest.mark.parametrize("size", [1, 3, 5, 16, 17, 100])
def test_all_pages_are_one_picture(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(module, "PAGE_SIZE", size)
    fill(centre)
    pages = [decode(page, Snapshot) for page in centre.snapshots.current().pages]
    assert len(pages) == -(-17 // size)
    assert {(p.rev, p.digest, p.pages) for p in pages} == {
        (centre.tail.rev, pages[0].digest, len(pages))
    }
    picture, mirror = Picture.from_snapshot(pages, TZ), centre.mirror.fork()
    assert f"{picture.digest:016x}" == pages[0].digest
    assert (picture.cases, picture.fixes, picture.day) == (mirror.cases, mirror.fixes, mirror.day)
    assert picture.of_owner == mirror.of_owner


def test_one_is_built_for_all_who_ask_within_five_seconds(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: seconds[0])
    first = centre.snapshots.current()
    do(centre, accept("C1"))
    assert centre.snapshots.current() is first
    seconds[0] += module.FRESH_S
    second = centre.snapshots.current()
    assert second.rev > first.rev
    assert centre.snapshots.at_rev(first.rev) is first
    seconds[0] += module.KEPT_S - module.FRESH_S
    assert centre.snapshots.at_rev(first.rev) is None
    assert centre.snapshots.at_rev(second.rev) is second


def test_an_empty_city_has_one_page(centre: Centre) -> None:
    assert len(centre.snapshots.current().pages) == 1


def test_however_many_ask_at_once_it_is_built_once(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(centre)
    built = []
    fork = centre.mirror.fork

    def counted() -> Picture:
        built.append(1)
        return fork()

    monkeypatch.setattr(module.time, "monotonic", lambda: 100.0)
    monkeypatch.setattr(centre.mirror, "fork", counted)
    gate = threading.Barrier(16)

    def ask() -> module.Built:
        gate.wait()
        return centre.snapshots.current()

    with ThreadPoolExecutor(16) as pool:
        found = [one.result() for one in [pool.submit(ask) for _ in range(16)]]
    assert len(built) == 1
    assert all(one is found[0] for one in found)
