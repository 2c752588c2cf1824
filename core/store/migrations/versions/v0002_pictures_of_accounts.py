"""The pictures of accounts, by which their mirrors are known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give entries a place for a picture's hash; the entries that are there have none."""
    op.add_column("entries", sa.Column("avatar", sa.Text, nullable=False, server_default=""))
