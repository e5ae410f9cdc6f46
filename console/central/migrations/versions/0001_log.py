"""The log, its head, the cases' rows, commands, timers, personal data, tracks, volumes, streams."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row's own number; SQLite counts only where the column is an INTEGER."""


def _entity(name: str, *more: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("in_picture", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        *more,
    )


def upgrade() -> None:
    """Make the tables of the first version."""
    _make_log()
    _make_entities()
    _make_work()
    _make_private()
    _make_history()


def _make_log() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rev", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("domain_at", sa.BigInteger, nullable=False),
        sa.Column("day", sa.String, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("rev", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("occurred_at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("command_id", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("entity", sa.String, nullable=False),
        sa.Column("entity_version", sa.BigInteger, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.create_index("events_by_entity", "events", ["entity", "rev"])


def _make_entities() -> None:
    _entity("cases")
    op.create_index("cases_in_picture", "cases", ["in_picture", "state"])
    _entity(
        "assignments",
        sa.Column("case_id", sa.String, nullable=False),
        sa.Column("unit", sa.String),
        sa.Column("worker", sa.String),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_index("assignments_of_case", "assignments", ["case_id", "created"])
    op.create_index("assignments_in_picture", "assignments", ["in_picture"])
    lead = sa.text("active AND role = 'lead'")
    op.create_index(
        "one_active_lead",
        "assignments",
        ["case_id"],
        unique=True,
        sqlite_where=lead,
        postgresql_where=lead,
    )
    hands = sa.text("active AND worker IS NOT NULL")
    op.create_index(
        "one_active_assignment",
        "assignments",
        ["case_id", "worker"],
        unique=True,
        sqlite_where=hands,
        postgresql_where=hands,
    )
    _entity("workers")


def _make_work() -> None:
    op.create_table(
        "commands",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("body_hash", sa.String, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("first_rev", sa.BigInteger),
        sa.Column("rev", sa.BigInteger),
        sa.Column("seat", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "timers",
        sa.Column("id", _number, primary_key=True, autoincrement=True),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("entity", sa.String, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("command_id", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("timers_due", "timers", ["basis", "due"])


def _make_private() -> None:
    op.create_table(
        "case_private",
        sa.Column("case_id", sa.String, primary_key=True),
        sa.Column("citizen", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
    )
    op.create_table(
        "private_access",
        sa.Column("id", _number, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seat", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("case_id", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def _make_history() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", _number, primary_key=True, autoincrement=True),
        sa.Column("worker", sa.String, nullable=False),
        sa.Column("fix_at", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
    )
    op.create_index("tracks_of_worker", "tracks", ["worker", "fix_at"])
    op.create_table(
        "volumes",
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
    )
    op.create_table(
        "stream_log",
        sa.Column("id", _number, primary_key=True, autoincrement=True),
        sa.Column("seat", sa.String, nullable=False),
        sa.Column("connected", sa.BigInteger, nullable=False),
        sa.Column("first_rev", sa.BigInteger, nullable=False),
        sa.Column("last_rev", sa.BigInteger, nullable=False),
        sa.Column("disconnected", sa.BigInteger),
    )
