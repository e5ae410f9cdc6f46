"""The feed sends what others decide in their own role, in the order of things."""

import logging
import threading
from collections.abc import Sequence

import pytest

from console.client.api import Problem
from console.domain.role import Role
from console.feed.post import Post
from console.feed.status import Status
from console.wire.commands import Answer, Envelope


class FakeApi:
    """Answers everything, but lets no duty chief in."""

    def __init__(self) -> None:
        self.batches: list[tuple[str | None, list[str]]] = []

    def send_batch(self, envelopes: Sequence[Envelope], role: str | None = None) -> list[Answer]:
        if role == Role.DUTY_CHIEF.value:
            raise Problem(403, "role", "this token may not take on the role", "", {})
        self.batches.append((role, [envelope.key for envelope in envelopes]))
        return [Answer(key=e.key, status=201, first_rev=1, rev=1) for e in envelopes]


def post() -> tuple[Post, FakeApi]:
    api = FakeApi()
    return Post(api, Status(), threading.Event()), api  # type: ignore[arg-type]


def envelopes(*keys: str) -> list[Envelope]:
    return [Envelope(key=key, type="rule_return", body={}) for key in keys]


def test_each_run_of_a_role_is_a_batch_of_its_own() -> None:
    told, api = post()
    roles = {"b": Role.SHIFT_LEADER, "c": Role.SHIFT_LEADER, "e": Role.CENTRE_LEADER}
    answers = told.send(envelopes(*"abcde"), roles)
    assert [answer.key for answer in answers] == list("abcde")
    assert api.batches == [
        (None, ["a"]),
        ("shift_leader", ["b", "c"]),
        (None, ["d"]),
        ("centre_leader", ["e"]),
    ]
    assert told.status.commands["rule_return"] == 5


def test_nothing_is_sent_for_nothing() -> None:
    told, api = post()
    assert told.send([]) == []
    assert api.batches == []


def test_a_role_that_is_not_granted_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    told, _ = post()
    with caplog.at_level(logging.WARNING):
        assert told.admits(Role.SHIFT_LEADER)
        assert not told.admits(Role.DUTY_CHIEF)
    assert [record.message for record in caplog.records] == [
        "the token may not act as duty_chief: that is left to people"
    ]
