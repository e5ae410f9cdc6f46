"""Finds the centre and makes the link to it; runs on a task's thread while the window is being built."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.app.children import Centre, EmbeddedCentral
from console.app.problems import StartProblem
from console.client.outbox import Outbox
from console.settings import Settings
from console.wire.messages import Message

if TYPE_CHECKING:
    from console.client.link import LiveLink


def find_centre(settings: Settings, central: EmbeddedCentral | None) -> Centre:
    """The embedded centre's answer, or the given one's; raises `StartProblem`."""
    if central is not None:
        return central.wait()
    if settings.api is None or settings.token_file is None:
        raise StartProblem("缺少 --api 或 --token-file。", "--api or --token-file is missing.")
    return Centre(url=settings.api, token=_read_token(settings.token_file))


def _read_token(file: Path) -> str:
    try:
        words = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise StartProblem(
            f"不能读取令牌文件 {file}：{error}。", f"The token file {file} cannot be read: {error}."
        ) from error
    if not words:
        raise StartProblem(f"令牌文件 {file} 是空的。", f"The token file {file} is empty.")
    return words[0]


def make_link(
    settings: Settings, centre: Centre, outbox: Outbox, sink: Callable[[Message], None]
) -> "LiveLink":
    """The link, not started. Its libraries are loaded here, where the GUI thread does not wait."""
    from console.client.api import Api
    from console.client.link import LiveLink

    verify: bool | Path = settings.ca_file if settings.ca_file is not None else True
    api = Api(centre.url, centre.token, settings.seat, settings.role, verify)
    return LiveLink(api, outbox, sink)
