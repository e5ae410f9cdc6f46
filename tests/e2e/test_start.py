"""How the program starts, and how it says why it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from console.paths import DEFAULT_CITY
from tests.e2e.program import ROOT
from tests.e2e.scene import Scene


def run(*arguments: str, display: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    if display is not None:
        environment["DISPLAY"] = display
    command = [sys.executable, "main.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110
    )


@pytest.mark.parametrize(("size", "lang"), [("1920x1080", "zh"), ("3840x2160", "en")])
def test_screenshot_of_a_living_city(tmp_path: Path, size: str, lang: str) -> None:
    picture = tmp_path / "desk.png"
    done = run(
        *("--screenshot", str(picture), "--after", "18", "--size", size, "--lang", lang),
        *("--data-dir", str(tmp_path / "data"), "--speed", "30"),
    )
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert f"{image.width()}x{image.height()}" == size
    # A picture with pins, text and charts has many colours; an empty window has a handful.
    seen = {
        image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }
    assert len(seen) > 500


def test_a_broken_city_pack_names_file_and_feature(tmp_path: Path) -> None:
    pack = tmp_path / "city"
    shutil.copytree(DEFAULT_CITY, pack)
    units = pack / "units.csv"
    text = units.read_text(encoding="utf-8")
    units.write_text(text.replace(",bureau,", ",burrow,", 1), encoding="utf-8")
    picture = tmp_path / "p.png"
    done = run(
        "--city", str(pack), "--data-dir", str(tmp_path / "data"), "--screenshot", str(picture)
    )
    assert done.returncode == 2
    assert "units.csv" in done.stderr
    assert "burrow" in done.stderr
    assert "城市包" in done.stderr


def test_a_second_console_on_a_data_folder_is_told_why_not(tmp_path: Path, scene: Scene) -> None:
    # The scene's centre holds the lock of its own folder; a console there would need a second one.
    folder = scene.token_file.parent
    done = run("--data-dir", str(folder), "--screenshot", str(tmp_path / "p.png"))
    assert done.returncode == 2
    assert "--data-dir" in done.stderr


def test_a_corrupt_outbox_is_kept_and_named(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox-seat-1.db"
    outbox.write_bytes(b"this is no database, but it might have held an order" * 40)
    before = outbox.read_bytes()
    done = run("--data-dir", str(tmp_path), "--screenshot", str(tmp_path / "p.png"))
    assert done.returncode == 2
    assert outbox.name in done.stderr
    assert outbox.read_bytes() == before


def test_a_wrong_token_is_said_on_the_screen(tmp_path: Path, scene: Scene) -> None:
    token = tmp_path / "token"
    token.write_text("not-the-token-of-that-centre\n", encoding="utf-8")
    picture = tmp_path / "p.png"
    done = run(
        *("--api", scene.url, "--token-file", str(token), "--data-dir", str(tmp_path / "data")),
        *("--screenshot", str(picture), "--after", "6"),
    )
    assert done.returncode == 0
    assert "token" in done.stderr.lower() or "令牌" in done.stderr
    assert picture.exists()


def test_with_nobody_to_log_in_it_says_what_is_missing(tmp_path: Path) -> None:
    done = run("--api", "http://127.0.0.1:9", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert "--token-file" in done.stderr


def test_plain_http_to_another_machine_is_refused(tmp_path: Path) -> None:
    done = run("--api", "http://10.0.0.5:1", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert "没有加密" in done.stderr
    assert "--insecure-http" in done.stderr


def test_help_needs_no_qt() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in ("--api", "--city", "--screen", "--lang", "--screenshot", "--feed", "--from-hour"):
        assert word in done.stdout


def test_a_trainer_needs_no_centre(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    done = run(
        *("--role", "trainer", "--data-dir", str(tmp_path / "data")),
        *("--screenshot", str(picture), "--after", "6"),
    )
    assert done.returncode == 0, done.stderr
    assert picture.exists()
    assert not list((tmp_path / "data").glob("outbox-*"))
    assert not (tmp_path / "data" / "run").exists()


def test_a_role_and_a_screen_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    for words in (("--role", "king"), ("--role", "wall", "--screen", "desk")):
        done = run(*words, "--data-dir", str(tmp_path))
        assert done.returncode == 2
        assert words[1] in done.stderr
