"""`new-epoch`: gives a restored database a new epoch, so that every console learns that work may be lost."""

import argparse
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, update

from console.central.audit.checkpoint_file import CheckpointFile
from console.central.audit.keys import signing_key
from console.central.audit.trail import Trail
from console.central.clock import wall
from console.central.database import Database
from console.central.ledger import CENTRE_SEAT, EPOCH_BEGAN, Ledger, Signature
from console.central.lock import FolderLock
from console.central.place import add_place, attached, checkpoint_key_of, checkpoints_of
from console.central.tables import events, meta
from console.domain.event import EntityKind, Event, entity_ref
from console.domain.role import Role


class _FirstOfEpoch(Ledger):
    """A ledger that begins no day and moves no simulated clock: nobody was there since the copy was made."""

    def begin_day(self) -> None:
        """The next command begins it; until then it is as late as it was."""
        if self.clock.simulated:
            self.now = self.head.domain_at


def change_epoch(database: Database, now: Callable[[], datetime] = wall) -> Event:
    """Commit `epoch.began` and the identity with it, in one transaction; the event.

    Raises `StartFailure` while an API runs on a shared database. Whoever calls it holds the lock of
    the data folder.
    """
    epoch = uuid.uuid4().hex[:12]
    with database.writing() as connection:
        database.store.exclude_servers(connection)
        before = connection.execute(select(meta.c.value).where(meta.c.key == "epoch")).scalar_one()
        ledger = _FirstOfEpoch(connection, epoch, ZoneInfo("UTC"), now())
        kept = ledger.head.rev
        event = ledger.append(
            EPOCH_BEGAN,
            entity_ref(EntityKind.LOG, epoch),
            {},
            Signature(CENTRE_SEAT, Role.CENTRE, f"epoch:{epoch}"),
            note={"before": before, "kept": kept},
        )
        ledger.finish()
        connection.execute(update(meta).where(meta.c.key == "epoch").values(value=epoch))
        database.store.announce(connection)
    return event


def given_up(connection: Connection, event: Event, trail: Trail) -> dict[str, int]:
    """Epoch → the last rev of it that is kept, of all before this one; 0 of those that the log does not know.

    All of them each time: a run that was killed before it could sign is made good by the next.
    """
    extent = select(events.c.epoch, func.max(events.c.rev)).group_by(events.c.epoch)
    kept = {epoch: rev for epoch, rev in connection.execute(extent) if epoch != event.epoch}
    kept.setdefault(event.note["before"], 0)  # a log that had no event yet
    return {one.epoch: 0 for one in trail.lines() if one.epoch != event.epoch} | kept


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "new-epoch",
        description="After a restore, before the first start: give the log a new epoch. Consoles then "
        "take a new snapshot and ask which of their acknowledged commands are lost.",
        allow_abbrev=False,
    )
    add_place(parser, data_dir_needed=True, checkpoints=True)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Change it, sign what was given up, say both."""
    lock = FolderLock(options.data_dir)
    lock.take()
    try:
        database = attached(options)
        key = signing_key(checkpoint_key_of(options))
        folder = checkpoints_of(options)
        event = change_epoch(database)
        with database.reading() as connection:
            lost = given_up(connection, event, Trail.of(folder, []))
        database.close(clean=False)
        file = CheckpointFile(folder, key)
        file.append(event.epoch, event.rev, event.hash, lost)
    finally:
        lock.release()
    told = {"epoch": event.epoch, "rev": event.rev, "before": event.note["before"], "kept": lost}
    print(json.dumps(told), flush=True)
    return 0
