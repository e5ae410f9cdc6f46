"""Coming in and going over the wire, with the console's own client, on both stores."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from console.client.refusals import BadCredentials, SessionEnded, SlowDown, WeakPassword
from console.domain.role import Role
from console.domain.scope import Scope
from tests.api.people import SECRET, add, ask, come_in, headers, login_of, session
from tests.central_process import PATIENCE_S, Central, Listener, running_central


def post(centre: Central, path: str, body: Any = None, **headers: str) -> requests.Response:
    """As anybody."""
    return requests.post(centre.url + path, json=body, headers=headers, timeout=PATIENCE_S)


class TestComingIn:
    def test_first_the_one_time_password_is_changed(self, centre: Central) -> None:
        login, one_time = add(centre, "dispatcher", "duty_chief", district="1")
        found = session(centre)
        person = found.log_in(login, one_time)
        assert person.must_change_password
        assert person.roles == (Role.DISPATCHER, Role.DUTY_CHIEF)
        assert person.scope == Scope("1")
        assert ask(centre, found, "GET", "/v1/snapshot").json()["problem"] == "must-change-password"
        with pytest.raises(WeakPassword):
            found.change_password(one_time, "short")
        assert not found.change_password(one_time, SECRET).must_change_password
        assert ask(centre, found, "GET", "/v1/snapshot").status_code == 200

    def test_the_log_says_who_and_at_which_seat(self, centre: Central) -> None:
        found = come_in(centre, "admin")
        login = login_of(found)
        listener = Listener(centre, after=0)
        body = {"name": "王", "roles": ["admin", "wall"]}
        assert (
            ask(centre, found, "PUT", f"/v1/people/{login}", "admin", json=body).status_code == 200
        )
        event = listener.wait(
            lambda frame: (
                frame.kind == "event"
                and frame.data["type"] == "person.changed"
                and frame.data["entity"] == f"person:{login}"
            )
        ).data
        listener.close()
        assert (event["actor"], event["role"]) == (f"{login}@seat-1", "admin")
        assert event["change"] == {"roles": ["admin", "wall"]}

    def test_wrong_is_wrong_whoever_it_is(self, centre: Central) -> None:
        login, _ = add(centre, "dispatcher")
        answers = [
            post(centre, "/v1/session", {"login": name, "password": "wrong"})
            for name in (login, "nobody-at-all", "\x00", "王")
        ]
        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.text for answer in answers}) == 1
        assert answers[0].headers["WWW-Authenticate"] == "Bearer"
        assert answers[0].json()["zh"]

    def test_tokens_are_for_no_cache(self, centre: Central) -> None:
        login, one_time = add(centre, "dispatcher")
        answer = post(centre, "/v1/session", {"login": login, "password": one_time})
        assert answer.headers["Cache-Control"] == "no-store"
        renewed = post(centre, "/v1/session/refresh", {"refresh": answer.json()["refresh"]})
        assert renewed.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("body", [None, [], {}, {"login": "a"}, {"login": 1, "password": 2}])
    def test_what_cannot_be_read(self, centre: Central, body: Any) -> None:
        for path in ("/v1/session", "/v1/session/refresh", "/v1/session/oidc"):
            assert post(centre, path, body).status_code == 400, path

    def test_too_large(self, centre: Central) -> None:
        body = {"login": "a", "password": "x" * 20_000}
        assert post(centre, "/v1/session", body).status_code == 413

    def test_a_centre_without_a_provider_says_so(self, centre: Central) -> None:
        assert session(centre).provider() is None
        body = {
            "code": "c",
            "verifier": "v",
            "redirect_uri": "http://127.0.0.1:1/callback",
            "nonce": "n",
        }
        assert post(centre, "/v1/session/oidc", body).json()["problem"] == "not-found"


class TestTooOften:
    def test_a_guesser_is_told_how_long_to_wait(self, centre: Central) -> None:
        login, _ = add(centre, "dispatcher")
        found = session(centre)

        def guess() -> float:
            """The wait that is told, 0 for a try that is heard."""
            try:
                found.log_in(login, "wrong")
            except SlowDown as slow:
                return slow.wait_s
            except BadCredentials:
                return 0.0
            raise AssertionError("it was right")

        assert [guess() for _ in range(5)] == [0.0] * 5
        # On a slow machine a second may pass between two tries.
        assert any(1 <= guess() <= 60 for _ in range(20))
        other, password = add(centre, "dispatcher")
        assert session(centre).log_in(other, password).login == other

    def test_many_guesses_at_once_are_as_many_guesses(self, centre: Central) -> None:
        login, _ = add(centre, "dispatcher")
        together = threading.Barrier(12)

        def guess(_: int) -> int:
            together.wait(PATIENCE_S)
            body = {"login": login, "password": "wrong"}
            return post(centre, "/v1/session", body).status_code

        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(guess, range(12)))
        assert set(answers) <= {401, 429}
        # Five are free, and a second of waiting may pass while a slow machine hashes.
        assert 429 in answers


@pytest.fixture(scope="class")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("proxied") / "central"
    with running_central(folder, extra=("--behind-proxy",)) as found:
        yield found


class TestAddresses:
    def guess(self, centre: Central, login: str, forwarded: str) -> int:
        body = {"login": login, "password": "wrong"}
        told = {"X-Forwarded-For": forwarded}
        return post(centre, "/v1/session", body, **told).status_code

    def waits(self, centre: Central, login: str, forwarded: str) -> bool:
        """Whether tries from there are refused sooner or later."""
        return any(self.guess(centre, login, forwarded) == 429 for _ in range(30))

    def test_behind_a_proxy_the_proxy_tells(self, proxied: Central) -> None:
        assert self.waits(proxied, "wang", "10.0.0.1")
        assert self.guess(proxied, "wang", "10.0.0.2") == 401

    def test_what_the_client_wrote_itself_does_not_count(self, proxied: Central) -> None:
        assert any(
            self.guess(proxied, "li", f"10.9.9.{number}, 10.0.0.3") == 429 for number in range(30)
        )

    def test_without_a_proxy_the_header_is_nobodys(self, centre: Central) -> None:
        assert any(self.guess(centre, "zhang", f"10.9.9.{number}") == 429 for number in range(30))


class TestGoing:
    def test_logged_out_is_out(self, centre: Central) -> None:
        found = come_in(centre, "dispatcher")
        told = headers(found)
        found.log_out()
        answer = requests.get(centre.url + "/v1/snapshot", headers=told, timeout=PATIENCE_S)
        assert (answer.status_code, answer.json()["problem"]) == (401, "session-ended")

    def test_a_new_password_ends_the_other_sessions(self, centre: Central) -> None:
        one = come_in(centre, "dispatcher")
        two = session(centre)
        two.log_in(login_of(one), SECRET)
        told = headers(two)
        one.change_password(SECRET, "vier Ziegen am Berg")
        answer = requests.get(centre.url + "/v1/snapshot", headers=told, timeout=PATIENCE_S)
        assert answer.json()["problem"] == "session-ended"
        with pytest.raises(SessionEnded):
            two.renew(two.bearer())

    def test_a_refresh_token_is_good_once(self, centre: Central) -> None:
        login, one_time = add(centre, "dispatcher")
        first = post(centre, "/v1/session", {"login": login, "password": one_time}).json()
        second = post(centre, "/v1/session/refresh", {"refresh": first["refresh"]}).json()
        third = post(centre, "/v1/session/refresh", {"refresh": second["refresh"]}).json()
        assert third["person"]["login"] == login
        stolen = post(centre, "/v1/session/refresh", {"refresh": first["refresh"]})
        assert stolen.json()["problem"] == "session-ended"
        again = post(centre, "/v1/session/refresh", {"refresh": third["refresh"]})
        assert again.json()["problem"] == "session-ended", "a theft ends the session"

    def test_a_system_has_no_session(self, centre: Central) -> None:
        assert centre.request("DELETE", "/v1/session").json()["problem"] == "person-needed"
        body = {"old": "a", "new": "b"}
        answer = centre.request("POST", "/v1/session/password", json=body)
        assert answer.json()["problem"] == "person-needed"

    def test_the_stream_ends_for_who_was_put_out(self, centre: Central) -> None:
        found = come_in(centre, "dispatcher")
        with requests.get(
            centre.url + "/v1/events",
            params={"after": 0},
            headers=headers(found),
            stream=True,
            timeout=PATIENCE_S,
        ) as stream:
            lines = stream.iter_lines()
            assert next(lines)
            body = {"name": "王", "roles": ["dispatcher"], "disabled": True}
            centre.request("PUT", f"/v1/people/{login_of(found)}", role="admin", json=body)
            for _ in lines:
                pass  # it must end, or the timeout of the test does


class TestTheDatabase:
    def test_it_knows_no_password_and_no_token(self, tmp_path: Path) -> None:
        with running_central(tmp_path / "central") as centre:
            found = come_in(centre, "dispatcher")
            assert found._tokens is not None
            secrets = [SECRET, found.bearer(), found._tokens.refresh]
        kept = b"".join(
            file.read_bytes() for file in (tmp_path / "central").glob("central.sqlite3*")
        )
        assert b"argon2id" in kept
        for secret in secrets:
            assert secret.encode() not in kept
