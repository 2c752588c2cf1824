"""How far each bank is trusted and each entry may be shared; what this community overrides."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Widen banks and entries; a list that was promoted may act, and nothing else changes."""
    for column in (
        sa.Column("origin", sa.Text, nullable=False, server_default=""),
        sa.Column("added_by", sa.Text, nullable=False, server_default=""),
        sa.Column("added_at", sa.BigInteger),
        sa.Column("most", sa.Text),
        sa.Column("same", sa.Integer, nullable=False, server_default="10"),
        sa.Column("strong", sa.Integer, nullable=False, server_default="31"),
        sa.Column("sharing", sa.Text, nullable=False, server_default="amber"),
        sa.Column("expires_at", sa.BigInteger),
    ):
        op.add_column("banks", column)
    op.execute("UPDATE banks SET trust = 'act' WHERE trust = 'promoted'")
    for column in (
        sa.Column("ideology", sa.Text, nullable=False, server_default=""),
        sa.Column("first_seen", sa.BigInteger),
        sa.Column("last_seen", sa.BigInteger),
        sa.Column("sharing", sa.Text),
    ):
        op.add_column("entries", column)
    op.create_table(
        "overrides",
        sa.Column("bank_id", _NUMBER, sa.ForeignKey("banks.id"), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
