"""What several processes share: the clock in the log's head, the latest positions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; the clock is the one that was set last."""
    op.add_column("counter", sa.Column("clock", sa.Text))
    op.add_column("counter", sa.Column("kept_at", sa.BigInteger))
    op.execute(
        "UPDATE counter SET clock = (SELECT change FROM events WHERE entity = 'clock:city'"
        " ORDER BY rev DESC LIMIT 1)"
    )
    op.execute("DELETE FROM meta WHERE key = 'schema'")
    op.create_table(
        "fix_batches",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", sa.BigInteger, nullable=False),
    )
    op.execute("INSERT INTO fix_batches (id, batch) VALUES (1, 0)")
    op.create_table(
        "fixes",
        sa.Column("worker", sa.String, primary_key=True),
        sa.Column("batch", sa.BigInteger, nullable=False),
        sa.Column("fix_at", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
    )
    op.create_index("fixes_by_batch", "fixes", ["batch"])
