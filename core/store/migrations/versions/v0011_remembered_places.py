"""What policies ask of remembered messages: what their place is called, and whether they were passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns. Of messages from before neither is known: they count as their sender's own words."""
    op.add_column("sightings", sa.Column("forwarded", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sightings", sa.Column("place_name", sa.Text, nullable=False, server_default=""))
