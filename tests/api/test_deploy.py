"""The files of docs/deploy: nginx and systemd accept them, and two real centrals behind nginx are one."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from tests import postgres
from tests.api.commands import accept, done, new_case, send
from tests.central_process import (
    PATIENCE_S,
    ROOT,
    Central,
    Listener,
    running_central,
    start_central,
)
from tests.certificates import Authority

DEPLOY = ROOT / "docs" / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SYSTEMD = shutil.which("systemd-analyze")

needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="nginx IS NOT INSTALLED: docs/deploy/nginx-baton.conf was not tried"
)
needs_systemd = pytest.mark.skipif(
    SYSTEMD is None, reason="systemd-analyze IS NOT INSTALLED: the units were not checked"
)

_MAIN = """
worker_processes 1;
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/baton.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configured(folder: Path, authority: Authority, port: int, centrals: tuple[int, int]) -> Path:
    """The example with this machine's ports and certificate, and nothing else changed."""
    authority.server()
    (certificate,) = folder.glob("city-127*.pem")
    text = (DEPLOY / "nginx-baton.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/nginx/tls/central.pem", str(certificate)),
        ("/etc/nginx/tls/central.key", str(certificate)),
        ("127.0.0.1:8701", f"127.0.0.1:{centrals[0]}"),
        ("127.0.0.1:8702", f"127.0.0.1:{centrals[1]}"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "baton.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main


@needs_nginx
def test_nginx_accepts_the_example(tmp_path: Path) -> None:
    main = configured(tmp_path, Authority(tmp_path), free_port(), (8701, 8702))
    tried = subprocess.run([str(NGINX), "-t", "-c", main], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[tuple[Central, Central, Central]]:
    """Two centrals on one PostgreSQL, and both of them as nginx shows them."""
    address = postgres.server().fresh()
    extra = ("--behind-proxy",)
    with running_central(tmp_path / "one", database=address, extra=extra) as one:
        two = start_central(tmp_path / "two", database=address, extra=extra)
        ports = tuple(int(central.url.rpartition(":")[2]) for central in (one, two))
        authority, port = Authority(tmp_path), free_port()
        main = configured(tmp_path, authority, port, (ports[0], ports[1]))
        nginx = subprocess.Popen([str(NGINX), "-c", main])
        session = requests.Session()
        session.verify = str(authority.file)
        session.trust_env = False
        shown = replace(one, url=f"https://127.0.0.1:{port}", session=session)
        try:
            wait_until_it_listens(port)
            yield shown, one, two
        finally:
            session.close()
            nginx.terminate()
            nginx.wait(PATIENCE_S)
            two.kill()
    postgres.server().drop(address)


def wait_until_it_listens(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), PATIENCE_S).close()
        except ConnectionRefusedError:
            continue  # a proxy that never listens ends by the test's timeout
        return


@needs_nginx
def test_two_centrals_behind_nginx_are_one(behind: tuple[Central, Central, Central]) -> None:
    shown, _one, two = behind
    listeners = [Listener(shown, after=0) for _ in range(4)]
    case, rev = new_case(shown)
    for listener in listeners:
        event = listener.wait(lambda f: f.kind == "event" and f.data["rev"] == rev)
        assert event.data["entity"] == f"case:{case}"
        listener.wait(lambda f: f.kind == "bookmark" and f.data["rev"] >= rev)
    # A stream of several bookmarks: nothing is held back or cut for being quiet.
    for listener in listeners:
        listener.wait(lambda _, heard=listener: len(heard.of("bookmark")) >= 3)
        assert not listener.ended.is_set()
    command = accept()
    first = done(shown, command)
    again = send(two, command)
    assert (again.status_code, again.json()["rev"]) == (200, first["rev"])
    assert shown.request("GET", "/v1/snapshot").headers["etag"]
    for listener in listeners:
        listener.close()


@needs_nginx
def test_one_dies_behind_nginx_and_nobody_is_refused(
    behind: tuple[Central, Central, Central],
) -> None:
    """Every command is done once: what nginx sends to the other process carries its key."""
    shown, _one, two = behind
    two.kill()
    revs = [done(shown, accept())["rev"] for _ in range(20)]
    assert len(set(revs)) == 20
    listener = Listener(shown, after=revs[-1] - 1, epoch=shown.epoch)
    listener.wait(lambda f: f.kind == "event" and f.data["rev"] == revs[-1])
    listener.close()


@needs_nginx
def test_what_is_too_large_is_refused_in_the_centres_own_words(
    behind: tuple[Central, Central, Central],
) -> None:
    shown, *_ = behind
    answer = shown.request("POST", "/v1/commands", data=b"x" * (8 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@needs_systemd
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """With this machine's Python and shell in place of those that are not installed here."""
    units = []
    for source in sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]):
        text = source.read_text(encoding="utf-8")
        text = text.replace("/opt/baton/.venv/bin/python", sys.executable)
        name = source.name.replace("@.", "@8701.")
        (tmp_path / name).write_text(text, encoding="utf-8")
        units.append(tmp_path / name)
    assert len(units) == 6
    checked = subprocess.run(
        [str(SYSTEMD), "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        env=os.environ | {"SYSTEMD_LOG_LEVEL": "info"},
    )
    ours = [line for line in checked.stderr.splitlines() if "baton" in line.lower()]
    assert ours == []
    assert checked.returncode == 0, checked.stderr


def test_the_units_name_options_that_there_are() -> None:
    """Each command line in the units and in deploy.md is one that the program takes."""
    from console.central.cli import TOOLS, _parser, _tool

    found = 0
    for source in sorted([*DEPLOY.iterdir(), DEPLOY.parent / "deploy.md"]):
        text = source.read_text(encoding="utf-8").replace("\\\n", " ")
        text = re.sub(r"\$\([^)]*\)", "now", text)
        for line in re.findall(r"-m console\.central ([^\n'`]*)", text):
            words = re.sub(r"%i", "8701", line).split("#")[0].split()
            parser = _tool(words[0]) if words[0] in TOOLS else _parser()
            parser.parse_args(words)
            found += 1
    assert found >= 8
