"""The command line of the console."""

import argparse
import math
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from console.app.addresses import read_addresses
from console.app.problems import StartProblem
from console.domain.role import SCREENS, SCREENS_OF, Role
from console.i18n import Texts
from console.paths import DEFAULT_CITY, data_dir
from console.settings import FeedChoice, PreferencesFile, Settings, Shot

UNATTENDED_SPEED = 30.0
"""With nobody watching, a minute should hold enough life to report on."""
DEFAULT_ROLE = "dispatcher"
_ROLES = (
    f"the role of this session: {', '.join(SCREENS_OF)} "
    f"(default: {DEFAULT_ROLE}; with a login, chosen among the person's own)"
)
_MAP_KEYS = (
    "a TOML file with the user's keys for base maps (default: asked for, and in the keyring)"
)
_API = "a running central API, several addresses parted by commas (default: embedded)"
_TOKEN = "with --api: a file with a service token, in place of a login"  # noqa: S105 - says what it is for
_DISPLAY = (
    "with --screen wall: a display to fill with a wall, by number, plug or serial number; "
    "may be repeated (default: as last time)"
)
_SCREEN = "the screen to open (default: as last time, or the role's home)"


def parse(argv: list[str]) -> Settings:
    """Settings from arguments; argparse ends the program for `--help` and unknown words."""
    given = _parser().parse_args(argv)
    folder = Path(given.data_dir).expanduser().resolve() if given.data_dir else data_dir()
    api: tuple[str, ...] = ()
    if given.api is not None:
        api = read_addresses(given.api, insecure_http=given.insecure_http)
        _check_somebody_comes(given)
    role = DEFAULT_ROLE if given.role is None else given.role
    if given.role is not None or not api or given.token_file is not None:
        _check_role(role, given.screen)
    return Settings(
        city=Path(given.city).expanduser().resolve(),
        data_dir=folder,
        screen=given.screen,
        displays=_displays(given, role),
        lang=given.lang or PreferencesFile(folder).load().lang,
        api=api,
        insecure_http=given.insecure_http,
        token_file=Path(given.token_file).expanduser() if given.token_file else None,
        ca_file=Path(given.ca_file).expanduser() if given.ca_file else None,
        seat=given.seat,
        map_keys=Path(given.map_keys).expanduser() if given.map_keys else None,
        role=role,
        role_asked=given.role is not None,
        feed=_feed(given),
        shot=_shot(given),
        probe=given.probe,
        measure=Path(given.measure).resolve() if given.measure else None,
        until_pins=given.until_pins,
        for_seconds=given.for_seconds,
        unattended=_unattended(given),
    )


def _displays(given: argparse.Namespace, role: str) -> tuple[str, ...]:
    """Displays are chosen for a wall only; a seat may have a wall and another screen."""
    if given.display and given.screen != "wall" and role != Role.WALL:
        raise StartProblem(
            "--display 只用于大屏：请加 --screen wall 或 --role wall。",
            "--display is for walls: add --screen wall or --role wall.",
        )
    return tuple(given.display)


def _check_somebody_comes(given: argparse.Namespace) -> None:
    """A run that nobody watches has nobody to log in."""
    if given.token_file is None and (given.screenshot is not None or _unattended(given)):
        raise StartProblem(
            "没有人在屏幕前登录：截图或没有显示器时，--api 需要 --token-file。",
            "Nobody is there to log in: for a screenshot, or without a display, --api needs "
            "--token-file.",
        )


def _check_role(name: str, screen: str | None) -> None:
    """A role that has screens here, and among them the one that is asked for."""
    roles = [role.value for role in SCREENS_OF]
    if name not in roles:
        words = ", ".join(roles)
        raise StartProblem(
            f"没有“{name}”这个角色。--role 可用：{words}。",
            f"There is no role {name!r}. --role takes one of: {words}.",
        )
    mine = SCREENS_OF[Role(name)]
    if screen is not None and screen not in mine:
        words = ", ".join(mine)
        zh, en = (Texts(lang)(f"role.{name}") for lang in ("zh", "en"))
        raise StartProblem(
            f"{zh}（{name}）不使用界面 {screen}。可用：{words}。请换 --screen 或 --role。",
            f"The role {en} ({name}) does not see the screen {screen}. It sees: {words}. "
            "Choose another --screen or --role.",
        )


def _unattended(given: argparse.Namespace) -> bool:
    return given.screenshot is None and not has_display()


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _feed(given: argparse.Namespace) -> FeedChoice:
    source = given.feed
    if source not in ("sim", "none"):
        file = Path(source).expanduser().resolve()
        if not file.is_file():
            raise StartProblem(f"找不到录制日文件：{source}", f"No such recorded day: {source}")
        source = str(file)
        if given.mapping is None:
            raise StartProblem(
                "播放录制日需要 --mapping FILE（说明各列名称的 TOML）。",
                "A recorded day needs --mapping FILE (a TOML that names the columns).",
            )
    return FeedChoice(
        source=source,
        mapping=Path(given.mapping).expanduser().resolve() if given.mapping else None,
        speed=given.speed or (UNATTENDED_SPEED if _unattended(given) else 1.0),
        seed=given.seed,
        calls=given.calls,
        from_hour=given.from_hour,
    )


def _shot(given: argparse.Namespace) -> Shot | None:
    if given.screenshot is None:
        return None
    width, height = given.size
    return Shot(file=Path(given.screenshot), after=given.after, width=width, height=height)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,5})[x×](\d{3,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, such as 1920x1080")
    return int(match[1]), int(match[2])


def _seat(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,32}", text):
        raise argparse.ArgumentTypeError("up to 32 letters, digits, '.', '_' or '-'")
    return text


def _between(least: float, most: float, kind: type[int] | type[float]) -> Callable[[str], float]:
    """Reads a figure from `least` to `most`; not a number and infinity lie nowhere."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:,} to {most:,}")
        return value

    return read


_speed = _between(0.1, 3600, float)
_hour = _between(0, 23.99, float)
_calls = _between(1, 100_000, int)
_seed = _between(0, 2**31 - 1, int)
_seconds = _between(0, 86_400, float)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="指挥棒 Baton: dispatch console for a 12345 hotline and its grid",
    )
    parser.add_argument("--api", metavar="URL[,URL…]", help=_API)
    parser.add_argument("--token-file", metavar="FILE", help=_TOKEN)
    parser.add_argument("--ca-file", metavar="FILE", help="the city's own certificate authority")
    parser.add_argument(
        "--insecure-http", action="store_true", help="allow plain http to another machine"
    )
    parser.add_argument("--seat", type=_seat, default="seat-1", help="the name of this seat")
    parser.add_argument("--role", metavar="ROLE", help=_ROLES)
    parser.add_argument("--city", metavar="DIR", default=str(DEFAULT_CITY), help="a city pack")
    parser.add_argument("--screen", choices=SCREENS, help=_SCREEN)
    parser.add_argument("--display", action="append", default=[], metavar="DISPLAY", help=_DISPLAY)
    parser.add_argument("--map-keys", metavar="FILE", help=_MAP_KEYS)
    parser.add_argument("--lang", choices=("zh", "en"), help="language (default: as last time)")
    parser.add_argument("--data-dir", metavar="DIR", help="where the log and the outbox are kept")
    watch = parser.add_argument_group("measuring")
    watch.add_argument("--measure", metavar="FILE", help="write this run's figures as JSON")
    watch.add_argument(
        "--until-pins", action="store_true", help="end when the first pins are there"
    )
    watch.add_argument(
        "--for", dest="for_seconds", type=_seconds, metavar="SECONDS", help="then end"
    )
    watch.add_argument("--probe", metavar="NAME", help="tell tests where things are (a socket)")
    shot = parser.add_argument_group("screenshot")
    shot.add_argument("--screenshot", metavar="FILE", help="render offscreen to FILE and exit")
    shot.add_argument(
        "--after", type=_seconds, default=20.0, metavar="SECONDS", help="wait before it"
    )
    shot.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="in pixels")
    feed = parser.add_argument_group("embedded feed")
    feed.add_argument("--feed", default="sim", metavar="sim|FILE|none", help="what feeds the city")
    feed.add_argument("--mapping", metavar="FILE", help="TOML that names a recorded day's columns")
    feed.add_argument("--speed", type=_speed, metavar="N", help="times real time (default 1)")
    feed.add_argument("--seed", type=_seed, default=12345, metavar="N", help="of the simulator")
    feed.add_argument("--calls", type=_calls, default=3282, metavar="N", help="calls a day")
    feed.add_argument("--from-hour", type=_hour, metavar="H", help="local hour to begin at")
    return parser
