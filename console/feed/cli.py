"""The command line of a feed: a simulator or a recorded day onto a central API."""

import argparse
import logging
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.client.api import Api
from console.domain.city import City
from console.feed import keep_day, make_day_cli
from console.feed.ending import end_with
from console.feed.mapping import MappingError
from console.feed.mirror import Refused
from console.feed.post import Post
from console.feed.problem import CannotStart, failed, reported
from console.feed.recorded import Recorded, read_recorded
from console.feed.script import Script, beginning, recorded, simulated
from console.feed.simulator import AnotherDay, Simulator
from console.feed.status import Status
from console.feed.token import TOKEN_VARIABLE, read_token
from console.field.geometry import Geometry, load_geometry
from console.geo.cities import default_city
from console.geo.city import load_city
from console.geo.holidays import is_workday
from console.paths import cache_dir, data_dir

SEAT, ROLE = "feed:simulator", "field"
FASTEST = 3600.0
SIMULATOR = "sim"

_OTHER: Mapping[str, Callable[[Sequence[str]], int]] = {
    "make-day": make_day_cli.main,
    "keep-day": keep_day.main,
}
"""What else this program does, by the first word."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the end; 0 after a clean one, 2 when it could not start or was refused."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and words[0] in _OTHER:
        return _OTHER[words[0]](words[1:])
    options = _parser().parse_args(words)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if options.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    status = Status()
    try:
        return reported(status, lambda: _run(options, status))
    except MappingError as error:
        return failed(status, "mapping", error.zh, error.en)
    except AnotherDay as error:
        return failed(status, "another-day", error.zh, error.en)
    except Refused as refused:
        return failed(status, refused.code, str(refused), str(refused))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.feed",
        description="Feeds a central API with a simulated city or a recorded day. "
        f"The token comes from --token-file or ${TOKEN_VARIABLE}. "
        "'make-day --help' tells how to write a whole past day for training, "
        "'keep-day --help' how to keep one that this centre has lived through.",
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
    end_with(stop, until_eof=options.until_eof)
    api = Api(options.api, read_token(options.token_file), SEAT, ROLE)
    city = load_city(options.city)
    geometry = load_geometry(options.city, city, options.cache_dir or cache_dir(data_dir()))
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
