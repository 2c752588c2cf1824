"""Which cases have a warning that stands, by whom it is to and where, so that warnings can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make a table; nobody was warned before it."""
    op.create_table(
        "warnings",
        sa.Column(
            "case_number",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            sa.ForeignKey("cases.number"),
            primary_key=True,
        ),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
    )
    op.create_index(None, "warnings", ["account", "place"])
