"""Keeps a past day of a running centre as a recording: `python -m console.feed keep-day`."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from console.client.api import Api
from console.domain.city import City
from console.domain.event import Event
from console.feed.problem import CannotStart, reported
from console.feed.progress import Progress
from console.feed.status import Status
from console.feed.token import TOKEN_VARIABLE, read_token
from console.geo.cities import default_city
from console.geo.city import load_city
from console.replay.file import FOLDER, SUFFIX, write_recording
from console.replay.problem import other_city
from console.replay.recording import Recording, cut_day

SEAT, ROLE = "feed:keeper", "field"
PAGE = 5_000
"""Events asked for at once: the centre gives no more."""


def main(arguments: Sequence[str]) -> int:
    """Write the day; 0 when it is there, 2 when it cannot be."""
    options = _parser().parse_args(arguments)
    status = Status()
    return reported(status, lambda: _run(options, status))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.feed keep-day",
        description="Reads the log of a running central API and keeps one past day of it for "
        "training. The workers' ways are not in the log and so not in the recording. "
        f"The token comes from --token-file or ${TOKEN_VARIABLE}.",
        allow_abbrev=False,
    )
    parser.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--api", required=True, metavar="URL")
    parser.add_argument("--token-file", type=Path)
    parser.add_argument("--data-dir", required=True, type=Path)
    parser.add_argument("--city", type=Path, default=default_city(), help="folder of a city pack")
    return parser


def _run(options: argparse.Namespace, status: Status) -> None:
    city = load_city(options.city)
    day = _day(options.date)
    api = Api(options.api, read_token(options.token_file), SEAT, ROLE)
    progress = Progress(status)
    recording = kept_day(api, city, day, progress)
    file = options.data_dir / FOLDER / name_of(recording)
    try:
        write_recording(recording, file)
    except OSError as error:
        raise CannotStart(
            "data-dir",
            f"不能写入数据目录 {options.data_dir}（{error.strerror}）。请检查权限和磁盘空间。",
            f"The data folder {options.data_dir} cannot be written ({error.strerror}). "
            "Check permissions and free space.",
        ) from error
    progress.stage(0.0)
    status.say("made", file=str(file), calls=recording.about.calls, events=len(recording.events))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CannotStart(
            "date",
            f"--date {text} 不是日期，请写成 2026-01-31 的样子",
            f"--date {text} is not a date; write it as 2026-01-31",
        ) from error


def kept_day(api: Api, city: City, day: date, progress: Progress) -> Recording:
    """The local day out of the centre's log, without tracks.

    Raises `RecordingProblem` for another city and for a day on which nothing happened,
    `Unreachable` and `Problem` for the centre.
    """
    health = api.health()
    if health.city != city.code:
        raise other_city(api.base_url, health.city, city.code)
    progress.stage(0.9)
    return cut_day(_log(api, health.rev, progress), city, day, name=api.base_url)


def _log(api: Api, last: int, progress: Progress) -> Iterator[Event]:
    """The log from its beginning up to the rev `last`."""
    for first in range(1, last + 1, PAGE):
        progress.tell(first / last)
        yield from api.log(first, min(first + PAGE - 1, last))


def name_of(recording: Recording) -> str:
    """The file's name; the same day of the same log has the same."""
    about = recording.about
    return f"{about.day}-kept-{about.epoch[:8]}{SUFFIX}"
