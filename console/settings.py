"""What this user chose: the start's arguments, and preferences kept between starts."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from console.paths import private_file


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChoice:
    """What feeds the embedded central API: `source` is `sim`, `none` or a recorded day's file."""

    source: str = "sim"
    mapping: Path | None = None
    speed: float = 1.0
    seed: int = 12345
    calls: int = 3282
    from_hour: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A screenshot to take: `after` seconds, at `width` × `height` device pixels, scaled by `scale`."""

    file: Path
    after: float = 20.0
    width: int = 1920
    height: int = 1080


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the start decided. Without `api` the central API is embedded."""

    city: Path
    data_dir: Path
    screen: str | None = None
    """The screen to open; None means where it was left, or the role's home."""
    displays: tuple[str, ...] = ()
    """The displays to put a wall on, as the user named them; without any, those of last time."""
    lang: str = "zh"
    api: tuple[str, ...] = ()
    """Addresses of one centre, the preferred one first."""
    token_file: Path | None = None
    """A service token; with `api` and without it somebody logs in."""
    insecure_http: bool = False
    """Whether plain http to another machine was asked for."""
    ca_file: Path | None = None
    seat: str = "seat-1"
    role: str = "dispatcher"
    role_asked: bool = False
    """Whether the role was named at the start; otherwise somebody who logs in chooses among theirs."""
    map_keys: Path | None = None
    """A TOML file with the user's keys for base maps; without one they are asked for and kept in the keyring."""
    feed: FeedChoice = FeedChoice()
    shot: Shot | None = None
    unattended: bool = False
    probe: str | None = None
    measure: Path | None = None
    until_pins: bool = False
    for_seconds: float | None = None

    @property
    def embedded(self) -> bool:
        """Whether the central API is a child of this program."""
        return not self.api

    @property
    def by_login(self) -> bool:
        """Whether somebody has to log in."""
        return bool(self.api) and self.token_file is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a window was: logical pixels from its display's top left corner, when not maximised."""

    screen: str
    """The screen that it showed."""
    display: str = ""
    """The display's serial number or name."""
    x: int = 0
    y: int = 0
    width: int = 1920
    height: int = 1080
    maximised: bool = False
    full_screen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WallChoice:
    """What was set for the wall on one display; None means as the city, or the program, has it."""

    scenes: tuple[str, ...] | None = None
    """What is shown in turn (see views/wall/scenes.py)."""
    seconds: float | None = None
    """How long each scene stands."""
    distance_m: float | None = None
    """How far people stand from it."""
    dim_at_night: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What is remembered between starts. `torn` are the windows that hold one screen each."""

    lang: str = "zh"
    main: Placed | None = None
    torn: tuple[Placed, ...] = ()
    charts_folded: bool = False
    duty_scope: str = "city"
    walls: tuple[str, ...] = ()
    """The displays that have a wall of their own, by their keys."""
    wall_choices: dict[str, WallChoice] = field(default_factory=dict)
    """Display → what its wall shows; "" counts for displays that have none."""
    volume: float = 0.6
    """How loud alarms are, 0 to 1."""
    still: bool = False
    """Whether nothing flashes on this seat."""
    login: str = ""
    """Who logged in last."""
    remember: bool = True
    """Whether a login is kept in the system's keyring."""
    roles: dict[str, str] = field(default_factory=dict)
    """Login → the role chosen last."""
    base_maps: dict[str, str] = field(default_factory=dict)
    """City code and seat → the base map chosen last, "" for the own map."""
    heat: dict[str, str] = field(default_factory=dict)
    """Seat → the heat chosen last on the map, as views/map_looks.py writes it; "" for none."""
    legends: dict[str, bool] = field(default_factory=dict)
    """Seat → whether the map's legend was left open."""


class PreferencesFile:
    """Preferences in one small file; one that cannot be read counts as absent and is kept aside."""

    def __init__(self, data_dir: Path) -> None:
        """The file lies in the data folder."""
        self._path = data_dir / "preferences.json"

    def load(self) -> Preferences:
        """What was remembered, or the defaults."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Preferences)
        except FileNotFoundError:
            return Preferences()
        except (msgspec.DecodeError, ValueError, OSError):
            self._path.replace(self._path.with_suffix(".unreadable"))
            return Preferences()

    def save(
        self,
        **changed: str
        | bool
        | float
        | Placed
        | tuple[Placed, ...]
        | tuple[str, ...]
        | dict[str, str]
        | dict[str, bool]
        | dict[str, WallChoice],
    ) -> None:
        """Remember some choices, keeping the rest."""
        kept = replace(self.load(), **changed)  # type: ignore[arg-type]
        private_file(self._path, msgspec.json.encode(kept).decode())
