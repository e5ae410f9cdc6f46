"""The command line of `python -m console.feed make-day`: one day by its date, or the days a training needs."""

import argparse
import os
import threading
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from console.domain.city import City
from console.feed.ending import end_with
from console.feed.make_day import MOST_CALLS, Plan, make_day
from console.feed.problem import CannotStart, reported
from console.feed.progress import Progress, Stopped
from console.feed.ready_days import Maker, make_ready
from console.feed.status import Status
from console.field.geometry import load_geometry
from console.geo.cities import default_city
from console.geo.city import load_city
from console.paths import cache_dir
from console.replay.file import FOLDER, write_recording


def main(arguments: Sequence[str]) -> int:
    """Write what was asked for; 0 when it is there, 2 when it cannot be."""
    options = _parser().parse_args(arguments)
    status, stop = Status(), threading.Event()
    if options.until_eof:
        end_with(stop, until_eof=True)
        _step_back()
    try:
        return reported(status, lambda: _run(options, status, stop))
    except Stopped:
        status.say("ended")
        return 0


def _step_back() -> None:
    """Whoever started us has a screen to keep alive: it goes first where two programs want one core."""
    if hasattr(os, "nice"):
        os.nice(10)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.feed make-day",
        description="Writes a whole past day into a data folder, ready to be replayed: the one of "
        "--date and --calls, or with --ready an ordinary day and a peak day with a storm, unless "
        "they are there already.",
        allow_abbrev=False,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--date", metavar="YYYY-MM-DD")
    which.add_argument("--ready", action="store_true", help="the days that training begins with")
    parser.add_argument("--calls", type=int, help="calls expected on the day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-dir", required=True, type=Path)
    parser.add_argument("--city", type=Path, default=default_city(), help="folder of a city pack")
    parser.add_argument(
        "--storm",
        action="store_true",
        help="trees, water and power lead, a flood becomes an incident",
    )
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    return parser


def _run(options: argparse.Namespace, status: Status, stop: threading.Event) -> None:
    city = load_city(options.city)
    today = datetime.now(city.tz).date()
    plan = None if options.ready else _plan(options, today)
    make = _maker(options, city, status, stop)
    try:
        if plan is None:
            make_ready(options.data_dir, city, today, make, status, stop)
        else:
            make(plan)
    except OSError as error:
        where = f"{options.data_dir}（{error.strerror}）", f"{options.data_dir} ({error.strerror})"
        raise CannotStart(
            "data-dir",
            f"不能写入数据目录 {where[0]}。请检查权限和磁盘空间。",
            f"The data folder cannot be written: {where[1]}. Check permissions and free space.",
        ) from error


def _maker(options: argparse.Namespace, city: City, status: Status, stop: threading.Event) -> Maker:
    """What makes the day of a plan and writes it; the geometry is read only when there is one to make."""

    def make(plan: Plan, **about: object) -> None:
        progress = Progress(status, stop=stop, about=about)
        geometry = load_geometry(options.city, city, cache_dir(options.data_dir))
        recording = make_day(city, plan, geometry.point_in_grid, geometry.locate, progress)
        progress.stage(0.04)
        file = options.data_dir / FOLDER / plan.name
        write_recording(recording, file)
        progress.stage(0.0)
        status.say(
            "made",
            file=str(file),
            calls=recording.about.calls,
            events=len(recording.events),
            positions=len(recording.tracks),
            **about,
        )

    return make


def _plan(options: argparse.Namespace, today: date) -> Plan:
    """The plan as asked for; raises `CannotStart`."""
    try:
        day = date.fromisoformat(options.date)
    except ValueError as error:
        raise CannotStart(
            "date",
            f"--date {options.date} 不是日期，请写成 2026-01-31 的样子",
            f"--date {options.date} is not a date; write it as 2026-01-31",
        ) from error
    if not date(2000, 1, 1) <= day < today:
        raise CannotStart(
            "date",
            f"--date 应在 2000-01-01 之后、今天（{today}）之前",
            f"--date: from 2000-01-01 to the day before today ({today})",
        )
    if options.calls is None or not 0 < options.calls <= MOST_CALLS:
        raise CannotStart(
            "calls", f"--calls 应在 1 到 {MOST_CALLS} 之间", f"--calls: 1 to {MOST_CALLS}"
        )
    return Plan(day=day, calls=options.calls, seed=options.seed, storm=options.storm)
