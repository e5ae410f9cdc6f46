"""Why a feed or a maker of days cannot start, in both languages, and how that is told."""

import sys
from collections.abc import Callable

from console.client.api import Problem, Unreachable
from console.feed.status import Status
from console.geo.problem import PackError
from console.replay.problem import RecordingProblem


class CannotStart(Exception):
    """It cannot begin; `code` names the problem, the words say it in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


def failed(status: Status, code: str, zh: str, en: str) -> int:
    """Tell the starter and a person at a terminal; the exit code."""
    status.say("failed", problem=code, zh=zh, en=en)
    print(f"{zh}\n{en}", file=sys.stderr)
    return 2


def reported(status: Status, act: Callable[[], None]) -> int:
    """Do it; 0, or 2 with what was wrong told."""
    try:
        act()
    except CannotStart as problem:
        return failed(status, problem.code, problem.zh, problem.en)
    except PackError as error:
        return failed(status, "city-pack", error.text("zh"), error.text("en"))
    except RecordingProblem as problem:
        return failed(status, problem.code, problem.zh, problem.en)
    except Problem as problem:
        return failed(status, problem.code, problem.zh, problem.detail)
    except Unreachable:
        return failed(
            status,
            "unreachable",
            "连不上中心。请检查 --api 的地址和网络后重试。",
            "The central API cannot be reached. Check --api and the network, then try again.",
        )
    return 0
