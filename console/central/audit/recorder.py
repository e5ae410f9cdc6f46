"""Writes a signed checkpoint now and then while a centre runs, on a thread of its own, and one at its end."""

import argparse
import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from console.central.database import Database
from console.central.failure import StartFailure
from console.central.place import checkpoint_key_of, checkpoints_of, store_of
from console.central.tables import counter, events, meta

if TYPE_CHECKING:
    from console.central.audit.checkpoint import Checkpoint
    from console.central.audit.checkpoint_file import CheckpointFile

log = logging.getLogger(__name__)

_HEAD = select(counter.c.rev).scalar_subquery()

POLL_S = 2.0
"""Seconds between two looks at the log's end."""


@dataclass(frozen=True, slots=True)
class Every:
    """A checkpoint is due after so many events, or after so many seconds with any event."""

    events: int = 500
    seconds: float = 60.0


class Recorder:
    """Checkpoints of one process; a failure is told and tried again, the centre goes on."""

    def __init__(self, database: Database, folder: Path, key: Path, every: Every) -> None:
        """`key` is the private key's file; it is made when there is none."""
        self._database = database
        self._folder = folder
        self._key = key
        self._every = every
        self._lock = FileLock(key.with_name(f"{key.name}.lock"))
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._file: CheckpointFile | None = None
        self._last: Checkpoint | None = None
        self._at = time.monotonic()
        self._again_at = 0.0

    def compare(self) -> None:
        """Before the log goes on: raises `StartFailure` when it lacks what a checkpoint has on record.

        Who restores a copy and forgets the new epoch would let consoles miss what was lost.
        """
        for file in self._folder.glob("*.jsonl"):
            from console.central.audit.checkpoint_file import last_of  # here: mostly there are none

            try:
                found = last_of(file)
                borne_out = found is None or self._borne_out(found[0])
            except OSError as error:
                raise _failure(file, str(error), str(error)) from error
            except SQLAlchemyError as error:
                raise self._database.store.failure(error) from error
            if found is not None and not borne_out:
                raise _restored(found[0])

    def _borne_out(self, last: "Checkpoint") -> bool:
        """Whether the log still holds it; of another epoch there is nothing to compare."""
        with self._database.reading() as connection:
            current = connection.execute(select(meta.c.value).where(meta.c.key == "epoch")).scalar()
            query = select(events.c.hash).where(events.c.rev == last.rev)
            return last.epoch != current or connection.execute(query).scalar() == last.hash

    def start(self) -> None:
        """Begin; raises `StartFailure` where files cannot be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._key.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise _failure(self._key, "另一个进程正在使用", "another process uses it") from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise _failure(self._folder, reason, reason) from error
        self._thread = threading.Thread(target=self._run, name="central-checkpoints", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write where the log ends, and stop."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        self._database.close(clean=False)
        self._lock.release()

    def _run(self) -> None:
        while not self._end.wait(POLL_S):
            self._try(at_the_end=False)
        self._try(at_the_end=True)

    def _try(self, *, at_the_end: bool) -> None:
        if time.monotonic() < self._again_at and not at_the_end:
            return
        try:
            self._write_if_due(at_the_end)
        except (OSError, SQLAlchemyError, StartFailure) as error:
            why = error.en if isinstance(error, StartFailure) else error
            log.error("no checkpoint could be written to %s: %s", self._folder, why)
            self._again_at = time.monotonic() + self._every.seconds

    def _write_if_due(self, at_the_end: bool) -> None:
        file = self._opened()
        last = self._last
        if last is not None and not self._borne_out(last):
            log.error("the log lacks rev %s of the last checkpoint: no more are written", last.rev)
            return
        with self._database.reading() as connection:
            query = select(events.c.epoch, events.c.hash, events.c.rev)
            end = connection.execute(query.where(events.c.rev == _HEAD)).one_or_none()
        if end is None:
            return
        new = end.rev - (last.rev if last is not None and last.epoch == end.epoch else 0)
        waited = at_the_end or time.monotonic() - self._at >= self._every.seconds
        if new >= self._every.events or (new > 0 and waited):
            self._last = file.append(end.epoch, end.rev, end.hash, {})
            self._at = time.monotonic()

    def _opened(self) -> "CheckpointFile":
        if self._file is None:
            # Here, on this thread: the library of the keys need not hold up a start.
            from console.central.audit.checkpoint_file import CheckpointFile
            from console.central.audit.keys import signing_key

            self._file = CheckpointFile(self._folder, signing_key(self._key))
            found = self._file.last()
            self._last = None if found is None else found[0]
        return self._file


def recorder_of(options: argparse.Namespace) -> Recorder:
    """The recorder that the API's options describe; raises `StartFailure`."""
    return Recorder(
        Database(store_of(options)),
        checkpoints_of(options),
        checkpoint_key_of(options),
        Every(seconds=options.checkpoint_every),
    )


def _restored(last: "Checkpoint") -> StartFailure:
    return StartFailure(
        "log-restored",
        f"数据库里没有检查点记录过的 rev {last.rev}（epoch {last.epoch}）：它像是从备份恢复的。"
        "请先运行 new-epoch，再启动。",
        f"The database does not hold rev {last.rev} of epoch {last.epoch}, which a checkpoint has on "
        "record: it looks restored from a backup. Run new-epoch first, then start.",
    )


def _failure(where: Path, zh: str, en: str) -> StartFailure:
    return StartFailure(
        "checkpoints",
        f"检查点无法写入：{where}（{zh}）。",
        f"Checkpoints cannot be written: {where} ({en}).",
    )
