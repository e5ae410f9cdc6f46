"""TLS with real certificates: who is trusted, and what is said of who is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.client.api import Api
from console.client.refusals import Untrusted
from console.client.stream import Stream
from console.client.tls import BadAuthority, checked
from console.wire.messages import EventsArrived, LinkChanged, LinkState
from tests.builders import snapshot
from tests.certificates import Authority
from tests.fake_centre import Connection, FakeCentre, Sink, events, fake_centre
from tests.unit.client.test_transport import GOOD


@dataclass
class City:
    authority: Authority
    centre: FakeCentre

    def api(self, verify: bool | Path = True) -> Api:
        return Api(self.centre.url, "secret", "seat-1", "dispatcher", verify)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def city(authority: Authority) -> Iterator[City]:
    with fake_centre(authority.server()) as centre:
        centre.reply("/v1/health", (200, GOOD))
        yield City(authority, centre)


def why(api: Api) -> str:
    with pytest.raises(Untrusted) as caught:
        api.health()
    assert str(caught.value)
    return caught.value.code


def test_the_citys_authority_is_trusted(city: City) -> None:
    assert city.api(city.authority.file).health().rev == 3


def test_without_its_file_it_is_not(city: City) -> None:
    assert why(city.api()) == "tls-authority"


def test_no_variable_of_the_environment_helps(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(city.authority.file))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(city.authority.file))
    assert why(city.api()) == "tls-authority"


def test_another_city_of_the_same_name_is_not(city: City, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    assert why(city.api(Authority(folder).file)) == "tls-authority"


@pytest.mark.parametrize(
    ("host", "days", "code"),
    [
        ("127.0.0.1", -1, "tls-expired"),
        ("127.0.0.1", 90, "tls-expired"),
        ("centre.example", 30, "tls-name"),
        ("10.1.2.3", 30, "tls-name"),
    ],
    ids=["expired", "not yet", "another name", "another number"],
)
def test_what_is_wrong_is_named(authority: Authority, host: str, days: int, code: str) -> None:
    with fake_centre(authority.server(host, days=days)) as centre:
        api = Api(centre.url, "secret", "seat-1", "dispatcher", authority.file)
        assert why(api) == code
        assert not centre.asked, "nothing was sent"


def test_plain_http_on_a_tls_address_is_no_certificate(centre: FakeCentre) -> None:
    api = Api(centre.url.replace("http:", "https:"), "secret", "seat-1", "dispatcher")
    assert why(api) == "tls"


def test_one_that_is_not_trusted_does_not_stand_in_the_way(city: City) -> None:
    with fake_centre(city.authority.server("centre.example")) as other:
        api = Api([other.url, city.centre.url], "s", "seat-1", "r", city.authority.file)
        assert api.health().rev == 3
        assert not other.asked


def test_among_silence_it_is_what_is_told(city: City) -> None:
    addresses = [city.centre.url, "https://127.0.0.1:1"]
    assert why(Api(addresses, "s", "seat-1", "r")) == "tls-authority"


def test_the_stream_says_so_and_goes_on_once_it_is_mended(city: City) -> None:
    sink = Sink()
    refused = Stream(city.api(), sink)
    refused.start()
    sink.wait_for(lambda _: any(m.code == "tls-authority" for m in sink.all(LinkChanged)))
    refused.stop()
    states = {m.state for m in sink.all(LinkChanged)}
    assert states == {LinkState.CONNECTING, LinkState.REFUSED}


def test_a_silent_stream_over_tls_can_be_stopped_and_read(city: City) -> None:
    def talk(connection: Connection) -> None:
        connection.send(*events(11, 12))
        connection.silence()

    city.centre.talks = [talk]
    city.centre.reply("/v1/snapshot", (200, snapshot(rev=10)))
    sink = Sink()
    stream = Stream(city.api(city.authority.file), sink)
    stream.start()
    sink.wait_for(lambda _: sum(len(m.events) for m in sink.all(EventsArrived)) == 2)
    stream.stop()
    assert not stream._thread.is_alive()


def test_the_check_cannot_be_turned_off() -> None:
    with pytest.raises(BadAuthority):
        checked(False)


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_file_without_an_authority_is_told_at_once(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadAuthority, match=r"ca\.pem"):
        checked(file)
