"""The policies that are in force, were in force, or are proposed, each as it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make a table; until now the policy in force was only a file on the disk."""
    op.create_table(
        "policies",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("origin", sa.BigInteger, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "policies", ["place", "live"])
