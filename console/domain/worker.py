"""Grid workers (网格员), grid heads (网格长) and inspectors (巡查员)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.place import Position


class WorkerKind(StrEnum):
    """Who walks the grids."""

    GRID_WORKER = "grid_worker"
    GRID_HEAD = "grid_head"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One person of the roster as the city pack names them; `grids` may be several or none."""

    id: str
    name: str
    name_en: str
    kind: WorkerKind
    district: str
    town: str
    grids: tuple[str, ...]
    home: Position
    shift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDuty:
    """The logged entity `worker`: on duty or not, as last told by the field."""

    id: str
    version: int
    on_duty: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A worker's last position (not in the log): measured at `fix_at`, heard at `received_at`, UTC domain time."""

    worker: str
    position: Position
    fix_at: datetime
    received_at: datetime
