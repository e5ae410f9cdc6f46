"""The pictures of coming in: the login, the choice of a role, and a citizen's number shown for a minute."""

from typing import TYPE_CHECKING

from console.client.api import Api
from tools.manual.centre import TOKEN
from tools.manual.scenes import HERO_CASE

if TYPE_CHECKING:
    from tools.manual.takes import Take

PASSWORD = "a-long-password"  # noqa: S105 - of somebody who lives for minutes
SETTLE_S = 1.5
MAP_S = 7.0
"""Until the map's page and the charts are there."""


def entrance(take: "Take") -> None:
    """Somebody comes in for the first time and looks at one number."""
    if not take.detailed:
        return
    program, display = take.program, take.program.display
    login = f"wangmin.{take.lang}"
    handed = _hand_password(take, login)
    _write(take, "login-name", login)
    _write(take, "login-password", handed)
    display.park()
    program.rest(SETTLE_S)
    take.picture("login")
    program.click("button", "login-go")
    _write(take, "login-new", PASSWORD)
    _write(take, "login-again", PASSWORD)
    program.click("button", "login-password-go")
    program.wait("button", "login-roles")
    program.rest(SETTLE_S)
    take.picture("roles")
    display.key("Return")
    program.wait("panel", "queue")
    program.rest(MAP_S)
    program.click("row", HERO_CASE)
    program.rest(SETTLE_S)
    program.click("button", "private-reveal")
    program.click("button", "reason-ok")
    display.park()
    program.rest(SETTLE_S)
    take.picture("reveal")


def _hand_password(take: "Take", login: str) -> str:
    """A new person of this take; their one-time password."""
    admin = Api(take.centre.url, TOKEN, "manual", "admin")
    name = "王敏" if take.lang == "zh" else "Wang Min"
    wish = {"name": name, "roles": ["dispatcher", "shift_leader"], "hand_password": True}
    answer = admin.request("POST", f"/v1/people/{login}", body=wish)
    return str(answer.json()["one_time"])


def _write(take: "Take", field: str, words: str) -> None:
    take.program.click("button", field)
    take.program.display.type(words)
