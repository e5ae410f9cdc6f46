"""One request at a time: what counts as an answer, a refusal, or silence."""

from dataclasses import replace

import pytest

from console.client.api import Api, Problem, Unreachable
from console.wire.commands import Envelope
from tests.builders import T0, fix, snapshot
from tests.fake_centre import FakeCentre, events, problem

HEALTH = {
    "status": "ok",
    "schema": 1,
    "version": "0.1.0",
    "epoch": "e",
    "rev": 3,
    "city": "000000",
    "time": "2026-06-03T02:00:00Z",
}


def test_who_asks_travels_with_every_request(centre: FakeCentre) -> None:
    centre.reply("/v1/health", (200, HEALTH))
    api = Api(centre.url + "/", "secret", "一号席 / 1", "dispatcher")
    assert api.health().time == T0
    headers = centre.headers["/v1/health"][0]
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Baton-Role"] == "dispatcher"
    assert headers["Baton-Seat"].isascii()


def test_the_environment_adds_no_proxy(centre: FakeCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    centre.reply("/v1/health", (200, HEALTH))
    assert centre.api().health().rev == 3


def test_nobody_there_is_unreachable(centre: FakeCentre) -> None:
    with pytest.raises(Unreachable):
        Api("http://127.0.0.1:1", "t", "s", "r").health()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"status": "ok"}', b"\xff", b"NaN", b"[" * 100_000]
)
def test_an_answer_that_does_not_fit_is_unreachable(centre: FakeCentre, body: bytes) -> None:
    centre.reply("/v1/health", (200, body))
    with pytest.raises(Unreachable):
        centre.api().health()


@pytest.mark.parametrize("status", [301, 302, 307, 500, 502, 503, 504])
def test_a_redirect_and_a_server_in_trouble_are_no_answer(centre: FakeCentre, status: int) -> None:
    centre.reply("/v1/health", (status, b""))
    with pytest.raises(Unreachable):
        centre.api().health()


def test_a_problem_document_is_read(centre: FakeCentre) -> None:
    centre.reply("/v1/health", problem(401, "session", zh="请登录", detail="log in"))
    with pytest.raises(Problem) as caught:
        centre.api().health()
    told = caught.value
    assert (told.status, told.code, told.zh, told.detail) == (401, "session", "请登录", "log in")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'"x"'])
def test_a_refusal_without_a_document_is_still_a_refusal(centre: FakeCentre, body: bytes) -> None:
    centre.reply("/v1/health", (404, body))
    with pytest.raises(Problem) as caught:
        centre.api().health()
    assert caught.value.status == 404


def test_pages_are_asked_at_one_revision(centre: FakeCentre) -> None:
    first = snapshot(rev=10, pages=3)
    centre.reply(
        "/v1/snapshot",
        (200, first),
        (200, replace(first, page=1)),
        (200, replace(first, page=2)),
    )
    assert [page.page for page in centre.api().snapshot()] == [0, 1, 2]
    assert [asked.get("rev") for asked in centre.asked["/v1/snapshot"]] == [None, "10", "10"]


@pytest.mark.parametrize("wrong", [{"rev": 11}, {"epoch": "epoch-2"}])
def test_pages_of_different_snapshots_are_refused(
    centre: FakeCentre, wrong: dict[str, object]
) -> None:
    first = snapshot(rev=10, pages=2)
    centre.reply("/v1/snapshot", (200, first), (200, replace(first, page=1, **wrong)))
    with pytest.raises(Unreachable):
        centre.api().snapshot()


def test_a_stretch_of_the_log(centre: FakeCentre) -> None:
    centre.reply("/v1/log", (200, events(4, 6)))
    assert [told.rev for told in centre.api().log(4, 6)] == [4, 5, 6]
    assert centre.asked["/v1/log"] == [{"from": "4", "to": "6"}]


def test_positions_are_told_in_lon_lat(centre: FakeCentre) -> None:
    centre.reply("/v1/positions", (200, {}))
    centre.api().post_positions([fix()])
    (row,) = centre.asked["/v1/positions"][0]["fixes"]
    assert (row["lon"], row["lat"]) == (110.3, 20.0)
    assert row["fix_at"] == "2026-06-03T02:00:00Z"


def test_a_case_id_cannot_leave_its_path(centre: FakeCentre) -> None:
    details = {"citizen": "王*", "phone": "138****8000", "words": "", "address": ""}
    centre.reply("/v1/private/cases/..%2F..%2Flog%3Fx", (200, details))
    assert centre.api().private("../../log?x").citizen == "王*"


@pytest.mark.parametrize("status", [400, 403, 404, 410, 412, 422])
def test_a_refused_command_is_an_answer(centre: FakeCentre, status: int) -> None:
    centre.reply("/v1/commands", problem(status, "no", detail="why"))
    answer = centre.api().send(Envelope(key="k", type="register", body={}))
    assert (answer.key, answer.status, answer.problem) == ("k", status, "no")
    assert not answer.committed


@pytest.mark.parametrize("status", [401, 409, 429])
def test_what_may_pass_later_is_no_answer_yet(centre: FakeCentre, status: int) -> None:
    centre.reply("/v1/commands", problem(status, "later"))
    with pytest.raises(Problem):
        centre.api().send(Envelope(key="k", type="register", body={}))
