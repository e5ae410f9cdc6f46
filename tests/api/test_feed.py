"""The feed on a real central API: it makes a city live, doubles nothing after a kill, and ends cleanly."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from console.client.api import Api
from console.domain.command import Asked, CallIn, StartIncident
from console.domain.event import Event
from console.domain.place import Position
from console.domain.role import Role
from console.geo.city import load_city
from console.paths import DEFAULT_CITY, RESOURCES
from console.store.picture import Picture
from console.wire.commands import wrap
from tests.central_process import ROOT, TINY, TOKEN, Central, running_central

WAIT_S = 60
Line = dict[str, Any]


class Feed:
    """One feed process; its status lines are read one by one."""

    def __init__(self, central: Central, *arguments: str, city: Path = TINY) -> None:
        command = [sys.executable, "-m", "console.feed", *arguments, "--api", central.url]
        command += ["--token-file", str(central.token_file), "--city", str(city)]
        command += ["--cache-dir", str(central.data_dir / "cache"), "--until-eof"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
        )

    def until(self, fits: Callable[[Line], bool]) -> Line:
        """The next status line that fits."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            line: Line = json.loads(text)
            if fits(line):
                return line
        raise AssertionError(f"the feed ended with {self.process.wait(WAIT_S)}")

    def end(self) -> int:
        """By the end of its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(WAIT_S)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(WAIT_S)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def feeding(central: Central, *arguments: str, city: Path = TINY) -> Iterator[Feed]:
    feed = Feed(central, *arguments, city=city)
    try:
        yield feed
    finally:
        feed.close()


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    with running_central(tmp_path / "central") as found:
        yield found


def live(line: Line) -> bool:
    return line["state"] == "live"


def log(api: Api) -> list[Event]:
    """The whole log."""
    found: list[Event] = []
    while part := api.log(len(found) + 1, len(found) + 5000):
        found += part
    return found


def picture_of(api: Api) -> Picture:
    """The picture now: a snapshot may be some seconds old, the log fills the rest."""
    picture = Picture.from_snapshot(api.snapshot(), ZoneInfo("Asia/Shanghai"))
    while part := api.log(picture.rev + 1, picture.rev + 5000):
        picture.apply(part)
    return picture


def domain_time(api: Api) -> datetime:
    """The domain time the centre has last been set to or started from."""
    clock = picture_of(api).clock
    assert clock is not None
    return clock.domain_time


FAST = ("sim", "--speed", "600", "--calls", "3000", "--from-hour", "10")


def test_a_fresh_log_warms_up_and_lives(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        assert feed.until(lambda line: line["state"] == "warming")["done"] == 0.0
        feed.until(live)
        told = feed.until(lambda line: live(line) and line["closed"] > 20)
        assert told["positions"] > 0
        api = central.api("dispatcher")
        picture = picture_of(api)
        assert picture.clock is not None
        assert picture.clock.simulated
        assert picture.clock.rate == 600
        assert sum(picture.day.calls[:9]) > 0
        kinds = Counter(event.type for event in log(api))
        for kind in ("case.received", "case.answered", "case.dispatched", "case.closed"):
            assert kinds[kind] > 10, kind
        assert any(event.actor == "feed:simulator" for event in log(api))
        assert feed.end() == 0


def rulings(api: Api) -> list[Event]:
    kinds = ("case.returned", "case.ruled", "case.return_refused")
    return [event for event in log(api) if event.type in kinds]


def test_those_above_decide_in_their_own_role_and_at_their_own_time(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        feed.until(lambda line: live(line) and line["closed"] > 20)
        assert feed.end() == 0
    events, told = log(central.api()), rulings(central.api())
    assert Role.SHIFT_LEADER in {event.role for event in told}
    assert {event.role for event in told} <= {
        Role.SHIFT_LEADER,
        Role.DUTY_CHIEF,
        Role.CENTRE_LEADER,
    }
    # The morning is told when the city begins to live, but it happened in the morning.
    clocks = [e.change for e in events if e.type == "clock.set" and e.change.get("simulated")]
    began = datetime.fromisoformat(min(clock["domain_time"] for clock in clocks))
    assert any(event.occurred_at < began - timedelta(minutes=30) for event in told)


def test_a_feed_that_may_not_rule_leaves_that_to_people(tmp_path: Path) -> None:
    only = f"{TOKEN} field,dispatcher"
    with (
        running_central(tmp_path / "central", grants=only) as central,
        feeding(central, *FAST) as feed,
    ):
        told = feed.until(lambda line: live(line) and line["closed"] > 20)
        assert not [what for what in told["refused"] if what.endswith(":role")]
        assert feed.end() == 0
        api = central.api()
        assert any(event.type == "case.return_asked" for event in log(api))
        assert rulings(api) == []


def test_everybody_called_to_an_incident_goes_there(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        feed.until(live)
        api = central.api("emergency")
        for body in (
            StartIncident(incident="I1", name="内涝", footprint=footprint_in(TINY)),
            CallIn(incident="I1", asked=everybody(TINY), words="到场集合"),
        ):
            assert api.send(wrap(body, str(uuid4()))).committed

        def there(line: Line) -> bool:
            orders = list(picture_of(api).orders_of("I1")) if live(line) else []
            return bool(orders) and all(order.arrived_at is not None for order in orders)

        feed.until(there)
        assert feed.end() == 0


def footprint_in(pack: Path) -> tuple[Position, ...]:
    """A square of a kilometre around the middle of the city."""
    centre = load_city(pack).centre
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return tuple(Position(centre.lon + x * 0.005, centre.lat + y * 0.005) for x, y in corners)


def everybody(pack: Path) -> tuple[Asked, ...]:
    """Every team and every second unit."""
    city = load_city(pack)
    units = sorted(city.units)[::2]
    return (
        *(Asked(assignment=f"L-{code}", team=code) for code in sorted(city.teams)),
        *(Asked(assignment=f"L-{code}", unit=code) for code in units),
    )


def test_history_is_there_for_the_charts(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        feed.until(live)
        api = central.api("dispatcher")
        today = domain_time(api).date()
        days = api.volumes(today - timedelta(days=365), today - timedelta(days=2))
        assert len(days) >= 363
        assert all(sum(day.calls) > 0 for day in days)


def test_a_killed_feed_goes_on_and_doubles_nothing(central: Central) -> None:
    api = central.api("dispatcher")
    with feeding(central, *FAST) as feed:
        feed.until(lambda line: live(line) and line["calls"] > 50)
        feed.process.kill()
    before = domain_time(api)
    with feeding(central, *FAST) as feed:
        feed.until(lambda line: live(line) and line["closed"] > 5)
        assert feed.end() == 0
    events = log(api)
    cases = Counter(event.entity for event in events if event.type == "case.received")
    assert max(cases.values()) == 1
    leads = Counter(event.command_id for event in events if event.type == "assignment.sent")
    assert max(leads.values()) == 1
    assert domain_time(api) > before
    # The centre's own first clock is the real time of day, before the feed has set any.
    clocks = [e.change for e in events if e.type == "clock.set" and e.change.get("simulated")]
    moments = [clock["domain_time"] for clock in clocks]
    assert len(moments) >= 2
    assert moments == sorted(moments)


def test_a_warm_start_that_was_killed_is_done_again(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        feed.until(lambda line: line["state"] == "warming" and line["done"] > 0)
        feed.process.kill()
    with feeding(central, *FAST) as feed:
        feed.until(live)
        assert feed.end() == 0
    cases = Counter(e.entity for e in log(central.api()) if e.type == "case.received")
    assert max(cases.values()) == 1


def test_it_ends_on_sigterm_with_a_last_line(central: Central) -> None:
    with feeding(central, *FAST) as feed:
        feed.until(live)
        feed.process.send_signal(signal.SIGTERM)
        assert feed.until(lambda line: line["state"] == "ended")["calls"] > 0
        assert feed.process.wait(WAIT_S) == 0


def test_a_centre_that_restarts_is_waited_for(tmp_path: Path) -> None:
    with running_central(tmp_path / "central") as central:
        port = int(central.url.rsplit(":", 1)[1])
        with feeding(central, *FAST) as feed:
            feed.until(live)
            central.kill()
            with running_central(tmp_path / "central", port=port):
                told = feed.until(lambda line: live(line) and line["unreachable"] > 0)
                feed.until(lambda line: live(line) and line["commands"] > told["commands"])
                assert feed.end() == 0


def test_a_wrong_token_is_refused_in_words(central: Central) -> None:
    central.token_file.write_text("another-token-0123456789", encoding="utf-8")
    with feeding(central, *FAST) as feed:
        told = feed.until(lambda line: line["state"] == "failed")
        assert told["zh"]
        assert feed.process.wait(WAIT_S) == 2
    central.token_file.write_text(TOKEN, encoding="utf-8")


def test_a_recorded_day_is_played_to_its_known_ends(tmp_path: Path) -> None:
    example = RESOURCES / "examples" / "recorded_day.csv"
    declared = example.with_suffix(".toml")
    rejected = tmp_path / "rejected.tsv"
    arguments = (str(example), "--mapping", str(declared), "--speed", "3600")
    arguments += ("--from-hour", "15", "--list-rejected", str(rejected))
    with (
        running_central(tmp_path / "central", DEFAULT_CITY) as central,
        feeding(central, *arguments, city=DEFAULT_CITY) as feed,
    ):
        told = feed.until(lambda line: line["state"] == "read")
        assert told["rejected"] == 8
        assert told["without_place"] > 0
        assert len(rejected.read_text(encoding="utf-8").splitlines()) == 11
        feed.until(lambda line: live(line) and line["domain_time"] > "2026-06-04T15:00")
        api = central.api()
        received = [e for e in log(api) if e.type == "case.received"]
        assert len(received) > 0.9 * told["calls"]
        assert all(e.change["source_ref"].startswith("HK") for e in received)
        assert feed.end() == 0


def test_a_recorded_day_is_not_played_into_another(central: Central) -> None:
    example = RESOURCES / "examples" / "recorded_day.csv"
    declared = example.with_suffix(".toml")
    with feeding(central, *FAST) as feed:
        feed.until(live)
        assert feed.end() == 0
    arguments = (str(example), "--mapping", str(declared))
    with feeding(central, *arguments, city=DEFAULT_CITY) as feed:
        assert feed.until(lambda line: line["state"] == "failed")["problem"] == "another-day"
        assert feed.process.wait(WAIT_S) == 2
