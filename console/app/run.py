"""One run of the console: children, picture, window, and the orderly end of all of them."""

import hashlib
import logging
import sys
from pathlib import Path

from console import log as logfile
from console.app import environment
from console.app.children import EmbeddedCentral
from console.app.problems import StartProblem
from console.client.outbox import Outbox, OutboxCorrupt
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
    central = EmbeddedCentral(settings) if live and settings.api is None else None
    try:
        city, boundaries = _load(settings)
        for notice in environment.prepare(settings, production=city.production):
            print(notice, file=sys.stderr)
        outbox = _open_outbox(settings) if live else None
        # Qt reads its environment when it is imported.
        from console.app.session import Session

        return Session(settings, city, boundaries, outbox, central).run()
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


def _outbox_name(settings: Settings) -> str:
    """One file a seat and centre: an order that was not sent must never go to another centre."""
    if settings.api is None:
        return f"outbox-{settings.seat}.db"
    address = hashlib.sha256(settings.api.rstrip("/").encode()).hexdigest()[:12]
    return f"outbox-{settings.seat}-{address}.db"


def _open_outbox(settings: Settings) -> Outbox:
    try:
        return Outbox(settings.data_dir / _outbox_name(settings))
    except OutboxCorrupt as error:
        raise StartProblem(
            f"发件箱文件已损坏，已原样保留：{error}。请将它移走（里面可能有未发出的派单）后重新启动。",
            f"The outbox file is damaged and was left as it is: {error}. Move it away (it may hold "
            "orders that were not sent) and start again.",
        ) from error
