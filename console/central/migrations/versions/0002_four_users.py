"""Incidents, turns of the roster, handovers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    for name in ("incidents", "turns", "handovers"):
        op.create_table(
            name,
            sa.Column("id", sa.String, primary_key=True),
            sa.Column("version", sa.BigInteger, nullable=False),
            sa.Column("created", sa.BigInteger, nullable=False),
            sa.Column("state", sa.String, nullable=False),
            sa.Column("in_picture", sa.Boolean, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )
