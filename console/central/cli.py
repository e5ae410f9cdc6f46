"""The command line of the central API: it serves, or does one of its tools' work; exit code 2 when it cannot."""

import argparse
import importlib
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from console.central.auth import Grant, read_grants
from console.central.failure import StartFailure
from console.central.lock import FolderLock
from console.central.pack import pack_failure, read_city
from console.central.people.provider_settings import read_provider
from console.central.place import add_place, store_of
from console.central.telephone import add_telephone, telephone_of
from console.domain.city import City
from console.domain.place import Position
from console.domain.rules.scene import Located
from console.paths import cache_dir
from console.store.scene import Locate
from console.wire.frames import SCHEMA

if TYPE_CHECKING:
    from console.geo.boundaries import Boundaries

TOOLS: Mapping[str, str] = {
    "erase": "console.central.erase_tool",
    "people": "console.central.people_tool",
    "verify": "console.central.audit.verify",
    "checkpoint-key": "console.central.audit.public_key",
    "new-epoch": "console.central.audit.epoch",
    "backup": "console.central.audit.backup",
}
"""Command → the module whose `add_to(subparsers)` describes it; without one of these the API is served."""

TOKEN_VARIABLE = "BATON_TOKEN"  # noqa: S105 - the variable's name, not its value
"""Environment variable that holds a token, instead of a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the end; 0 after a clean one, 2 when it could not start, else as the tool says."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _tool(given[0]).parse_args(given) if given and given[0] in TOOLS else _served(given)
    os.umask(0o077)  # the database holds citizens' names and words: for its owner only
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if getattr(options, "verbose", False) else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    try:
        return int(options.run(options))
    except StartFailure as failure:
        problem = {"problem": failure.problem, "zh": failure.zh, "en": failure.en}
        _say({"ready": False, **problem})
        print(f"{failure.zh}\n{failure.en}", file=sys.stderr)
        return 2


def _tool(name: str) -> argparse.ArgumentParser:
    """The parser of one tool; the others are not even imported."""
    parser = argparse.ArgumentParser(prog="python -m console.central", allow_abbrev=False)
    importlib.import_module(TOOLS[name]).add_to(parser.add_subparsers(required=True))
    return parser


def _served(given: list[str]) -> argparse.Namespace:
    options = _parser().parse_args(given)
    options.run = _run
    return options


def _parser() -> argparse.ArgumentParser:
    tools = f" Tools: {', '.join(sorted(TOOLS))}." if TOOLS else ""
    parser = argparse.ArgumentParser(
        prog="python -m console.central",
        description="Baton's central API on one database. "
        f"The token comes from --token-file or ${TOKEN_VARIABLE}.{tools}",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1")
    add_place(parser, data_dir_needed=True, checkpoints=True)
    parser.add_argument(
        "--checkpoint-every",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how often a checkpoint is signed while events come",
    )
    parser.add_argument("--token-file", type=Path, help="lines: TOKEN [role,role...]")
    parser.add_argument("--oidc", type=Path, help="TOML: the city's identity provider")
    parser.add_argument("--city", type=Path, required=True, help="folder of a city pack")
    add_telephone(parser)
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a proxy of ours is in front: the last address of X-Forwarded-For is who asks",
    )
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    parser.add_argument("--verbose", action="store_true")
    return parser


def _run(options: argparse.Namespace) -> int:
    grants = read_grants(*_token_text(options.token_file))
    options.provider = None if options.oidc is None else read_provider(options.oidc)
    options.telephone = telephone_of(options)
    lock = FolderLock(options.data_dir)
    lock.take()
    try:
        _serve(options, grants, lock)
    finally:
        lock.release()
    return 0


def _serve(options: argparse.Namespace, grants: Sequence[Grant], lock: FolderLock) -> None:
    # Imported here: a wrong token or a locked folder is told without waiting for them.
    from console.central.app import create_app
    from console.central.audit.recorder import recorder_of
    from console.central.centre import Centre
    from console.central.clock import ServerTime
    from console.central.database import Database
    from console.central.reception import open_reception
    from console.central.server import Server, bind, serve

    listener = bind(options.host, options.port)
    city = read_city(options.city)
    outlines = _outlines(options.city, cache_dir(options.data_dir), city)
    centre = Centre(
        Database(store_of(options)),
        city,
        _areas(outlines, city),
        server_time=ServerTime(),
        outlines=outlines,
    )
    recorder = recorder_of(options)
    centre.open(recorder.compare)
    with centre.database.judged():
        reception = open_reception(
            centre, grants, options.provider, behind_proxy=options.behind_proxy
        )
    host, port = listener.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def ready() -> None:
        lock.tell(os.getpid(), url)
        _say(
            {
                "ready": True,
                "url": url,
                "schema": SCHEMA,
                "epoch": centre.epoch,
                "pid": os.getpid(),
            }
        )

    broken: list[BaseException] = []

    def end(error: BaseException) -> None:
        broken.append(error)
        server.end()

    server = Server(create_app(centre, reception, end, options.telephone), centre, ready)
    recorder.start()
    try:
        serve(server, listener, until_eof=options.until_eof)
    finally:
        recorder.stop()
    if broken:
        raise _end_of(options, broken[0])


def _end_of(options: argparse.Namespace, error: BaseException) -> StartFailure:
    """Why a centre that had begun could not go on."""
    from console.central.follower import LogForked

    if isinstance(error, StartFailure):
        return error
    if isinstance(error, LogForked):
        return StartFailure(
            "log-forked",
            f"数据库里的日志已不是本进程读过的那一份（{error}）。它可能被恢复过：请按恢复步骤更换 epoch 后再启动。",
            f"The log in the database is not the one this process has followed ({error}). It may have "
            "been restored: give it a new epoch as the restore procedure says, then start again.",
        )
    return pack_failure(options.city, error)


def _token_text(file: Path | None) -> tuple[str, str]:
    """The grants' text and where it comes from."""
    if file is None:
        token = os.environ.get(TOKEN_VARIABLE, "").strip()
        return token.partition(" ")[0], f"${TOKEN_VARIABLE}"
    try:
        return file.read_text(encoding="utf-8"), str(file)
    except (OSError, UnicodeDecodeError) as error:
        raise StartFailure(
            "token",
            f"读不了令牌文件 {file}：{error}",
            f"The token file {file} cannot be read: {error}",
        ) from error


def _outlines(folder: Path, cache_folder: Path, city: City) -> Callable[[], "Boundaries"]:
    """Reads the pack's geometry at the first call and keeps it."""

    @cache
    def load() -> "Boundaries":
        from console.geo.boundaries import load_boundaries

        return load_boundaries(folder, cache_folder, city.pack_hash)

    return load


def _areas(outlines: Callable[[], "Boundaries"], city: City) -> Callable[[], Locate]:
    def load() -> Locate:
        from console.geo.locate import Locator

        locator = Locator(outlines())
        locator.grid_at(city.centre)  # builds its tree now rather than at the first call

        def locate(position: Position) -> Located:
            found = locator.areas_at(position)
            if found is None:
                return Located()
            return Located(
                district=found.district,
                town=found.town,
                community=found.community,
                grid=found.grid,
            )

        return locate

    return load


def _say(line: dict[str, object]) -> None:
    """One JSON line on standard output, at once; a reader that has gone is no reason to fail."""
    try:
        print(json.dumps(line, ensure_ascii=False), flush=True)
    except OSError:
        logging.getLogger(__name__).warning("nobody reads standard output")
