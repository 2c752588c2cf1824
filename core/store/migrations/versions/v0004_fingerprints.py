"""What recent messages were recognised by; which entries a case rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; nothing is known of the messages, nor of the cases, before."""
    op.create_table(
        "sightings",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("message_id", sa.Text, nullable=False, unique=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False, index=True),
        sa.Column("handle", sa.Text, nullable=False, index=True),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "prints",
        sa.Column("sighting", _NUMBER, sa.ForeignKey("sightings.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
    )
    op.create_index(None, "prints", ["value", "kind"])
    op.create_table(
        "grounds",
        sa.Column("case_number", _NUMBER, sa.ForeignKey("cases.number"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
    )
    op.create_index(None, "grounds", ["value", "kind"])
