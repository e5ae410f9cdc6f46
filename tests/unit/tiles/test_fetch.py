"""Asking a map service that is slow, wrong, hostile or gone; the key stays where it is."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.tiles import fetch
from console.tiles.fault import Fault, NoPicture
from console.tiles.fetch import Fetcher
from tests.certificates import Authority
from tests.tile_server import Reply, TileServer, picture, png

KEY = "s3cret-key"


@pytest.fixture
def server() -> Iterator[TileServer]:
    with TileServer() as made:
        yield made


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "RETRY_S", (0.01, 0.02))


def fetcher(**more: str) -> Fetcher:
    return Fetcher(frozenset({"127.0.0.1"}), threading.Event(), referer=more.get("referer"))


def refused(server: TileServer, path: str = "/1.png?tk=" + KEY) -> NoPicture:
    with pytest.raises(NoPicture) as caught:
        fetcher().get(server.url + path, largest=100_000)
    return caught.value


def test_a_picture_comes_and_the_service_knows_who_asks(server: TileServer) -> None:
    found = fetcher(referer="https://city.example/").get(server.url + "/1.png", largest=100_000)
    assert found.body == png()
    assert server.heard[0]["user-agent"] == fetch.USER_AGENT
    assert server.heard[0]["referer"] == "https://city.example/"
    assert "cookie" not in server.heard[0]


def test_connections_are_used_again(server: TileServer) -> None:
    ports: set[str] = set()
    one = fetcher()

    def answer(path: str, headers: dict[str, str]) -> Reply:
        ports.add(headers.get("connection", ""))
        return picture()

    server.answer = answer
    for number in range(3):
        one.get(f"{server.url}/{number}", largest=100_000)
    assert ports == {"keep-alive"}


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (401, Fault.KEY_REFUSED),
        (403, Fault.KEY_REFUSED),
        (418, Fault.KEY_REFUSED),
        (400, Fault.UNUSABLE),
        (206, Fault.UNUSABLE),
    ],
)
def test_a_refusal_is_not_tried_again(server: TileServer, status: int, fault: Fault) -> None:
    server.answer = lambda path, headers: Reply(status)
    assert refused(server).fault is fault
    assert len(server.asked) == 1


@pytest.mark.usefixtures("hurried")
def test_an_overloaded_service_is_asked_three_times(server: TileServer) -> None:
    answers = iter([Reply(503), Reply(429), picture()])
    server.answer = lambda path, headers: next(answers)
    assert fetcher().get(server.url + "/1", largest=100_000).body == png()
    server.answer = lambda path, headers: Reply(500)
    assert refused(server).fault is Fault.UNREACHABLE
    assert len(server.asked) == 6


def test_a_service_that_asks_for_much_time_gets_it(server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(429, b"", {"Retry-After": "3600"})
    assert refused(server).fault is Fault.UNREACHABLE
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [204, 404, 410])
def test_no_picture_is_an_answer(server: TileServer, status: int) -> None:
    server.answer = lambda path, headers: Reply(status)
    assert fetcher().get(server.url + "/1", largest=100_000).body == b""


def test_what_is_kept_may_still_be_right(server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(
        304 if headers.get("if-none-match") == '"7"' else 200
    )
    assert fetcher().get(server.url + "/1", largest=100_000, etag='"7"').body is None


def test_a_redirect_within_the_service_is_followed(server: TileServer) -> None:
    def answer(path: str, headers: dict[str, str]) -> Reply:
        return picture() if path == "/there" else Reply(302, b"", {"Location": "/there"})

    server.answer = answer
    assert fetcher().get(server.url + "/1", largest=100_000).body == png()


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:1/1.png",
        "file:///etc/passwd",
        "//evil.example/1.png",
    ],
)
def test_a_redirect_to_another_host_is_refused(server: TileServer, target: str) -> None:
    server.answer = lambda path, headers: Reply(302, b"", {"Location": target})
    assert refused(server).fault is Fault.UNUSABLE
    assert len(server.asked) == 1


def test_redirects_come_to_an_end(server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(302, b"", {"Location": "/again"})
    assert refused(server).fault is Fault.UNUSABLE
    assert len(server.asked) == fetch.REDIRECTS + 1


def test_other_hosts_are_never_asked() -> None:
    with pytest.raises(NoPicture, match="another host"):
        fetcher().get("http://example.org/1.png", largest=100)


def test_a_huge_answer_is_cut_off(server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(200, b"\0" * 5_000_000)
    assert refused(server).fault is Fault.UNUSABLE


def test_a_packed_answer_is_not_unpacked(server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(200, b"\x1f\x8b", {"Content-Encoding": "gzip"})
    assert refused(server).fault is Fault.UNUSABLE


@pytest.mark.usefixtures("hurried")
def test_a_slow_answer_has_an_end(server: TileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "READ_S", 0.2)

    def answer(path: str, headers: dict[str, str]) -> Reply:
        server.released.wait(10)
        return picture()

    server.answer = answer
    began = time.monotonic()
    assert refused(server).fault is Fault.UNREACHABLE
    assert time.monotonic() - began < 8


@pytest.mark.usefixtures("hurried")
def test_the_key_is_in_no_error_and_no_log(
    server: TileServer, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.url
    server.answer = lambda path, headers: Reply(500)
    with caplog.at_level(logging.INFO):
        words = [str(refused(server))]
        server.answer = lambda path, headers: Reply(403)
        words.append(str(refused(server)))
    with pytest.raises(NoPicture) as caught:
        fetcher().get("http://127.0.0.1:1/?tk=" + KEY, largest=100)
    words += [str(caught.value), repr(caught.value.__cause__), caplog.text]
    assert url
    assert KEY not in "".join(words)


def test_stopped_it_asks_nothing(server: TileServer) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(NoPicture):
        Fetcher(frozenset({"127.0.0.1"}), stop).get(server.url + "/1", largest=100)
    assert server.asked == []


@pytest.mark.usefixtures("hurried")
def test_certificates_are_checked_the_citys_own_too(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with TileServer(tls=authority.server()) as server:
        ask = {"url": server.url + "/1", "largest": 100_000}
        with pytest.raises(NoPicture, match="SSLError"):
            fetcher().get(**ask)  # type: ignore[arg-type]
        own = Fetcher(frozenset({"127.0.0.1"}), threading.Event(), ca_file=authority.file)
        assert own.get(**ask).body == png()  # type: ignore[arg-type]
