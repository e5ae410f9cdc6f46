"""One run of the console: children, picture, window, and the orderly end of all of them."""

import logging
import sys
from pathlib import Path

from console import log as logfile
from console.app import environment
from console.app.children import EmbeddedCentral
from console.app.problems import StartProblem
from console.domain.city import City
from console.domain.role import Role
from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.city import load_city
from console.geo.problem import PackError
from console.paths import cache_dir
from console.settings import Settings

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Run until the window closes (or the picture is taken); returns the exit code."""
    _make_data_dir(settings.data_dir)
    logfile.setup(settings.data_dir, "console")
    # The centre starts first: it gets ready on the other core while Qt is imported here.
    live = settings.role != Role.TRAINER
    central = EmbeddedCentral(settings) if live and settings.embedded else None
    try:
        city, boundaries = _load(settings)
        for notice in environment.prepare(settings, production=city.production):
            print(notice, file=sys.stderr)
        # Qt reads its environment when it is imported.
        from console.app.session import Session

        return Session(settings, city, boundaries, central).run()
    finally:
        if central is not None:
            central.end()


def _make_data_dir(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartProblem(
            f"不能使用数据目录 {folder}：{error.strerror}。请用 --data-dir 指定可写的目录。",
            f"The data folder {folder} cannot be used: {error.strerror}. "
            "Name a writable one with --data-dir.",
        ) from error


def _load(settings: Settings) -> tuple[City, Boundaries]:
    try:
        city = load_city(settings.city)
        return city, load_boundaries(settings.city, cache_dir(settings.data_dir))
    except PackError as error:
        raise StartProblem(
            f"城市包 {settings.city} 有误：\n{error.text('zh')}",
            f"The city pack {settings.city} is wrong:\n{error.text('en')}",
        ) from error
