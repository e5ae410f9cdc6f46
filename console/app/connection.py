"""Makes the link to the centre; runs on a task's thread while the window is being built."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.app.children import Centre
from console.app.problems import StartProblem
from console.client.outbox import Outbox
from console.settings import Settings
from console.wire.messages import Message

if TYPE_CHECKING:
    from console.client.api import Api
    from console.client.link import LiveLink
    from console.client.session import Session as Account


def make_link(
    settings: Settings,
    centre: Centre | None,
    account: "Account | None",
    city: str,
    outbox: Outbox,
    sink: Callable[[Message], None],
) -> "LiveLink":
    """The link, not started. Its libraries are loaded here, where the GUI thread does not wait.

    To the embedded `centre`, as the person of the `account`, or with the token of the settings'
    file; the centre of another `city` is refused later on. Raises `StartProblem`.
    """
    from console.client.link import LiveLink

    return LiveLink(_api(settings, centre, account), outbox, sink, city)


def _api(settings: Settings, centre: Centre | None, account: "Account | None") -> "Api":
    from console.app.door import make_transport
    from console.client.api import Api

    if centre is not None:
        return Api(centre.url, centre.token, settings.seat, settings.role)
    if account is not None:
        return Api.of(account, settings.role)
    if settings.token_file is None:
        raise StartProblem("缺少 --token-file。", "--token-file is missing.")
    token = _read_token(settings.token_file)
    return Api.over(make_transport(settings), token, settings.seat, settings.role)


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
