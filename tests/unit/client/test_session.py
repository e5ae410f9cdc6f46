"""A person's session: in, renewed ahead of time and after a refusal, over for good, and out."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from console.client.api import Api
from console.client.refusals import (
    BadCredentials,
    MustChangePassword,
    SessionEnded,
    SlowDown,
    Unreachable,
    WeakPassword,
)
from console.client.session import Session
from console.client.token_store import MemoryStore
from console.client.transport import Transport
from console.domain.role import Role
from console.domain.scope import Scope
from console.wire.commands import Envelope
from tests.fake_centre import FakeCentre, Reply, problem
from tests.unit.client.test_transport import GOOD

LOGIN, REFRESH = "/v1/session", "/v1/session/refresh"
NOW = "2026-06-03T02:00:00Z"
WANG = {
    "login": "wang",
    "name": "王小明",
    "roles": ["duty_chief", "astronaut"],
    "district": "460106",
    "unit": None,
    "must_change_password": False,
}


class Keyring(MemoryStore):
    """Remembers beyond one session."""

    remembers = True


def told(number: int, *, minutes: int = 10, **person: Any) -> Reply:
    """The session as it is told for the `number`th time."""
    body = {
        "access": f"access-{number}",
        "expires_at": f"2026-06-03T02:{minutes:02}:00Z",
        "refresh": f"refresh-{number}",
        "refresh_expires_at": "2026-06-03T14:00:00Z",
        "person": {**WANG, **person},
    }
    return 200, body, {"Baton-Time": NOW}


@pytest.fixture
def store() -> Keyring:
    return Keyring()


@pytest.fixture
def session(centre: FakeCentre, store: Keyring) -> Session:
    centre.reply(LOGIN, told(1))
    centre.reply("/v1/health", (200, GOOD))
    return Session(Transport(centre.url), "一号席", store)


def bearers(centre: FakeCentre, path: str = "/v1/health") -> list[str]:
    return [headers["Authorization"].removeprefix("Bearer ") for headers in centre.headers[path]]


def test_who_came_in(centre: FakeCentre, session: Session) -> None:
    person = session.log_in("wang", "secret words")
    assert centre.asked[LOGIN] == [{"login": "wang", "password": "secret words"}]
    assert "Authorization" not in centre.headers[LOGIN][0]
    assert (person.login, person.name) == ("wang", "王小明")
    assert person.roles == (Role.DUTY_CHIEF,), "a role of a newer centre is left out"
    assert person.scope == Scope("460106")
    assert session.person == person
    Api.of(session, "duty_chief").health()
    headers = centre.headers["/v1/health"][0]
    assert headers["Authorization"] == "Bearer access-1"
    assert headers["Baton-Role"] == "duty_chief"
    assert headers["Baton-Seat"].isascii()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (problem(401, "credentials"), BadCredentials),
        (problem(429, "slow-down"), SlowDown),
        (problem(403, "must-change-password"), MustChangePassword),
        ((503, {}), Unreachable),
        ((200, b"<html>welcome to the hotel"), Unreachable),
    ],
)
def test_why_not(centre: FakeCentre, session: Session, reply: Reply, kind: type[Exception]) -> None:
    centre.reply(LOGIN, reply)
    with pytest.raises(kind):
        session.log_in("wang", "wrong")
    assert session.person is None
    with pytest.raises(SessionEnded):
        Api.of(session, "dispatcher").health()


@pytest.mark.parametrize(("told_s", "wait_s"), [("17", 17), ("soon", 0), ("-5", 0), ("1e9", 0)])
def test_how_long_to_wait(centre: FakeCentre, session: Session, told_s: str, wait_s: float) -> None:
    status, body = problem(429, "slow-down")[:2]
    centre.reply(LOGIN, (status, body, {"Retry-After": told_s}))
    with pytest.raises(SlowDown) as caught:
        session.log_in("wang", "wrong")
    assert caught.value.wait_s == wait_s


def test_a_token_that_is_not_taken_is_renewed_and_the_same_is_asked_again(
    centre: FakeCentre, session: Session
) -> None:
    session.log_in("wang", "right")
    centre.reply(REFRESH, told(2))
    centre.reply(
        "/v1/commands", problem(401, "token"), (201, {"key": "k", "status": 201, "rev": 5})
    )
    answer = Api.of(session, "dispatcher").send(Envelope(key="k", type="remind", body={}))
    assert answer.committed
    assert centre.asked[REFRESH] == [{"refresh": "refresh-1"}]
    assert bearers(centre, "/v1/commands") == ["access-1", "access-2"]
    assert [h["Idempotency-Key"] for h in centre.headers["/v1/commands"]] == ["k", "k"]


def test_one_that_is_never_taken_is_not_asked_for_ever(
    centre: FakeCentre, session: Session
) -> None:
    session.log_in("wang", "right")
    centre.reply(REFRESH, told(2))
    centre.reply("/v1/health", problem(401, "token"))
    with pytest.raises(Exception, match="401 token"):
        Api.of(session, "dispatcher").health()
    assert bearers(centre) == ["access-1", "access-2"]


def test_it_is_renewed_before_it_ends_by_the_centres_clock(
    centre: FakeCentre, session: Session
) -> None:
    centre.reply(LOGIN, told(1, minutes=1))  # a minute is left, by the centre's clock of 2026
    centre.reply(REFRESH, told(2))
    session.log_in("wang", "right")
    api = Api.of(session, "dispatcher")
    api.health()
    api.health()
    assert bearers(centre) == ["access-2", "access-2"]
    assert len(centre.asked[REFRESH]) == 1


@pytest.mark.parametrize("reply", [(503, {}), problem(429, "slow-down")])
def test_while_nobody_can_renew_it_the_old_one_is_good_to_the_end(
    centre: FakeCentre, session: Session, reply: Reply
) -> None:
    centre.reply(LOGIN, told(1, minutes=1))
    centre.reply(REFRESH, reply, told(2))
    session.log_in("wang", "right")
    api = Api.of(session, "dispatcher")
    api.health()
    api.health()
    assert bearers(centre) == ["access-1", "access-1"]
    assert len(centre.asked[REFRESH]) == 1, "not with every request"
    centre.reply("/v1/health", problem(401, "token"), (200, GOOD))
    api.health()
    assert bearers(centre)[-1] == "access-2"


def test_many_threads_renew_once(centre: FakeCentre, session: Session) -> None:
    """A refresh token used twice would end the session."""
    session.log_in("wang", "right")
    together = threading.Barrier(6)

    centre.reply(REFRESH, told(2), problem(401, "session-ended"))
    api = Api.of(session, "dispatcher")

    def old(_: dict[str, Any]) -> Reply:
        """Nobody hears of it before all of them have asked."""
        together.wait(20)
        return problem(401, "token")

    centre.reply("/v1/health", *[old] * 6, (200, GOOD))
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda _: api.health().rev, range(6))) == [3] * 6
    assert len(centre.asked[REFRESH]) == 1


class TestTheEnd:
    def test_over_for_good(self, centre: FakeCentre, session: Session, store: Keyring) -> None:
        person = session.log_in("wang", "right", remember=True)
        centre.reply(REFRESH, problem(401, "session-ended"))
        centre.reply("/v1/health", problem(401, "token"))
        api = Api.of(session, "dispatcher")
        for _ in range(3):
            with pytest.raises(SessionEnded):
                api.health()
        assert len(centre.asked["/v1/health"]) == 1, "what is known is not asked"
        assert session.person == person, "so that the same person can be asked to come in again"
        assert session.resume() is None, "forgotten"

    def test_the_centre_may_say_so_itself(self, centre: FakeCentre, session: Session) -> None:
        session.log_in("wang", "right")
        centre.reply("/v1/health", problem(401, "session-ended"))
        for _ in range(2):
            with pytest.raises(SessionEnded):
                Api.of(session, "dispatcher").health()
        assert len(centre.asked["/v1/health"]) == 1

    def test_after_a_new_log_in_everything_goes_on(
        self, centre: FakeCentre, session: Session
    ) -> None:
        session.log_in("wang", "right")
        api = Api.of(session, "dispatcher")
        session.end()
        with pytest.raises(SessionEnded):
            api.health()
        centre.reply(LOGIN, told(7))
        session.log_in("wang", "right")
        api.health()
        assert bearers(centre) == ["access-7"]

    def test_a_late_word_about_the_old_session_does_not_end_the_new_one(
        self, centre: FakeCentre, session: Session
    ) -> None:
        session.log_in("wang", "right")
        api = Api.of(session, "dispatcher")

        def late(_: dict[str, Any]) -> Reply:
            centre.reply(LOGIN, told(7))
            session.log_in("wang", "right")
            return problem(401, "session-ended")

        centre.reply("/v1/health", late, (200, GOOD))
        with pytest.raises(SessionEnded):
            api.health()
        api.health()
        assert bearers(centre) == ["access-1", "access-7"]

    def test_nothing_goes_out_in_the_name_of_who_comes_after(
        self, centre: FakeCentre, session: Session
    ) -> None:
        """Orders that wait in the outbox of one person, while another one has logged in at the seat."""
        session.log_in("wang", "right")
        wang = Api.of(session, "dispatcher")
        centre.reply("/v1/health", problem(401, "session-ended"), (200, GOOD))
        with pytest.raises(SessionEnded):
            wang.health()
        centre.reply(LOGIN, told(7, login="li"), told(8))
        session.log_in("li", "right")
        with pytest.raises(SessionEnded):
            wang.health()
        Api.of(session, "dispatcher").health()
        session.log_in("wang", "right")
        wang.health()
        assert bearers(centre) == ["access-1", "access-7", "access-8"]

    def test_a_renewal_under_way_does_not_bring_back_who_left(
        self, centre: FakeCentre, session: Session
    ) -> None:
        session.log_in("wang", "right")
        asked, left = threading.Event(), threading.Event()

        def slow(_: dict[str, Any]) -> Reply:
            asked.set()
            left.wait(20)
            return told(2)

        centre.reply(REFRESH, slow)
        with ThreadPoolExecutor(1) as pool:
            renewal = pool.submit(session.renew, "access-1")
            assert asked.wait(20)
            session.end()
            left.set()
            renewal.result(20)
        with pytest.raises(SessionEnded):
            session.bearer()

    def test_out(self, centre: FakeCentre, session: Session, store: Keyring) -> None:
        session.log_in("wang", "right", remember=True)
        centre.reply(LOGIN, (204, b""))
        session.log_out()
        assert centre.headers[LOGIN][-1]["Authorization"] == "Bearer access-1"
        assert session.person is None
        assert session.resume() is None
        with pytest.raises(SessionEnded):
            session.bearer()

    @pytest.mark.parametrize("reply", [(503, {}), problem(401, "token"), (0, b"")])
    def test_out_also_where_nobody_can_be_told(
        self, centre: FakeCentre, session: Session, reply: Reply
    ) -> None:
        session.log_in("wang", "right", remember=True)
        centre.reply(LOGIN, reply)
        session.log_out()
        assert session.resume() is None


class TestRemembered:
    def test_the_newest_token_is_kept(
        self, centre: FakeCentre, session: Session, store: Keyring
    ) -> None:
        session.log_in("wang", "right", remember=True)
        centre.reply(REFRESH, told(2), told(3))
        session.renew("access-1")
        again = Session(session.transport, "一号席", store)
        found = again.resume()
        assert found is not None
        assert found.login == "wang"
        assert centre.asked[REFRESH] == [{"refresh": "refresh-1"}, {"refresh": "refresh-2"}]
        assert again.bearer() == "access-3"

    def test_only_when_it_was_wanted(
        self, centre: FakeCentre, session: Session, store: Keyring
    ) -> None:
        session.log_in("wang", "right", remember=True)
        session.log_in("li", "right")
        centre.reply(REFRESH, told(2))
        assert Session(session.transport, "一号席", store).resume() is None
        assert centre.asked[REFRESH] == []

    def test_another_seat_is_another_login(
        self, centre: FakeCentre, session: Session, store: Keyring
    ) -> None:
        session.log_in("wang", "right", remember=True)
        assert Session(session.transport, "二号席", store).resume() is None

    def test_silence_forgets_nothing(
        self, centre: FakeCentre, session: Session, store: Keyring
    ) -> None:
        session.log_in("wang", "right", remember=True)
        centre.reply(REFRESH, (503, {}), told(2))
        again = Session(session.transport, "一号席", store)
        with pytest.raises(Unreachable):
            again.resume()
        assert again.resume() is not None


class TestPassword:
    PATH = "/v1/session/password"

    def test_the_new_one_opens_a_new_session(self, centre: FakeCentre, session: Session) -> None:
        centre.reply(LOGIN, told(1, must_change_password=True), told(2))
        assert session.log_in("wang", "old one").must_change_password
        centre.reply(self.PATH, (204, b""))
        person = session.change_password("old one", "new one")
        assert not person.must_change_password
        assert centre.asked[self.PATH] == [{"old": "old one", "new": "new one"}]
        assert centre.headers[self.PATH][0]["Authorization"] == "Bearer access-1"
        assert centre.asked[LOGIN][-1] == {"login": "wang", "password": "new one"}
        assert session.bearer() == "access-2"

    @pytest.mark.parametrize(
        ("reply", "kind"),
        [
            (problem(422, "weak-password"), WeakPassword),
            (problem(401, "credentials"), BadCredentials),
            (problem(429, "slow-down"), SlowDown),
        ],
    )
    def test_why_not(
        self, centre: FakeCentre, session: Session, reply: Reply, kind: type[Exception]
    ) -> None:
        session.log_in("wang", "old one")
        centre.reply(self.PATH, reply)
        with pytest.raises(kind):
            session.change_password("old one", "x")
        assert session.bearer() == "access-1"

    def test_a_session_that_ran_out_meanwhile_is_renewed(
        self, centre: FakeCentre, session: Session
    ) -> None:
        session.log_in("wang", "old one")
        centre.reply(self.PATH, problem(401, "token"), (204, b""))
        centre.reply(REFRESH, told(2))
        session.change_password("old one", "new one")
        assert bearers(centre, self.PATH) == ["access-1", "access-2"]

    def test_nobody_can_change_nothing(self, session: Session) -> None:
        with pytest.raises(SessionEnded):
            session.change_password("old one", "new one")
