"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table that the first version has."""
    _cases()
    _rooms_and_notes()
    _inbox()
    _banks()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("waiting", sa.Boolean, nullable=False, index=True),
        sa.Column("acting", sa.Boolean, nullable=False),
        sa.Column("leased_by", sa.Text),
        sa.Column("leased_until", sa.BigInteger),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("message_id", "nth"),
        sqlite_autoincrement=True,
    )


def _rooms_and_notes() -> None:
    op.create_table(
        "rooms",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("room", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "codes",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "inbox", ["state", "id"])


def _banks() -> None:
    texts = ("ref", "label", "entity", "name", "reason", "source", "added_by")
    op.create_table(
        "banks",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("trust", sa.Text, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("bank_id", _NUMBER, sa.ForeignKey("banks.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("added_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, unique=True),
        sa.UniqueConstraint("bank_id", "value", "kind"),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "entries", ["bank_id", "ref"])
    op.create_table(
        "removed",
        sa.Column("entry_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, unique=True),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
