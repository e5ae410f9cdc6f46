"""Why a request was not done: nobody answered, the centre is in trouble, or it refused."""

from typing import Any

import requests

from console.wire.codec import BadInput, decode


class Unreachable(Exception):
    """No answer arrived: the outcome is unknown, retry with the same key."""

    code = "unreachable"


class Troubled(Unreachable):
    """Something answered, but not as a centre in good health does; the outcome is as unknown."""


class Untrusted(Unreachable):
    """The centre could not prove who it is; `code` says how, nothing was sent.

    `tls-authority` (signed by nobody we trust), `tls-expired` (or not valid yet, or this
    machine's clock is wrong), `tls-name` (made out to another host), `tls` (anything else).
    """

    def __init__(self, code: str, detail: str) -> None:
        """Keep the code and the words of the TLS library."""
        super().__init__(detail)
        self.code = code


class Problem(Exception):
    """The centre answered with an RFC 9457 problem; `wait_s` is its Retry-After, seconds."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        zh: str,
        fields: dict[str, Any],
        wait_s: float = 0.0,
    ) -> None:
        """Keep what the problem document says."""
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.zh = zh
        self.fields = fields
        self.wait_s = wait_s


class BadCredentials(Problem):
    """No such login with this password; which of the two is wrong is not told."""


class SlowDown(Problem):
    """Too often: not before `wait_s` seconds from now."""


class SessionEnded(Problem):
    """The session is over for good: somebody must log in again."""


class MustChangePassword(Problem):
    """Nothing else before the password was changed."""


class WeakPassword(Problem):
    """The new password is not good enough; `detail` says why."""


_KINDS: dict[str, type[Problem]] = {
    "credentials": BadCredentials,
    "slow-down": SlowDown,
    "session-ended": SessionEnded,
    "must-change-password": MustChangePassword,
    "weak-password": WeakPassword,
}


def is_for_all(problem: Problem) -> bool:
    """Whether it is said to the seat, whatever it asks: session, password, too many requests."""
    return problem.status in (401, 429) or isinstance(problem, MustChangePassword)


def session_over() -> SessionEnded:
    """Known here already: asking the centre would change nothing."""
    return SessionEnded(401, "session-ended", "log in again", "请重新登录", {})


def problem_of(response: requests.Response) -> Problem:
    """The problem document of a refusal, or one with the code `http` made from the status alone."""
    try:
        fields = decode(response.content, dict[str, Any])
    except (BadInput, requests.RequestException, OSError):
        fields = {}
    code = str(fields.get("problem") or str(fields.get("type", "")).rpartition(":")[2] or "http")
    detail = str(fields.get("detail") or fields.get("title") or response.reason)
    zh, wait_s = str(fields.get("zh", "")), _seconds(response.headers.get("Retry-After", ""))
    kind = _KINDS.get(code, Problem)
    return kind(response.status_code, code, detail, zh, fields, wait_s)


_LONGEST_WAIT_S = 3600.0


def _seconds(text: str) -> float:
    """Retry-After in seconds; its other form, a date, would trust two clocks and counts as none."""
    return min(float(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 0.0
