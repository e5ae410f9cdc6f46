"""Brings a database's tables to this program's revision with Alembic, inside the caller's transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).with_name("migrations")
"""Where the migrations are; their numbers are their order."""


def upgrade(connection: Connection, known: str | None) -> None:
    """Run what is missing. `known` is where the database stands, None when it is new.

    All of it is one transaction: who is killed in the middle leaves what there was.
    """
    config = settings(connection)
    if known is not None:
        # A database from before Alembic has no note of its own.
        command.stamp(config, known)
    command.upgrade(config, "head")


def settings(connection: Connection | None = None) -> Config:
    """Alembic's configuration, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
