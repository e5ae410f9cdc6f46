"""Reports are JSON lines, and a starter that is gone stops nothing."""

import io
import json

from console.feed.status import Status


def test_lines_are_json() -> None:
    out = io.StringIO()
    status = Status(out)
    status.commands["accept"] += 3
    status.say("warming", done=0.4)
    status.live(domain_time="x")
    status.live(domain_time="y")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {"state": "warming", "done": 0.4}
    assert lines[1]["state"] == "live"
    assert lines[1]["calls"] == 3
    assert len(lines) == 2


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_nobody_listens_any_more() -> None:
    status = Status(Broken())
    status.say("warming")
    status.say("live")
