"""Domain time goes on between the centre's clocks."""

from datetime import UTC, datetime, timedelta

from console.feed.city_time import CityTime
from console.wire.frames import DomainClock

T0 = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)


class Api:
    """A centre whose clock is five minutes ahead of this machine's."""

    def __init__(self, clock: list[float]) -> None:
        self.clock = clock

    def health(self):
        from types import SimpleNamespace

        self.clock[0] += 0.02
        return SimpleNamespace(time=T0 + timedelta(seconds=self.clock[0] - 0.01))


def test_it_runs_at_the_centres_rate_whatever_this_machine_thinks_the_time_is() -> None:
    clock = [0.0]
    city_time = CityTime(lambda: clock[0])
    city_time.sync(Api(clock))
    city_time.take(DomainClock(domain_time=T0, server_time=T0, rate=60.0, simulated=True))
    clock[0] = 10.0
    assert abs((city_time.now() - T0).total_seconds() - 600) < 2
    assert city_time.rate == 60
    assert city_time.simulated
    city_time.take(None)
    assert city_time.rate == 60


def test_a_clock_that_stands_still() -> None:
    clock = [0.0]
    city_time = CityTime(lambda: clock[0])
    city_time.sync(Api(clock))
    city_time.take(DomainClock(domain_time=T0, server_time=T0, rate=0.0, simulated=True))
    clock[0] = 500.0
    assert city_time.now() == T0
