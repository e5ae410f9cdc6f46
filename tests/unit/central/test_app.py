"""What the application answers where something breaks, or a reader comes back after long."""

import asyncio
import json
from typing import Any

import pytest
from starlette.applications import Starlette

from console.central.routes import reading
from tests.unit.central.desk import application

HEADERS = {"Authorization": f"Bearer {'t' * 16}", "Baton-Seat": "seat-1"}


class Answer:
    """One answer of an application, without a network."""

    def __init__(self, app: Starlette, path: str) -> None:
        self.status, self.headers, self.body = 0, {}, b""
        plain, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()],
        }
        asyncio.run(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.body += message.get("body", b"")

    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        found: dict[str, Any] = json.loads(self.body)
        return found


class Told(Answer):
    """The server hears of the failure too, after it was answered."""

    async def _send(self, message: Any) -> None:
        await super()._send(message)
        told.append(self)


told: list[Answer] = []


def test_a_failure_is_a_problem_without_internals(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("王小明 13812341234")

    monkeypatch.setattr(reading.log_reader, "history", broken)
    told.clear()
    with pytest.raises(RuntimeError):
        Told(application(), "/v1/history/C1")
    found = told[-1].problem()
    assert (found["status"], found["problem"]) == (500, "internal")
    assert found["zh"]
    assert told[-1].headers["baton-time"]
    assert "王小明" not in json.dumps(found, ensure_ascii=False)


def test_who_was_away_for_too_long_takes_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WINDOW", 1)
    answer = Answer(application(), "/v1/events?after=0")
    assert answer.status == 410
    assert (answer.problem()["problem"], answer.problem()["reason"]) == ("compacted", "compacted")
