"""Citizens' data: in full for a minute with a reason, by telephone, erased; every act on record."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import requests

from console.central import private
from console.central.sqlite import FILE_NAME
from console.domain.event import Event
from console.wire.codec import event_hash, from_builtins
from tests.api.commands import accept, done, new_case, problem, send
from tests.api.telephone import Exchange, exchange
from tests.central_process import ROOT, Central, running_central, stderr_of

SECRET = {
    "citizen": "欧阳娜娜",
    "phone": "13800138000",
    "words": "打 13900001111 找我",
    "address": "海府路 12号楼",
}
WHY = "联系市民核实地点"


def post(
    centre: Central, case: str, act: str, role: str = "dispatcher", seat: str = "席 7", **body: Any
) -> requests.Response:
    return requests.post(
        f"{centre.url}/v1/private/cases/{case}/{act}",
        json=body,
        headers=centre.headers(role, seat),
        timeout=60,
    )


def record(centre: Central, query: str = "") -> list[dict[str, Any]]:
    response = centre.request("GET", f"/v1/private/access?{query}", role="auditor")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["entries"]
    return found


def log_of(centre: Central) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while events := centre.request("GET", f"/v1/log?from={len(found) + 1}&to={10**9}").json():
        found += events
    return found


def assert_whole(centre: Central) -> None:
    """Every event's hash is that of its content and of the one before."""
    events = [from_builtins(event, Event) for event in log_of(centre)]
    assert all(event.hash == event_hash(event) for event in events)
    assert all(after.prev_hash == before.hash for before, after in pairwise(events))


def test_in_full_with_a_reason_for_a_minute_and_on_record(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    before = centre.request("GET", "/v1/health").json()["time"]
    response = post(centre, case, "reveal", why=WHY)
    assert response.status_code == 200
    shown = response.json()
    assert {name: shown[name] for name in SECRET} == SECRET
    until = datetime.fromisoformat(shown["shown_until"])
    minute = timedelta(seconds=60)
    assert datetime.fromisoformat(before) + minute <= until
    assert until <= datetime.fromisoformat(response.headers["Baton-Time"]) + minute
    assert response.headers["Cache-Control"] == "no-store"
    (line,) = record(centre, f"case={case}")
    told = (line["seat"], line["role"], line["what"], line["why"], line["case"])
    assert told == ("席 7", "dispatcher", "reveal", WHY, case)
    assert datetime.fromisoformat(line["at"]) + minute == until


@pytest.mark.parametrize("why", ["", "  ", "x"])
def test_without_a_reason_nothing_is_shown(centre: Central, why: str) -> None:
    case, _ = new_case(centre, private=SECRET)
    problem(post(centre, case, "reveal", why=why), 422, "reason-needed")
    problem(post(centre, case, "reveal"), 400, "malformed")
    assert record(centre, f"case={case}") == []


def test_who_sees_it_masked_may_not_always_see_it_in_full(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    refused = problem(post(centre, case, "reveal", "centre_leader", why=WHY), 403, "role")
    assert "dispatcher" in refused["who_may"]
    assert "centre_leader" not in refused["who_may"]
    assert record(centre, f"case={case}") == []


def test_what_there_is_not_is_told_and_on_record(centre: Central) -> None:
    problem(post(centre, "C-nobody", "reveal", why=WHY), 404, "unknown-case")
    assert [line["what"] for line in record(centre, "case=C-nobody")] == ["reveal"]


def test_who_reveals_one_after_the_other_waits_longer_each_time(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    for _ in range(private.FREE):
        assert post(centre, case, "reveal", seat="hasty", why=WHY).status_code == 200
    refused = post(centre, case, "reveal", seat="hasty", why=WHY)
    problem(refused, 429, "slow-down")
    assert int(refused.headers["Retry-After"]) >= 1
    assert post(centre, case, "reveal", seat="calm", why=WHY).status_code == 200


def test_the_record_is_paged_and_for_those_who_supervise(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    for number in range(3):
        centre.request("GET", f"/v1/private/cases/{case}?why=look-{number}")
    page = centre.request("GET", f"/v1/private/access?case={case}&limit=2", role="supervisor")
    first = page.json()
    assert [line["why"] for line in first["entries"]] == ["look-2", "look-1"]
    rest = record(centre, f"case={case}&limit=2&before={first['next']}")
    assert [line["why"] for line in rest] == ["look-0"]
    assert record(centre, "seat=nobody") == []
    problem(centre.request("GET", "/v1/private/access?before=x", role="auditor"), 400, "malformed")
    problem(centre.request("GET", "/v1/private/access"), 403, "role")


def test_without_a_telephone_system_it_is_said(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    problem(post(centre, case, "dial"), 503, "no-telephone")
    assert record(centre, f"case={case}") == []


@pytest.fixture(scope="module")
def telephone() -> Iterator[Exchange]:
    with exchange() as found:
        yield found


@pytest.fixture(scope="module")
def connected(
    telephone: Exchange, database: str | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Central]:
    """A centre with a telephone system."""
    folder = tmp_path_factory.mktemp("telephone") / "central"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BATON_TELEPHONE_TOKEN", "ring-ring")
        options = {"database": database, "extra": ("--telephone", telephone.url)}
        with running_central(folder, **options) as found:
            yield found


def test_a_seat_is_connected_without_seeing_the_number(
    connected: Central, telephone: Exchange
) -> None:
    case, _ = new_case(connected, private=SECRET)
    response = post(connected, case, "dial", "callback_seat", seat="席 9")
    assert (response.status_code, response.json()) == (200, {"ringing": True})
    assert telephone.calls[-1] == {"seat": "席 9", "case": case, "number": SECRET["phone"]}
    assert telephone.authorizations[-1] == "Bearer ring-ring"
    assert [line["what"] for line in record(connected, f"case={case}")] == ["dial"]
    refused = problem(post(connected, case, "dial", "supervisor"), 403, "role")
    assert "callback_seat" in refused["who_may"]


def test_the_consoles_own_client_dials_and_reveals(connected: Central, telephone: Exchange) -> None:
    case, _ = new_case(connected, private=SECRET)
    api = connected.api("dispatcher", "seat-client")
    api.dial(case)
    assert telephone.calls[-1]["seat"] == "seat-client"
    assert api.reveal(case, WHY).phone == SECRET["phone"]
    connected.api("centre_leader", "seat-leader").erase(case, "诉求人申请")
    assert [line["what"] for line in record(connected, f"case={case}")] == [
        "erase",
        "reveal",
        "dial",
    ]


def test_telephones_in_trouble_are_told_and_no_number_leaks(
    connected: Central, telephone: Exchange
) -> None:
    case, _ = new_case(connected, private=SECRET)
    telephone.status = 500
    document = problem(post(connected, case, "dial"), 502, "telephone-failed")
    telephone.status = 204
    assert SECRET["phone"] not in json.dumps(document)
    assert SECRET["phone"] not in stderr_of(connected.data_dir)
    nobody, _ = new_case(connected, private={"citizen": "王小明"})
    asked = len(telephone.calls)
    problem(post(connected, nobody, "dial"), 422, "no-number")
    problem(post(connected, "C-nobody", "dial"), 404, "unknown-case")
    assert len(telephone.calls) == asked


def test_calls_are_limited_too(connected: Central, telephone: Exchange) -> None:
    case, _ = new_case(connected, private=SECRET)
    for _ in range(private.FREE):
        assert post(connected, case, "dial", seat="hasty").status_code == 200
    problem(post(connected, case, "dial", seat="hasty"), 429, "slow-down")


def test_erased_the_data_are_gone_and_the_chain_is_whole(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    problem(post(centre, case, "erase", "admin", why=""), 422, "reason-needed")
    assert post(centre, case, "erase", "admin", why="诉求人书面申请").json() == {"erased": True}
    again = post(centre, case, "erase", "centre_leader", why="诉求人书面申请")
    assert again.json() == {"erased": False}
    gone = problem(centre.request("GET", f"/v1/private/cases/{case}"), 410, "erased")
    assert gone["reason"] == "erased"
    problem(post(centre, case, "reveal", why=WHY), 410, "erased")
    problem(post(centre, "C-nobody", "erase", "admin", why="申请"), 404, "unknown-case")
    assert_whole(centre)
    assert [line["what"] for line in record(centre, f"case={case}")] == [
        "reveal",
        "look",
        "erase",
        "erase",
    ]


def test_no_hash_of_an_erased_citizen_is_left_to_guess_by(tmp_path: Path) -> None:
    """A hash over a telephone number is soon tried through; the key must still be done once only."""
    with running_central(tmp_path / "central") as own:
        command = accept(private=SECRET)
        case = command["body"]["case"]
        rev = done(own, command)["rev"]
        other = command | {"body": command["body"] | {"channel": "wechat"}}
        problem(send(own, other), 422, "key-reused")
        post(own, case, "erase", "admin", why="诉求人书面申请")
        again = send(own, command)
        assert (again.status_code, again.json()["rev"]) == (200, rev)
        assert_whole(own)
    with closing(sqlite3.connect(tmp_path / "central" / FILE_NAME)) as file:
        kept = file.execute("SELECT body_hash FROM commands WHERE key = ?", [command["key"]])
        assert kept.fetchall() == [("",)]


def erase_tool(centre: Central, case: str, why: str) -> "subprocess.CompletedProcess[str]":
    place = ["--data-dir", str(centre.data_dir)]
    place += ["--database", centre.database] if centre.database else []
    return subprocess.run(
        [sys.executable, "-m", "console.central", "erase", case, "--why", why, *place],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_tool_erases_beside_a_running_centre(centre: Central) -> None:
    case, _ = new_case(centre, private=SECRET)
    tool = erase_tool(centre, case, "诉求人书面申请")
    assert (tool.returncode, json.loads(tool.stdout)) == (0, {"erased": True}), tool.stderr
    problem(centre.request("GET", f"/v1/private/cases/{case}"), 410, "erased")
    lines = record(centre, f"case={case}")
    assert [(line["what"], line["role"]) for line in lines] == [
        ("look", "dispatcher"),
        ("erase", "admin"),
    ]
    assert lines[-1]["seat"].endswith("@erase-tool")
    refused = erase_tool(centre, "C-nobody", "诉求人书面申请")
    assert refused.returncode == 1
    assert "没有这个办件" in refused.stderr
    assert erase_tool(centre, case, "").returncode == 1
    assert_whole(centre)


def test_nothing_of_an_erased_citizen_is_left_in_the_file(tmp_path: Path) -> None:
    """SQLite overwrites what is deleted; the write-ahead log is gone after a clean end."""
    with running_central(tmp_path / "central") as own:
        case, _ = new_case(own, private=SECRET)
        assert post(own, case, "erase", "admin", why="诉求人书面申请").json() == {"erased": True}
        url = own.data_dir
    found = b"".join(file.read_bytes() for file in url.rglob("*") if file.is_file())
    for text in (SECRET["citizen"], SECRET["phone"], "12号楼"):
        assert text.encode() not in found
