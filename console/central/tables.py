"""The central database's tables; times are aware UTC, JSON columns hold plain JSON values."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
)

from console.central.columns import Json, Moment

REVISION = "0005"
"""The migration that makes these tables; a database with a higher one is refused."""

metadata = MetaData()

Number = BigInteger().with_variant(Integer(), "sqlite")
"""Type of a row's own number; SQLite counts only where the column is an INTEGER."""

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the database is: its epoch and city, and whether the last end was clean."""

counter = Table(
    "counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rev", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("domain_at", Moment, nullable=False),
    Column("day", String, nullable=False),
    Column("clock", Json),
    Column("kept_at", Moment),
)
"""One row, the log's head: incremented inside each writer transaction, so that revs are dense.

`clock` is the domain clock as last set, NULL before the first time; `domain_at` was noted at `kept_at`
(server time) while a simulated clock runs.
"""

events = Table(
    "events",
    metadata,
    Column("rev", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("actor", String, nullable=False),
    Column("role", String, nullable=False),
    Column("command_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("entity_version", BigInteger, nullable=False),
    Column("change", Json, nullable=False),
    Column("note", Json, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("events_by_entity", "entity", "rev"),
)
"""Log, outbox and audit trail at once."""


def _entity_columns() -> list[Column[object]]:
    """What every entity row has; `created` is the rev of the last event of its first command."""
    return [
        Column("id", String, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("created", BigInteger, nullable=False),
        Column("state", String, nullable=False),
        Column("in_picture", Boolean, nullable=False),
        Column("body", Json, nullable=False),
    ]


cases = Table("cases", metadata, *_entity_columns())
Index("cases_in_picture", cases.c.in_picture, cases.c.state)

assignments = Table(
    "assignments",
    metadata,
    *_entity_columns(),
    # The case, or for an order of an incident the incident.
    Column("case_id", String, nullable=False),
    Column("unit", String),
    Column("worker", String),
    Column("role", String, nullable=False),
    Column("active", Boolean, nullable=False),
)
Index("assignments_of_case", assignments.c.case_id, assignments.c.created)
Index("assignments_in_picture", assignments.c.in_picture)

# The migration names the same conditions for PostgreSQL; naming it here would import that dialect at
# every start.
_one_lead = and_(assignments.c.active, assignments.c.role == "lead")
Index(
    "one_active_lead",
    assignments.c.case_id,
    unique=True,
    sqlite_where=_one_lead,
)
_one_worker = and_(assignments.c.active, assignments.c.worker.is_not(None))
Index(
    "one_active_assignment",
    assignments.c.case_id,
    assignments.c.worker,
    unique=True,
    sqlite_where=_one_worker,
)

workers = Table("workers", metadata, *_entity_columns())

incidents = Table("incidents", metadata, *_entity_columns())

turns = Table("turns", metadata, *_entity_columns())

handovers = Table("handovers", metadata, *_entity_columns())

commands = Table(
    "commands",
    metadata,
    Column("key", String, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Json, nullable=False),
    Column("first_rev", BigInteger),
    Column("rev", BigInteger),
    Column("seat", String, nullable=False),
    Column("at", Moment, nullable=False),
)
"""One row an idempotency key: what was answered, so that a retry hears the same."""

timers = Table(
    "timers",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("due", Moment, nullable=False),
    Column("basis", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("command_id", String, nullable=False),
    Index("timers_due", "basis", "due"),
    sqlite_autoincrement=True,
)
"""Acts to come; the numbers are never used twice, they name the commands of the centre."""

case_private = Table(
    "case_private",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("citizen", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("address", Text, nullable=False),
)
"""Personal data: the one table whose rows may be erased."""

private_access = Table(
    "private_access",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("seat", String, nullable=False),
    Column("role", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("what", String, nullable=False, server_default="look"),
    Index("private_access_of_case", "case_id"),
)
"""Who saw whose personal data (or dialled, or erased them: `what`), when and why."""

tracks = Table(
    "tracks",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("worker", String, nullable=False),
    Column("fix_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Index("tracks_of_worker", "worker", "fix_at"),
)
"""Sampled positions (WGS 84 degrees, domain time), for replay."""

volumes = Table(
    "volumes",
    metadata,
    Column("day", String, primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("calls", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("origin", String, nullable=False),
)
"""Counts per local day and hour; `origin` is live or imported."""

stream_log = Table(
    "stream_log",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("seat", String, nullable=False),
    Column("connected", Moment, nullable=False),
    Column("first_rev", BigInteger, nullable=False),
    Column("last_rev", BigInteger, nullable=False),
    Column("disconnected", Moment),
)
"""What each seat was sent and when: a replay can show what a seat knew."""

fix_batches = Table(
    "fix_batches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("batch", BigInteger, nullable=False),
)
"""One row: the number of the last batch of positions that a process has shared."""

fixes = Table(
    "fixes",
    metadata,
    Column("worker", String, primary_key=True),
    Column("batch", BigInteger, nullable=False),
    Column("fix_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Index("fixes_by_batch", "batch"),
)
"""Each worker's latest position (WGS 84 degrees), where several processes share one database."""
