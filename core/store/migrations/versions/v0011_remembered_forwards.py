"""Whether a remembered message was passed on from elsewhere: its words are then not its sender's."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of messages from before it is not known, and they count as their sender's words."""
    op.add_column("sightings", sa.Column("forwarded", sa.Boolean, nullable=False, server_default=sa.false()))
