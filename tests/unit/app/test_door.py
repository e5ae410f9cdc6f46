"""The door on the wire: who comes in, and every reason why not in a word that the login has words for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import keyring
import pytest
import requests
from keyring.backends.fail import Keyring as NoKeyring

from console.app.door import ClientDoor, make_account
from console.app.problems import StartProblem
from console.domain.role import Role
from console.domain.scope import Scope
from console.i18n import LANGUAGES, Texts
from console.live.door import NotIn, Way
from console.settings import Settings
from console.views.login.words import not_in_words
from tests.certificates import Authority
from tests.fake_centre import FakeCentre, Reply, fake_centre, problem
from tests.unit.client.test_session import told

SESSION = "/v1/session"


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """As on a bare Linux."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with fake_centre() as made:
        made.reply("/v1/session/oidc", problem(404, "no-provider"))
        yield made


@pytest.fixture
def settings(centre: FakeCentre, tmp_path: Path) -> Settings:
    return Settings(city=tmp_path, data_dir=tmp_path, api=(centre.url,))


@pytest.fixture
def door(settings: Settings) -> ClientDoor:
    return ClientDoor(settings, make_account(settings))


def test_who_came_in_is_told_with_roles_and_scope(centre: FakeCentre, door: ClientDoor) -> None:
    centre.reply(SESSION, told(1))
    person = door.enter("wang", "right", remember=True)
    assert person.login == "wang"
    assert all(isinstance(role, Role) for role in person.roles)
    assert isinstance(person.scope, Scope)


def test_nothing_is_remembered_without_a_keyring(
    centre: FakeCentre, door: ClientDoor, settings: Settings
) -> None:
    centre.reply(SESSION, told(1))
    assert not door.remembers
    door.enter("wang", "right", remember=True)
    assert ClientDoor(settings, make_account(settings)).resume() is None
    assert list(settings.data_dir.iterdir()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (problem(401, "credentials"), "credentials"),
        (problem(422, "weak-password"), "weak-password"),
        ((429, {"problem": "slow-down"}, {"Retry-After": "7"}), "slow-down"),
        ((503, {}), "unreachable"),
        ((0, b""), "unreachable"),
    ],
)
def test_why_not(centre: FakeCentre, door: ClientDoor, reply: Reply, code: str, lang: str) -> None:
    centre.reply(SESSION, reply)
    with pytest.raises(NotIn) as found:
        door.enter("wang", "x", remember=False)
    assert found.value.code == code
    assert found.value.wait_s == (7 if code == "slow-down" else 0)
    texts = Texts(lang, strict=True)
    said = not_in_words(found.value, texts)
    assert said
    assert said != texts("session.failed", reason=found.value.detail)


def test_a_centre_with_another_authority_is_named_and_no_password_sent(
    tmp_path: Path, settings: Settings
) -> None:
    city, stranger = Authority(tmp_path), Authority(tmp_path, "stranger")
    with fake_centre(stranger.server()) as false:
        wanted = replace(settings, api=(false.url,), ca_file=city.file)
        door = ClientDoor(wanted, make_account(wanted))
        assert door.way is Way.CITY_CA
        with pytest.raises(NotIn) as found:
            door.enter("wang", "secret", remember=False)
        assert found.value.code == "tls-authority"
        assert "不要在别处输入密码" in not_in_words(found.value, Texts("zh", strict=True))
        assert not false.asked[SESSION]


def test_with_the_citys_own_authority_it_opens(tmp_path: Path, settings: Settings) -> None:
    city = Authority(tmp_path)
    with fake_centre(city.server()) as centre:
        centre.reply(SESSION, told(1))
        wanted = replace(settings, api=(centre.url,), ca_file=city.file)
        assert ClientDoor(wanted, make_account(wanted)).enter("wang", "x", remember=False)


@pytest.mark.parametrize("words", ["", "no certificate at all"])
def test_a_file_that_is_no_authority_is_refused_at_the_start(
    settings: Settings, tmp_path: Path, words: str
) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(words)
    with pytest.raises(StartProblem) as found:
        make_account(replace(settings, ca_file=file))
    assert "--ca-file" in found.value.zh
    assert str(file) in found.value.en


# -- the identity provider --------------------------------------------------------------------------


@pytest.fixture
def provider(centre: FakeCentre) -> None:
    answer: dict[str, Any] = {
        "issuer": "https://id.example.org",
        "authorization_endpoint": "https://id.example.org/authorize",
        "client_id": "baton",
    }
    centre.reply("/v1/session/oidc", (200, answer))


def test_a_city_without_one_offers_none(door: ClientDoor) -> None:
    assert door.provider() is None


@pytest.mark.usefixtures("provider")
def test_its_host_is_shown(door: ClientDoor) -> None:
    assert door.provider() == "id.example.org"


@pytest.mark.usefixtures("provider")
def test_without_a_browser_it_says_so(settings: Settings) -> None:
    door = ClientDoor(settings, make_account(settings), lambda _: False)
    with pytest.raises(NotIn) as found:
        door.enter_by_provider(remember=False)
    assert found.value.code == "no-browser"


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("what", ["refused", "gave up"])
def test_nobody_back_from_the_browser(settings: Settings, what: str) -> None:
    def browse(url: str) -> bool:
        if what == "gave up":
            door.give_up()
        else:
            asked = {key: one[0] for key, one in parse_qs(urlsplit(url).query).items()}
            back = {"state": asked["state"], "error": "access_denied"}
            requests.get(asked["redirect_uri"], params=back, timeout=20)
        return True

    door = ClientDoor(settings, make_account(settings), browse)
    with pytest.raises(NotIn) as found:
        door.enter_by_provider(remember=False)
    assert found.value.code == ("provider-time" if what == "gave up" else "provider")
