"""Login by the city's identity provider: the console's client, the centre, and a provider that can lie."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import jwt
import pytest

from console.client.oidc import NotBack
from console.client.refusals import Problem
from console.domain.role import Role
from tests.api.people import add, ask, events_about, session, wish
from tests.central_process import Central, NotReady, running_central, start_central
from tests.fake_provider import CLIENT, SECRET, FakeProvider, fake_provider, new_key


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with fake_provider() as found:
        yield found


@pytest.fixture
def run(tmp_path: Path, provider: FakeProvider) -> Iterator[Callable[..., Central]]:
    """Starts a centre that knows the provider; `roles` is the table of roles."""
    with ExitStack() as running:

        def start(roles: str = "", **more: str) -> Central:
            file = tmp_path / "oidc.toml"
            file.write_text(provider.settings(**more) + roles)
            manager = running_central(tmp_path / "central", extra=("--oidc", str(file)))
            return running.enter_context(manager)

        yield start


@pytest.fixture
def centre(run: Callable[..., Central]) -> Central:
    """One whose own directory decides; it knows wang."""
    found = run()
    body = wish("dispatcher")
    assert found.request("POST", "/v1/people/wang", role="admin", json=body).status_code == 201
    return found


def come(centre: Central, provider: FakeProvider) -> Any:
    """Through the browser."""
    return session(centre).log_in_by_provider(open_browser=provider.browser, patience_s=60)


def refused(centre: Central, provider: FakeProvider) -> str:
    with pytest.raises(Problem) as caught:
        come(centre, provider)
    assert caught.value.zh
    return caught.value.code


class TestTheDirectoryDecides:
    def test_in_and_at_work(self, centre: Central, provider: FakeProvider) -> None:
        found = session(centre)
        person = found.log_in_by_provider(open_browser=provider.browser)
        assert (person.login, person.roles) == ("wang", (Role.DISPATCHER,))
        assert not person.must_change_password
        assert ask(centre, found, "GET", "/v1/snapshot", "dispatcher").status_code == 200
        found.renew(found.bearer())
        assert ask(centre, found, "GET", "/v1/snapshot", "dispatcher").status_code == 200

    def test_the_login_is_written_in_any_way(self, centre: Central, provider: FakeProvider) -> None:
        provider.who = {"preferred_username": " WANG "}
        assert come(centre, provider).login == "wang"

    @pytest.mark.parametrize("login", ["li", "../wang", "wang\x00", "王", "x" * 500])
    def test_who_is_not_in_it_stays_out(
        self, centre: Central, provider: FakeProvider, login: str
    ) -> None:
        provider.who = {"preferred_username": login}
        assert refused(centre, provider) == "not-known"

    def test_a_letter_that_looks_alike_is_somebody_else(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        body = wish("admin")
        assert centre.request("POST", "/v1/people/kim", role="admin", json=body).ok
        provider.who = {"preferred_username": "KIM"}
        assert come(centre, provider).login == "kim"
        provider.who = {"preferred_username": "\u212aim"}
        assert refused(centre, provider) == "not-known"

    def test_who_is_disabled_stays_out(self, centre: Central, provider: FakeProvider) -> None:
        body = wish("dispatcher", disabled=True)
        assert centre.request("PUT", "/v1/people/wang", role="admin", json=body).ok
        assert refused(centre, provider) == "not-known"

    def test_a_password_works_beside_it(self, centre: Central) -> None:
        login, one_time = add(centre, "wall")
        assert session(centre).log_in(login, one_time).roles == (Role.WALL,)

    def test_a_code_is_good_once(self, centre: Central, provider: FakeProvider) -> None:
        seen: list[dict[str, str]] = []
        exchange = provider.exchange

        def remembered(form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
            seen.append(form)
            return exchange(form, authorization)

        provider.exchange = remembered  # type: ignore[method-assign]
        come(centre, provider)
        form = seen[0]
        body = {
            "code": form["code"],
            "verifier": form["code_verifier"],
            "redirect_uri": form["redirect_uri"],
            "nonce": "n",
        }
        answer = centre.request("POST", "/v1/session/oidc", json=body)
        assert (answer.status_code, answer.json()["problem"]) == (403, "provider-refused")

    @pytest.mark.parametrize(
        "there", ["https://evil.example/callback", "http://127.0.0.1:1/other", "file:///etc/passwd"]
    )
    def test_back_to_this_machine_alone(
        self, centre: Central, provider: FakeProvider, there: str
    ) -> None:
        body = {"code": "c", "verifier": "v", "redirect_uri": there, "nonce": "n"}
        assert centre.request("POST", "/v1/session/oidc", json=body).status_code == 400
        assert provider.asked == []

    def test_who_says_no_at_the_provider(self, centre: Central, provider: FakeProvider) -> None:
        provider.refuses = "access_denied"
        with pytest.raises(NotBack, match="access_denied"):
            come(centre, provider)


LIES: dict[str, Callable[[FakeProvider], None]] = {}


def lie(name: str, **claims: Any) -> None:
    """A claim that is not as it should be; None takes it away."""

    def tell(provider: FakeProvider) -> None:
        provider.amend = lambda good: {
            key: value for key, value in (good | claims).items() if value is not None
        }

    LIES[name] = tell


lie("another question's answer", nonce="another")
lie("no nonce", nonce=None)
lie("for another program", aud="other")
lie("for several, asked by another", aud=[CLIENT, "other"], azp="other")
lie("by another provider", iss="https://id.other.example")
lie("expired", exp=int(time.time()) - 3600)
lie("without an end", exp=None)
lie("without a login", preferred_username=None)
lie("with a login that is no text", preferred_username=["wang"])


def signed(name: str, sign: Callable[[FakeProvider], Callable[[dict[str, Any]], str]]) -> None:
    def tell(provider: FakeProvider) -> None:
        provider.sign = sign(provider)

    LIES[name] = tell


signed("unsigned", lambda _: lambda claims: jwt.encode(claims, None, "none", {"kid": "k1"}))
signed("by a key of the same name", lambda _: new_key("k1").sign)
signed("by a key that is not shown", lambda _: new_key("k9").sign)
signed("nonsense", lambda _: lambda _claims: "a.b.c")
signed(
    "with the client's secret",
    lambda _: lambda claims: jwt.encode(claims, SECRET * 4, "HS256", {"kid": "k1"}),
)


@pytest.fixture(scope="module")
def honest() -> Iterator[FakeProvider]:
    with fake_provider() as found:
        yield found


@pytest.fixture(scope="module")
def known(honest: FakeProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("lies")
    (folder / "oidc.toml").write_text(honest.settings())
    with running_central(folder / "central", extra=("--oidc", str(folder / "oidc.toml"))) as found:
        found.request("POST", "/v1/people/wang", role="admin", json=wish("dispatcher"))
        yield found


class TestLies:
    @pytest.mark.parametrize("name", LIES)
    def test_none_is_believed(self, known: Central, honest: FakeProvider, name: str) -> None:
        LIES[name](honest)
        assert refused(known, honest) == "provider-refused"
        honest.amend, honest.sign = FakeProvider.amend, None
        assert come(known, honest).login == "wang", "the truth is, just after it"


class TestTheProviderDecides:
    ROLES = '[roles]\ndesk = ["dispatcher", "call_taker"]\nhead = ["shift_leader"]\n'

    @pytest.fixture
    def centre(self, run: Callable[..., Central]) -> Central:
        return run(self.ROLES, roles_claim="groups")

    def test_who_is_new_is_added_and_later_changed(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        provider.who = {"preferred_username": "li", "name": "李四", "groups": ["desk", "canteen"]}
        assert set(come(centre, provider).roles) == {Role.DISPATCHER, Role.CALL_TAKER}
        provider.who["groups"] = "head"
        person = come(centre, provider)
        assert (person.name, person.roles) == ("李四", (Role.SHIFT_LEADER,))
        come(centre, provider)
        events = events_about(centre, "li")
        assert [event["type"] for event in events] == ["person.added", "person.changed"]
        assert events[1]["change"] == {"roles": ["shift_leader"]}
        assert {event["actor"] for event in events} == {"centre"}
        assert "李四" not in str(events), "the log holds no names"

    def test_who_has_no_role_there_is_not_added(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        provider.who = {"preferred_username": "li", "groups": ["canteen"]}
        assert refused(centre, provider) == "not-known"

    def test_the_only_administrator_stays_one(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        centre.request("POST", "/v1/people/li", role="admin", json=wish("admin"))
        provider.who = {"preferred_username": "li", "name": "李\x00四", "groups": ["desk"]}
        assert come(centre, provider).roles == (Role.ADMIN,)
        centre.request("POST", "/v1/people/root", role="admin", json=wish("admin"))
        person = come(centre, provider)
        assert (person.name, set(person.roles)) == ("李四", {Role.DISPATCHER, Role.CALL_TAKER})

    def test_roles_that_are_taken_away_are_gone(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        provider.who = {"preferred_username": "li", "groups": ["desk"]}
        found = session(centre)
        found.log_in_by_provider(open_browser=provider.browser)
        provider.who["groups"] = []
        assert come(centre, provider).roles == ()
        answer = ask(centre, found, "GET", "/v1/snapshot", "dispatcher")
        assert (answer.status_code, answer.json()["problem"]) == (403, "role")


class TestTheProviderItself:
    def test_its_keys_change(self, centre: Central, provider: FakeProvider) -> None:
        come(centre, provider)
        come(centre, provider)
        assert provider.asked.count("/keys") == 1, "kept"
        provider.keys = [*provider.keys, new_key("k2")]

        assert come(centre, provider).login == "wang"
        assert provider.asked.count("/keys") == 2
        provider.keys = provider.keys[1:]
        assert come(centre, provider).login == "wang"
        assert provider.asked.count("/keys") == 2

    def test_the_centre_starts_while_it_is_down(
        self, run: Callable[..., Central], provider: FakeProvider
    ) -> None:
        provider.down = True
        centre = run()
        answer = centre.request("GET", "/v1/session/oidc")
        assert (answer.status_code, answer.json()["problem"]) == (502, "provider-unavailable")
        with pytest.raises(Problem, match="provider-unavailable"):
            session(centre).provider()
        provider.down = False
        told = session(centre).provider()
        assert told is not None
        assert told.issuer == provider.url

    def test_down_between_the_browser_and_the_centre(
        self, centre: Central, provider: FakeProvider
    ) -> None:
        assert session(centre).provider()

        def browser(url: str) -> None:
            provider.browser(url)
            provider.down = True

        with pytest.raises(Problem, match="provider-unavailable"):
            session(centre).log_in_by_provider(open_browser=browser)

    def test_another_that_claims_to_be_it(
        self, run: Callable[..., Central], provider: FakeProvider
    ) -> None:
        provider.issuer = "https://id.other.example"
        answer = run().request("GET", "/v1/session/oidc")
        assert answer.json()["problem"] == "provider-unavailable"

    def test_with_a_secret(
        self, run: Callable[..., Central], provider: FakeProvider, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text(SECRET)
        centre = run(client_secret_file="secret")
        centre.request("POST", "/v1/people/wang", role="admin", json=wish("dispatcher"))
        assert come(centre, provider).login == "wang"

    def test_with_a_wrong_secret_the_log_says_so(
        self, run: Callable[..., Central], tmp_path: Path, provider: FakeProvider
    ) -> None:
        (tmp_path / "secret").write_text("wrong")
        centre = run(client_secret_file="secret")
        with pytest.raises(Problem, match="provider-unavailable"):
            come(centre, provider)
        errors = (tmp_path / "central.stderr").read_text()
        assert re.search(r"identity provider: POST .*/token: 401 invalid_client", errors)

    def test_endpoints_that_are_given_are_not_looked_up(
        self, run: Callable[..., Central], provider: FakeProvider
    ) -> None:
        centre = run(
            authorization_endpoint=f"{provider.url}/authorize",
            token_endpoint=f"{provider.url}/token",
            jwks_uri=f"{provider.url}/keys",
        )
        centre.request("POST", "/v1/people/wang", role="admin", json=wish("dispatcher"))
        assert come(centre, provider).login == "wang"
        assert provider.asked == ["/authorize", "/token", "/keys"]

    def test_settings_with_a_fault_are_told_at_the_start(self, tmp_path: Path) -> None:
        (tmp_path / "oidc.toml").write_text('issuer = "http://id.city.example"\nclient_id = "b"\n')
        with pytest.raises(NotReady) as caught:
            start_central(tmp_path / "central", extra=("--oidc", str(tmp_path / "oidc.toml")))
        assert caught.value.problem["problem"] == "oidc"
        assert "https" in caught.value.problem["en"]
