"""One request on the wire: to the address that works, with time limits and TLS, over to the next one."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import requests
import urllib3

from console.client.addresses import Addresses
from console.client.refusals import Unreachable, Untrusted
from console.client.tls import checked, explained
from console.wire.elapsed import elapsed_s

CONNECT_S, READ_S = 3.05, 15.0
"""Time limits of a request in seconds: to connect, and between two bytes."""

_ELSEWHERE = frozenset({502, 503, 504})
"""Answers that say: not here, not now."""

Heard = Callable[[datetime, float, float], None]
"""Server time (UTC) of an answer, and when it was asked and answered, in `elapsed_s` seconds."""


class Transport:
    """The way to one centre by one or more addresses; safe to use from several threads."""

    def __init__(
        self,
        addresses: str | Sequence[str],
        *,
        verify: bool | str | Path = True,
        allow_plain: bool = False,
    ) -> None:
        """`verify` is True for the system's authorities or the file of the city's own.

        Raises `PlainHttp` and `tls.BadAuthority`.
        """
        self.addresses = Addresses(addresses, allow_plain=allow_plain)
        self.heard: Heard | None = None
        self.moved: Callable[[str], None] | None = None
        """Told the address, when another one answers than before."""
        self._last = ""
        self._verify = checked(verify)
        self._local = threading.local()

    def _line(self) -> requests.Session:
        """This thread's connections, without proxies or credentials from the environment."""
        line: requests.Session | None = getattr(self._local, "line", None)
        if line is None:
            line = requests.Session()
            line.trust_env = False
            self._local.line = line
        return line

    def exchange(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        data: bytes | None = None,
        params: Mapping[str, str] | None = None,
        stream: bool = False,
        once: bool = False,
    ) -> requests.Response:
        """The first answer of any address, whatever its status; raises `Unreachable`.

        `once`: not asked again elsewhere when it may have arrived.
        """
        last: requests.Response | None = None
        reasons: list[Unreachable] = []
        for address in self.addresses.round():
            try:
                answer = self._ask(method, address + path, headers, data, params, stream=stream)
            except Unreachable as error:
                self.addresses.failed(address)
                reasons.append(error)
                if once and not isinstance(error, _NotSent | Untrusted):
                    break
                continue
            if answer.status_code not in _ELSEWHERE or once:
                self._answered(address)
                return answer
            self.addresses.failed(address)
            last = answer
        if last is not None:
            return last
        raise _worst(reasons)

    def _answered(self, address: str) -> None:
        # One that was asked before the others went on, and answers late, is no change.
        if address == self._last or address != self.addresses.current:
            return
        before, self._last = self._last, address
        if before and self.moved is not None:
            self.moved(address)

    def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        data: bytes | None,
        params: Mapping[str, str] | None,
        *,
        stream: bool,
    ) -> requests.Response:
        sent = elapsed_s()
        try:
            answer = self._line().request(
                method,
                url,
                data=data,
                params=params,
                headers=dict(headers),
                timeout=(CONNECT_S, READ_S),
                # With every request: an environment variable beats the session's.
                verify=self._verify,
                stream=stream,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError as error:
            raise explained(error) from error
        except (requests.RequestException, OSError) as error:
            raise (_NotSent if _never_left(error) else Unreachable)(str(error)) from error
        self._hear(answer, sent)
        return answer

    def _hear(self, answer: requests.Response, sent: float) -> None:
        """Pass on what the answer says of the server's time."""
        told = answer.headers.get("Baton-Time", "")
        if self.heard is None or not told:
            return
        try:
            moment = datetime.fromisoformat(told)
        except ValueError:
            return
        if moment.tzinfo is not None:
            took = answer.elapsed.total_seconds()  # until the head was there, not the body
            self.heard(moment.astimezone(UTC), sent, sent + took)


class _NotSent(Unreachable):
    """It surely did not arrive."""


def _never_left(error: BaseException) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _worst(reasons: Sequence[Unreachable]) -> Unreachable:
    """What tells most: one that could not prove who it is, else the last."""
    return next((one for one in reasons if isinstance(one, Untrusted)), reasons[-1])


def chunks(response: requests.Response, size: int) -> Iterator[bytes]:
    """The body as it arrives; its end is `Unreachable` too.

    `iter_lines` would hold events back on a close-delimited stream.
    """
    try:
        while chunk := response.raw.read1(size):
            yield chunk
        # Raising here keeps a parser from handing out a frame that was cut in half.
        raise Unreachable("the stream ended")
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unreachable(str(error)) from error
