"""What is said and what is refused before Qt starts: root, a weakened browser, a way without encryption."""

import os
from pathlib import Path

import pytest

from console.app import environment
from console.app.problems import StartProblem
from console.settings import Settings

LOCAL, FAR = "http://127.0.0.1:8642", "https://12345.example.org"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of this test's own; nobody in particular runs it."""
    monkeypatch.setattr(os, "environ", {"DISPLAY": ":0"})
    monkeypatch.setattr(environment, "_is_root", lambda: False)
    monkeypatch.setattr(environment.x11_displays, "sizes", lambda: [("eDP-1", 1920, 1080)])


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_is_root", lambda: True)


def settings(*api: str, insecure: bool = False) -> Settings:
    return Settings(city=Path("c"), data_dir=Path("d"), api=api, insecure_http=insecure)


@pytest.mark.parametrize("api", [(), (LOCAL,), (FAR,), (FAR, "https://b.example.org")])
@pytest.mark.parametrize("production", [False, True])
def test_an_ordinary_user_hears_nothing(api: tuple[str, ...], production: bool) -> None:
    assert environment.prepare(settings(*api), production=production) == []
    assert "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ


@pytest.mark.usefixtures("as_root")
@pytest.mark.parametrize("api", [(), (LOCAL,), ("http://[::1]:1", "http://localhost:2")])
def test_root_may_try_it_here_and_is_told_what_is_off(api: tuple[str, ...]) -> None:
    (notice,) = environment.prepare(settings(*api), production=False)
    assert "root" in notice
    assert "沙箱" in notice
    assert os.environ["QTWEBENGINE_DISABLE_SANDBOX"] == "1"


@pytest.mark.usefixtures("as_root")
@pytest.mark.parametrize(
    ("api", "production"),
    [((FAR,), False), ((LOCAL, FAR), False), ((), True), ((LOCAL,), True)],
)
def test_root_is_refused_a_real_centre(api: tuple[str, ...], production: bool) -> None:
    with pytest.raises(StartProblem) as found:
        environment.prepare(settings(*api), production=production)
    assert "root" in found.value.zh
    assert "root" in found.value.en
    assert "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QTWEBENGINE_REMOTE_DEBUGGING", "9222"),
        ("QTWEBENGINE_DISABLE_SANDBOX", "1"),
        ("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-web-security"),
        ("QTWEBENGINE_CHROMIUM_FLAGS", "--remote-debugging-port=9222"),
        ("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --no-sandbox"),
    ],
)
@pytest.mark.parametrize(("api", "production"), [((FAR,), False), ((), True)])
def test_a_weakened_browser_is_refused_a_real_centre(
    api: tuple[str, ...], production: bool, name: str, value: str
) -> None:
    os.environ[name] = value
    with pytest.raises(StartProblem) as found:
        environment.prepare(settings(*api), production=production)
    named = value.split("=")[0].split()[-1] if "FLAGS" in name else name
    assert named in found.value.zh
    assert named in found.value.en


@pytest.mark.parametrize("name", ["QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_DISABLE_SANDBOX"])
def test_with_the_embedded_centre_a_developer_may(name: str) -> None:
    os.environ[name] = "1"
    assert environment.prepare(settings(), production=False) == []


def test_a_way_without_encryption_is_said_aloud() -> None:
    (notice,) = environment.prepare(settings("http://10.0.0.5", insecure=True), production=False)
    assert "没有加密" in notice
    assert "not encrypted" in notice


@pytest.mark.parametrize(
    ("displays", "wanted"),
    [
        ([("A", 1920, 1080)], {}),
        ([("A", 3840, 2160)], {"QT_SCALE_FACTOR": "2"}),
        ([("A", 2160, 3840), ("B", 3840, 2160)], {"QT_SCALE_FACTOR": "2"}),
        ([("A", 1920, 1080), ("B", 1920, 1080)], {}),
        ([("A", 1920, 1080), ("B", 3840, 2160)], {"QT_SCREEN_SCALE_FACTORS": "B=2"}),
        ([("A", 5120, 1440)], {}),
        ([], {}),
    ],
)
def test_each_display_has_its_own_scale(
    displays: list[tuple[str, int, int]], wanted: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.sys, "platform", "linux")
    monkeypatch.setattr(environment.x11_displays, "sizes", lambda: displays)
    environment.prepare(settings(), production=False)
    assert {n: v for n, v in os.environ.items() if n.startswith("QT_SC")} == wanted
