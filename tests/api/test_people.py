"""Administration of people: over the wire on both stores, and from the command line for the first one."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from console.domain.role import Role
from tests import postgres
from tests.api.conftest import STORES
from tests.api.people import SECRET, add, ask, come_in, events_about, login_of, session, wish
from tests.central_process import (
    PATIENCE_S,
    ROOT,
    TINY,
    Central,
    Listener,
    running_central,
)


@pytest.fixture
def shared() -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    address = postgres.server().fresh()
    yield address
    postgres.server().drop(address)


def put(centre: Central, login: str, body: dict[str, Any]) -> requests.Response:
    return centre.request("PUT", f"/v1/people/{login}", role="admin", json=body)


class TestOverTheWire:
    def test_everybody_is_listed(self, centre: Central) -> None:
        login, _ = add(centre, "duty_chief", district="1")
        found = centre.request("GET", "/v1/people", role="admin").json()["people"]
        (entry,) = [one for one in found if one["login"] == login]
        assert entry.pop("changed").endswith("Z")
        assert entry == {
            "login": login,
            "name": "王小明",
            "roles": ["duty_chief"],
            "district": "1",
            "unit": None,
            "disabled": False,
            "has_password": True,
            "must_change_password": True,
        }
        assert [one["login"] for one in found] == sorted(one["login"] for one in found)

    @pytest.mark.parametrize(
        "role", sorted(set(Role) - {Role.ADMIN, Role.CENTRE}, key=lambda role: role.value)
    )
    def test_administrators_alone(self, centre: Central, role: Role) -> None:
        login, _ = add(centre, "wall")
        asked = [
            ("GET", "/v1/people", None),
            ("POST", "/v1/people/somebody", wish("admin")),
            ("PUT", f"/v1/people/{login}", wish("admin")),
        ]
        for method, path, body in asked:
            answer = centre.request(method, path, role=role.value, json=body)
            assert (answer.status_code, answer.json()["problem"]) == (403, "role"), path
            assert answer.json()["who_may"] == ["admin"]

    def test_without_a_password_nobody_comes_in_by_one(self, centre: Central) -> None:
        answer = centre.request("POST", "/v1/people/nopass", role="admin", json=wish("wall"))
        assert answer.status_code == 201
        assert answer.json()["one_time"] is None
        assert not answer.json()["person"]["has_password"]

    def test_a_new_one_time_password_puts_out(self, centre: Central) -> None:
        found = come_in(centre, "dispatcher")
        answer = put(centre, login_of(found), wish("dispatcher", hand_password=True)).json()
        assert answer["person"]["must_change_password"]
        assert ask(centre, found, "GET", "/v1/snapshot").json()["problem"] == "session-ended"
        again = session(centre)
        assert again.log_in(login_of(found), answer["one_time"]).must_change_password
        types = [event["type"] for event in events_about(centre, login_of(found))]
        assert types == ["person.added", "person.password_handed", "person.password_handed"]

    @pytest.mark.parametrize(
        ("login", "body", "code"),
        [
            ("W", wish("wall"), "bad-login"),
            ("王", wish("wall"), "bad-login"),
            ("a%00b", wish("wall"), "bad-login"),
            ("x" * 41, wish("wall"), "bad-login"),
            ("newone", wish("field"), "bad-role"),
            ("newone", wish("centre"), "bad-role"),
            ("newone", wish("wall", district="9"), "bad-scope"),
            ("newone", wish("wall", district="11"), "bad-scope"),
            ("newone", wish("wall", unit="B.none"), "bad-scope"),
            ("newone", wish("wall", district="1", unit="D.1"), "bad-scope"),
            ("newone", wish("wall") | {"name": " "}, "name-needed"),
            ("newone", wish("wall") | {"name": "a\x00b"}, "name-needed"),
            ("newone", wish("wall") | {"name": "x" * 81}, "name-needed"),
        ],
    )
    def test_what_does_not_fit(
        self, centre: Central, login: str, body: dict[str, Any], code: str
    ) -> None:
        answer = centre.request("POST", f"/v1/people/{login}", role="admin", json=body)
        assert (answer.status_code, answer.json()["problem"]) == (422, code)
        if login == "newone":
            (known, _) = add(centre, "wall")
            assert put(centre, known, body).json()["problem"] == code

    def test_one_login_one_person(self, centre: Central) -> None:
        login, one_time = add(centre, "wall")
        answer = centre.request("POST", f"/v1/people/{login}", role="admin", json=wish("admin"))
        assert (answer.status_code, answer.json()["problem"]) == (422, "person-exists")
        assert session(centre).log_in(login, one_time).roles == (Role.WALL,)

    @pytest.mark.parametrize("login", ["nobody-here", "a%00b", "%F0%9F%98%80"])
    def test_nobody_cannot_be_changed(self, centre: Central, login: str) -> None:
        answer = put(centre, login, wish("wall"))
        assert (answer.status_code, answer.json()["problem"]) == (404, "unknown-person")

    def test_an_emperor_is_no_role(self, centre: Central) -> None:
        answer = centre.request("POST", "/v1/people/newone", role="admin", json=wish("emperor"))
        assert answer.status_code == 400


class TestTheLog:
    def test_every_change_and_no_name(self, centre: Central) -> None:
        login, _ = add(centre, "dispatcher")
        put(centre, login, wish("dispatcher", "wall"))
        put(centre, login, wish("dispatcher", "wall") | {"name": "李大钊"})
        put(centre, login, wish("dispatcher", "wall", district="2", disabled=True))
        events = events_about(centre, login)
        assert [(event["type"], event["change"]) for event in events] == [
            (
                "person.added",
                {"roles": ["dispatcher"], "district": None, "unit": None, "disabled": False},
            ),
            ("person.password_handed", {}),
            ("person.changed", {"roles": ["dispatcher", "wall"]}),
            ("person.changed", {"district": "2", "disabled": True}),
        ]
        assert "王小明" not in str(events)
        assert "李大钊" not in str(events)
        assert {(event["actor"], event["role"]) for event in events} == {("seat-1", "admin")}

    def test_the_stream_tells_it_and_the_picture_stays_the_same(self, centre: Central) -> None:
        listener = Listener(centre, after=0)
        login, _ = add(centre, "dispatcher")
        event = listener.wait(
            lambda frame: frame.kind == "event" and frame.data["entity"] == f"person:{login}"
        ).data
        bookmark = listener.wait(
            lambda frame: frame.kind == "bookmark" and frame.data["rev"] > event["rev"]
        ).data
        listener.close()
        assert bookmark["digest"] is not None
        snapshot = centre.request("GET", "/v1/snapshot").json()
        assert login not in json.dumps(snapshot)


class TestWithinSeconds:
    def test_they_reach_another_process(self, tmp_path: Path, shared: str) -> None:
        with (
            running_central(tmp_path / "one", database=shared) as one,
            running_central(tmp_path / "two", database=shared) as two,
        ):
            found = come_in(one, "dispatcher", "wall")
            assert ask(two, found, "GET", "/v1/snapshot", "dispatcher").status_code == 200
            put(one, login_of(found), wish("wall"))

            def code() -> str:
                answer = ask(two, found, "GET", "/v1/snapshot", "dispatcher")
                return "" if answer.ok else str(answer.json()["problem"])

            wait_for(lambda: code() == "role")
            assert ask(two, found, "GET", "/v1/snapshot", "wall").status_code == 200
            put(one, login_of(found), wish("wall", disabled=True))
            wait_for(lambda: code() == "session-ended")
            again = session(two)
            with pytest.raises(Exception, match="credentials"):
                again.log_in(login_of(found), SECRET)


class Tool:
    """`python -m console.central people` on one database."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self._place = ["--data-dir", str(folder)]
        self._environment = os.environ | ({"BATON_DATABASE": database} if database else {})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        city = [] if words[0] == "list" else ["--city", str(TINY)]
        return subprocess.run(
            [sys.executable, "-m", "console.central", "people", *words, *city, *self._place],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def told(self, *words: str) -> Any:
        """The one line of a run that goes well."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str | None]]:
    """A data folder and the address of an empty database, None for SQLite."""
    if request.param == "sqlite":
        yield tmp_path / "central", None
        return
    address = postgres.server().fresh()
    yield tmp_path / "central", address
    postgres.server().drop(address)


class TestFromTheCommandLine:
    def test_the_first_administrator(self, place: tuple[Path, str | None]) -> None:
        folder, database = place
        tool = Tool(folder, database)
        told = tool.told("add", "root", "--name", "管理员", "--roles", "admin,auditor")
        assert told["person"]["roles"] == ["admin", "auditor"]
        with running_central(folder, database=database) as centre:
            found = session(centre)
            assert found.log_in("root", told["one_time"]).must_change_password
            found.change_password(told["one_time"], SECRET)
            answer = ask(centre, found, "POST", "/v1/people/li", "admin", json=wish("wall"))
            assert answer.status_code == 201
            (event, _) = events_about(centre, "root")
        assert event["actor"].endswith("@people-tool")
        assert event["role"] == "admin"
        assert [entry["login"] for entry in listed(tool)] == ["li", "root"]

    def test_the_last_administrator_stays(self, place: tuple[Path, str | None]) -> None:
        tool = Tool(*place)
        tool.told("add", "root", "--name", "管理员", "--roles", "admin")
        done = tool.run("disable", "root")
        assert (done.returncode, done.stdout) == (1, "")
        assert "管理员" in done.stderr
        assert "administrator" in done.stderr
        tool.told("add", "second", "--name", "管理员", "--roles", "admin", "--no-password")
        assert tool.told("disable", "root")["person"]["disabled"]
        assert tool.run("disable", "second").returncode == 1
        assert not tool.told("enable", "root")["person"]["disabled"]
        assert tool.told("passwd", "root")["one_time"]

    def test_beside_a_running_centre(self, place: tuple[Path, str | None]) -> None:
        folder, database = place
        with running_central(folder, database=database) as centre:
            done = Tool(folder, database).run("add", "root", "--name", "王", "--roles", "wall")
            if database is None:
                assert done.returncode == 2
                assert json.loads(done.stdout)["problem"] == "data-dir-locked"
                return
            listener = Listener(centre, after=0)
            listener.wait(
                lambda frame: frame.kind == "event" and frame.data["entity"] == "person:root"
            )
            listener.close()
            one_time = json.loads(done.stdout)["one_time"]
            assert session(centre).log_in("root", one_time).login == "root"

    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            (("add", "Root", "--name", "x", "--roles", "admin"), 1, "login"),
            (("add", "root", "--name", "x", "--roles", "emperor"), 1, "emperor"),
            (("add", "root", "--name", "x", "--roles", "field"), 1, "field"),
            (("passwd", "nobody"), 1, "nobody"),
            (("list",), 2, "database"),
        ],
    )
    def test_what_cannot_be(
        self, tmp_path: Path, words: tuple[str, ...], code: int, says: str
    ) -> None:
        done = Tool(tmp_path / "central", None).run(*words)
        assert done.returncode == code
        assert says in done.stderr


def listed(tool: Tool) -> list[Any]:
    done = tool.run("list")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def wait_for(fits: Callable[[], bool]) -> None:
    """Ask again until it is so; each question takes its time."""
    end = time.monotonic() + PATIENCE_S
    while not fits():
        assert time.monotonic() < end, "it never was"
