"""How the central API starts, refuses to start, and ends."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from console.central.sqlite import FILE_NAME, SMALL
from tests.api.commands import new_case
from tests.central_process import (
    PATIENCE_S,
    ROOT,
    TINY,
    TOKEN,
    Central,
    Listener,
    NotReady,
    running_central,
    start_central,
    stderr_of,
)


def refused(data_dir: Path, problem: str, **options: object) -> NotReady:
    """It must not start, for that reason, told in both languages; exit code 2."""
    with pytest.raises(NotReady) as caught:
        start_central(data_dir, **options)  # type: ignore[arg-type]
    told = caught.value
    assert told.problem["problem"] == problem, told
    assert told.problem["zh"]
    assert told.problem["en"]
    assert told.problem["en"] in told.errors
    assert "Traceback" not in told.errors
    assert told.code == 2
    return told


def test_the_ready_line_names_what_a_console_needs(centre: Central) -> None:
    assert centre.url.startswith("http://127.0.0.1:")
    health = centre.request("GET", "/v1/health").json()
    assert health["epoch"] == centre.epoch


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = refused(tmp_path / "central", "port-in-use", port=port)
    assert str(port) in told.problem["en"]


def test_an_impossible_port_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "central", "port-in-use", port=70000)


def test_a_second_one_on_the_folder_is_told_who_has_it(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as first:
        told = refused(tmp_path / "central", "data-dir-locked")
        assert str(first.process.pid) in told.problem["en"]
        assert first.url in told.problem["en"]
        assert TOKEN not in json.dumps(told.problem)
        assert new_case(first)


def test_after_a_kill_the_folder_is_free(tmp_path: Path) -> None:
    first = start_central(tmp_path / "central")
    case, _ = new_case(first)
    first.kill()
    with running_central(tmp_path / "central") as second:
        assert second.epoch == first.epoch
        assert second.request("GET", f"/v1/history/{case}").status_code == 200


@pytest.mark.parametrize(
    "grants", ["", "# only words\n", "short", f"{TOKEN} emperor", f"{TOKEN} centre"]
)
def test_a_useless_token_file_is_told(tmp_path: Path, grants: str) -> None:
    told = refused(tmp_path / "central", "token", grants=grants) if grants else None
    if told is not None:
        assert "emperor" not in grants or "emperor" in told.problem["en"]


def test_tokens_have_roles(tmp_path: Path) -> None:
    grants = f"{TOKEN} wall,auditor  # the screen on the wall\nanother-token-0123456 field\n"
    with running_central(tmp_path / "central", grants=grants) as central:
        assert central.request("GET", "/v1/snapshot", role="wall").status_code == 200
        assert central.request("GET", "/v1/snapshot", role="field").status_code == 403
        central.token = "another-token-0123456"
        assert central.request("GET", "/v1/snapshot", role="field").status_code == 200


def test_a_token_may_come_by_the_environment_but_not_by_an_option(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "console.central", "--data-dir", str(tmp_path / "central")]
    command += ["--city", str(TINY), "--until-eof"]
    environment = os.environ | {"BATON_TOKEN": TOKEN}
    started = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert json.loads(started.stdout)["ready"]
    assert started.returncode == 0
    refused = subprocess.run(
        [*command, "--token", TOKEN], cwd=ROOT, env=environment, capture_output=True
    )
    assert refused.returncode == 2


def test_a_damaged_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "central" / FILE_NAME
    file.parent.mkdir()
    file.write_bytes(b"not a database" * 1000)
    told = refused(tmp_path / "central", "database-corrupt")
    assert str(file) in told.problem["zh"]
    assert file.read_bytes() == b"not a database" * 1000


def test_damage_inside_is_found_after_a_crash(tmp_path: Path) -> None:
    central = start_central(tmp_path / "central")
    for _ in range(60):
        new_case(central)
    central.kill()
    file = tmp_path / "central" / FILE_NAME
    with running_central(tmp_path / "central"):
        pass  # the log is in the file itself now, not beside it
    central = start_central(tmp_path / "central")
    central.kill()
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = os.urandom(8192)
    file.write_bytes(content)
    refused(tmp_path / "central", "database-corrupt")
    assert file.read_bytes() == content


def test_damage_inside_is_found_after_a_clean_end(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as central:
        for _ in range(60):
            new_case(central)
    file = tmp_path / "central" / FILE_NAME
    spoil_index(file)
    content = file.read_bytes()
    refused(tmp_path / "central", "database-corrupt")
    assert file.read_bytes() == content


def test_damage_inside_a_large_file_is_found_behind_the_start(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as central:
        for _ in range(60):
            new_case(central)
    file = tmp_path / "central" / FILE_NAME
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE ballast (bytes)")
        database.execute("INSERT INTO ballast VALUES (zeroblob(?))", [SMALL])
    spoil_index(file)
    central = start_central(tmp_path / "central")
    assert central.process.stdout is not None
    told = json.loads(central.process.stdout.readline())
    assert (told["ready"], told["problem"]) == (False, "database-corrupt")
    assert central.process.wait(PATIENCE_S) == 2
    central.kill()
    refused(tmp_path / "central", "database-corrupt")


def spoil_index(file: Path) -> None:
    """Damage a page that no start needs."""
    with closing(sqlite3.connect(file)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'events_by_entity'"
        (page,) = database.execute(query).fetchone()
    with file.open("r+b") as out:
        out.seek((page - 1) * 4096)
        out.write(os.urandom(4096))


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    import sqlite3

    with running_central(tmp_path / "central"):
        pass
    with sqlite3.connect(tmp_path / "central" / FILE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "9999" in refused(tmp_path / "central", "database-newer").problem["en"]


def test_another_citys_database_is_refused(tmp_path: Path) -> None:
    with running_central(tmp_path / "central"):
        pass
    other = Path(shutil.copytree(TINY, tmp_path / "other"))
    text = (other / "city.toml").read_text(encoding="utf-8").replace('"000000"', '"111111"')
    (other / "city.toml").write_text(text, encoding="utf-8")
    refused(tmp_path / "central", "city-differs", city=other)


def test_a_wrong_city_pack_names_file_and_feature(tmp_path: Path) -> None:
    refused(tmp_path / "a", "city-pack", city=tmp_path / "nowhere")
    other = Path(shutil.copytree(TINY, tmp_path / "other"))
    table = other / "units.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("utility", "sorcery"), "utf-8")
    told = refused(tmp_path / "b", "city-pack", city=other)
    assert "units.csv" in told.problem["en"]
    assert "U.gas" in told.problem["zh"]


def test_wrong_geometry_ends_the_centre_with_its_reason(tmp_path: Path) -> None:
    other = Path(shutil.copytree(TINY, tmp_path / "other"))
    (other / "grids.geojson").write_text('{"type": "FeatureCollection", "features": [', "utf-8")
    central = start_central(tmp_path / "central", city=other)
    assert central.process.stdout is not None
    told = json.loads(central.process.stdout.readline())
    assert (told["ready"], told["problem"]) == (False, "city-pack")
    assert "grids.geojson" in told["en"]
    assert central.process.wait(PATIENCE_S) == 2
    central.kill()


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "central").write_text("")
    command = [sys.executable, "-m", "console.central", "--data-dir", str(tmp_path / "central")]
    command += ["--city", str(TINY)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"BATON_TOKEN": TOKEN}, capture_output=True
    )
    assert json.loads(done.stdout)["problem"] == "data-dir"
    assert done.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_open_streams(tmp_path: Path, number: int) -> None:
    central = start_central(tmp_path / "central")
    listeners = [Listener(central, after=0) for _ in range(3)]
    for listener in listeners:
        listener.wait(lambda f: f.kind == "bookmark")
    central.process.send_signal(number)
    assert central.process.wait(PATIENCE_S) == 0, stderr_of(tmp_path / "central")
    for listener in listeners:
        assert listener.ended.wait(PATIENCE_S)
    central.kill()
    assert "Traceback" not in stderr_of(tmp_path / "central")


def test_it_ends_with_its_parent_however_that_dies(tmp_path: Path) -> None:
    """The parent holds the other end of its standard input."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.central_process import start_central\n"
        "central = start_central(Path(sys.argv[1]))\n"
        "print(central.process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "central")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait(PATIENCE_S)
    _, alive = psutil.wait_procs([child], timeout=PATIENCE_S)
    assert not alive
    parent.stdout.close()
    assert parent.stdin is not None
    parent.stdin.close()
    with running_central(tmp_path / "central"):
        pass


def test_a_clean_end_needs_no_check_and_loses_nothing(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as first:
        _, rev = new_case(first)
    with running_central(tmp_path / "central") as second:
        assert second.request("GET", "/v1/health").json()["rev"] == rev
