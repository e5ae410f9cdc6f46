"""What is kept on disk: bounded, the latest looked at stay, and damage costs only time."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from console.tiles.store import Kept, TileStore

WRITER = """
import sys
from pathlib import Path
from console.tiles.store import Kept, TileStore
store = TileStore(Path(sys.argv[1]))
number = 0
while True:
    store.put(f"tile {number}", Kept(bytes([number % 256]) * 5_000, "", 1e12))
    print(number, flush=True)
    number += 1
"""


def kept(body: bytes = b"picture") -> Kept:
    return Kept(body, '"1"', 1e12)


def test_what_was_put_is_found_also_later(tmp_path: Path) -> None:
    store = TileStore(tmp_path / "new" / "tiles.sqlite")
    store.put("a", kept())
    assert store.find("a") == kept()
    assert store.find("b") is None
    store.close()
    assert TileStore(tmp_path / "new" / "tiles.sqlite").find("a") == kept()


def test_the_bound_holds_and_the_oldest_go(tmp_path: Path) -> None:
    moment = [0.0]
    store = TileStore(tmp_path / "t.sqlite", bound=100_000, now=lambda: moment[0])
    for number in range(60):
        moment[0] = number * 10_000.0
        store.put(f"{number}", kept(b"x" * 4_000))
        store.find("0")
    assert store.find("59") is not None
    assert store.find("0") is not None
    assert store.find("1") is None
    line = sqlite3.connect(tmp_path / "t.sqlite")
    assert line.execute("SELECT sum(size) FROM picture").fetchone()[0] <= 100_000


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    file.write_bytes(b"this is no database" * 1_000)
    store = TileStore(file)
    assert store.find("a") is None
    store.put("a", kept())
    assert store.find("a") == kept()


def test_a_changed_picture_is_not_given_out(tmp_path: Path) -> None:
    store = TileStore(tmp_path / "t.sqlite")
    store.put("a", kept())
    line = sqlite3.connect(tmp_path / "t.sqlite")
    line.execute("UPDATE picture SET body = ?", (b"other bytes",))
    line.commit()
    assert store.find("a") is None


def test_a_folder_that_cannot_be_made_is_only_slower(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = TileStore(tmp_path / "file" / "t.sqlite")
    store.put("a", kept())
    assert store.find("a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_survives_kill_9(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    last = -1
    for line in writer.stdout:
        last = int(line)
        if last >= 40:
            break
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    store = TileStore(file)
    for number in range(last + 1):
        assert store.find(f"tile {number}") == Kept(bytes([number % 256]) * 5_000, "", 1e12)
    store.put("after", kept())
    assert store.find("after") == kept()
