"""`backup`: a whole copy of a SQLite database while the API runs on it; PostgreSQL has its own tools."""

import argparse
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from console.central.failure import StartFailure
from console.central.place import add_place, store_of
from console.central.sqlite import SQLite


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "backup",
        description="Copy a SQLite database to a new file, also while the API runs. For PostgreSQL use "
        "pg_basebackup or pg_dump.",
        allow_abbrev=False,
    )
    add_place(parser)
    parser.add_argument("target", type=Path, help="the new file; an existing one is refused")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Copy it, check the copy, say where the log ended."""
    store = store_of(options)
    if not isinstance(store, SQLite):
        raise StartFailure(
            "backup-postgresql",
            "PostgreSQL 请用 pg_basebackup 或 pg_dump 备份。",
            "Back PostgreSQL up with pg_basebackup or pg_dump.",
        )
    epoch, rev = copy(store.file, options.target)
    print(json.dumps({"file": str(options.target), "epoch": epoch, "rev": rev}), flush=True)
    return 0


def copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy to a file that appears only when it is whole and on the disk; its epoch and last rev."""
    if target.exists():
        raise _failure(target, "已存在", "it exists already")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        told = _copied(source, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error, TypeError) as error:
        part.unlink(missing_ok=True)
        raise _failure(target, str(error), str(error)) from error
    return told


def _copied(source: Path, part: Path) -> tuple[str, int]:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))  # it holds names and numbers too
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(part)) as kept,
    ):
        # In one step: in WAL mode nobody waits for it, and one in several begins anew at each commit.
        live.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        found = [row[0] for row in kept.execute("PRAGMA quick_check(5)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError("; ".join(found))
        (epoch,) = kept.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
        (rev,) = kept.execute("SELECT rev FROM counter").fetchone()
    return epoch, rev


def _failure(target: Path, zh: str, en: str) -> StartFailure:
    return StartFailure(
        "backup",
        f"备份失败：{target}（{zh}）。",
        f"The backup failed: {target} ({en}).",
    )
