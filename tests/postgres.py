"""A real PostgreSQL for the tests: one server a test process, a fresh database for whoever asks."""

import atexit
import os
import shutil
import tempfile
import uuid
import warnings
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import make_url


class Server:
    """A server of its own, from the wheel `pgserver`, on a Unix socket; it ends with the process."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where to keep a run's files is told by nobody
            from pgserver.postgres_server import get_server

            self.folder = Path(tempfile.mkdtemp(prefix="baton-pg-"))
            # As root the server runs as a user of its own, who must reach it.
            self.folder.chmod(0o755)
            self._server = get_server(self.folder / "data", cleanup_mode="stop")
        self.uri = self._server.get_uri()
        atexit.register(self.end)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(statement)

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"baton_{uuid.uuid4().hex[:12]}"
        self.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def address(self, name: str) -> str:
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Throw a database away, also one that somebody still uses."""
        name = make_url(address).database
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def end(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server() -> Server:
    """This process's server; the first call starts it (half a second)."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    return Server()
