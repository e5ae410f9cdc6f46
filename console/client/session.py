"""A person's session: log in, keep the access token fresh, log out; every console has one of its own."""

import logging
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import requests

from console.client import oidc
from console.client.answers import judged, read
from console.client.identity import Person, Provider, ToldSession
from console.client.refusals import Problem, SessionEnded, SlowDown, Unreachable, session_over
from console.client.token_store import MemoryStore, TokenStore
from console.client.transport import Transport
from console.client.who import seat_header
from console.wire.codec import encode
from console.wire.elapsed import elapsed_s

log = logging.getLogger(__name__)

EARLY_S = 60.0
"""An access token is renewed so long before its end, seconds."""

PATIENCE_S = 300.0
"""How long somebody may take at the identity provider, seconds."""

AGAIN_S = 10.0
"""After a renewal ahead of time that nobody answered, the next try, seconds."""


@dataclass(slots=True)
class _Tokens:
    """`renew_at` is in `elapsed_s` seconds: this machine's own clock may be wrong."""

    login: str
    access: str
    refresh: str
    renew_at: float


class Session:
    """The `Credentials` of whoever is logged in at a seat.

    Every method blocks on the network but `person`, `remembers` and `end`; call them from a task.
    They raise `Unreachable` (also `Untrusted`), and `Problem`: its kinds `BadCredentials`,
    `SlowDown`, `SessionEnded`, `WeakPassword` are in `client.refusals`.
    """

    def __init__(self, transport: Transport, seat: str, store: TokenStore | None = None) -> None:
        """Nobody is logged in; without a store nobody is remembered."""
        self.transport = transport
        self.seat = seat
        self._store: TokenStore = store if store is not None else MemoryStore()
        self._account = f"{seat} @ {transport.addresses.all[0]}"
        self._remember = False
        self._tokens: _Tokens | None = None
        self._person: Person | None = None
        self._lock = threading.Lock()
        self._renewing = threading.Lock()

    @property
    def person(self) -> Person | None:
        """Who logged in last; still told when the session has ended."""
        return self._person

    @property
    def remembers(self) -> bool:
        """Whether a login can be kept until the next start."""
        return self._store.remembers

    def log_in(self, login: str, password: str, *, remember: bool = False) -> Person:
        """By password."""
        body = {"login": login, "password": password}
        return self._begin(self._ask("POST", "/v1/session", body), remember=remember)

    def resume(self) -> Person | None:
        """With what the store remembers; None when that is nothing, or no longer good."""
        kept = self._store.load(self._account)
        if kept is None:
            return None
        try:
            told = self._ask("POST", "/v1/session/refresh", {"refresh": kept})
        except SessionEnded:
            self._store.forget(self._account)
            return None
        return self._begin(told, remember=True)

    def provider(self) -> Provider | None:
        """The city's identity provider; None where there is none."""
        try:
            return read(self._ask("GET", "/v1/session/oidc"), Provider)
        except Problem as problem:
            if problem.status == 404:
                return None
            raise

    def log_in_by_provider(
        self,
        *,
        remember: bool = False,
        open_browser: Callable[[str], object] = webbrowser.open,
        give_up: threading.Event | None = None,
        patience_s: float = PATIENCE_S,
    ) -> Person:
        """Through the system's browser (RFC 8252, PKCE); raises `oidc.NotBack` too."""
        provider = self.provider()
        if provider is None:
            raise oidc.NotBack("no-provider", "the centre names no identity provider")
        back = oidc.visit(provider, open_browser, give_up or threading.Event(), patience_s)
        body = {
            "code": back.code,
            "verifier": back.verifier,
            "redirect_uri": back.redirect_uri,
            "nonce": back.nonce,
        }
        return self._begin(self._ask("POST", "/v1/session/oidc", body), remember=remember)

    def change_password(self, old: str, new: str) -> Person:
        """Change it, which ends every session of the person, and come in with the new one."""
        who = self._person
        if who is None:
            raise session_over()
        self._ask("POST", "/v1/session/password", {"old": old, "new": new}, own=True)
        return self.log_in(who.login, new, remember=self._remember)

    def log_out(self) -> None:
        """End the session here at once, and at the centre if it can be told; never raises."""
        tokens = self._tokens
        self.end()
        self._person = None
        if tokens is None:
            return
        try:
            self._exchange("DELETE", "/v1/session", None, tokens.access)
        except (Unreachable, Problem) as error:
            log.warning("the centre does not know of the log-out: %s", error)

    def bearer(self, login: str | None = None) -> str:
        """The access token, renewed when it is about to end; raises `SessionEnded`.

        With `login` only of that person, whoever is logged in now.
        """
        tokens = self._whose(login)
        if elapsed_s() < tokens.renew_at:
            return tokens.access
        try:
            self.renew(tokens.access)
        except (Unreachable, SlowDown):
            # It may still be good for a minute: the centre will say.
            tokens.renew_at = elapsed_s() + AGAIN_S
        return self._whose(login).access

    def _whose(self, login: str | None) -> _Tokens:
        tokens = self._tokens
        if tokens is None or login not in (None, tokens.login):
            raise session_over()
        return tokens

    def renew(self, used: str) -> bool:
        """New tokens for old ones, unless another thread has had them meanwhile."""
        with self._renewing:
            tokens = self._tokens
            if tokens is None:
                raise session_over()
            if tokens.access != used:
                return True
            try:
                answer = self._ask("POST", "/v1/session/refresh", {"refresh": tokens.refresh})
            except SessionEnded:
                self._end(tokens)
                raise
            self._take(answer, instead_of=tokens)
            return True

    def end(self, used: str = "") -> None:
        """It is over: forget every token.

        With `used` only if that is the one still: what was asked with an old token may hear so late
        that somebody has logged in again.
        """
        tokens = self._tokens
        if not used or (tokens is not None and tokens.access == used):
            self._end(tokens)

    def _begin(self, answer: requests.Response, *, remember: bool) -> Person:
        self._remember = remember
        person = self._take(answer)
        if not remember:
            self._store.forget(self._account)
        return person

    def _take(self, answer: requests.Response, instead_of: _Tokens | None = None) -> Person:
        """Go on with the tokens of an answer, unless somebody has logged in or out meanwhile."""
        told = read(answer, ToldSession)
        person = told.person.person()
        renew_at = elapsed_s() + _life(answer, told) - EARLY_S
        tokens = _Tokens(person.login, told.access, told.refresh, renew_at)
        with self._lock:
            if instead_of is None or self._tokens is instead_of:
                self._tokens, self._person = tokens, person
                if self._remember:
                    self._store.save(self._account, told.refresh)
        return person

    def _end(self, tokens: _Tokens | None) -> None:
        with self._lock:
            if self._tokens is tokens:
                self._tokens = None
                self._store.forget(self._account)

    def _ask(
        self, method: str, path: str, body: object = None, *, own: bool = False
    ) -> requests.Response:
        """One request; `own` with the access token of the person, renewed once if need be."""
        if not own:
            return self._exchange(method, path, body)
        used = self.bearer()
        try:
            return self._exchange(method, path, body, used)
        except Problem as problem:
            if problem.code != "token":
                raise
        self.renew(used)
        return self._exchange(method, path, body, self.bearer())

    def _exchange(
        self, method: str, path: str, body: object, access: str = ""
    ) -> requests.Response:
        headers: dict[str, str] = {"Accept": "application/json", **seat_header(self.seat)}
        if access:
            headers["Authorization"] = f"Bearer {access}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else encode(body)
        return judged(self.transport.exchange(method, path, headers=headers, data=data), path)


class Own:
    """The `Credentials` of one person: nothing of theirs goes out in the name of who comes after them."""

    def __init__(self, session: Session) -> None:
        """Of who is logged in now; of anybody while nobody is."""
        self._session = session
        self._login = None if session.person is None else session.person.login

    def bearer(self) -> str:
        """As `Session` gives it; raises `SessionEnded` also while somebody else is logged in."""
        return self._session.bearer(self._login)

    def renew(self, used: str) -> bool:
        """As `Session` does."""
        return self._session.renew(used)

    def end(self, used: str) -> None:
        """As `Session` does."""
        self._session.end(used)


def _life(answer: requests.Response, told: ToldSession) -> float:
    """Seconds that the access token has left: both ends by the centre's clock."""
    try:
        now = datetime.fromisoformat(answer.headers.get("Baton-Time", ""))
    except ValueError:
        now = datetime.now(UTC)
    return (told.expires_at - now).total_seconds()
