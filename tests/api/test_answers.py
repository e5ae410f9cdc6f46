"""Answers that need the database to be busy, or very many cases: 409, 503, a snapshot of several pages."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager

import psycopg
import pytest
import requests

from console.central.sqlite import FILE_NAME
from console.store.picture import Picture
from console.wire.codec import decode
from console.wire.frames import Snapshot
from tests.api.commands import accept, done, new_case, problem, send
from tests.builders import TZ
from tests.central_process import Central, running_central


@contextmanager
def _sqlite_held(centre: Central) -> Iterator[None]:
    connection = sqlite3.connect(centre.data_dir / FILE_NAME, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@contextmanager
def _postgresql_held(address: str) -> Iterator[None]:
    with psycopg.connect(address) as connection:
        connection.execute("SELECT rev FROM counter FOR UPDATE")
        yield
        connection.rollback()


@contextmanager
def writer_held(centre: Central) -> Iterator[None]:
    """Somebody else writes and does not come to an end."""
    holding = _postgresql_held(centre.database) if centre.database else _sqlite_held(centre)
    with holding:
        yield


def test_a_copy_that_comes_while_the_first_one_runs_is_told_to_wait(centre: Central) -> None:
    command = accept()

    def copy(seat: str) -> requests.Response:
        headers = centre.headers(seat=seat) | {"Idempotency-Key": command["key"]}
        return requests.post(f"{centre.url}/v1/commands", json=command, headers=headers, timeout=60)

    with ThreadPoolExecutor(2) as pool:
        with writer_held(centre):
            sent = {pool.submit(copy, seat) for seat in ("one", "two")}
            first, running = wait(sent, timeout=60, return_when=FIRST_COMPLETED)
        (told,) = first
        (other,) = running
        refused = told.result()
        problem(refused, 409, "running")
        assert int(refused.headers["Retry-After"]) >= 1
        assert other.result().status_code == 201
    again = send(centre, command)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")


def test_a_database_that_does_not_answer_is_unknown_and_the_same_key_goes_on(
    centre: Central,
) -> None:
    command = accept()
    with writer_held(centre):
        refused = send(centre, command)
    problem(refused, 503, "unavailable")
    assert int(refused.headers["Retry-After"]) >= 1
    assert send(centre, command).status_code in (200, 201)
    history = centre.request("GET", f"/v1/history/{command['body']['case']}").json()
    assert [event["type"] for event in history] == ["case.received", "case.registered"]


def fill(centre: Central, number: int) -> None:
    for start in range(0, number, 500):
        batch = {"commands": [accept() for _ in range(min(500, number - start))]}
        answers = centre.request("POST", "/v1/commands/batch", json=batch).json()["answers"]
        assert {answer["status"] for answer in answers} == {201}


def test_the_pages_of_a_large_city_are_of_one_rev(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """More is committed between the pages; none of them knows of it."""
    with running_central(tmp_path_factory.mktemp("large") / "central") as centre:
        fill(centre, 2100)
        first = centre.request("GET", "/v1/snapshot")
        page, count = decode(first.content, Snapshot), int(first.headers["Baton-Pages"])
        assert count == page.pages == 2
        _, later = new_case(centre)
        second = centre.request("GET", f"/v1/snapshot?page=1&rev={page.rev}")
        assert second.headers["ETag"] == first.headers["ETag"]
        pages = [page, decode(second.content, Snapshot)]
        assert pages[1].rev == page.rev < later
        picture = Picture.from_snapshot(pages, TZ)
        assert len(picture.cases) == 2100
        assert f"{picture.digest:016x}" == page.digest
        problem(centre.request("GET", "/v1/snapshot?page=2"), 404, "not-found")


def test_many_who_ask_at_once_get_a_snapshot_each_and_none_is_behind(centre: Central) -> None:
    last = done(centre, accept())["rev"]
    gate = threading.Barrier(20)

    def ask() -> requests.Response:
        gate.wait()
        return requests.get(f"{centre.url}/v1/snapshot", headers=centre.headers(), timeout=60)

    with ThreadPoolExecutor(20) as pool:
        found = [one.result() for one in [pool.submit(ask) for _ in range(20)]]
    assert {response.status_code for response in found} == {200}
    for response in found:
        page = response.json()
        assert response.headers["ETag"] == f'"{page["epoch"]}:{page["rev"]}"'
        # Up to five seconds old: the stream fills the rest.
        events = centre.request("GET", f"/v1/log?from={page['rev'] + 1}&to={last}").json()
        assert page["rev"] + len(events) >= last
