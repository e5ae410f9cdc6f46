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


def add_place(
    parser: argparse.ArgumentParser, *, data_dir_needed: bool = False, checkpoints: bool = False
) -> None:
    """`--data-dir` and `--database`, and where asked for `--checkpoints` and `--checkpoint-key`."""
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

    if checkpoints:
        parser.add_argument(
            "--checkpoints",
            type=Path,
            metavar="DIR",
            help="signed checkpoints, best on another machine; DATA-DIR-checkpoints if not given",
        )
        parser.add_argument(
            "--checkpoint-key",
            type=Path,
            metavar="FILE",
            help="the private key that signs them; DATA-DIR-checkpoint.key if not given",
        )


def checkpoints_of(options: argparse.Namespace) -> Path:
    """The folder of the checkpoints; raises `StartFailure` when nothing names it."""
    return _beside(options.checkpoints, options.data_dir, "-checkpoints")


def checkpoint_key_of(options: argparse.Namespace) -> Path:
    """The file of the private key; raises `StartFailure` when nothing names it."""
    return _beside(options.checkpoint_key, options.data_dir, "-checkpoint.key")


def _beside(given: Path | None, data_dir: Path | None, suffix: str) -> Path:
    """What was given, else a neighbour of the data folder: who empties that has not emptied this."""
    if given is not None:
        return given
    if data_dir is None:
        raise _no_data_dir()
    whole = data_dir.absolute()
    return whole.with_name(f"{whole.name}{suffix}")


def _no_data_dir() -> StartFailure:
    return StartFailure(
        "data-dir",
        "请用 --data-dir 指定数据目录，或用 --database 指定数据库。",
        "Name the data folder with --data-dir or the database with --database.",
    )


def store_of(options: argparse.Namespace) -> Store:
    """The store that the options, or the environment, name; raises `StartFailure`."""
    url = options.database or os.environ.get(DATABASE_VARIABLE, "").strip()
    if url:
        # Here: its driver costs every start 60 ms.
        from console.central.postgresql import PostgreSQL

        return PostgreSQL(url)
    if options.data_dir is None:
        raise _no_data_dir()
    return SQLite(options.data_dir / FILE_NAME)


def attached(options: argparse.Namespace) -> Database:
    """The existing database for a tool that works beside the API; raises `StartFailure`."""
    database = Database(store_of(options))
    database.attach()
    return database
