"""`erase`: a case's personal data, for ever, from the command line; also beside a running API."""

import argparse
import getpass
import sys
from contextlib import suppress
from datetime import UTC, datetime

from console.central import private
from console.central.place import add_place, attached
from console.central.private import Visitor
from console.central.problems import Problem
from console.central.routes.private import Erased
from console.domain.role import Role
from console.wire.codec import encode


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the tool."""
    tool = subparsers.add_parser(
        "erase", help="erase the personal data of a case; the log stays whole", allow_abbrev=False
    )
    tool.add_argument("case", help="the case's id")
    tool.add_argument("--why", required=True, help="the reason, as the record of access keeps it")
    add_place(tool)
    tool.set_defaults(run=_erase)


def _erase(options: argparse.Namespace) -> int:
    """0 when nothing is left (which is said), 1 when it may not be; raises `StartFailure`."""
    database = attached(options)
    who = Visitor(f"{_user()}@erase-tool", Role.ADMIN)
    try:
        why = private.need_reason(options.why)
        with database.writing() as connection:
            erased = private.erase(connection, options.case, who, why, datetime.now(UTC))
    except Problem as problem:
        told = problem.document()
        print(f"{told['zh']}\n{told['title']}: {problem.detail}", file=sys.stderr)
        return 1
    finally:
        database.close(clean=False)
    print(encode(Erased(erased=erased)).decode())
    return 0


def _user() -> str:
    """Who runs it, for the record; a user without a name is one too."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "unknown"
