"""What was done with personal data: before, every line of the record was a look."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and an index for the question whether a case was erased."""
    column = sa.Column("what", sa.String, nullable=False, server_default="look")
    op.add_column("private_access", column)
    op.create_index("private_access_of_case", "private_access", ["case_id"])
