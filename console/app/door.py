"""The door on the wire: a person's session at the centre, as the login knows it."""

import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from console.app.addresses import way_to
from console.app.problems import StartProblem
from console.client import identity
from console.client.addresses import PlainHttp
from console.client.oidc import NotBack
from console.client.refusals import Problem, Unreachable
from console.client.session import Session
from console.client.tls import BadAuthority
from console.client.token_store import KeyringStore
from console.client.transport import Transport
from console.live.door import NotIn, Person
from console.settings import Settings

_PROVIDER = {
    "no-provider": "provider",
    "bad-provider": "provider",
    "provider-refused": "provider",
    "gave-up": "provider-time",
    "too-slow": "provider-time",
}
"""What `NotBack` says → what the person is told."""


def make_transport(settings: Settings) -> Transport:
    """The way to the centre of `settings.api`; raises `StartProblem`."""
    verify = settings.ca_file if settings.ca_file is not None else True
    try:
        return Transport(settings.api, verify=verify, allow_plain=settings.insecure_http)
    except BadAuthority as error:
        raise StartProblem(
            f"不能使用 --ca-file 的证书文件：{error}。",
            f"The certificate file of --ca-file cannot be used: {error}.",
        ) from error
    except PlainHttp as error:
        raise StartProblem(
            f"{error} 没有加密。请换用 https://，或加上 --insecure-http（仅限测试）。",
            f"{error} is not encrypted. Use https://, or add --insecure-http (for tests only).",
        ) from error


def make_account(settings: Settings) -> Session:
    """A session with nobody in it yet; raises `StartProblem`."""
    return Session(make_transport(settings), settings.seat, KeyringStore())


class ClientDoor:
    """A `live.door.Door`."""

    def __init__(
        self,
        settings: Settings,
        account: Session,
        open_browser: Callable[[str], bool] = webbrowser.open,
    ) -> None:
        """Whoever comes in is in the `account` then."""
        self._account = account
        self._open_browser = open_browser
        self._given_up = threading.Event()
        self.addresses = settings.api
        self.way = way_to(settings.api, own_ca=settings.ca_file is not None)

    @property
    def remembers(self) -> bool:
        """Whether there is a keyring."""
        return self._account.remembers

    def resume(self) -> Person | None:
        """With what the keyring holds."""
        with _told():
            found = self._account.resume()
        return None if found is None else _person(found)

    def enter(self, login: str, password: str, *, remember: bool) -> Person:
        """By password."""
        with _told():
            return _person(self._account.log_in(login, password, remember=remember))

    def provider(self) -> str | None:
        """The host at which the browser will ask."""
        with _told():
            found = self._account.provider()
        return None if found is None else found.host

    def enter_by_provider(self, *, remember: bool) -> Person:
        """By the browser."""
        self._given_up.clear()
        with _told():
            found = self._account.log_in_by_provider(
                remember=remember, open_browser=self._browse, give_up=self._given_up
            )
        return _person(found)

    def _browse(self, url: str) -> None:
        if not self._open_browser(url):
            raise NotBack("no-browser", "no browser can be opened")

    def give_up(self) -> None:
        """Let `enter_by_provider` end."""
        self._given_up.set()

    def change_password(self, old: str, new: str) -> Person:
        """Of whoever came in."""
        with _told():
            return _person(self._account.change_password(old, new))

    def leave(self) -> None:
        """Log out."""
        self._account.log_out()


def _person(told: identity.Person) -> Person:
    return Person(
        login=told.login,
        name=told.name,
        roles=told.roles,
        scope=told.scope,
        must_change_password=told.must_change_password,
    )


@contextmanager
def _told() -> Iterator[None]:
    """What the client raises, as the door tells it."""
    try:
        yield
    except NotBack as error:
        raise NotIn(_PROVIDER.get(error.code, error.code), str(error)) from error
    except Unreachable as error:
        raise NotIn(error.code, str(error)) from error
    except Problem as problem:
        raise NotIn(problem.code, problem.zh or problem.detail, problem.wait_s) from problem
