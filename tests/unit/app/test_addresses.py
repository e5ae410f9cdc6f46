"""The centre's addresses on the command line, and how safe the way to them is."""

from pathlib import Path

import pytest

from console.app.addresses import read_addresses, way_to
from console.app.arguments import parse
from console.app.outboxes import outbox_name
from console.app.problems import StartProblem
from console.live.door import Way
from console.settings import Settings

FAR, OTHER, LOCAL, PLAIN = (
    "https://a.example.org",
    "https://b.example.org:8443",
    "http://127.0.0.1:8642",
    "http://10.0.0.5",
)


def test_several_in_their_order_each_once() -> None:
    text = f"{FAR}/, {OTHER},{FAR}"
    assert read_addresses(text, insecure_http=False) == (FAR, OTHER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "a.example.org",
        "ftp://a",
        "https://",
        "https://u:p@a",
        "https://a?x=1",
        "http://[::",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(StartProblem) as found:
        read_addresses(text, insecure_http=True)
    assert found.value.zh
    assert found.value.en


def test_plain_http_to_another_machine_must_be_asked_for_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    words = ["--api", f"{FAR},{PLAIN}", "--data-dir", str(tmp_path)]
    with pytest.raises(StartProblem) as found:
        parse(words)
    assert PLAIN in found.value.zh
    assert "--insecure-http" in found.value.en
    assert parse([*words, "--insecure-http"]).api == (FAR, PLAIN)


@pytest.mark.parametrize("words", [[], ["--screenshot", "p.png"]])
def test_a_run_that_nobody_watches_needs_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    common = ["--api", FAR, "--data-dir", str(tmp_path), *words]
    with pytest.raises(StartProblem) as found:
        parse(common)
    assert "--token-file" in found.value.zh
    assert parse([*common, "--token-file", str(tmp_path / "token")]).token_file


@pytest.mark.parametrize(
    ("addresses", "own_ca", "way"),
    [
        ((FAR, OTHER), False, Way.VERIFIED),
        ((FAR, OTHER), True, Way.CITY_CA),
        ((FAR, LOCAL), True, Way.THIS_MACHINE),
        ((FAR, LOCAL, PLAIN), True, Way.OPEN),
    ],
)
def test_the_least_safe_way_counts(addresses: tuple[str, ...], own_ca: bool, way: Way) -> None:
    assert way_to(addresses, own_ca=own_ca) is way


def test_an_order_never_goes_to_another_centre_nor_in_another_name() -> None:
    def name(api: tuple[str, ...] = (), seat: str = "seat-1", login: str = "") -> str:
        made = Settings(city=Path("c"), data_dir=Path("d"), api=api, seat=seat)
        return outbox_name(made, login)

    names = [
        name(),
        name(seat="seat-2"),
        name((FAR,)),
        name((OTHER,)),
        name((FAR,), login="wang"),
        name((FAR,), login="li"),
        name((FAR,), login="../li"),
    ]
    assert len(set(names)) == len(names)
    assert all("/" not in one for one in names)
    # Another spare address is the same centre still.
    assert name((FAR, OTHER)) == name((FAR,))
