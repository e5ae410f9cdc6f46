"""Positions on their way between processes that share one database: each tells its own, reads the others'."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from console.central.tables import fix_batches, fixes
from console.domain.place import Position
from console.domain.worker import Fix

_NEXT = update(fix_batches).values(batch=fix_batches.c.batch + 1).returning(fix_batches.c.batch)
_FORGET = delete(fixes).where(fixes.c.worker == bindparam("of_worker"))
_KEEP = insert(fixes)


def tell(connection: Connection, moved: Sequence[Fix]) -> None:
    """Make these the latest positions for everybody.

    The batch's number is one row, locked until the commit: a reader that has seen a number has seen
    all before it.
    """
    batch = connection.execute(_NEXT).scalar_one()
    connection.execute(_FORGET, [{"of_worker": fix.worker} for fix in moved])
    connection.execute(_KEEP, [_row(fix, batch) for fix in moved])


def _row(fix: Fix, batch: int) -> dict[str, object]:
    return {
        "worker": fix.worker,
        "batch": batch,
        "fix_at": fix.fix_at,
        "received_at": fix.received_at,
        "lon": fix.position.lon,
        "lat": fix.position.lat,
    }


def since(connection: Connection, batch: int) -> tuple[int, list[Fix]]:
    """The number of the newest batch, and the positions told after `batch`."""
    found = connection.execute(select(fixes).where(fixes.c.batch > batch)).all()
    newest = max((row.batch for row in found), default=batch)
    return newest, [
        Fix(
            worker=row.worker,
            position=Position(row.lon, row.lat),
            fix_at=row.fix_at,
            received_at=row.received_at,
        )
        for row in found
    ]
