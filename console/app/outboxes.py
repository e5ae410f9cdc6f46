"""Which file keeps the orders of this seat until their fate is known."""

import hashlib

from console.app.problems import StartProblem
from console.client.outbox import Outbox, OutboxCorrupt, OutboxUnwritable
from console.settings import Settings


def outbox_name(settings: Settings, login: str = "") -> str:
    """One file a seat, centre and person.

    An order that was not sent must never go to another centre, nor in another person's name.
    """
    parts = ["outbox", settings.seat]
    if settings.api:
        parts.append(hashlib.sha256(settings.api[0].encode()).hexdigest()[:12])
    if login:
        parts.append(hashlib.sha256(login.encode()).hexdigest()[:12])
    return "-".join(parts) + ".db"


def open_outbox(settings: Settings, login: str = "") -> Outbox:
    """The outbox of the seat, and of the person who logged in; raises `StartProblem`."""
    try:
        return Outbox(settings.data_dir / outbox_name(settings, login))
    except OutboxCorrupt as error:
        raise StartProblem(
            f"发件箱文件已损坏，已原样保留：{error}。请将它移走（里面可能有未发出的派单）后重新启动。",
            f"The outbox file is damaged and was left as it is: {error}. Move it away (it may hold "
            "orders that were not sent) and start again.",
        ) from error
    except OutboxUnwritable as error:
        raise StartProblem(
            f"发件箱无法写入：{error}。没有它就无法安全派单。请检查磁盘空间和权限（或是否已有另一个控制台）后重新启动。",
            f"The outbox cannot be written: {error}. Without it no order would be safe. Check the free "
            "space and the permissions (or for another console on it) and start again.",
        ) from error
