"""`people`: the directory from the command line, so that there can be a first administrator."""

import argparse
import getpass
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from console.central.centre import Centre
from console.central.clock import ServerTime
from console.central.database import Database
from console.central.directory import Directory, Wish, entries, new_one_time
from console.central.ledger import Signature
from console.central.lock import FolderLock
from console.central.pack import read_city
from console.central.place import add_place, attached, store_of
from console.central.problems import Problem
from console.domain.role import Role
from console.domain.rules.scene import Located
from console.wire.codec import encode

Act = Callable[[Directory, argparse.Namespace, Signature], object]
"""Changes the directory; what it returns is printed as one JSON line."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the tool."""
    tool = subparsers.add_parser("people", help="who may come in", allow_abbrev=False)
    acts = tool.add_subparsers(required=True, metavar="ACT")
    listed = acts.add_parser("list", help="everybody, one JSON line each", allow_abbrev=False)
    add_place(listed)
    listed.set_defaults(run=_list)
    add = _act(acts, "add", "somebody new; prints a one-time password", _add)
    add.add_argument("--name", required=True, help="as colleagues know them")
    add.add_argument("--roles", required=True, help="role[,role…]")
    add.add_argument("--district", help="its code: what a duty chief decides for")
    add.add_argument("--unit", help="its code: what a duty chief decides for")
    add.add_argument(
        "--no-password", action="store_true", help="comes in by the identity provider alone"
    )
    _act(acts, "passwd", "a new one-time password; ends their sessions", _passwd)
    _act(acts, "disable", "lets somebody in no more; ends their sessions", _disable)
    _act(acts, "enable", "lets somebody in again", _enable)


def _act(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str, act: Act
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=says, allow_abbrev=False)
    parser.add_argument("login")
    parser.add_argument("--city", type=Path, required=True, help="folder of the city pack")
    add_place(parser)
    parser.set_defaults(run=lambda options: _change(options, act))
    return parser


def _list(options: argparse.Namespace) -> int:
    database = attached(options)
    with database.reading() as connection:
        for entry in entries(connection):
            _print(entry)
    return 0


def _change(options: argparse.Namespace, act: Act) -> int:
    by = Signature(f"{_user()}@people-tool", Role.ADMIN, f"people:{uuid.uuid4().hex}")
    with _alone(options), _opened(options) as directory:
        try:
            _print(act(directory, options, by))
        except Problem as problem:
            told = problem.document()
            print(f"{told['zh']}\n{told['title']}: {problem.detail}", file=sys.stderr)
            return 1
    return 0


def _add(directory: Directory, options: argparse.Namespace, by: Signature) -> object:
    wish = Wish(
        name=options.name,
        roles=_roles(options.roles),
        district=options.district,
        unit=options.unit,
    )
    return directory.add(options.login, wish, by, None if options.no_password else new_one_time())


def _passwd(directory: Directory, options: argparse.Namespace, by: Signature) -> object:
    login = options.login
    return directory.change(login, directory.wish_of(login), by, new_one_time())


def _disable(directory: Directory, options: argparse.Namespace, by: Signature) -> object:
    return _set_disabled(directory, options.login, by, disabled=True)


def _enable(directory: Directory, options: argparse.Namespace, by: Signature) -> object:
    return _set_disabled(directory, options.login, by, disabled=False)


def _set_disabled(directory: Directory, login: str, by: Signature, *, disabled: bool) -> object:
    return directory.change(login, replace(directory.wish_of(login), disabled=disabled), by)


def _roles(told: str) -> tuple[Role, ...]:
    names = [name.strip() for name in told.split(",")]
    unknown = [name for name in names if name not in {role.value for role in Role}]
    if unknown:
        raise Problem(422, "bad-role", f"there is no role {unknown[0][:40]!r}")
    return tuple(Role(name) for name in names)


@contextmanager
def _alone(options: argparse.Namespace) -> Iterator[None]:
    """SQLite belongs to one process: while the API runs on it, people are changed through the API."""
    if store_of(options).shared:
        yield
        return
    lock = FolderLock(options.data_dir)
    lock.take()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[Directory]:
    city = read_city(options.city)
    database = Database(store_of(options))
    centre = Centre(database, city, lambda: lambda _position: Located(), server_time=ServerTime())
    centre.open()
    try:
        yield Directory(database, centre.writer)
    finally:
        database.close(clean=True)


def _user() -> str:
    """Who sits at this machine, as far as it knows."""
    with suppress(OSError, KeyError):
        return getpass.getuser()[:40]
    return "unknown"


def _print(value: object) -> None:
    print(encode(value).decode(), flush=True)
