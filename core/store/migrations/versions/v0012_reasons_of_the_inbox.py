"""Why an item of the inbox was given up."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was given up before, nobody knows why."""
    op.add_column("inbox", sa.Column("why", sa.Text))
