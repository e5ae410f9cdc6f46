"""From a response to what it means: a value, a refusal, or nothing that can be relied on."""

from typing import TypeVar

import requests

from console.client.refusals import Troubled, Unreachable, problem_of
from console.wire.codec import BadInput, decode

T = TypeVar("T")

_TOLD = frozenset({"no-telephone", "telephone-failed", "provider-unavailable"})
"""Refusals that come as 5xx because another system is in trouble, and not the centre."""


def judged(response: requests.Response, path: str) -> requests.Response:
    """The response if it is an answer; raises `Problem` for a refusal and `Troubled` otherwise."""
    status = response.status_code
    if status < 300:
        return response
    with response:
        if 300 <= status < 400:
            # A redirect comes from a proxy or a log-in page, never from a centre.
            raise Troubled(f"{status} from {path}")
        problem = problem_of(response)
    if status >= 500 and problem.code not in _TOLD:
        raise Troubled(f"{status} from {path}: {problem.code}")
    raise problem


def read(response: requests.Response, kind: type[T]) -> T:
    """The body as `kind`; raises `Troubled` for one that does not fit: another version may be there."""
    try:
        return decode(response.content, kind)
    except BadInput as error:
        raise Troubled(f"the answer does not fit: {error}") from error
    except (requests.RequestException, OSError) as error:
        raise Unreachable(str(error)) from error
