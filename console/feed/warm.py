"""The warm start: a fresh log gets years of volumes and the day up to now, in a few seconds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from console.domain.city import City
from console.domain.role import Role
from console.feed.backlog import Backlog, batches, present
from console.feed.history import YEARS, history
from console.feed.post import Post
from console.field.figures import figures_of
from console.field.roster import Roster
from console.store.picture import Picture
from console.wire.commands import Envelope
from console.wire.frames import DayVolumes

_BATCH = 250
_LATE_BATCH = 60
_SHOWN_DAYS = 366
_DAYS = YEARS * 365 + 1


def is_fresh(picture: Picture) -> bool:
    """Whether nothing has happened yet, or a warm start was broken off: its clock stands still."""
    clock = picture.clock
    if clock is not None and clock.simulated and clock.rate == 0:
        return True
    return not picture.cases and not any(picture.day.calls)


def start_of(picture: Picture, wanted: datetime) -> datetime:
    """Where to begin: as wanted, but a clock that a broken-off start has set does not go back."""
    clock = picture.clock
    if clock is not None and clock.simulated and picture.cases:
        return max(wanted, clock.domain_time)
    return wanted


class WarmUp:
    """Brings the past into a fresh log; all of it can be done again without doubling anything."""

    def __init__(self, city: City, post: Post, seed: int) -> None:
        """Nothing is sent before it is told to."""
        self._city, self._post, self._seed = city, post, seed

    def tell_setting(self, start: datetime, roster: Roster, invented: bool) -> None:
        """The year that the charts show, where it may be invented, and who is on duty."""
        if invented:
            self._put(self._days(start, 0, _SHOWN_DAYS))
        for part in batches(((e,) for e in present(self._city, roster, start, self._seed)), _BATCH):
            self._post.send(part)

    def tell_going(self, backlog: Backlog) -> int:
        """Every case still in hand; the last rev of it."""
        parts = list(batches(backlog.going, _BATCH))
        rev = 0
        for n, part in enumerate(parts):
            answers = self._post.send(part, backlog.roles)
            rev = max([rev, *(a.rev for a in answers if a.rev is not None)])
            self._post.status.say("warming", done=round(0.5 + 0.5 * (n + 1) / len(parts), 3))
        return rev

    def late_parts(self, backlog: Backlog, start: datetime, invented: bool) -> "Late":
        """What may come in while the city lives already."""
        older = list(self._days(start, _SHOWN_DAYS, _DAYS)) if invented else []
        parts = list(batches(backlog.late, _LATE_BATCH))
        return Late(self._post, parts, backlog.roles, older)

    def _days(self, start: datetime, first: int, last: int) -> Iterable[DayVolumes]:
        today = start.astimezone(self._city.tz).date()
        return islice(history(figures_of(self._city), today, self._seed, last), first, last)

    def _put(self, days: Iterable[DayVolumes]) -> None:
        told = list(days)
        self._post.insist(lambda: self._post.api.put_volumes(told))


class Late:
    """Reports that come in late, a little at a time so that the living city goes first."""

    def __init__(
        self,
        post: Post,
        parts: Sequence[list[Envelope]],
        roles: Mapping[str, Role],
        days: Sequence[DayVolumes],
    ) -> None:
        """Calls and cases that are over, newest last, then older volumes."""
        self._post, self._roles = post, roles
        self._days = list(days)
        self._parts = list(reversed(parts))

    def __bool__(self) -> bool:
        """Whether something is left."""
        return bool(self._parts or self._days)

    def tell_some(self) -> None:
        """One part."""
        if self._parts:
            self._post.send(self._parts.pop(), self._roles)
        elif self._days:
            days, self._days = self._days[:200], self._days[200:]
            self._post.insist(lambda: self._post.api.put_volumes(days))
