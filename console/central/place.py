"""Where the database is: the options that every command of the central API shares."""

import argparse
import os
from pathlib import Path

from console.central.database import Database
from console.central.failure import StartFailure
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store

DATABASE_VARIABLE = "BATON_DATABASE"
"""Environment variable that holds the address of a PostgreSQL database: an option could be read by all."""


def add_place(parser: argparse.ArgumentParser, *, data_dir_needed: bool = False) -> None:
    """`--data-dir` and `--database`."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        required=data_dir_needed,
        help=f"the folder of the SQLite database {FILE_NAME} and of this process's own files",
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="postgresql://user@host/name instead of SQLite; with a password better by "
        f"${DATABASE_VARIABLE}",
    )


def store_of(options: argparse.Namespace) -> Store:
    """The store that the options, or the environment, name; raises `StartFailure`."""
    url = options.database or os.environ.get(DATABASE_VARIABLE, "").strip()
    if url:
        # Here: its driver costs every start 60 ms.
        from console.central.postgresql import PostgreSQL

        return PostgreSQL(url)
    if options.data_dir is None:
        raise StartFailure(
            "data-dir",
            "请用 --data-dir 指定数据目录，或用 --database 指定数据库。",
            "Name the data folder with --data-dir or the database with --database.",
        )
    return SQLite(options.data_dir / FILE_NAME)


def attached(options: argparse.Namespace) -> Database:
    """The existing database for a tool that works beside the API; raises `StartFailure`."""
    database = Database(store_of(options))
    database.attach()
    return database
