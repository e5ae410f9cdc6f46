"""The centre's timers as rows, written in the transaction that sets them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select

from console.central.tables import timers
from console.domain.event import EntityKind, entity_ref
from console.domain.timer import TimeBasis, Timer, TimerKind

_INSERT = insert(timers)
_DUE = (
    select(timers)
    .where(
        or_(
            and_(timers.c.basis == TimeBasis.DOMAIN.value, timers.c.due <= bindparam("now")),
            and_(timers.c.basis == TimeBasis.REAL.value, timers.c.due <= bindparam("server_now")),
        )
    )
    .order_by(timers.c.due, timers.c.id)
    .limit(bindparam("most"))
)


def add(connection: Connection, new: Sequence[Timer], command_id: str) -> None:
    """Set timers on behalf of a command."""
    if new:
        connection.execute(_INSERT, [_row(timer, command_id) for timer in new])


def _row(timer: Timer, command_id: str) -> dict[str, object]:
    return {
        "due": timer.due,
        "basis": timer.basis.value,
        "kind": timer.kind.value,
        "entity": timer.entity,
        "step": timer.step,
        "command_id": command_id,
    }


def timer_of(row: Row[tuple[object, ...]]) -> Timer:
    """The timer of a row."""
    return Timer(
        due=row.due,
        basis=TimeBasis(row.basis),
        kind=TimerKind(row.kind),
        entity=row.entity,
        step=row.step,
    )


def due(
    connection: Connection, now: datetime, server_now: datetime, limit: int
) -> Sequence[Row[tuple[object, ...]]]:
    """Timers that have fallen due at a domain and a server time, the earliest first."""
    asked = {"now": now, "server_now": server_now, "most": limit}
    return connection.execute(_DUE, asked).all()


def claim(connection: Connection, timer_id: int) -> bool:
    """Take a timer away; False when somebody else has had it."""
    return connection.execute(delete(timers).where(timers.c.id == timer_id)).rowcount == 1


def set_midnight(connection: Connection, day: str, tz: ZoneInfo, command_id: str) -> None:
    """The one timer for the end of the local day `YYYY-MM-DD`."""
    following = date.fromisoformat(day) + timedelta(days=1)
    midnight = datetime.combine(following, time.min, tz).astimezone(UTC)
    kind = TimerKind.DAY_BEGINS
    connection.execute(delete(timers).where(timers.c.kind == kind.value))
    entity = entity_ref(EntityKind.DAY, following.isoformat())
    add(
        connection,
        [Timer(due=midnight, basis=TimeBasis.DOMAIN, kind=kind, entity=entity)],
        command_id,
    )
