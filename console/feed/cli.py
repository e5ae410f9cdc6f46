"""The command line of a feed: a simulator or a recorded day onto a central API."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.client.api import Api, Problem
from console.domain.city import City
from console.feed import make_day
from console.feed.mapping import MappingError
from console.feed.mirror import Refused
from console.feed.post import Post
from console.feed.recorded import Recorded, read_recorded
from console.feed.script import Script, beginning, recorded, simulated
from console.feed.simulator import AnotherDay, Simulator
from console.feed.status import Status
from console.field.geometry import Geometry, load_geometry
from console.geo.cities import default_city
from console.geo.city import load_city
from console.geo.holidays import is_workday
from console.geo.problem import PackError
from console.paths import cache_dir, data_dir

TOKEN_VARIABLE = "BATON_TOKEN"  # noqa: S105 - the variable's name, not its value
"""Environment variable that holds the token, instead of a file."""

SEAT, ROLE = "feed:simulator", "field"
FASTEST = 3600.0
SIMULATOR = "sim"
MAKE_DAY = "make-day"


class CannotStart(Exception):
    """The feed cannot begin; `code` names the problem, the words say it in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the end; 0 after a clean one, 2 when it could not start or was refused."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == [MAKE_DAY]:
        return make_day.main(words[1:])
    options = _parser().parse_args(words)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if options.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    status = Status()
    try:
        _run(options, status)
    except CannotStart as problem:
        return _failed(status, problem.code, problem.zh, problem.en)
    except PackError as error:
        return _failed(status, "city-pack", error.text("zh"), error.text("en"))
    except MappingError as error:
        return _failed(status, "mapping", error.zh, error.en)
    except AnotherDay as error:
        return _failed(status, "another-day", error.zh, error.en)
    except Problem as problem:
        return _failed(status, problem.code, problem.zh, problem.detail)
    except Refused as refused:
        return _failed(status, refused.code, str(refused), str(refused))
    return 0


def _failed(status: Status, code: str, zh: str, en: str) -> int:
    status.say("failed", problem=code, zh=zh, en=en)
    print(f"{zh}\n{en}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.feed",
        description="Feeds a central API with a simulated city or a recorded day. "
        f"The token comes from --token-file or ${TOKEN_VARIABLE}. "
        f"'{MAKE_DAY} --help' tells how to write a whole past day for training.",
        allow_abbrev=False,
    )
    parser.add_argument("source", help=f"'{SIMULATOR}', or the CSV file of a recorded day")
    parser.add_argument("--api", required=True, metavar="URL")
    parser.add_argument("--token-file", type=Path)
    parser.add_argument("--mapping", type=Path, help="TOML that names the columns of the file")
    parser.add_argument("--speed", type=float, default=1.0, help="domain seconds a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", type=int, help="calls expected on the first day")
    parser.add_argument("--from-hour", type=float, help="local hour of the beginning, say 9.5")
    parser.add_argument("--city", type=Path, default=default_city(), help="folder of a city pack")
    parser.add_argument("--cache-dir", type=Path, help="where compiled boundaries are kept")
    parser.add_argument("--list-rejected", type=Path, metavar="FILE")
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    parser.add_argument("--verbose", action="store_true")
    return parser


def _run(options: argparse.Namespace, status: Status) -> None:
    _check(options)
    stop = threading.Event()
    _end_with(stop, options.until_eof)
    api = Api(options.api, _token(options.token_file), SEAT, ROLE)
    city = load_city(options.city)
    geometry = load_geometry(
        options.city, city, options.cache_dir or cache_dir(data_dir())
    )
    day = _recorded(options, city, status)
    script = _script(options, city, geometry, day)
    post = Post(api, status, stop)
    simulator = Simulator(
        city, geometry, script, post, is_workday, seed=options.seed, speed=options.speed
    )
    simulator.run()
    ended = {} if day is None else {"recorded": day.summary()}
    status.say("ended", **status.counts(), **ended)


def _check(options: argparse.Namespace) -> None:
    """Refuse options that make no sense."""
    if not 0 < options.speed <= FASTEST:
        raise CannotStart(
            "speed", f"--speed 应大于 0，至多 {FASTEST:g}", f"--speed: above 0, at most {FASTEST:g}"
        )
    if options.from_hour is not None and not 0 <= options.from_hour < 24:
        raise CannotStart(
            "from-hour", "--from-hour 应在 0 到 24 之间", "--from-hour: 0 to below 24"
        )
    if options.calls is not None and not 0 < options.calls <= 500_000:
        raise CannotStart("calls", "--calls 应在 1 到 500000 之间", "--calls: 1 to 500000")
    if options.source != SIMULATOR and options.mapping is None:
        raise CannotStart(
            "mapping",
            "回放记录需要 --mapping：一个说明各列名称的 TOML 文件",
            "a recorded day needs --mapping: a TOML file that names its columns",
        )


def _script(
    options: argparse.Namespace, city: City, geometry: Geometry, day: Recorded | None
) -> Script:
    if day is not None:
        return recorded(city, day, options.from_hour)
    begins = beginning(city, options.from_hour, datetime.now(UTC))
    return simulated(city, options.seed, options.calls, begins, geometry.point_in_grid)


def _recorded(options: argparse.Namespace, city: City, status: Status) -> Recorded | None:
    """The recorded day, None for the simulator; its bad rows are told and listed."""
    if options.source == SIMULATOR:
        return None
    day = read_recorded(Path(options.source), options.mapping, city, options.seed)
    if options.list_rejected is not None:
        _write_list(options.list_rejected, day)
    status.say("read", **day.summary())
    return day


def _write_list(file: Path, day: Recorded) -> None:
    try:
        file.write_text(day.rejected_list(), encoding="utf-8")
    except OSError as error:
        raise CannotStart(
            "list-rejected", f"{file} 不能写入（{error}）", f"{file} cannot be written ({error})"
        ) from error


def _token(file: Path | None) -> str:
    """The first word of the token file, or the environment's token."""
    text = os.environ.get(TOKEN_VARIABLE, "")
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(
                "token", f"令牌文件 {file} 不能读取", f"the token file {file} cannot be read"
            ) from error
    words = text.split()
    if not words:
        raise CannotStart(
            "token",
            f"没有令牌：请用 --token-file，或设置环境变量 {TOKEN_VARIABLE}",
            f"there is no token: use --token-file or set {TOKEN_VARIABLE}",
        )
    return words[0]


def _end_with(stop: threading.Event, until_eof: bool) -> None:
    """Stop on SIGTERM and SIGINT, and with standard input where asked."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if until_eof:
        threading.Thread(target=_watch, args=(stop,), name="stdin", daemon=True).start()


def _watch(stop: threading.Event) -> None:
    """Wait for the end of standard input: whoever started the feed is gone.

    Below Python's buffer, whose lock would be held while the interpreter ends.
    """
    try:
        while os.read(sys.stdin.fileno(), 4096):
            continue
    except (OSError, ValueError):
        logging.getLogger(__name__).debug("standard input is closed")
    stop.set()
